"""Print a unit's review: the same words as DOCX and PDF; values in, bytes out."""

from liencap.reviews.printing.paper import render_docx, render_pdf
from liencap.reviews.printing.values import Line, PrintedReview, Section, Table, Text

__all__ = ["Line", "PrintedReview", "Section", "Table", "Text", "render_docx", "render_pdf"]
