"""What the calendar shows on pages of other rooms."""

from typing import Any

from django.http import HttpRequest

from liencap.calendar.models import Feed
from liencap.units.access import today
from liencap.units.models import Seat
from liencap.units.queries import holding


def for_handover(request: HttpRequest, seat: Seat) -> dict[str, Any] | None:  # noqa: ARG001  # every panel is given the request
    """Say that a calendar address of the seat ends with the hand-over; nothing when there is none."""
    running = seat.appointments.filter(holding(today()))
    found = Feed.objects.filter(appointment__in=running).exists()
    return {"seat": seat} if found else None
