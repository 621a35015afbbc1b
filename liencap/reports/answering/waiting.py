"""The reports that wait for a unit's answer, those that ask for a look first."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from liencap.core.rollup import unpack
from liencap.reports.answering.lines import Line, figure_key, plain
from liencap.reports.answering.queries import changes_of, names_for
from liencap.reports.lists import InboxRow, inbox_rows
from liencap.reports.models import Gap, Obligation, Period, Report, TaskEntry
from liencap.reports.queries import Sheet, in_force, waiting_for

MOST = 1000  # waiting reports that are looked at together
TIMES = 3  # so many times more or less than in the last period is a jump
LEAST = 10  # and it is at least so much


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report that waits, and what about it asks for a look; without any it may be accepted with others.

    `jumps` are the figures far from those of the last period: old and new.
    """

    row: InboxRow
    look: list[str] = field(default_factory=list)
    jumps: list[Line] = field(default_factory=list)

    @property
    def report(self) -> Report:
        """Return the report."""
        return self.row.report

    @property
    def token(self) -> str:
        """Name the report and the version that is read here."""
        report = self.row.report
        return f"{report.pk}:{report.current.n if report.current else 0}"


def sorted_waiting(unit_id: int) -> list[Waiting]:
    """Return what waits for a unit, that with something to look at first, then in order of sending; six queries."""
    return sorted(_waiting(list(waiting_for(unit_id)[:MOST]), unit_id), key=lambda one: not one.look)


def look_at(report: Report, sheet: Sheet) -> dict[str, object]:
    """Return for the page of a report what about it asks its answerer for a look, and the far figures; four queries."""
    (one,) = _waiting([report], report.obligation.parent_id)
    jumps = changes_of(one.jumps, names_for(sheet.tasks, sheet.indicators), {}, set(), sheet.closed)
    return {"look": one.look, "jumps": jumps}


def _waiting(reports: Sequence[Report], unit_id: int | None) -> list[Waiting]:
    entries, before = _entries(reports), _last_figures(reports)
    owed = [report.obligation_id for report in reports]
    gaps = set(Gap.objects.filter(obligation__in=owed, unit=unit_id).values_list("obligation_id", flat=True))
    found = []
    for row in inbox_rows(reports):
        jumps = _jumps(row.report, before.get(row.report.pk, {}))
        looks = _looks(row, entries.get(row.report.current_id or 0, {}), len(jumps), gaps)
        found.append(Waiting(row, looks, jumps))
    return found


def _looks(
    row: InboxRow,
    entries: Mapping[str, int],
    jumps: int,
    gaps: Set[int],
) -> list[str]:
    """Say what about a report asks for a look."""
    report, found = row.report, []
    assert report.current is not None, "only sent reports wait"
    if row.corrects:
        found.append(_("Correction; figures changed since you accepted: %(n)s") % {"n": row.changed})
    elif report.current.n > 1:
        found.append(_("sent again after a return"))
    if report.obligation.cls == Obligation.Class.LATE:
        found.append(_("late"))
    if row.report.obligation.pk in gaps:
        found.append(_("came after the collection was closed"))
    if warned := len(report.current.warnings):
        found.append(ngettext("%(n)s warning", "%(n)s warnings", warned) % {"n": warned})
    if stale := entries.get("stale"):
        found.append(
            ngettext(
                "%(n)s task answered before its amendment",
                "%(n)s tasks answered before their amendment",
                stale,
            )
            % {"n": stale}
        )
    if (idle := entries.get("idle", 0)) and 2 * idle >= entries.get("all", 0):
        found.append(ngettext("%(n)s task not begun", "%(n)s tasks not begun", idle) % {"n": idle})
    if jumps:
        found.append(
            ngettext("%(n)s figure far from the last period", "%(n)s figures far from the last period", jumps)
            % {"n": jumps}
        )
    return found


def _entries(reports: Iterable[Report]) -> dict[int, dict[str, int]]:
    """Count by version its tasks, those not begun, and those whose answer an amendment has passed; one query."""
    versions = [report.current_id for report in reports]
    counted = (
        TaskEntry.objects.filter(version__in=versions)
        .order_by()
        .values("version_id")
        .annotate(
            all=Count("pk"),
            idle=Count("pk", filter=Q(state=TaskEntry.State.NOT_BEGUN)),
            stale=Count("pk", filter=Q(answered__lt=F("task__version"), task__rescinded=False)),
        )
    )
    return {
        row["version_id"]: {"all": row["all"], "idle": row["idle"], "stale": row["stale"]} for row in counted
    }


def _last_figures(reports: Sequence[Report]) -> dict[int, dict[tuple[str, str], Decimal]]:
    """Return by report the figures that counted in the period before; two queries."""
    periods = {report.obligation.period_id: report.obligation.period for report in reports}
    older = Period.objects.filter(
        programme__in={p.programme_id for p in periods.values()}, form__isnull=False
    )
    ordered = list(older.select_related("form").order_by("until", "pk"))
    last = {
        pk: earlier
        for pk, period in periods.items()
        if (earlier := next((p for p in reversed(ordered) if _precedes(p, period)), None))
    }
    units = {report.obligation.unit_id for report in reports}
    held = Report.objects.filter(
        obligation__period__in=last.values(), obligation__unit__in=units, accepted__isnull=False
    )
    rows = held.select_related("obligation", "accepted", "acceptance") if last else []
    had = {(one.obligation.period_id, one.obligation.unit_id): one for one in rows}
    found: dict[int, dict[tuple[str, str], Decimal]] = {}
    for report in reports:
        period = last.get(report.obligation.period_id)
        one = had.get((period.pk, report.obligation.unit_id)) if period else None
        counts = in_force(one) if one else None
        if period is not None and period.form is not None and counts is not None:
            figures = unpack(period.form.cells, bytes(counts.figures))
            found[report.pk] = {key: n for key, n in figures.items() if isinstance(n, Decimal)}
    return found


def _precedes(earlier: Period, period: Period) -> bool:
    return earlier.programme_id == period.programme_id and earlier.until < period.since


def _jumps(report: Report, before: Mapping[tuple[str, str], Decimal]) -> list[Line]:
    """Return the figures that are many times more or less than in the period before."""
    form = report.obligation.period.form
    assert form is not None, "only opened periods have reports"
    assert report.current is not None, "only sent reports wait"
    numbers = {m.code for m in form.cells.measures if m.kind in ("number", "money", "percentage")}
    now = unpack(form.cells, bytes(report.current.figures))
    return [
        Line(figure_key(*key), plain(old), plain(new))
        for key, old in before.items()
        if key[0] in numbers and isinstance(new := now.get(key), Decimal) and _is_jump(old, new)
    ]


def _is_jump(old: Decimal, new: Decimal) -> bool:
    low, high = sorted((old, new))
    return high - low >= LEAST and high > TIMES * low
