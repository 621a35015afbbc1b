"""Send a unit's review: the draft becomes a version that never changes, with the figures of that day."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.errors import DomainError
from liencap.reviews.access import SEND, require_head
from liencap.reviews.actions.telling import tell_sent
from liencap.reviews.actions.writing import locked
from liencap.reviews.composition import printed, values_of
from liencap.reviews.content import OVERALL, Content, from_plain, sha256_of
from liencap.reviews.models import CauseNamed, FollowUp, Grade, Lesson, ReviewVersion, UnitReview
from liencap.units.access import seat_of


@transaction.atomic
def send_review(
    owed: UnitReview,
    *,
    revision: int,
    actor: Actor,
    reason: str = "",
    language: str = "",
    sample: bool | None = None,
) -> ReviewVersion:
    """Sign and send the draft that the head saw; one that was sent before says why it is sent anew."""
    require_head(actor, owed.unit)
    owed = locked(owed, revision=revision, actor=actor, permission=SEND)
    content = from_plain(owed.draft)
    _require_whole(owed, content)
    again = owed.state in (UnitReview.State.SENT, UnitReview.State.ACCEPTED)
    if again and not reason.strip():
        raise DomainError("reason-missing", _("This review was sent before: say why you send it anew."))
    spoken = language or get_language() or "vi"
    values = values_of(
        printed(
            owed, content, seat_of(actor), actor.name, language="en" if spoken == "en" else "vi",
            sample=settings.DEMO if sample is None else sample,
        )
    )  # fmt: skip
    version = ReviewVersion(
        unit_review=owed, n=owed.current.n + 1 if owed.current else 1, content=content.plain(), values=values,
        reason=reason.strip()[:500], sent_at=timezone.now(), sent_by_seat_id=actor.seat_id,
    )  # fmt: skip
    version.sha256 = hash_of(version)
    version.save()
    _rows(version, content)
    old = {"state": owed.state}
    owed.current, owed.state = version, UnitReview.State.SENT
    owed.save(update_fields=["current", "state"])
    record(
        "send_review", actor=actor, kind="unit_review", object_id=owed.pk, unit_id=owed.unit_id, old=old,
        new={"state": owed.state, "version": version.n, "sha256": version.sha256, "reason": version.reason},
    )  # fmt: skip
    tell_sent(owed, actor=actor)
    return version


def hash_of(version: ReviewVersion) -> str:
    """Return the hash that a version must carry."""
    header = {
        "unit_review": version.unit_review_id, "n": version.n, "reason": version.reason,
        "sent_at": version.sent_at.isoformat(),
    }  # fmt: skip
    return sha256_of(header, version.content, version.values)


def _require_whole(owed: UnitReview, content: Content) -> None:
    """Refuse a review without a grade for the whole or for a group."""
    if not content.part(OVERALL).grade:
        raise DomainError("no-grade", _("Rate the work as a whole before you send."))
    for group in owed.review.groups.all():
        if not content.part(group.pk).grade:
            raise DomainError(
                "no-grade", _("Rate the group “%(group)s” before you send.") % {"group": str(group)[:80]}
            )


def _rows(version: ReviewVersion, content: Content) -> None:
    """Write what is counted and linked as rows beside the frozen content."""
    Grade.objects.bulk_create(
        Grade(version=version, group_id=group or None, by=Grade.By.SELF, code=part.grade)
        for group, part in content.parts.items()
        if part.grade
    )
    CauseNamed.objects.bulk_create(
        CauseNamed(version=version, group_id=group or None, code=code)
        for group, part in content.parts.items()
        for code in part.causes
    )
    Lesson.objects.bulk_create(
        Lesson(
            version=version, group_id=one.group or None, order=n, text=one.text, source_id=one.source or None
        )
        for n, one in enumerate(content.lessons, 1)
    )
    FollowUp.objects.bulk_create(
        FollowUp(
            version=version, group_id=one.group or None, order=n, text=one.text, due=one.day,
            source_id=one.source or None,
        )
        for n, one in enumerate(content.follow_ups, 1)
    )  # fmt: skip
