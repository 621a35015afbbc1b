"""Set a report as PDF with typst, in a child process."""

import hashlib
from pathlib import Path
from typing import Any

from liencap.printing import pdf_of
from liencap.printing.widths import breadth
from liencap.reports.printing.values import PrintedReport
from liencap.reports.printing.wording import WIDE, lines_of

SOURCE = Path(__file__).with_name("report.typ")
UPRIGHT, LYING = (
    (467.0, 11.5),
    (728.0, 10.5),
)  # room between the margins and size of a table's letters, in points
_MARGINS = 8.0
_WORDY = 40  # as in report.typ: bytes of a cell from which its column gets three parts of the room


def render_pdf(report: PrintedReport) -> bytes:
    """Return the PDF; the same values give the same bytes."""
    return pdf_of(typeset(report), SOURCE.read_text("utf-8"))


def typeset(report: PrintedReport) -> dict[str, Any]:
    """Return the lines of a report, with each row of a table marked that surely takes one line."""
    lines = lines_of(report)
    for table in (table for section in lines["sections"] for table in section["tables"]):
        _mark(table, *UPRIGHT)
    for table in lines["annexes"]:
        _mark(table, *LYING)
    return lines


def _mark(table: dict[str, Any], room: float, size: float) -> None:
    """Mark the rows whose texts all fit their columns, as report.typ shares the room among these."""
    columns, rows = range(len(table["columns"])), table["rows"]
    wordy = [any(len(row["cells"][n].encode()) > _WORDY for row in rows) for n in columns]
    orders = max([len(table["order"]) * 0.95, *(breadth(row["order"]) for row in rows)])
    shares = [3 if len(columns) > WIDE else 2, *(3 if words else 1 for words in wordy)]
    part = (room - orders * size - _MARGINS) / sum(shares)
    rooms = [(part * share - _MARGINS) / size for share in shares]
    for row in rows:
        texts = (row["name"], *row["cells"])
        row["short"] = all(breadth(text) <= held for text, held in zip(texts, rooms, strict=True))


def fingerprint(data: bytes) -> str:
    """Return the sha256 under which a rendering is stored and served."""
    return hashlib.sha256(data).hexdigest()
