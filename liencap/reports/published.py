"""A published report on screen: frozen words and figures, each with the way back to where it came from."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from liencap.core.rollup.cells import YES
from liencap.core.rollup.totals import TotalCell
from liencap.reports.consolidation import NOT_ASKED, Figures, figures_of
from liencap.reports.display import number_text
from liencap.reports.models import ConsolidatedReport, Total
from liencap.reports.numbers import kept_text
from liencap.reports.printing.values import Block, PrintedReport, Row, Section, Table
from liencap.reports.told.references import Piece, frozen_pieces

ROWS_SHOWN = 30  # the printed files hold all; on screen the total opens into all its parts


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A frozen figure; `now` is what the same figure is today, empty while it is the same."""

    text: str
    url: str
    now: str
    words: bool = False


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A line of a table: a unit, or one of the two totals."""

    name: str
    kind: str
    url: str
    cells: list[ShownCell]


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table as far as it is shown, and how many units more the printed files name.

    `columns` are pairs of a name and whether words stand in it: those need room, numbers must not break.
    """

    table: Table
    columns: list[tuple[str, bool]]
    rows: list[ShownRow]
    more: int


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A task of the report."""

    section: Section
    tables: list[ShownTable]
    blocks: list[tuple[Block, list[Piece]]]


class Page:
    """What links and comparisons need: the report, and its figures as they stand today."""

    def __init__(self, report: ConsolidatedReport, reader: int | None) -> None:
        self.report = report
        form = report.period.form
        # Of what may be kept back, only the unit itself is told how it stands today.
        own = reader == report.unit_id or form is None
        self.closed = frozenset() if own or form is None else form.cells.personal
        self.today = _by_place(figures_of(report))

    def sections(self, sections: Sequence[Section]) -> list[ShownSection]:
        """Lay out some sections; no queries."""
        return [
            ShownSection(
                s,
                [self._table(t) for t in s.tables],
                [(b, frozen_pieces(self.report, b.text, b.figures)) for b in s.blocks],
            )
            for s in sections
        ]

    def annexes(self, values: PrintedReport) -> list[ShownTable]:
        """Lay out the tables that belong to no task; no queries."""
        return [self._table(table) for table in values.annexes]

    def changed(self, values: PrintedReport) -> int:
        """Count the totals that are no longer what was printed."""
        rows = [
            (table, row)
            for section in values.sections
            for table in section.tables
            for row in table.rows
            if row.kind != "unit"
        ]
        return sum(bool(self._now(row, i, code)) for t, row in rows for i, code in enumerate(t.codes))

    def _table(self, table: Table) -> ShownTable:
        units = [row for row in table.rows if row.kind == "unit"]
        totals = [row for row in table.rows if row.kind != "unit"]
        columns = [
            (name, any(_has_words(row, i) for row in table.rows)) for i, name in enumerate(table.columns)
        ]
        rows = [self._row(row, table.codes, columns) for row in (*units[:ROWS_SHOWN], *totals)]
        return ShownTable(table, columns, rows, len(units[ROWS_SHOWN:]))

    def _row(self, row: Row, codes: Sequence[str], columns: Sequence[tuple[str, bool]]) -> ShownRow:
        cells = []
        for index, text in enumerate(row.cells):
            code = codes[index] if index < len(codes) else ""
            cells.append(
                ShownCell(text, self._url(row, code), self._now(row, index, code), columns[index][1])
            )
        return ShownRow(row.name, row.kind, self._url(row, ""), cells)

    def _url(self, row: Row, code: str) -> str:
        """Lead from a figure to its parts, from a name to the unit's totals or its own report."""
        place, _colon, pk = row.ref.partition(":")
        if place == "report":
            return reverse("reports:report", args=[pk])
        if place == "line":
            return reverse("communication:standing", args=pk.split(":", 1))
        unit = pk or self.report.unit_id
        if not code:
            return reverse("reports:rollup", args=[self.report.period_id, unit]) if pk else ""
        kind = Total.Kind.RECEIVED if row.kind == "received" else Total.Kind.OFFICIAL
        return reverse("reports:parts", args=[self.report.period_id, unit, kind, *code.split("/", 1)])

    def _now(self, row: Row, index: int, code: str) -> str:
        if tuple(code.split("/", 1)) in self.closed:
            return ""
        found = self.today.get((row.kind, row.ref), {}).get(code)
        number = "" if found is None or found.sum is None or not found.values else f"{found.sum:f}"
        if not code or index >= len(row.numbers) or number == row.numbers[index]:
            return ""
        if found is not None and found.shown is not YES:
            return kept_text(found.shown)
        return number_text(found.sum) if found is not None and number else "–"


def _has_words(row: Row, index: int) -> bool:
    """Say whether a cell holds words, not a number or a mark of none."""
    number, text = row.numbers[index] if index < len(row.numbers) else "", row.cells[index]
    return not number and text != NOT_ASKED and any(letter.isalpha() for letter in text)


def _by_place(figures: Figures) -> dict[tuple[str, str], dict[str, TotalCell]]:
    return {
        (kind, ref): {f"{code}/{cell}": found for (code, cell), found in cells.items()}
        for _name, kind, cells, ref in figures.rows
    }
