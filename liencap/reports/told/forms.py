"""Parse what an author does on the workbench; nothing here is saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liencap.reports.models import MARK, Passage, Sentence, without

DEEDS = frozenset(
    {*Sentence.Kind.values, "aside", "back", "rewrite", "drop", "up", "down", "undo"}
)  # fmt: skip
MOST_CHOSEN = 4000


class RedactForm(forms.Form):
    """Which words of a text go, and why."""

    words = forms.CharField(
        label=_("Words to take out"), max_length=4000, strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "data-picked": ""}),
        help_text=_("Exactly as they stand above; with script, select them there."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("All who see the report read it. Do not repeat the words here."),
    )

    def __init__(self, text: str, data: Any = None, *, where: Mapping[str, str] | None = None) -> None:
        begin, end = (_number(where or {}, name) for name in ("begin", "end"))
        super().__init__(data, initial={"words": text[begin:end]} if 0 <= begin < end else {})
        self.text = text

    def clean_words(self) -> str:
        """Return the words as they stand in the text; a text area ends its lines otherwise."""
        words: str = self.cleaned_data["words"].replace("\r\n", "\n").strip()
        if words not in self.text or words in MARK:
            raise forms.ValidationError(
                _("These words do not stand in the passage. Copy them exactly as they stand there.")
            )
        return words

    def reads(self) -> str:
        """Return the text as it will read."""
        return without(self.text, self.cleaned_data["words"])


class TakeOutForm(forms.Form):
    """Why a file goes, and whether its caption goes with it."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, help_text=_("All who see the report read it.")
    )
    caption = forms.BooleanField(label=_("Take its caption out too"), required=False)


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
