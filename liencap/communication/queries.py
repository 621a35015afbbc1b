"""Reads of the plan, of what a unit holds, and of questions, shaped for a screen."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from liencap.communication.models import Answer, Item, ItemQuerySet, ItemVersion, Question, Session, Share
from liencap.core.clustering import group_texts
from liencap.units.models import Unit

MOST_GROUPED = 2000  # open questions that are compared at once, the oldest first


def plan_of(unit: Unit, since: datetime.date, until: datetime.date) -> ItemQuerySet:
    """Return the lines that a unit set or was handed and that take place in these days, each with `mine`."""
    own = Share.objects.filter(unit=unit).order_by()
    held = Exists(own.filter(item=OuterRef("pk")))
    found = Item.objects.filter(Q(unit=unit) | held).touching(since, until).select_related("unit")
    return found.order_by("until", "pk").prefetch_related(Prefetch("shares", queryset=own, to_attr="mine"))


def years_of(unit: Unit) -> list[int]:
    """Return the years for which a unit's plan holds lines, the newest first; one query."""
    own = Q(unit=unit) | Exists(Share.objects.filter(unit=unit, item=OuterRef("pk")))
    years = Item.objects.filter(own).order_by().values_list("until__year", flat=True).distinct()
    return sorted(years, reverse=True)


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the plan: its first day and the lines whose last day is in it."""

    day: datetime.date
    items: tuple[Item, ...]


def by_month(items: Sequence[Item], year: int) -> list[Month]:
    """Sort lines into the twelve months by their last day; what ends after the year stands in December."""
    months: dict[int, list[Item]] = {n: [] for n in range(1, 13)}
    for item in items:
        months[item.until.month if item.until.year == year else 12].append(item)
    return [Month(datetime.date(year, n, 1), tuple(found)) for n, found in months.items()]


@dataclass(frozen=True, slots=True)
class Line:
    """A line over the year: for each month whether it runs and whether it ends then."""

    item: Item
    cells: tuple[str, ...]


def by_item(items: Sequence[Item], year: int) -> list[Line]:
    """Return each line with twelve cells: empty, "runs" or "ends"."""
    return [Line(item, tuple(_cell(item, year, month) for month in range(1, 13))) for item in items]


def _cell(item: Item, year: int, month: int) -> str:
    here, last = (year, month), (item.until.year, item.until.month)
    if here == last:
        return "ends"
    return "runs" if (item.first_day.year, item.first_day.month) <= here < last else ""


def sessions_between(unit: Unit, since: datetime.date, until: datetime.date) -> QuerySet[Session]:
    """Return a unit's sessions of these days, cancelled ones too."""
    found = Session.objects.filter(share__unit=unit, day__gte=since, day__lte=until)
    return found.select_related("share__item").order_by("day", "hour", "pk")


def shares_of(unit_id: int) -> QuerySet[Share]:
    """Return what a unit holds of lines in force, the nearest day first."""
    found = Share.objects.filter(unit_id=unit_id, item__state=Item.State.ISSUED)
    return found.select_related("item__unit").order_by("due", "pk")


def changes_since(share: Share) -> list[tuple[str, Any, Any]]:
    """Return field, old and new of what changed since the unit confirmed a version; one query."""
    item = share.item
    if share.seen >= item.n:
        return []
    found = {v.n: v.values for v in ItemVersion.objects.filter(item=item, n__in=(share.seen, item.n))}
    old, new = found.get(share.seen, {}), found.get(item.n, {})
    return [
        (name, _shown(name, old.get(name)), _shown(name, new[name]))
        for name in new
        if old.get(name) != new[name]
    ]


def _shown(name: str, value: Any) -> Any:
    """Return a kept day as a day, so that the page writes it in the reader's language."""
    return datetime.date.fromisoformat(value) if name in ("since", "until") and value else value


def answers_for(item: Item, unit: Unit) -> QuerySet[Answer]:
    """Return the answers on a line that were given to all by units above this one, or by itself."""
    return Answer.objects.filter(item=item, unit__in=unit.path_ids).select_related("unit")


def waiting_at(unit_id: int) -> QuerySet[Question]:
    """Return the open questions that a unit is to answer or forward."""
    found = Question.objects.filter(at_unit_id=unit_id, state=Question.State.OPEN)
    return found.select_related("item__unit", "share__unit", "at_unit")


@dataclass(frozen=True, slots=True)
class Group:
    """Open questions that say the same: of how many units, and the one that stands for all."""

    item: Item
    questions: tuple[Question, ...]

    @property
    def first(self) -> Question:
        """Return the question that stands for the group."""
        return self.questions[0]

    @property
    def units(self) -> int:
        """Return how many units asked it."""
        return len({question.share.unit_id for question in self.questions})

    @property
    def wordings(self) -> list[str]:
        """Return the other wordings, each once."""
        return [text for text in dict.fromkeys(q.text for q in self.questions) if text != self.first.text]


def groups_of(questions: QuerySet[Question]) -> list[Group]:
    """Fold open questions of each line together, the largest group of a line first; never by who asked."""
    by_item: dict[int, list[Question]] = {}
    for question in questions.order_by("item_id", "pk")[:MOST_GROUPED]:
        by_item.setdefault(question.item_id, []).append(question)
    return [
        Group(some[0].item, tuple(some[n] for n in indexes))
        for some in by_item.values()
        for indexes in group_texts([question.text for question in some])
    ]


def group_with(question: Question) -> Group | None:
    """Return the group in which an open question stands where it waits; None when it waits no more."""
    same = waiting_at(question.at_unit_id).filter(item=question.item_id)
    return next((g for g in groups_of(same) if question.pk in {q.pk for q in g.questions}), None)
