"""Write the demo's files: the programme as XLSX and every total with its parts."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from liencap.core.rollup.totals import TotalCell
from liencap.programmes.models import Programme
from liencap.reports.models import Period
from liencap.reports.numbers import kept_text
from liencap.reports.queries import Veil, completeness, total_parts
from liencap.units.models import Unit

SAMPLE = "SAMPLE DATA / DỮ LIỆU MẪU"


def programme_sheet(programme: Programme) -> bytes:
    """Return the programme as a sheet; every text is written as text, never as a formula."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None, "a new book has a sheet"
    sheet.title = "Programme"
    sheet.print_title_rows = "1:3"
    sheet.append([SAMPLE])
    sheet.append([])
    titles = [
        "Nhãn / Label",
        "Nhiệm vụ / Task",
        "Hạn / Due",
        "Thời gian / Times",
        "Đơn vị / Owners",
        "Xác nhận / Confirmed",
    ]
    sheet.append(titles)
    for task in programme.tasks.prefetch_related("deadlines", "owners").order_by("order"):
        times = "; ".join(
            f"{d.get_kind_display()}: {d.text} ({d.start_date or ''}…{d.end_date or ''})"
            for d in task.deadlines.all()
        )
        owners = "; ".join(f"{o.get_role_display()}: {o.words}" for o in task.owners.all())
        due = task.due.isoformat() if task.due else ""
        sheet.append([task.label, task.text, due, times, owners, task.confirmed_by])
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=cell.row in (1, 2, 3))
    for letter, width in zip("ABCDEF", (14, 80, 14, 40, 40, 20), strict=True):
        sheet.column_dimensions[letter].width = width
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def totals_by_part(period: Period, root: Unit) -> dict[str, Any]:
    """Return received and official totals of the root, each with the parts it is made of."""
    assert period.form is not None, "the period is open"
    veil = Veil(period, root.pk)
    full = completeness(period, root)
    counts = {"expected": full.expected, "received": full.received, "accepted": full.accepted}
    kinds = {}
    for kind, cells in veil.totals(root).items():
        parts = [
            {"unit": str(p.unit), "own": p.own, "total": _said(veil.part(root, p))}
            for p in total_parts(period, root, kind)
        ]
        kinds[kind] = {"total": _said(cells), "parts": parts}
    return {"sample": SAMPLE, "period": period.title, "completeness": counts, **kinds}


def _said(cells: Mapping[tuple[str, str], TotalCell]) -> dict[str, dict[str, str]]:
    """Return totals as text: for each indicator and cell its sum, or the sign of what is kept back."""
    said: dict[str, dict[str, str]] = {}
    for (code, cell), total in cells.items():
        said.setdefault(code, {})[cell] = kept_text(total.shown) or str(total.sum)
    return said
