"""Write who has issued a plan as a workbook in which no text is ever a formula."""

import io
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from liencap.plans.queries import add_plans
from liencap.printing.packing import repack
from liencap.programmes.models import Programme
from liencap.units.models import Unit

CHUNK = 1000
WIDTHS = (18, 44, 24, 16, 20, 14, 60)


def plans_sheet(programme: Programme, units: QuerySet[Unit]) -> bytes:
    """Return XLSX bytes: a row a unit with its plan in force; a query for each thousand units."""
    from openpyxl import Workbook  # here, for it takes a second to load

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "1"
    _row(sheet, 1, [programme.title], bold=True)
    titles = [
        _("Code"),
        _("Unit"),
        _("Tier"),
        _("Plan"),
        _("Document number"),
        _("Day of issue"),
        _("What the plan is about"),
    ]
    _row(sheet, 2, titles, bold=True)
    line, waiting = 3, list[Unit]()
    for unit in units.iterator(CHUNK):
        waiting.append(unit)
        if len(waiting) == CHUNK:
            line, waiting = _rows(sheet, line, waiting, programme), []
    _rows(sheet, line, waiting, programme)
    for column, width in zip("ABCDEFG", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A3"
    held = io.BytesIO()
    book.save(held)
    return repack(held.getvalue())


def _rows(sheet: Any, line: int, units: list[Unit], programme: Programme) -> int:
    add_plans(units, programme)
    for unit in units:
        plan = unit.plan  # type: ignore[attr-defined]  # set by add_plans
        said = [_("issued"), plan.number, plan.date, plan.subject] if plan else [_("not issued"), "", "", ""]
        _row(sheet, line, [unit.code, str(unit), str(unit.tier), *said])
        line += 1
    return line


def _row(sheet: Any, line: int, values: list[Any], *, bold: bool = False) -> None:
    for column, value in enumerate(values, 1):
        cell = sheet.cell(line, column)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = (
                "s"  # after the value, which would make a formula of what starts with an equals sign
            )
            if value[:1] in {"=", "+", "-", "@", "\t"}:
                cell.quotePrefix = True
        else:
            cell.number_format = "DD/MM/YYYY"
        if bold:
            from openpyxl.styles import Font

            cell.font = Font(bold=True)
