"""What a unit says in a review, as frozen values with one canonical form as JSON."""

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

OVERALL = 0  # stands for the whole where a group is named


@dataclass(frozen=True, slots=True)
class Part:
    """The unit's grade, words and coded causes on one group of tasks, or on the whole."""

    grade: str = ""
    text: str = ""
    causes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """A lesson or a follow-up task; `group` 0 is the whole, `source` the id of what it takes over from below, or 0."""

    text: str
    group: int = OVERALL
    due: str = ""
    source: int = 0

    @property
    def day(self) -> datetime.date | None:
        """Return the day by which it is to be done."""
        return datetime.date.fromisoformat(self.due) if self.due else None


@dataclass(frozen=True, slots=True)
class Content:
    """All that a unit says: parts by group (0 is the whole), lessons, follow-up tasks."""

    parts: Mapping[int, Part] = field(default_factory=dict)
    lessons: tuple[Point, ...] = ()
    follow_ups: tuple[Point, ...] = ()

    def part(self, group: int) -> Part:
        """Return what is said of a group."""
        return self.parts.get(group, Part())

    def plain(self) -> dict[str, Any]:
        """Return the content as JSON keeps it."""
        return {
            "parts": {str(group): asdict(part) for group, part in sorted(self.parts.items())},
            "lessons": [asdict(one) for one in self.lessons],
            "follow_ups": [asdict(one) for one in self.follow_ups],
        }


def from_plain(plain: Mapping[str, Any]) -> Content:
    """Read content that `plain` wrote; an empty mapping says nothing."""
    return Content(
        {
            int(group): Part(part["grade"], part["text"], tuple(part["causes"]))
            for group, part in plain.get("parts", {}).items()
        },
        tuple(Point(**one) for one in plain.get("lessons", ())),
        tuple(Point(**one) for one in plain.get("follow_ups", ())),
    )


def sha256_of(header: Mapping[str, Any], content: Mapping[str, Any], values: Mapping[str, Any]) -> str:
    """Return the hash of a sent version: its header, what was said, and what is printed."""
    whole = json.dumps(
        [header, content, values], sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
