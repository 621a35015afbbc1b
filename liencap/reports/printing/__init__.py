"""Print a consolidated report: the same words as DOCX and PDF, its figures as XLSX; values in, bytes out."""

from liencap.reports.printing.pdf import render_pdf
from liencap.reports.printing.values import PrintedReport
from liencap.reports.printing.word import check_template, render_docx


def render_sheet(report: PrintedReport) -> bytes:
    """Return the figures as XLSX; its library takes a second to load, which no other page should wait for."""
    from liencap.reports.printing.sheet import render_sheet as render

    return render(report)


__all__ = ["PrintedReport", "check_template", "render_docx", "render_pdf", "render_sheet"]
