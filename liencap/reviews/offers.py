"""What the room offers to pages of the whole house: days of a calendar, duties to be reminded of."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liencap.card import Duty, Event
from liencap.reviews.access import VIEW, WRITE
from liencap.reviews.models import Review, UnitReview
from liencap.ui.paging import in_chunks
from liencap.units.models import Seat

NOT_SENT = (UnitReview.State.DRAFT, UnitReview.State.RETURNED)
MOST = 200


def key_of(owed: int) -> str:
    """Return by what name the notices know a unit's review."""
    return f"review-{owed}"


def duties(since: datetime.date, until: datetime.date) -> Iterator[Duty]:
    """Yield the reviews of open rounds that are not sent, or were returned; a query a thousand."""
    found = UnitReview.objects.filter(
        state__in=NOT_SENT, review__state=Review.State.OPEN, due__range=(since, until)
    ).select_related("review")
    for chunk in in_chunks(found):
        for owed in chunk:
            yield Duty(
                key_of(owed.pk), gettext_lazy("Review to send"), owed.review.title,
                reverse("reviews:write", args=[owed.pk]), owed.unit_id, owed.due, WRITE,
            )  # fmt: skip


def events(seat: Seat, since: datetime.date, until: datetime.date) -> Iterator[Event]:
    """Yield the days by which the seat's unit sends its reviews; one query."""
    if VIEW not in {*seat.role.own, *seat.role.below}:
        return
    found = UnitReview.objects.filter(unit_id=seat.unit_id, due__range=(since, until)).select_related(
        "review"
    )
    for owed in found.order_by("due", "pk")[:MOST]:
        title = _("Review: %(title)s") % {"title": owed.review.title}
        yield Event(
            key_of(owed.pk), gettext_lazy("Review due"), title, reverse("reviews:unit", args=[owed.pk]),
            owed.due, owed.due, owed.review.created,
        )  # fmt: skip
