"""Print a consolidated report: the same words as DOCX and PDF, its figures as XLSX; values in, bytes out."""

from liencap.reports.printing.pdf import render_pdf
from liencap.reports.printing.sheet import render_sheet
from liencap.reports.printing.values import PrintedReport
from liencap.reports.printing.word import check_template, render_docx

__all__ = ["PrintedReport", "check_template", "render_docx", "render_pdf", "render_sheet"]
