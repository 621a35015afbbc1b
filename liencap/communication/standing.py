"""Add up over the tree what units did: one grouped query a level, however big the tree below is."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import BinaryField, Count, F, IntegerField, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, Substr

from liencap.communication.models import Item, Session, Share
from liencap.units.models import STEP, Unit

State = Share.State


@dataclass(frozen=True, slots=True)
class Sums:
    """Of how many units how many did it; sessions and attendance are sums of official acts."""

    units: int = 0
    done: int = 0
    done_late: int = 0
    not_applicable: int = 0
    overdue: int = 0
    planned: int = 0
    held: int = 0
    expected: int = 0
    came: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        """Add field by field."""
        return Sums(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def missing(self) -> int:
        """Return how many units have recorded nothing yet."""
        return self.units - self.done - self.not_applicable

    @property
    def answered(self) -> int:
        """Return how many units have recorded something."""
        return self.units - self.missing

    @property
    def on_time(self) -> int:
        """Return how many did it by their day."""
        return self.done - self.done_late

    @property
    def percent(self) -> int:
        """Return the part that has answered, rounded down."""
        return 100 * self.answered // self.units if self.units else 0

    @property
    def colour(self) -> str:
        """Return Bootstrap's word for the state."""
        if not self.missing:
            return "success" if self.units else "secondary"
        return "danger" if self.overdue else "warning" if self.answered else "secondary"


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit directly below with the sums of its whole subtree, or the unit itself."""

    unit: Unit
    sums: Sums
    itself: bool = False

    @property
    def deeper(self) -> bool:
        """Say whether more than this one unit stands behind the sums."""
        return not self.itself and self.sums.units > 1


def shares_below(item: Item, within: Unit) -> QuerySet[Share]:
    """Return the shares of a line in a subtree."""
    return Share.objects.filter(item=item, unit__in=Unit.objects.all().below(within)).order_by()


def missing_below(item: Item, within: Unit) -> QuerySet[Share]:
    """Return the shares of a subtree of which nothing is recorded, in the order of the units' names."""
    found = shares_below(item, within).filter(state=State.OPEN).select_related("unit__tier")
    return found.order_by("unit__rank", "unit__sort_key", "unit_id")


def branches(item: Item, within: Unit, today: datetime.date) -> tuple[Sums, list[Branch]]:
    """Return the sums of a subtree and of each of its branches; two queries."""
    size = len(bytes(within.path)) + STEP
    rows: Any = shares_below(item, within).annotate(branch=_branch("unit__path", size)).values("branch")
    found = {bytes(row.pop("branch")): _read(row) for row in rows.annotate(**_sums(today))}
    below = [path for path in found if len(path) == size]
    units = Unit.objects.filter(pk__in=[int.from_bytes(path[-STEP:], "big") for path in below])
    parts = [Branch(unit, found[bytes(unit.path)]) for unit in units.select_related("tier")]
    own = found.get(bytes(within.path))
    parts = ([Branch(within, own, itself=True)] if own else []) + parts
    return sum((part.sums for part in parts), Sums()), parts


def between(
    items: Iterable[int], within: Unit, since: datetime.date, until: datetime.date
) -> dict[int, list[Branch]]:
    """Return for each of some lines what a subtree did in some days, its branches apart; three queries in all.

    `units` counts who holds the line, `done` who finished it in these days; sessions and attendance are those of these
    days. The unit itself stands first, then its branches in the order of their names.
    """
    size = len(bytes(within.path)) + STEP
    below, days = Unit.objects.all().below(within), (since, until)
    held = Session.objects.filter(share__item__in=items, share__unit__in=below, state=Session.State.HELD)
    shares = Share.objects.filter(item__in=items, unit__in=below)
    done = Count("pk", filter=Q(state=State.DONE, done_on__range=days))
    # A second sitting adds who came, no session and nobody who should attend.
    first = Q(second_of__isnull=True)
    attended = {
        "held_sum": Count("pk", filter=first),
        "expected_sum": Coalesce(Sum("expected", filter=first), 0),
        "came_sum": Coalesce(Sum("came"), 0),
    }
    counted = [
        _grouped(shares, "", size, {"units": Count("pk"), "done": done}),
        _grouped(held.filter(day__range=days), "share__", size, attended),
    ]
    found: dict[tuple[int, bytes], Sums] = {}
    for key, sums in (pair for rows in counted for pair in rows):
        found[key] = found.get(key, Sums()) + sums
    units = {
        bytes(unit.path): unit
        for unit in Unit.objects.filter(pk__in={int.from_bytes(p[-STEP:], "big") for _i, p in found})
    }
    lines: dict[int, list[Branch]] = {}
    for (item, path), sums in found.items():
        lines.setdefault(item, []).append(Branch(units[path], sums, itself=len(path) < size))
    for branches_ in lines.values():
        branches_.sort(key=lambda one: (not one.itself, one.unit.rank, one.unit.sort_key, one.unit.pk))
    return lines


def _branch(path: str, size: int) -> Substr:
    """Return the beginning of a path that names the branch a unit stands in."""
    return Substr(path, Value(1), Value(size, IntegerField()), output_field=BinaryField())


def _grouped(
    rows: QuerySet[Any], share: str, size: int, sums: dict[str, Any]
) -> Iterable[tuple[tuple[int, bytes], Sums]]:
    grouped = rows.order_by().annotate(branch=_branch(f"{share}unit__path", size))
    found: Any = grouped.values(f"{share}item_id", "branch").annotate(**sums)
    for row in found:
        yield (row.pop(f"{share}item_id"), bytes(row.pop("branch"))), _read(row)


def sums_of(items: Iterable[Item], within: Unit, today: datetime.date) -> dict[int, Sums]:
    """Return for each of some lines the sums of a subtree; one query."""
    below = Unit.objects.all().below(within)
    held = Share.objects.filter(item__in=[item.pk for item in items], unit__in=below).order_by()
    rows: Any = held.values("item_id").annotate(**_sums(today))
    return {row.pop("item_id"): _read(row) for row in rows}


def _read(row: Any) -> Sums:
    """Return a grouped row as sums; Django lets no annotation bear the name of a field, hence the suffix."""
    return Sums(**{name.removesuffix("_sum"): number for name, number in row.items()})


def _sums(today: datetime.date) -> dict[str, Count | Coalesce]:
    done = Q(state=State.DONE)
    return {
        "units": Count("pk"),
        "done": Count("pk", filter=done),
        "done_late": Count("pk", filter=done & Q(done_on__gt=F("due"))),
        "not_applicable": Count("pk", filter=Q(state=State.NOT_APPLICABLE)),
        "overdue": Count("pk", filter=Q(state=State.OPEN, due__lt=today)),
    } | {name + "_sum": Coalesce(Sum(name), 0) for name in ("planned", "held", "expected", "came")}
