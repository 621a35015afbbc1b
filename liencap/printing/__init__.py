"""Fill Word templates and set pages in a walled child: plain values in, bytes out. What a paper says is its room's."""

from liencap.printing.filling import docx_of, problems_of
from liencap.printing.pages import pdf_of

__all__ = ["docx_of", "pdf_of", "problems_of"]
