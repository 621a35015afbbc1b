"""The sheet that shows how an import is filled, and what each column means."""

import io
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from liencap.units.sheet import COLUMNS

VIETNAMESE = {
    "unit_code": "Mã đơn vị", "unit_name": "Tên đơn vị", "unit_name_en": "Tên tiếng Anh", "tier": "Cấp",
    "parent_code": "Mã cấp trên", "since": "Từ ngày", "role": "Chức danh", "seat_key": "Mã vị trí",
    "person_name": "Họ và tên", "phone": "Điện thoại", "email": "Thư điện tử", "attributes": "Đặc điểm",
}  # fmt: skip
ROWS = (
    ("HTX-01", "Hợp tác xã Bình Minh", "Binh Minh Cooperative", "Xã", "P-01", "01/01/2026", "Chủ tịch", "",
     "Nguyễn Thị Mẫu", "0900000001", "mau@example.org", "Lĩnh vực: trồng trọt; Địa bàn: miền núi"),
    ("HTX-01", "", "", "", "", "", "Người đọc", "HTX-01-READER", "", "", ""),
    ("HTX-01", "", "", "", "", "01/01/2026", "Thành viên", "", "Trần Văn Ví Dụ", "", ""),
    ("TO-01", "Tổ sản xuất số 1", "Production Group 1", "Tổ", "HTX-01", "01/01/2026", "", "", "", "", ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column's two headers and its meaning."""

    name: str
    vietnamese: str
    meaning: str


def described_columns() -> list[Column]:
    """Return the columns of the sheet with their meaning in the reader's language."""
    meanings = {
        "unit_code": _("Code of the unit; in every row."),
        "unit_name": _("Name; needed for a new unit."),
        "unit_name_en": _("English name."),
        "tier": _("Tier by code or name; needed for a new unit."),
        "parent_code": _("Code of the unit above, in this file or already here."),
        "since": _("First day, such as 31/12/2026; today when empty."),
        "role": _(
            "Role of a seat by code or name, or “member” for who holds no seat; a unit may have several rows."
        ),
        "seat_key": _("Key of the seat; made of unit code and role when empty."),
        "person_name": _("Who holds the seat, or the member; a vacant seat has none."),
        "phone": _("Phone number to sign in with."),
        "email": _("E-mail to sign in with."),
        "attributes": _("What the unit is: name, colon, value; several with semicolons."),
    }
    return [Column(name, VIETNAMESE[name], meanings[name]) for name in COLUMNS]


def sample_sheet(rows: Iterable[tuple[str, ...]] = ROWS) -> io.BytesIO:
    """Return an XLSX with headers in the reader's language and the rows, invented ones unless given; all text."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([VIETNAMESE[name] if get_language() == "vi" else name for name in COLUMNS])
    for row in rows:
        sheet.append(row)
    for place, cells in enumerate(sheet.columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = 22
        for cell in cells:
            cell.number_format = "@"  # phone numbers keep their zero
            cell.data_type = "s"  # a name that begins with = is no formula
        cells[0].font = Font(bold=True)
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    made = io.BytesIO()
    book.save(made)
    made.seek(0)
    return made
