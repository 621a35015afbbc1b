"""Take in reports of earlier years: the file is read like any document, cut into passages, and sorted by a person."""

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.documents.actions import upload_document
from liencap.documents.models import Reading
from liencap.errors import DomainError
from liencap.reviews.access import WRITE, require_own
from liencap.reviews.earlier import cut
from liencap.reviews.models import OldPassage, OldReport, Review, TaskGroup, UnitReview

MOST_PASSAGES = 2000


def add_old_report(
    owed: UnitReview, data: bytes, filename: str, *, year: int, actor: Actor, no_secrecy: bool = False
) -> OldReport:
    """Keep an old report as a document of the unit and queue its reading; the look at it stands before the row."""
    require_own(actor, WRITE, owed.unit)
    _require_open(owed)
    if year > owed.review.until.year:
        raise DomainError(
            "bad-year", _("Write the year with four digits, not later than the end of the term.")
        )
    version = upload_document(owed.unit, data, filename, no_secrecy=no_secrecy, actor=actor)
    with transaction.atomic():
        old = OldReport.objects.create(unit_review=owed, version=version, year=year)
        _note("add_old_report", old, actor, {"document": version.document_id, "year": year})
    return old


@transaction.atomic
def cut_passages(old: OldReport, *, actor: Actor) -> int:
    """Cut a report that has been read into passages and return how many; a second time changes nothing."""
    found = OldReport.objects.select_for_update(of=("self",)).select_related(
        "unit_review__unit", "unit_review__review", "version__reading"
    )
    old = found.get(pk=old.pk)
    require_own(actor, WRITE, old.unit_review.unit)
    _require_open(old.unit_review)
    if old.cut:
        return old.passages.count()
    reading = old.version.reading
    if reading.state != Reading.State.READ:
        raise DomainError("not-read", _("The file has not been read yet."), status=409)
    pieces = cut(reading.text)[:MOST_PASSAGES]
    OldPassage.objects.bulk_create(
        OldPassage(
            report=old, order=n, heading=one.heading, text=reading.text[one.start : one.end], start=one.start,
            end=one.end,
        )
        for n, one in enumerate(pieces, 1)
    )  # fmt: skip
    old.cut = True
    old.save(update_fields=["cut"])
    _note("cut_passages", old, actor, {"passages": len(pieces)})
    return len(pieces)


@transaction.atomic
def tie_passage(passage: OldPassage, group: TaskGroup | None, *, actor: Actor) -> OldPassage:
    """Tie a passage to a group of the review, or set it aside with no group."""
    old = passage.report
    require_own(actor, WRITE, old.unit_review.unit)
    _require_open(old.unit_review)
    if group is not None and group.review_id != old.unit_review.review_id:
        raise DomainError("foreign-group", _("This group belongs to another review."))
    was = passage.group_id
    if was != (group.pk if group else None):
        passage.group = group
        passage.save(update_fields=["group"])
        _note("tie_passage", old, actor, {"passage": passage.pk, "group": passage.group_id})
    return passage


def _require_open(owed: UnitReview) -> None:
    if owed.review.state != Review.State.OPEN:
        raise DomainError("review-closed", _("This review is closed."), status=409)


def _note(action: str, old: OldReport, actor: Actor, new: dict[str, object]) -> None:
    owed = old.unit_review
    record(action, actor=actor, kind="unit_review", object_id=owed.pk, unit_id=owed.unit_id, new=new)
