"""A published review as the register of issued papers sees it, and the Word template that prints reviews."""

import dataclasses
import datetime

from django.urls import reverse

from liencap.audit.actor import Actor
from liencap.printing.paper import is_party
from liencap.reports.issuing.papers import Made, Paper, Source, numbered
from liencap.reports.templating import in_use
from liencap.reviews.access import get_unit_review_for
from liencap.reviews.codes import grades_of
from liencap.reviews.composition import with_answer
from liencap.reviews.models import PublishedReview, ReviewVersion
from liencap.reviews.printing import PrintedReview, render_docx, render_pdf
from liencap.reviews.queries import groups_of, sides_of
from liencap.units.models import Unit

KIND = "published_review"


def printed_as_sent(version: ReviewVersion) -> PrintedReview:
    """Return what a sent version prints, with the grades from above once it is accepted."""
    review = version.unit_review.review
    sides = sides_of(version, groups_of(review), grades_of(review.codes))
    return with_answer(PrintedReview.from_plain(version.values), sides)


def in_word(
    values: PrintedReview, unit: Unit, sha256: str = "", at: datetime.datetime | None = None
) -> bytes:
    """Print a review in the Word template of the unit's reports, of today or of a moment, else in the built-in one."""
    row = in_use(unit, values.language, at=at)
    return render_docx(values, sha256, row.data if row.row else None)


def _see(actor: Actor, pk: int) -> None:
    found = PublishedReview.objects.filter(pk=pk).values_list("unit_review_id", flat=True).first()
    get_unit_review_for(actor, found or 0)


def _paper(pk: int) -> Paper:
    made = PublishedReview.objects.select_related("unit_review__unit", "unit_review__review").get(pk=pk)
    owed, values = made.unit_review, PrintedReview.from_plain(made.values)

    def printed(symbol: str, date: datetime.date) -> Made:
        paper = dataclasses.replace(values, header=numbered(values.header, symbol, date))
        return in_word(paper, owed.unit, made.sha256, made.published_at), render_pdf(paper, made.sha256)

    return Paper(
        reverse("reviews:unit", args=[owed.pk]), owed.review.since, ("unit_review", owed.pk), printed,
        [section.heading for section in values.sections], is_party(values.header.motto),
    )  # fmt: skip


SOURCE = Source(_see, _paper)
