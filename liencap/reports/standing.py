"""Totals laid out for a screen: rows of indicators and tasks, and a number opened into its parts."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from liencap.core.rollup.totals import TotalCell, rate, read
from liencap.programmes.models import Task
from liencap.reports.display import number_text
from liencap.reports.figures import totals_of
from liencap.reports.forming.counting import cell_name, counts_text, total_text
from liencap.reports.models import Acceptance, Indicator, Period, Report, ReportVersion, TaskEntry, Total
from liencap.reports.queries import Part, in_force, indicators_of, task_states, total_parts, totals_for
from liencap.units.models import Unit


@dataclass(frozen=True, slots=True)
class Number:
    """A total as written, how many reports gave a value, and how many said what, in words."""

    text: str
    given: int
    counts: str


def number_of(indicator: Indicator, cell: TotalCell) -> Number:
    """Write a total; where nobody gave a value there is none, not a zero."""
    return Number(total_text(indicator, cell), cell.values, counts_text(cell))


@dataclass(frozen=True, slots=True)
class CellRow:
    """One cell of an indicator: received and official side by side."""

    indicator: Indicator
    cell: str
    label: str
    received: Number
    official: Number


@dataclass(frozen=True, slots=True)
class IndicatorRows:
    """An indicator with its cells and, for a ratio of sums, both rates in percent."""

    indicator: Indicator
    cells: list[CellRow]
    rates: dict[str, str]


def indicator_rows(period: Period, unit: Unit) -> list[IndicatorRows]:
    """Lay out the totals of a unit; three queries."""
    assert period.form is not None, "only opened periods have totals"
    layout = period.form.cells
    packed = totals_for(period, unit)
    cells = {kind: {(c.code, c.cell): c for c in read(layout, packed[kind]).cells} for kind in packed}
    found = []
    for indicator in indicators_of(period.form):
        rows, rates = [], {}
        for cell in indicator.cells:
            numbers = {kind: number_of(indicator, cells[kind][indicator.code, cell]) for kind in packed}
            name = cell_name(indicator, cell)
            rows.append(CellRow(indicator, cell, name, numbers["received"], numbers["official"]))
        if indicator.tree_axis == Indicator.TreeAxis.RATIO:
            for kind, total in packed.items():
                share = rate(layout, total, indicator.code)
                if share is not None:
                    percent = Decimal(share.numerator) * 100 / Decimal(share.denominator)
                    rates[kind] = f"{number_text(percent.quantize(Decimal('0.1')))} %"
        found.append(IndicatorRows(indicator, rows, rates))
    return found


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task and how many sent reports say which state, in the order of the states."""

    task: Task
    counts: list[tuple[str, int]]


def task_rows(period: Period, unit: Unit) -> list[TaskRow]:
    """Count the states of each task in the reports of a unit and below."""
    counted = task_states(period, unit)
    tasks = Task.objects.filter(pk__in=counted).order_by("order", "pk")
    return [
        TaskRow(task, [(str(label), counted[task.pk].get(s, 0)) for s, label in TaskEntry.State.choices])
        for task in tasks
    ]


@dataclass(frozen=True, slots=True)
class OpenedPart:
    """One part of a number."""

    unit: Unit
    own: bool
    text: str
    given: int
    report: Report | None
    counts: str = ""
    joint: tuple[str, ...] = ()
    version: ReportVersion | None = None
    acceptance: Acceptance | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A number and its parts."""

    indicator: Indicator
    cell: str
    label: str
    total: Number
    parts: list[OpenedPart]


def _joint(part: Part, code: str) -> tuple[str, ...]:
    """Name the joint activities of a unit's own report that its figure holds, with their partners."""
    version = part.report.current if part.own and part.report else None
    return tuple(
        _("“%(title)s” with %(partners)s: %(number)s")
        % {
            "title": row["title"],
            "partners": ", ".join(row["partners"]),
            "number": number_text(Decimal(one["number"])),
        }
        for row in (version.joint if version else ())
        for one in row["figures"]
        if row["counted"] and one["code"] == code
    )


def act_of(report: Report, version: ReportVersion | None) -> Acceptance | None:
    """Return the act by which a version of a report was accepted above, if it was."""
    act = report.acceptance
    return act if act and version and act.version_id == version.pk else None


def _signed(part: Part, kind: str) -> tuple[ReportVersion | None, Acceptance | None]:
    """Return the version that a part's figure stands in, and the act by which that version was accepted above."""
    report = part.report
    if report is None:
        return None, None
    version = report.accepted if kind == Total.Kind.OFFICIAL and not part.own else report.current
    return version, act_of(report, version)


def opened(period: Period, unit: Unit, kind: str, code: str, cell: str) -> Opened | None:
    """Open one number of a unit; None when the form has no such cell."""
    assert period.form is not None, "only opened periods have totals"
    layout = period.form.cells
    place = layout.place.get((code, cell))
    if place is None:
        return None
    whole = read(layout, totals_for(period, unit)[Total.Kind(kind)]).cells[place]
    parts = []
    indicator = period.form.indicators.select_related("task").get(code=code)
    for part in total_parts(period, unit, kind):
        number = number_of(indicator, read(layout, part.totals).cells[place])
        parts.append(
            OpenedPart(
                part.unit,
                part.own,
                number.text,
                number.given,
                part.report,
                number.counts,
                _joint(part, code),
                *_signed(part, kind),
            )
        )
    return Opened(indicator, cell, cell_name(indicator, cell), number_of(indicator, whole), parts)


def each_within(
    period: Period, unit: Unit, kind: str, opened: Opened, reports: Iterable[Report]
) -> list[OpenedPart]:
    """Lay out what each of some reports itself says of a number, without what it carries; no queries."""
    assert period.form is not None, "only opened periods have totals"
    layout = period.form.cells
    place = layout.place[opened.indicator.code, opened.cell]
    found = []
    for report in reports:
        who = report.obligation.unit
        part = Part(who, who.pk == unit.pk, b"", report)
        held = in_force(report) if kind == Total.Kind.OFFICIAL and not part.own else report.current
        assert held is not None, "only what was sent, or accepted, is asked for"
        number = number_of(opened.indicator, read(layout, totals_of(layout, held.figures)).cells[place])
        found.append(
            OpenedPart(who, True, number.text, number.given, report, number.counts, (), *_signed(part, kind))
        )
    return found
