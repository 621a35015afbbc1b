"""Write how the units of a subtree stand as a workbook or CSV in which no text is ever a formula."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from liencap.communication.models import Item, Share
from liencap.communication.standing import shares_below
from liencap.errors import DomainError
from liencap.units.models import Unit

MOST = 20_000  # units of one file
_LONGEST = 32_767  # what a cell of a workbook can hold
_RISKY = ("=", "+", "-", "@", "\t", "\r")

Row = list[str | int]


def rows_of(item: Item, within: Unit) -> list[Row]:
    """Return the heading and a row a unit, parents before children; refuse more than a file should hold."""
    shares = shares_below(item, within)
    if shares.count() > MOST:
        raise DomainError(
            "too-many",
            _("These are more than %(most)s units: go down to a branch and export that.") % {"most": MOST},
        )
    found = shares.select_related("unit__tier").order_by("unit__path").prefetch_related("channels")
    return [_heading(), *(_row(share) for share in found.iterator(1000))]


def as_csv(rows: list[Row]) -> bytes:
    """Return CSV that spreadsheets open in Unicode; cells that would begin a formula are quoted."""
    held = io.StringIO()
    csv.writer(held).writerows([_guarded(cell) for cell in row] for row in rows)
    return held.getvalue().encode("utf-8-sig")


def as_xlsx(rows: list[Row], title: str) -> bytes:
    """Return a workbook whose texts are texts."""
    from openpyxl import Workbook  # here, for it takes a second to load

    book = Workbook(write_only=True)
    sheet = book.create_sheet("1")
    sheet.append(list(_cells(sheet, [title])))
    for row in rows:
        sheet.append(list(_cells(sheet, row)))
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _cells(sheet: Any, row: Row) -> Iterator[Any]:
    from openpyxl.cell import WriteOnlyCell

    for value in row:
        cell = WriteOnlyCell(sheet, value=value if isinstance(value, int) else value[:_LONGEST])
        if isinstance(value, str):
            cell.data_type = "s"  # after the value, which would make a formula of an equals sign
            cell.quotePrefix = value[:1] in _RISKY
        yield cell


def _guarded(cell: str | int) -> str | int:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_RISKY) else cell


def _heading() -> Row:
    return [
        _("Code"), _("Unit"), _("Tier"), _("Due"), _("State"), _("Done on"), _("Late"), _("Where"), _("Reason"),
        _("Sessions planned"), _("Sessions held"), _("Should attend"), _("Came"),
    ]  # fmt: skip


def _row(share: Share) -> Row:
    unit = share.unit
    where = "; ".join([*(str(channel) for channel in share.channels.all()), *filter(None, [share.where])])
    return [
        unit.code, str(unit), str(unit.tier), str(share.due), str(share.get_state_display()),
        str(share.done_on or ""), str(_("late")) if share.came_late else "", where, share.reason, share.planned,
        share.held, share.expected, share.came,
    ]  # fmt: skip
