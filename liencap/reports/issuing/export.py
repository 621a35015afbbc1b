"""Write a register as CSV or as a workbook in which no text is ever a formula."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from liencap.reports.models import Registration

_RISKY = ("=", "+", "-", "@", "\t", "\r")
MOST = 20_000

Line = list[str]


def rows_of(found: "QuerySet[Registration]") -> list[Line]:
    """Return the heading and a line a paper; four queries."""
    return [_heading(), *(_line(one) for one in found[:MOST])]


def _heading() -> Line:
    return [
        _("No."), _("Day of issue"), _("What it is"), _("Period"), _("Edition"), _("Replaces"), _("Published"),
        _("Signed copy"), _("Compared"), _("Hash"),
    ]  # fmt: skip


def _line(row: Registration) -> Line:
    copies: list[Any] = getattr(row, "newest", [])
    return [
        row.symbol, row.date.isoformat() if row.date else "", row.title, row.period, str(row.edition),
        row.replaces.symbol or str(row.replaces.edition) if row.replaces else "",
        timezone.localdate(row.published_at).isoformat(), copies[0].filename if copies else "",
        str(copies[0].get_state_display()) if copies else "", row.sha256,
    ]  # fmt: skip


def as_csv(rows: list[Line]) -> bytes:
    """Return CSV that spreadsheets open in Unicode; cells that would begin a formula are quoted."""
    held = io.StringIO()
    csv.writer(held).writerows([f"'{t}" if t.startswith(_RISKY) else t for t in row] for row in rows)
    return held.getvalue().encode("utf-8-sig")


def as_xlsx(rows: list[Line], title: str) -> bytes:
    """Return a workbook whose texts are texts."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("1")
    for row in [[title], *rows]:
        sheet.append(list(_cells(sheet, row)))
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _cells(sheet: Any, row: Line) -> Iterator[Any]:
    for text in row:
        cell = WriteOnlyCell(sheet, value=text)
        cell.data_type = "s"  # after the value, which would make a formula of an equals sign
        cell.quotePrefix = text[:1] in _RISKY
        yield cell
