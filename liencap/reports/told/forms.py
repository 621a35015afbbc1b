"""Parse what an author does on the workbench; nothing here is saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from liencap.reports.models import Passage, Sentence

DEEDS = frozenset(
    {*Sentence.Kind.values, "aside", "back", "rewrite", "drop", "up", "down", "undo"}
)  # fmt: skip
MOST_CHOSEN = 4000


@dataclass(frozen=True, slots=True)
class Act:
    """One deed: on which question or sentence, with which passages, in which words; `seen` is the step it rests on."""

    do: str
    question: str
    seen: int
    place: int
    passages: tuple[int, ...]
    text: str
    reason: str


def read_act(typed: Any) -> Act | None:
    """Read the pressed button with the chosen passages; None when there is no such deed.

    A button of one fold says what it does and to which passages itself, as "quote:12,13"; those of the bar below
    work on all that is ticked.
    """
    one, _colon, keys = typed.get("one", "").partition(":")
    do = one or typed.get("do", "")
    question = typed.get("question", "")
    if do not in DEEDS or question not in Passage.Question.values:
        return None
    chosen = [keys] if one else typed.getlist("fold")
    passages = _numbers(",".join(chosen))
    if passages is None:
        return None
    text = typed.get("part" if one else "text", "")
    seen, place = _number(typed, "seen"), _number(typed, "place")
    return Act(do, question, seen, place, passages, text, typed.get("reason", ""))


def _number(typed: Mapping[str, str], name: str) -> int:
    held = typed.get(name, "")
    return int(held) if held.isdecimal() and len(held) < 10 else -1


def _numbers(text: str) -> tuple[int, ...] | None:
    parts = [part for part in text.split(",") if part][: MOST_CHOSEN + 1]
    if len(parts) > MOST_CHOSEN or not all(part.isdecimal() and len(part) < 18 for part in parts):
        return None
    return tuple(dict.fromkeys(int(part) for part in parts))
