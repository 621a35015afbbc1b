"""The ledger of a unit and period as CSV or a workbook: every obligation a line, with who gave what."""

import csv
import datetime
import io
from collections.abc import Iterator

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from liencap.errors import DomainError
from liencap.reports.models import Obligation, Period
from liencap.reports.owed.queries import STATES, Wanted, add_acts, first_sent, rows_of
from liencap.ui.paging import in_chunks
from liencap.units.access import today
from liencap.units.models import Unit

MOST_LINES = 10_000  # a workbook of so many takes some seconds
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def titles() -> list[str]:
    """Return the heads of the columns."""
    return [
        _("Code"), _("Unit"), _("Tier"), _("Under"), _("State"), _("Due"), _("Extended to"),
        _("First sent"), _("Newest version sent"), _("Decided by"), _("Reason"), _("Reminded on"),
    ]  # fmt: skip


def lines(period: Period, unit: Unit, wanted: Wanted) -> Iterator[list[str]]:
    """Yield the rows of a filtered ledger as texts, some queries a thousand."""
    for chunk in in_chunks(rows_of(period, unit, wanted, today())):
        add_acts(chunk)
        first = first_sent(chunk)
        for owed in chunk:
            yield _line(owed, first.get(owed.pk))


def _line(owed: Obligation, first: datetime.date | None) -> list[str]:
    given = owed.given  # type: ignore[attr-defined]  # set by add_acts
    sent, reminded = owed.report.current, owed.reminded  # type: ignore[attr-defined]  # as above
    return [
        owed.unit.code, str(owed.unit), str(owed.tier), str(owed.parent or ""),
        str(STATES[owed.standing]),  # type: ignore[attr-defined]  # set by with_state
        owed.due.isoformat(), owed.extended_to.isoformat() if owed.extended_to else "",
        first.isoformat() if first else "", localtime(sent.sent_at).date().isoformat() if sent else "",
        str(given.by_seat or "") if given else "", given.reason if given else "",
        reminded.isoformat() if reminded else "",
    ]  # fmt: skip


def guard_fits(period: Period, unit: Unit, wanted: Wanted) -> None:
    """Refuse a workbook of more lines than can be made while somebody waits; one bounded count."""
    if rows_of(period, unit, wanted, today()).order_by()[: MOST_LINES + 1].count() > MOST_LINES:
        raise DomainError(
            "too-many",
            _("A workbook holds at most %(most)s lines here. Narrow the list, or take the CSV file.")
            % {"most": MOST_LINES},
        )


class _Line:
    """A file that gives back what is written: one line at a time, however many there are."""

    def write(self, line: str) -> str:
        return line


def csv_lines(period: Period, unit: Unit, wanted: Wanted) -> Iterator[str]:
    """Yield the lines of the file (RFC 4180); texts that look like formulas are quoted."""
    write = csv.writer(_Line(), lineterminator="\r\n").writerow
    yield "\ufeff" + str(write(titles()))
    for line in lines(period, unit, wanted):
        yield str(write([f"'{said}" if said.startswith(_FORMULA) else said for said in line]))


def workbook_of(period: Period, unit: Unit, wanted: Wanted) -> bytes:
    """Return an XLSX in which every text is a text, so that no name becomes a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Ledger"))

    def row(values: list[str]) -> None:
        cells = [WriteOnlyCell(sheet, value=value) for value in values]
        for cell in cells:
            cell.data_type = "s"
        sheet.append(cells)

    row(titles())
    for line in lines(period, unit, wanted):
        row(line)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
