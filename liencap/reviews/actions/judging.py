"""Answer a sent review: accept it with the grades of the tier above, or return it with reasons."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.errors import DomainError
from liencap.reviews.access import require_parent
from liencap.reviews.actions.telling import tell_answered
from liencap.reviews.codes import grades_of
from liencap.reviews.content import OVERALL
from liencap.reviews.models import Grade, Review, ReviewReturn, TaskGroup, UnitReview


def _locked(owed: UnitReview, n: int, actor: Actor) -> UnitReview:
    """Lock a review whose version `n` the actor has read; a newer one must be read first."""
    found = UnitReview.objects.select_for_update(of=("self",)).select_related(
        "review__unit", "unit", "parent", "current", "accepted"
    )
    owed = found.get(pk=owed.pk)
    require_parent(actor, owed)
    if owed.review.state != Review.State.OPEN:
        raise DomainError("review-closed", _("This review is closed."), status=409)
    if owed.state != UnitReview.State.SENT or owed.current is None:
        raise DomainError("not-waiting", _("This review does not wait for an answer."), status=409)
    if owed.current.n != n:
        raise DomainError("newer-version", _("A newer version was sent; read it first."), status=409)
    return owed


@transaction.atomic
def accept_review(
    owed: UnitReview,
    *,
    n: int,
    grades: Mapping[int, str],
    actor: Actor,
    remarks: Mapping[int, str] | None = None,
) -> UnitReview:
    """Accept version `n` with the grades of the tier above by group; the whole (0) has to be graded."""
    owed = _locked(owed, n, actor)
    known, groups = grades_of(owed.review.codes), set(owed.review.groups.values_list("pk", flat=True))
    given = {group: code for group, code in grades.items() if code}
    if not set(given) <= groups | {OVERALL} or not set(given.values()) <= set(known):
        raise DomainError("unknown-grade", _("Choose a grade of the list."))
    if OVERALL not in given:
        raise DomainError("no-grade", _("Rate the work as a whole before you accept."))
    assert owed.current is not None, "it was sent"
    Grade.objects.bulk_create(
        Grade(
            version=owed.current, group_id=group or None, by=Grade.By.ABOVE, code=code,
            remark=(remarks or {}).get(group, "").strip()[:500],
        )
        for group, code in given.items()
    )  # fmt: skip
    old = {"accepted": owed.accepted.n if owed.accepted else None}
    owed.accepted, owed.state = owed.current, UnitReview.State.ACCEPTED
    owed.save(update_fields=["accepted", "state"])
    record(
        "accept_review", actor=actor, kind="unit_review", object_id=owed.pk, unit_id=owed.unit_id, old=old,
        new={"accepted": n, "grades": {str(group): known[code].name for group, code in given.items()}},
    )  # fmt: skip
    tell_answered(owed, actor=actor)
    return owed


@transaction.atomic
def return_review(
    owed: UnitReview, *, n: int, reason: str, actor: Actor, groups: Sequence[TaskGroup] = ()
) -> UnitReview:
    """Return version `n` as a whole, or the named groups of it, always with the reason."""
    owed = _locked(owed, n, actor)
    if not reason.strip():
        raise DomainError("reason-missing", _("Say why the review is returned."))
    if any(group.review_id != owed.review_id for group in groups):
        raise DomainError("foreign-group", _("This group belongs to another review."))
    assert owed.current is not None, "it was sent"
    for group in groups or (None,):
        ReviewReturn.objects.create(
            version=owed.current, group=group, reason=reason.strip()[:1000], by_seat_id=actor.seat_id
        )
    owed.state = UnitReview.State.RETURNED
    owed.save(update_fields=["state"])
    record(
        "return_review", actor=actor, kind="unit_review", object_id=owed.pk, unit_id=owed.unit_id,
        old={"state": UnitReview.State.SENT},
        new={"state": owed.state, "version": n, "groups": [g.pk for g in groups], "reason": reason[:1000]},
    )  # fmt: skip
    tell_answered(owed, actor=actor)
    return owed
