"""Print a review from its Word template, and as PDF."""

from pathlib import Path

from liencap.printing import docx_of, pdf_of
from liencap.reviews.printing.values import PrintedReview
from liencap.reviews.printing.wording import lines_of

_TEMPLATES = Path(__file__).with_name("templates")
SOURCE = Path(__file__).with_name("review.typ")


def render_docx(review: PrintedReview, sha256: str = "", template: bytes | None = None) -> bytes:
    """Return the DOCX in a template of reports, else in the built-in one; the same values give the same bytes."""
    if template is None:
        template = _TEMPLATES.joinpath(f"review_{review.language}.docx").read_bytes()
    return docx_of(lines_of(review, sha256), template)


def render_pdf(review: PrintedReview, sha256: str = "") -> bytes:
    """Return the PDF; the same values give the same bytes."""
    return pdf_of(lines_of(review, sha256), SOURCE.read_text("utf-8"))
