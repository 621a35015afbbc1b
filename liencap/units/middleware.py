"""Put the actor on each request: the user and the seat chosen for this session."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from liencap.audit.actor import Actor
from liencap.units.access import reading_as, seats_of, units_of_member


class SeatMiddleware:
    """Read the chosen seat from the session; one seat needs no choice."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set `request.actor`, `request.seat`, `request.seats` and `request.own_units` before the view runs.

        The units one belongs to are read when they are first looked at: most pages never ask.
        """
        user = request.user
        seats = seats_of(user.pk) if user.is_authenticated else []
        chosen = request.session.get("seat") if user.is_authenticated else None
        seat = next((s for s in seats if s.pk == chosen), seats[0] if seats else None)
        request.seats = seats  # type: ignore[attr-defined]  # ours
        request.seat = seat  # type: ignore[attr-defined]  # ours
        request.own_units = SimpleLazyObject(  # type: ignore[attr-defined]  # ours
            lambda: units_of_member(user.pk, seats)
        )
        request.actor = Actor(  # type: ignore[attr-defined]  # ours
            user.pk, seat.pk if seat else None, seat.unit_id if seat else None, str(getattr(user, "name", ""))
        )
        if seat is None or request.method not in ("GET", "HEAD"):
            return self.get_response(request)  # a deed asks for the seat itself, at its own moment
        with reading_as(request.actor, seat):  # type: ignore[attr-defined]  # set above
            return self.get_response(request)
