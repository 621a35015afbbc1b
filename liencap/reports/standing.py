"""Totals laid out for a screen: rows of indicators and tasks, and a number opened into its parts."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from liencap.core.rollup.cells import HIDDEN, YES
from liencap.core.rollup.totals import TotalCell, rate, read
from liencap.programmes.models import Task
from liencap.reports.display import number_text
from liencap.reports.figures import totals_of
from liencap.reports.forming.counting import cell_name, counts_text, total_text
from liencap.reports.models import Acceptance, Indicator, Period, Report, ReportVersion, TaskEntry, Total
from liencap.reports.numbers import kept_text
from liencap.reports.queries import Part, Veil, in_force, indicators_of, task_states_lately, total_parts
from liencap.units.models import Unit


@dataclass(frozen=True, slots=True)
class Number:
    """A total as written, how many reports gave a value, and how many said what, in words."""

    text: str
    given: int
    counts: str
    kept_back: bool = False


def number_of(indicator: Indicator, cell: TotalCell) -> Number:
    """Write a total; where nobody gave a value there is none, not a zero."""
    return Number(total_text(indicator, cell), cell.values, counts_text(cell), cell.shown is not YES)


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


def indicator_rows(period: Period, unit: Unit, veil: Veil) -> list[IndicatorRows]:
    """Lay out the totals of a unit as its reader sees them; three queries where nothing is kept back."""
    assert period.form is not None, "only opened periods have totals"
    cells = veil.totals(unit)
    found = []
    for indicator in indicators_of(period.form):
        rows: list[CellRow] = []
        rates: dict[str, str] = {}
        for cell in indicator.cells:
            numbers = {kind: number_of(indicator, cells[kind][indicator.code, cell]) for kind in cells}
            name = cell_name(indicator, cell)
            rows.append(CellRow(indicator, cell, name, numbers["received"], numbers["official"]))
        if indicator.tree_axis == Indicator.TreeAxis.RATIO:
            rates = {kind: said for kind in cells if (said := _rate(indicator, cells[kind]))}
        found.append(IndicatorRows(indicator, rows, rates))
    return found


def _rate(indicator: Indicator, cells: Mapping[tuple[str, str], TotalCell]) -> str:
    """Write the ratio of two sums in percent; where either is kept back, so is the ratio."""
    pair = [cells[indicator.code, cell] for cell in indicator.cells]
    if any(cell.shown is not YES for cell in pair):
        return kept_text(HIDDEN)
    share = rate(pair, indicator.code)
    return "" if share is None else f"{number_text(Decimal(round(share * 1000)).scaleb(-1))} %"


def signs_in(rows: Iterable[IndicatorRows]) -> bool:
    """Say whether anything is kept back, so that the signs are explained."""
    return any(n.kept_back for row in rows for cell in row.cells for n in (cell.received, cell.official))


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task and how many sent reports say which state, in the order of the states."""

    task: Task
    counts: list[tuple[str, int]]


def task_rows(period: Period, unit: Unit, reports: int) -> tuple[list[TaskRow], datetime.datetime | None]:
    """Count the states of each task in the reports of a unit and below; also when, where that is some minutes ago."""
    counted, at = task_states_lately(period, unit, reports)
    tasks = Task.objects.filter(pk__in=counted).order_by("order", "pk")
    return [
        TaskRow(task, [(str(label), counted[task.pk].get(s, 0)) for s, label in TaskEntry.State.choices])
        for task in tasks
    ], at


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
    kept_back: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """A number and its parts."""

    indicator: Indicator
    cell: str
    label: str
    total: Number
    parts: list[OpenedPart]

    @property
    def stops(self) -> bool:
        """Say whether the trace ends here: what is kept back is not opened into its parts."""
        return self.total.kept_back

    @property
    def goes_down(self) -> bool:
        """Say whether there is a unit to open below."""
        return any(not part.own for part in self.parts)

    @property
    def has_signs(self) -> bool:
        """Say whether any part is kept back, so that the signs are explained."""
        return any(part.kept_back for part in self.parts)

    @property
    def down_to_the_last(self) -> bool:
        """Say whether every unit's own figure may be listed: not where some are kept back level by level."""
        return not self.indicator.guarded


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


def opened(period: Period, unit: Unit, kind: str, code: str, cell: str, veil: Veil) -> Opened | None:
    """Open one number of a unit; None when the form has no such cell. What is kept back has no parts."""
    assert period.form is not None, "only opened periods have totals"
    if (code, cell) not in period.form.cells.place:
        return None
    whole = veil.totals(unit)[Total.Kind(kind)][code, cell]
    parts = []
    indicator = period.form.indicators.select_related("task").get(code=code)
    for part in total_parts(period, unit, kind, signed=True) if whole.shown is YES else ():
        number = number_of(indicator, veil.part(unit, part)[code, cell])
        parts.append(
            OpenedPart(
                part.unit,
                part.own,
                number.text,
                number.given,
                part.report,
                number.counts,
                () if indicator.guarded else _joint(part, code),
                *_signed(part, kind),
                number.kept_back,
            )
        )
    return Opened(indicator, cell, cell_name(indicator, cell), number_of(indicator, whole), parts)


def each_within(
    period: Period, unit: Unit, kind: str, opened: Opened, reports: Iterable[Report]
) -> list[OpenedPart]:
    """Lay out what each of some reports itself says of a number, without what it carries; no queries."""
    assert period.form is not None, "only opened periods have totals"
    layout = period.form.cells
    assert opened.down_to_the_last, "it may be listed"
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
