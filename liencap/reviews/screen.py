"""Reviews as a screen shows them: what was said group by group, and a line for each unit below."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from liencap.reviews.codes import Code
from liencap.reviews.content import OVERALL, Content, Part, Point
from liencap.reviews.models import Grade, TaskGroup, UnitReview


@dataclass(frozen=True, slots=True)
class Block:
    """What is said of a group, or of the whole where there is none."""

    group: TaskGroup | None
    text: str
    causes: tuple[Code, ...]
    lessons: tuple[Point, ...]
    follow_ups: tuple[Point, ...]

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is said beside the grade."""
        return not (self.text or self.causes or self.lessons or self.follow_ups)


def said_of(content: Content, groups: Sequence[TaskGroup], causes: Mapping[str, Code]) -> list[Block]:
    """Return what a review says, the whole first, then group by group; no query."""

    def block(group: TaskGroup | None) -> Block:
        key = group.pk if group else OVERALL
        part: Part = content.part(key)
        return Block(
            group, part.text, tuple(causes[code] for code in part.causes if code in causes),
            tuple(one for one in content.lessons if one.group == key),
            tuple(one for one in content.follow_ups if one.group == key),
        )  # fmt: skip

    return [block(None), *(block(group) for group in groups)]


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A unit directly below with its own grade of the whole and the one from above."""

    owed: UnitReview
    own: Code | None
    above: Code | None

    @property
    def gap(self) -> int | None:
        """Return own minus above."""
        return self.own.value - self.above.value if self.own and self.above else None


def standing_rows(rows: Iterable[UnitReview], grades: Mapping[str, Code]) -> list[StandingRow]:
    """Pair each unit of a page with its grades of the whole; one query."""
    found = list(rows)
    held = Grade.objects.filter(version__in=[one.current_id for one in found if one.current_id], group=None)
    by = {(one.version_id, one.by): grades.get(one.code) for one in held}
    return [
        StandingRow(
            one, by.get((one.current_id or 0, Grade.By.SELF)), by.get((one.current_id or 0, Grade.By.ABOVE))
        )
        for one in found
    ]


@dataclass(frozen=True, slots=True)
class WritingRow:
    """A part of the draft on the overview: how far it is."""

    group: TaskGroup | None
    grade: Code | None
    words: int
    causes: int


def writing_rows(
    content: Content, groups: Sequence[TaskGroup], grades: Mapping[str, Code]
) -> list[WritingRow]:
    """Return the whole and each group with what is written of it; no query."""

    def row(group: TaskGroup | None) -> WritingRow:
        part = content.part(group.pk if group else OVERALL)
        return WritingRow(group, grades.get(part.grade), len(part.text.split()), len(part.causes))

    return [row(None), *(row(group) for group in groups)]
