"""What this room shows on pages of others, and its dates on a seat's calendar."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from liencap.card import Event
from liencap.units.access import actor_of, receives, today
from liencap.units.models import HandOver, Seat
from liencap.units.queries import hand_overs_of

SHOWN = datetime.timedelta(days=30)


def took_over(request: HttpRequest, seat: Seat) -> dict[str, Any] | None:
    """Lead a new holder to what was open at the hand-over and to the note, for a month."""
    found = hand_overs_of(seat).filter(day__lte=today(), day__gt=today() - SHOWN, new__isnull=False).first()
    if found is None:
        return None
    return {"made": found, "to_tick": not found.is_complete and receives(actor_of(request), found)}


def events(seat: Seat, since: datetime.date, until: datetime.date) -> Iterator[Event]:
    """Yield the hand-overs in a unit, for a seat that may change its seats."""
    if "unit.edit" not in {*seat.role.own, *seat.role.below}:
        return
    found = HandOver.objects.filter(seat__unit=seat.unit_id, day__range=(since, until))
    for made in found.select_related("seat__role", "seat__unit")[:200]:
        yield Event(
            uid=f"hand-over-{made.pk}", kind=_("Hand-over"), title=str(made.seat),
            url=reverse("units:protocol", args=[made.pk]), since=made.day, until=made.day,
            changed=made.made_at, cancelled=made.cancelled,
        )  # fmt: skip
