"""The table that an office would make by hand; no cell is ever a formula."""

import csv
import io
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape

from liencap.core.reading.model import Item, Plan

TITLES = {
    "vi": ("TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời hạn", "Căn cứ"),
    "en": ("No.", "Task", "Lead", "Support", "Due", "Basis"),
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NO_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def rows_of(plan: Plan) -> Iterator[tuple[str, ...]]:
    """Yield a row a task: label, words, who leads, who supports, dates, cited documents."""
    for item in (*plan.tasks, *plan.table_tasks, *plan.implementation):
        for one in item.walk():
            yield _row(one)


def _row(item: Item) -> tuple[str, ...]:
    roles = {
        role: "; ".join(r.unit for r in item.responsible if r.role == role) for role in ("lead", "support")
    }
    dates = "; ".join(_span(d.start_date, d.end_date) or " ".join(d.text.split()) for d in item.deadlines)
    text = " ".join(item.text.split())
    return (item.label or "", text, roles["lead"], roles["support"], dates, "; ".join(item.citations))


def _span(start: str | None, end: str | None) -> str:
    """Write days as ISO; a stretch as its two ends."""
    return (
        end if end and (not start or start == end) else f"{start} – {end}" if start and end else start or ""
    )


def to_csv(plan: Plan) -> str:
    """Return the table as CSV (RFC 4180, marked as UTF-8 for Excel); what looks like a formula is quoted."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(TITLES.get(plan.language, TITLES["en"]))
    for row in rows_of(plan):
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return "\ufeff" + out.getvalue()


def to_xlsx(plan: Plan) -> bytes:
    """Return the table as a workbook of one sheet whose every cell is text; the same bytes each time."""
    rows = [TITLES.get(plan.language, TITLES["en"]), *rows_of(plan)]
    body = "".join(
        f'<row r="{n}">'
        + "".join(
            f'<c r="{"ABCDEF"[i]}{n}" t="inlineStr" s="1"><is><t xml:space="preserve">{_safe(cell)}</t></is></c>'
            for i, cell in enumerate(row)
        )
        + "</row>"
        for n, row in enumerate(rows, 1)
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in _PARTS.items():
            package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), _HEAD + part.format(rows=body))
    return out.getvalue()


def _safe(cell: str) -> str:
    return escape(cell[:32_000].translate(_NO_XML).encode("utf-8", "replace").decode())


_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_WIDTHS = "".join(
    f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
    for n, width in enumerate((10, 70, 28, 28, 24, 30), 1)
)
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Liencap" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf applyAlignment="1">'
        '<alignment wrapText="1" vertical="top"/></xf></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
    "xl/worksheets/sheet1.xml": (
        f'<worksheet xmlns="{_MAIN}"><cols>{_WIDTHS}</cols><sheetData>{{rows}}</sheetData></worksheet>'
    ),
}
