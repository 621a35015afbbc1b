"""What a report says, as values: parsed from a form, read from a draft or a version, hashed at sending."""

import hashlib
import json
from dataclasses import dataclass, field
from decimal import Decimal

from liencap.core.rollup.layout import State


@dataclass(frozen=True, slots=True)
class Content:
    """States with reasons by task, passages by task and question, and the figures by indicator and cell.

    `answered` is the version of each task that the writer saw; one that is not named is the task as it stands.
    `reasons` says by indicator why a figure that a check warns of is right;
    `causes` are ids of coded causes by task.
    """

    states: dict[int, tuple[str, str]] = field(default_factory=dict)
    passages: dict[tuple[int, str], str] = field(default_factory=dict)
    figures: dict[tuple[str, str], Decimal | State] = field(default_factory=dict)
    answered: dict[int, int] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    causes: dict[int, int] = field(default_factory=dict)

    def answers(self) -> dict[tuple[int, str], tuple[str, int | None]]:
        """Return by task and question the words and the coded cause; a cause may stand without words."""
        found: dict[tuple[int, str], tuple[str, int | None]] = {
            (task, question): (text, self.causes.get(task) if question == "cause" else None)
            for (task, question), text in self.passages.items()
        }
        for task, cause in self.causes.items():
            found.setdefault((task, "cause"), ("", cause))
        return found


def sha256_of(header: dict[str, object], figures: bytes, carried: bytes, content: Content) -> str:
    """Return the hash of everything that a sent version says."""
    said = {
        **header,
        "figures": figures.hex(),
        "carried": carried.hex(),
        "states": [[task, *said] for task, said in sorted(content.states.items())],
        "passages": [[task, question, text] for (task, question), text in sorted(content.passages.items())],
    }
    body = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(body.encode()).hexdigest()
