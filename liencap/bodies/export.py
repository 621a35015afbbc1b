"""What each unit lacks, as a workbook; every text is a text, so that no name becomes a formula."""

import datetime
import io

from django.utils.translation import gettext as _

from liencap.bodies.models import PART_LABELS, Requirement
from liencap.bodies.queries import gaps, units_asked
from liencap.units.models import Unit

CHUNK = 500


def workbook_of(asked: Requirement, within: Unit, day: datetime.date) -> bytes:
    """Return an XLSX with a row a unit asked: code, name, tier, body, and a cross at each part that it lacks."""
    from openpyxl import Workbook  # here, for it takes a second to load

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Bodies"))
    from openpyxl.cell import WriteOnlyCell

    def row(values: list[str]) -> None:
        cells = []
        for value in values:
            cell = WriteOnlyCell(sheet, value=value)
            cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)

    row([_("Code"), _("Unit"), _("Tier"), _("Body"), *(str(PART_LABELS[part]) for part in asked.parts)])
    units = units_asked(asked, within, day)
    last = 0
    while some := list(units.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        last = some[-1].pk
        for gap in gaps(asked, some, day):
            marks = [_("missing") if part in gap.missing else "" for part in asked.parts]
            row([gap.unit.code, str(gap.unit), str(gap.unit.tier), str(gap.body or ""), *marks])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
