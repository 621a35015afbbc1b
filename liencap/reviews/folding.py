"""What units below say in a review, nearly the same words folded together with their count."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from liencap.core.clustering import group_texts
from liencap.reviews.codes import Code, causes_of, grades_of
from liencap.reviews.content import from_plain
from liencap.reviews.models import FollowUp, Lesson, UnitReview

T = TypeVar("T")
P = TypeVar("P", Lesson, FollowUp)


@dataclass(frozen=True, slots=True)
class Said:
    """What an accepted unit below says of a group: its words, grade and causes."""

    owed: UnitReview
    text: str
    grade: Code | None
    causes: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class Fold(Generic[T]):
    """What several units below say in nearly the same words: the first one's, and of whom; `taken` over or not."""

    rows: tuple[T, ...]
    taken: bool = False

    @property
    def first(self) -> T:
        """Return the one whose words stand for all."""
        return self.rows[0]

    @property
    def more(self) -> int:
        """Return how many others say so."""
        return len(self.rows) - 1


def said_below(owed: UnitReview, group: int, rows: Iterable[UnitReview]) -> list[Fold[Said]]:
    """Return what units directly below say of a group, what most say first, and last who gave a grade alone.

    The rows come with `accepted` selected. No query.
    """
    grades, causes = grades_of(owed.review.codes), causes_of(owed.review.codes)
    spoken: list[Said] = []
    silent: list[Said] = []
    for one in rows:
        if one.accepted is not None:
            part = from_plain(one.accepted.content).part(group)
            named = tuple(causes[code] for code in part.causes if code in causes)
            said = Said(one, part.text, grades.get(part.grade), named)
            (spoken if said.text else silent if said.grade else []).append(said)
    return [*_folded(spoken, [one.text for one in spoken]), *(Fold((one,)) for one in silent)]


def offered(points: Iterable[P], taken: Collection[int]) -> list[Fold[P]]:
    """Fold lessons or follow-up tasks of units below; a fold is taken over where one of it is."""
    rows = list(points)
    return [
        Fold(fold.rows, any(one.pk in taken for one in fold.rows))
        for fold in _folded(rows, [one.text for one in rows])
    ]


def _folded(rows: Sequence[T], texts: Sequence[str]) -> list[Fold[T]]:
    found = [Fold(tuple(rows[place] for place in group)) for group in group_texts(texts)]
    return sorted(found, key=lambda fold: -len(fold.rows))
