"""What a unit's official total was made of at a moment: its own report, and each unit below as it was accepted."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Q

from liencap.core.rollup.layout import Layout
from liencap.core.rollup.totals import TotalCell, read
from liencap.reports.figures import nothing, plus, totals_of
from liencap.reports.models import Acceptance, Period, Report, ReportVersion, Total
from liencap.reports.queries.said import in_force
from liencap.reports.queries.totals import OWN

Key = tuple[str, str]
Held = Acceptance | ReportVersion
NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Made:
    """The parts of a unit's official total by the unit's id: the row that holds each, and what it brought."""

    held: Mapping[int, Held]
    brought: Mapping[int, Mapping[Key, TotalCell]]
    deep: frozenset[int]  # who brought something of units further below

    def number(self, who: int, key: Key) -> Decimal:
        """Return what a part brought; nothing of one that was not there."""
        return number(self.brought[who][key]) if who in self.brought else NONE

    def numbers(self, key: Key) -> dict[int, Decimal]:
        """Return what each part brought."""
        return {who: number(cells[key]) for who, cells in self.brought.items()}


def number(cell: TotalCell) -> Decimal:
    """Return a sum as a number; of what nobody said, nought."""
    return cell.sum if cell.values and cell.sum is not None else NONE


@dataclass(frozen=True, slots=True)
class Makings:
    """What a unit's total is made of now and was made of at a moment, as rows that were read once."""

    layout: Layout
    official: bytes
    own: ReportVersion | None
    below: Sequence[Report]
    older: Mapping[int, Sequence[Acceptance]]
    alone: bool  # no unit below owes a report

    def at(self, moment: datetime.datetime | None, own: Held | None) -> Made:
        """Return the parts as of a moment, or now; `own` is the row that holds the unit's own figures then."""
        held: dict[int, Held] = {OWN: own} if own is not None else {}
        for report in self.below:
            one = in_force(report)
            if moment and isinstance(one, Acceptance) and one.at > moment:
                one = next((x for x in self.older.get(report.pk, ()) if x.at <= moment), None)
            if one is not None:
                held[report.obligation.unit_id] = one
        return Made(
            held, {who: self._cells(who, one) for who, one in held.items()},
            frozenset(who for who, one in held.items() if who != OWN and self._carries(one)),
        )  # fmt: skip

    def brought(self, held: Held | None) -> Made:
        """Return the parts as the unit brought them up with what a row of its own report holds; none without one."""
        return self.at(sent_of(held), held) if held is not None else Made({}, {}, frozenset())

    def _cells(self, who: int, held: Held) -> dict[Key, TotalCell]:
        packed = totals_of(self.layout, held.figures)
        if who != OWN:
            packed = plus(self.layout, packed, held.carried)
        return {(c.code, c.cell): c for c in read(self.layout, packed).cells}

    def _carries(self, held: Held) -> bool:
        return any(c.values for c in read(self.layout, bytes(held.carried)).cells)


def makings_of(period: Period, layout: Layout, units: Collection[int]) -> dict[int, Makings]:
    """Read what the totals of some units are made of; three queries, however many units."""
    if not units:
        return {}
    rows = Total.objects.filter(period=period, kind=Total.Kind.OFFICIAL, unit__in=units)
    official, own = dict(rows.values_list("unit_id", "packed")), dict[int, ReportVersion | None]()
    below: dict[int, list[Report]] = {pk: [] for pk in units}
    waited: set[int] = set()
    touching = Q(obligation__unit__in=units) | Q(obligation__parent__in=units)
    for report in (
        Report.objects.filter(touching, obligation__period=period)
        .select_related("obligation", "current", "accepted", "acceptance__version")
        .order_by("obligation__unit__sort_key", "pk")
    ):
        own[report.obligation.unit_id] = report.current
        waited.add(report.obligation.parent_id or 0)
        if report.accepted_id and report.obligation.parent_id in below:
            below[report.obligation.parent_id].append(report)
    older: dict[int, list[Acceptance]] = {}
    earlier = Acceptance.objects.filter(
        report__obligation__parent__in=units, report__obligation__period=period
    )
    for one in earlier.exclude(report__acceptance=F("pk")).select_related("version").order_by("-pk"):
        older.setdefault(one.report_id, []).append(one)
    return {
        pk: Makings(
            layout,
            bytes(official.get(pk) or nothing(layout)),
            own.get(pk),
            below[pk],
            older,
            pk not in waited,
        )
        for pk in units
    }


def own_at(version: ReportVersion | None, moment: datetime.datetime) -> ReportVersion | None:
    """Return the version of the same report that stood at a moment; no query where it is the standing one."""
    if version is None or version.sent_at <= moment:
        return version
    return ReportVersion.objects.filter(report=version.report_id, sent_at__lte=moment).order_by("n").last()


def sent_of(held: Held) -> datetime.datetime:
    """Return when the version was sent whose figures a row holds: what it carried is of that moment."""
    return held.version.sent_at if isinstance(held, Acceptance) else held.sent_at


def same(one: Held | None, other: Held | None) -> bool:
    """Say whether two rows are one, so that nothing changed at a part or below it."""
    return type(one) is type(other) and (one is None or (other is not None and one.pk == other.pk))
