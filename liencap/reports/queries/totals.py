"""Totals, their parts and their proof."""

import datetime
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from liencap.audit.models import Entry
from liencap.core.rollup.layout import Layout
from liencap.core.text import next_prefix
from liencap.programmes.models import Task
from liencap.reports.figures import minus, nothing
from liencap.reports.models import (
    Obligation,
    Period,
    Report,
    TaskEntry,
    Total,
)
from liencap.reports.queries.owed import chain_of
from liencap.reports.queries.said import brought_by, said_by
from liencap.units.models import Unit


def totals_for(period: Period, unit: Unit) -> dict[str, bytes]:
    """Return a unit's received and official totals, packed."""
    assert period.form is not None, "only opened periods have totals"
    cells = period.form.cells
    found = Total.objects.filter(period=period, unit=unit)
    have = {t.kind: bytes(t.packed) for t in found}
    return {kind: have.get(kind, nothing(cells)) for kind in Total.Kind.values}


OWN = 0  # the unit's own report among the parts of its total; no unit has this id
MANY = 20_000  # reports whose states are not counted anew for everybody who looks
LATELY = 300  # seconds
SIGNED = [
    f"{path}__{name}"
    for path in ("current__sent_by_seat", "accepted__sent_by_seat", "acceptance__by_seat")
    for name in ("role", "unit")
]


UNSIGNED = ["current", "accepted", "acceptance"]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a total: the unit's own report, or one child with all it brings."""

    unit: Unit
    own: bool
    totals: bytes
    report: Report | None


@dataclass(frozen=True, slots=True)
class Line:
    """A unit's own obligation in a period, where it has one, and those that hang directly under it."""

    own: Obligation | None
    hanging: list[Obligation]

    def chain(self, unit: Unit) -> bytes:
        """Return the frozen place of the unit; the programme's own unit may owe nothing itself."""
        return bytes(self.own.chain) if self.own else unit.pk.to_bytes(4, "big")


def line_of(period: Period, unit: Unit, *, signed: bool = False, task: Task | None = None) -> Line:
    """Read a unit's report and those directly below, in Vietnamese order; one query.

    `signed` reads who sent and accepted too; `task` how far each says that a task is, as `said_state`.
    """
    names = (f"report__{name}" for name in (SIGNED if signed else UNSIGNED))
    found = Obligation.objects.filter(Q(unit=unit) | Q(parent=unit), period=period)
    if task is not None:
        said = TaskEntry.objects.filter(task=task, version_id=OuterRef("report__current_id"))
        found = found.annotate(said_state=Subquery(said.values("state")[:1]))
    rows = list(found.select_related("unit", *names))
    own = next((owed for owed in rows if owed.unit_id == unit.pk), None)
    return Line(own, [owed for owed in rows if owed.parent_id == unit.pk])


def total_parts(
    period: Period, unit: Unit, kind: str, *, signed: bool = False, line: Line | None = None
) -> list[Part]:
    """Open a total into its parts, own first; their sum is the total."""
    assert period.form is not None, "only opened periods have totals"
    cells, empty = period.form.cells, nothing(period.form.cells)
    line = line or line_of(period, unit, signed=signed)
    mine, hanging = line.own.report if line.own else None, line.hanging
    parts = [Part(unit, True, said_by(mine.current, cells), mine)] if mine and mine.current else []
    if kind == Total.Kind.OFFICIAL:
        for o in hanging:
            if o.report.accepted:
                parts.append(Part(o.unit, False, brought_by(o.report, cells), o.report))
        return parts
    rows = Total.objects.filter(period=period, kind=kind, unit_id__in=[o.unit_id for o in hanging])
    stored = {t.unit_id: bytes(t.packed) for t in rows}
    for o in hanging:
        if (brought := stored.get(o.unit_id, empty)) != empty:
            parts.append(Part(o.unit, False, brought, o.report))
    return parts


def reports_within(period: Period, unit: Unit, kind: str) -> QuerySet[Report]:
    """Return the reports of a unit and of all below whose own figures may stand in a total, in tree order."""
    chain = chain_of(period, unit)
    found = Report.objects.filter(
        obligation__period=period, obligation__chain__gte=chain, obligation__chain__lt=next_prefix(chain),
        current__isnull=False,
    )  # fmt: skip
    if kind == Total.Kind.OFFICIAL:  # a unit's own words are official in it when it sends them
        found = found.filter(Q(accepted__isnull=False) | Q(obligation__unit=unit))
    return found.select_related("obligation__unit", *SIGNED).order_by("obligation__chain", "pk")


def task_states(period: Period, unit: Unit) -> dict[int, dict[str, int]]:
    """Count for each task how many sent reports of the unit and below say which state.

    By the ids of the versions that stand: joined through them, every entry would look its report up alone.
    """
    standing = reports_within(period, unit, Total.Kind.RECEIVED).select_related(None).order_by()
    entries = TaskEntry.objects.filter(version__in=standing.values("current_id"))
    found: dict[int, dict[str, int]] = {}
    for task, state, n in entries.values_list("task_id", "state").annotate(n=Count("pk")).order_by("task_id"):
        found.setdefault(task, {})[state] = n
    return found


def task_states_lately(
    period: Period, unit: Unit, reports: int
) -> tuple[dict[int, dict[str, int]], datetime.datetime | None]:
    """Return the states of tasks; of very many reports as counted in the last minutes, and when that was."""
    if reports <= MANY:
        return task_states(period, unit), None
    key = f"task-states-{period.pk}-{unit.pk}"
    known: tuple[dict[int, dict[str, int]], datetime.datetime] | None = cache.get(key)
    if known is None:
        known = task_states(period, unit), timezone.now()
        cache.set(key, known, LATELY)
    return known


def periods_with_totals(pk: int | None = None) -> QuerySet[Period]:
    """Return the periods that were opened at any time, or one of them."""
    found = Period.objects.filter(form__isnull=False).select_related("form", "programme__unit")
    return found.order_by("pk") if pk is None else found.filter(pk=pk)


@dataclass(frozen=True, slots=True)
class Proof:
    """When the totals of a period were last proven, how many, how many differed, and some of those with their kind."""

    at: datetime.datetime
    checked: int
    differing: int
    named: tuple[tuple[Unit, str], ...]


def last_proof(period: Period, unit: Unit) -> Proof | None:
    """Return the newest proof in the log; of differing totals, those of the unit and below are named."""
    entry = Entry.objects.filter(action="check_totals", kind="period", object_id=period.pk).last()
    if entry is None:
        return None
    pairs = [text.split(":") for text in entry.new.get("totals", ())]
    units = Unit.objects.all().below(unit).in_bulk([int(pk) for pk, _kind in pairs]) if pairs else {}
    named = [(units[int(pk)], str(Total.Kind(kind).label)) for pk, kind in pairs if int(pk) in units]
    return Proof(entry.at, entry.new["checked"], entry.new["differing"], tuple(named[:20]))


def carries_old(report: Report, cells: Layout) -> bool:
    """Say whether the children's official total has changed since the unit last sent."""
    if report.current is None:
        return False
    total = Total.objects.get(
        period_id=report.obligation.period_id, unit_id=report.obligation.unit_id, kind=Total.Kind.OFFICIAL
    )
    return minus(cells, total.packed, said_by(report.current, cells)) != bytes(report.current.carried)
