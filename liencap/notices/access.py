"""Fetch notices and judge: only who holds the seat today, and only what the seat may see."""

import datetime

from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from liencap.audit.actor import Actor
from liencap.notices.models import Notice, NoticeQuerySet
from liencap.notices.queries import fitting
from liencap.units.access import seat_of, seats_of, today
from liencap.units.models import Appointment, Seat
from liencap.units.queries import holding


def notices_visible_to(actor: Actor) -> NoticeQuerySet:
    """Return the notices of the seat acted in: the open ones, and the older of one's own time in it; three queries.

    A successor sees what is still open; what was over before belongs to the time of who held the seat then.
    """
    seat = seat_of(actor)
    if seat is None:
        raise Http404
    return _of(seat, actor.user_id).select_related("unit")


def get_notice_for(actor: Actor, pk: int) -> Notice:
    """Fetch a notice of any seat that the user holds today; everybody else gets 404, a former holder too."""
    notice = Notice.objects.filter(pk=pk).values_list("seat_id", flat=True).first()
    seat = next((s for s in seats_of(actor.user_id) if s.pk == notice), None)
    if seat is None:
        raise Http404
    found = _of(seat, actor.user_id).select_related("unit", "seat__role", "seat__unit").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _of(seat: Seat, user_id: int | None) -> NoticeQuerySet:
    """Return what a holder sees of a seat's notices."""
    held = Appointment.objects.filter(holding(today()), seat=seat, person__user_id=user_id or 0).order_by(
        "since"
    )
    since = held.values_list("since", flat=True).first() or today()
    first = timezone.make_aware(datetime.datetime.combine(since, datetime.time.min))
    return Notice.objects.filter(fitting(seat), Q(settled_at__isnull=True) | Q(at__gte=first), seat=seat)
