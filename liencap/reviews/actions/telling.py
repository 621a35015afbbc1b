"""Tell seats what became of reviews, and settle what is done; called by the deeds themselves, in their transaction."""

from collections.abc import Iterator

from django.urls import reverse

from liencap.audit.actor import Actor
from liencap.notices.actions import Message, notify, settle
from liencap.reviews.access import ACCEPT, VIEW, WRITE
from liencap.reviews.models import Review, UnitReview
from liencap.reviews.offers import NOT_SENT, key_of
from liencap.reviews.queries import waiting_for
from liencap.ui.paging import in_chunks


def tell_opened(review: Review, *, actor: Actor) -> None:
    """Tell every unit that is asked; some queries a thousand units."""
    notify("review-asked", _asked(review), actor=actor, to_do=True)


def _asked(review: Review) -> Iterator[Message]:
    for chunk in in_chunks(UnitReview.objects.filter(review=review)):
        for owed in chunk:
            yield _of(owed, review)


def _of(owed: UnitReview, review: Review) -> Message:
    url = reverse("reviews:write", args=[owed.pk])
    return Message(owed.unit_id, key_of(owed.pk), review.title, url, WRITE, due=owed.due)


def tell_sent(owed: UnitReview, *, actor: Actor) -> None:
    """Settle the unit's own reminder; tell the unit above that a review waits."""
    settle([key_of(owed.pk)], actor=actor, units=[owed.unit_id])
    if owed.parent_id is not None:
        url = reverse("reviews:inbox")
        told = Message(owed.parent_id, f"reviews-waiting-{owed.review_id}", owed.review.title, url, ACCEPT)
        notify("review-waiting", [told], actor=actor, to_do=True)


def tell_answered(owed: UnitReview, *, actor: Actor) -> None:
    """Tell a unit what became of its review; settle the notice above once nothing waits there."""
    if owed.state == UnitReview.State.RETURNED:
        notify("review-returned", [_of(owed, owed.review)], actor=actor, to_do=True)
    else:
        n, url = owed.accepted.n if owed.accepted else 0, reverse("reviews:unit", args=[owed.pk])
        told = Message(owed.unit_id, f"review-accepted-{owed.pk}-{n}", owed.review.title, url, VIEW)
        notify("review-accepted", [told], actor=actor)
    assert owed.parent_id is not None, "who answers stands above"
    if not waiting_for(owed.parent_id).filter(review=owed.review_id).exists():
        settle([f"reviews-waiting-{owed.review_id}"], actor=actor, units=[owed.parent_id])


def tell_closed(review: Review, *, actor: Actor) -> None:
    """Settle what was asked for in a review that is closed; some queries a thousand units."""
    settle([f"reviews-waiting-{review.pk}"], actor=actor)
    for chunk in in_chunks(UnitReview.objects.filter(review=review, state__in=NOT_SENT).only("pk")):
        settle([key_of(one.pk) for one in chunk], actor=actor)
