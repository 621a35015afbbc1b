"""Publish a unit's review: frozen, printed once in the office's template, filed, and entered in the register."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from liencap.archive.actions import Description, Filed, file_record
from liencap.archive.models import Series
from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.documents import store
from liencap.errors import DomainError, crash_point
from liencap.reports.issuing.actions import await_number
from liencap.reports.issuing.papers import Published
from liencap.reviews.access import require_head
from liencap.reviews.models import PublishedReview, ReviewVersion, UnitReview
from liencap.reviews.printing import PrintedReview, render_pdf
from liencap.reviews.publication import KIND, in_word, printed_as_sent
from liencap.reviews.queries import is_final


def publish_review(owed: UnitReview, *, n: int, actor: Actor) -> PublishedReview:
    """Publish version `n`, which is final: accepted above, or sent by the topmost unit.

    The files are printed before the short transaction that makes them count.
    """
    require_head(actor, owed.unit)
    with transaction.atomic():
        version = _final(owed, n)
        values = printed_as_sent(version)
    unit, sha256 = version.unit_review.unit, version.sha256
    docx, pdf = store.put(in_word(values, unit, sha256)), store.put(render_pdf(values, sha256))
    crash_point("review-before-freeze")
    return _freeze(owed, n, values, docx=docx, pdf=pdf, actor=actor)


def _final(owed: UnitReview, n: int) -> ReviewVersion:
    """Lock a review and return its version `n`, which is final and not yet published."""
    locked = UnitReview.objects.select_for_update(of=("self",))
    owed = locked.select_related("review", "unit__tier", "parent", "current", "accepted").get(pk=owed.pk)
    if owed.current is None or owed.current.n != n:
        raise DomainError("newer-version", _("A newer version was sent; read it first."), status=409)
    if not is_final(owed):
        raise DomainError(
            "not-final", _("A review is published once the tier above has accepted it."), status=409
        )
    if PublishedReview.objects.filter(version=owed.current).exists():
        raise DomainError("published", _("This version is published already."), status=409)
    owed.current.unit_review = owed
    return owed.current


@transaction.atomic
def _freeze(
    owed: UnitReview, n: int, values: PrintedReview, *, docx: str, pdf: str, actor: Actor
) -> PublishedReview:
    version = _final(owed, n)
    owed = version.unit_review
    before = PublishedReview.objects.filter(unit_review=owed).last()
    made = PublishedReview.objects.create(
        unit_review=owed, version=version, n=before.n + 1 if before else 1, values=values.plain(),
        sha256=version.sha256, docx=docx, pdf=pdf, published_at=timezone.now(),
        published_by_seat_id=actor.seat_id,
    )  # fmt: skip
    record(
        "publish_review", actor=actor, kind="unit_review", object_id=owed.pk, unit_id=owed.unit_id,
        new={"version": n, "edition": made.n, "sha256": made.sha256, "docx": docx, "pdf": pdf},
    )  # fmt: skip
    replaces = (KIND, before.pk) if before else None
    _file(made, values, replaces, actor=actor)
    paper = Published(
        (KIND, made.pk), owed.unit, values.subject, values.term.strip("()"), values.language, made.sha256,
        made.published_at, made.n, replaces,
    )  # fmt: skip
    await_number(paper, actor=actor)
    crash_point("review-before-commit")
    return made


def _file(
    made: PublishedReview, values: PrintedReview, replaces: tuple[str, int] | None, *, actor: Actor
) -> None:
    """File the printed review in the unit's archive, in the transaction that publishes it."""
    owed, review = made.unit_review, made.unit_review.review
    name = f"{owed.unit.code}-{review.title}"[:200] + (f"-{made.n}" if made.n > 1 else "")
    files = [
        Filed(f"{name}.{kind}", kind, sha256) for kind, sha256 in (("pdf", made.pdf), ("docx", made.docx))
    ]
    about = Description(
        f"{values.title}. {values.subject}. {values.term.strip('()')}", creator=str(owed.unit), since=review.since,
        until=review.until, language=values.language, text=f"{values.coverage} SHA-256 {made.sha256}".strip(),
    )  # fmt: skip
    file_record(
        owed.unit, Series.Kind.REPORT, about, files, source=(KIND, made.pk), replaces=replaces, actor=actor
    )
