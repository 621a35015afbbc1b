"""Write the figures of a report as a workbook in which no text is ever a formula."""

import io
from decimal import Decimal, InvalidOperation
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from liencap.printing.cleaning import clean
from liencap.printing.packing import repack
from liencap.reports.printing.values import PrintedReport, Row, Table
from liencap.reports.printing.wording import SAMPLE_MARK, WORDS

_LONGEST = 32_767  # what a cell of a workbook can hold
_UPRIGHT = 4  # columns that stand beside the units' names on an upright page without getting small
_BOLD = Font(bold=True)


def render_sheet(report: PrintedReport) -> bytes:
    """Return XLSX bytes: a sheet about the report, then one for each table."""
    report, _ = clean(report)
    words = WORDS[report.language]
    book = Workbook()
    about = book.active
    assert about is not None
    about.title = "0"
    _about(about, report, words)
    number = 0
    for section in report.sections:
        for table in section.tables:
            number += 1
            _fill(book.create_sheet(str(number)), report, section.heading, table, words)
    for table in report.annexes:
        number += 1
        _fill(book.create_sheet(str(number)), report, report.subject, table, words)
    held = io.BytesIO()
    book.save(held)
    return repack(held.getvalue())


def _about(sheet: Any, report: PrintedReport, words: dict[str, str]) -> None:
    lines = [SAMPLE_MARK] if report.sample else []
    lines += [report.header.issuer, report.title, report.subject, report.period]
    lines += [
        words["coverage"].format(coverage=report.coverage),
        words["hash"].format(hash=report.report_hash),
    ]
    for line, text in enumerate((text for text in lines if text), 1):
        _text(sheet, line, 1, text)
    sheet.column_dimensions["A"].width = 100


def _fill(sheet: Any, report: PrintedReport, heading: str, table: Table, words: dict[str, str]) -> None:
    line = 1
    if report.sample:
        _text(sheet, line, 1, SAMPLE_MARK, font=Font(bold=True, color="B00020"))
        line += 1
    _text(sheet, line, 1, heading)
    _text(sheet, line + 1, 1, table.caption, font=_BOLD)
    line += 2
    for column, name in enumerate((words["unit"], *table.columns), 1):
        cell = _text(sheet, line, column, name, font=_BOLD)
        cell.alignment = Alignment(wrap_text=True, horizontal="center", vertical="center")
        sheet.column_dimensions[get_column_letter(column)].width = 36 if column == 1 else 16
    sheet.freeze_panes = sheet.cell(line + 1, 2)
    _lay_out(sheet, line, wide=len(table.columns) > _UPRIGHT)
    for row in table.rows:
        line += 1
        _row(sheet, line, row, words)
    if table.note:
        _text(sheet, line + 1, 1, table.note)


def _lay_out(sheet: Any, head: int, *, wide: bool) -> None:
    """Print a sheet on A4 as wide as the paper, lying when it has many columns, its head on every page."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if wide else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{head}:{head}"


def _row(sheet: Any, line: int, row: Row, words: dict[str, str]) -> None:
    font = None if row.kind == "unit" else _BOLD
    _text(sheet, line, 1, row.name or words.get(row.kind, ""), font=font)
    for index, shown in enumerate(row.cells):
        number = _number(row.numbers[index]) if index < len(row.numbers) else None
        if number is None:
            _text(sheet, line, index + 2, shown, font=font)
            continue
        cell = sheet.cell(line, index + 2, number)
        if font:
            cell.font = font


def _number(text: str) -> int | float | None:
    """Read a plain decimal; what a workbook would round stays text."""
    try:
        exact = Decimal(text)
    except InvalidOperation:
        return None
    if not exact.is_finite() or len(exact.as_tuple().digits) > 15:
        return None
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def _text(sheet: Any, line: int, column: int, text: str, *, font: Font | None = None) -> Any:
    cell = sheet.cell(line, column)
    cell.value = text[:_LONGEST]
    cell.data_type = "s"  # after the value, which would make a formula of what starts with an equals sign
    if text[:1] in {"=", "+", "-", "@", "\t"}:
        cell.quotePrefix = True  # so that a person who edits the cell does not turn it into a formula
    if font:
        cell.font = font
    return cell
