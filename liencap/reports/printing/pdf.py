"""Set a report as PDF with typst, in a child process."""

import hashlib
from pathlib import Path

from liencap.printing import pdf_of
from liencap.reports.printing.values import PrintedReport
from liencap.reports.printing.wording import lines_of

SOURCE = Path(__file__).with_name("report.typ")


def render_pdf(report: PrintedReport) -> bytes:
    """Return the PDF; the same values give the same bytes."""
    return pdf_of(lines_of(report), SOURCE.read_text("utf-8"))


def fingerprint(data: bytes) -> str:
    """Return the sha256 under which a rendering is stored and served."""
    return hashlib.sha256(data).hexdigest()
