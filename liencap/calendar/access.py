"""Whose calendar one sees: that of the seat one acts in, and by a secret address that of one's own seat."""

from django.http import Http404

from liencap.audit.actor import Actor
from liencap.calendar.models import Feed
from liencap.calendar.queries import token_hash
from liencap.units.access import require, seat_of, today
from liencap.units.models import Appointment, Seat
from liencap.units.queries import holding

VIEW = "calendar.view"


def get_acting_seat(actor: Actor) -> Seat:
    """Return the seat one acts in; without a seat 404, without the right to its calendar 403."""
    seat = seat_of(actor)
    if seat is None:
        raise Http404
    require(actor, VIEW, seat.unit)
    return seat


def get_own_appointment(actor: Actor) -> Appointment:
    """Return the appointment by which one holds the seat one acts in: an address belongs to it."""
    seat = get_acting_seat(actor)
    user = actor.user_id or 0  # nobody's number: the system holds no seat
    held = Appointment.objects.filter(holding(today()), seat=seat, person__user_id=user)
    found = held.select_related("seat__unit", "seat__role").order_by("since", "pk").first()
    if found is None:
        raise Http404
    return found


def find_feed(appointment: Appointment) -> Feed | None:
    """Return the address in use, if there is one."""
    return Feed.objects.filter(appointment=appointment).first()


def get_feed_by_token(token: str) -> Feed:
    """Return the feed of an address, whether its appointment still runs or not; unknown ones 404."""
    joined = Feed.objects.select_related("appointment__seat__unit__tier", "appointment__seat__role")
    feed = joined.select_related("appointment__person__user").filter(token_hash=token_hash(token)).first()
    if feed is None:
        raise Http404
    return feed


def is_open(feed: Feed) -> bool:
    """Say whether who made the address still holds the seat, the seat exists and may see its calendar."""
    held, day = feed.appointment, today()
    seat, user = held.seat, held.person.user
    stands = seat.until is None or day < seat.until
    may = VIEW in {*seat.role.own, *seat.role.below}
    return held.holds_on(day) and stands and may and user is not None and user.is_active
