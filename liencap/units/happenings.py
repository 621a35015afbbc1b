"""What the life of units brings to other pages: the calendar, and what is planned but not yet recorded."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liencap.card import Duty, Event
from liencap.units.models import Seat, UnitEvent

MOST = 500


def events(seat: Seat, since: datetime.date, until: datetime.date) -> Iterator[Event]:
    """Yield the events of the seat's unit; what does not take place any more is given as cancelled. One query."""
    if "unit.view" not in {*seat.role.own, *seat.role.below}:
        return
    found = UnitEvent.objects.filter(
        unit_id=seat.unit_id, replaced_by__isnull=True, day__range=(since, until)
    )
    for one in found.order_by("day", "pk")[:MOST]:
        yield Event(
            f"unit-event-{one.uid}", _("Event of the unit"), str(one.get_kind_display()),
            reverse("units:events", args=[one.unit_id]), one.day, one.day, one.recorded_at,
            one.state == UnitEvent.State.DROPPED,
        )  # fmt: skip


def duties(since: datetime.date, until: datetime.date) -> Iterator[Duty]:
    """Yield what was planned for these days and is not recorded yet: the unit records that it took place."""
    found = UnitEvent.objects.filter(
        state=UnitEvent.State.PLANNED, replaced_by__isnull=True, day__range=(since, until)
    )
    for one in found.order_by("day", "pk").iterator(1000):
        yield Duty(
            f"unit-event-{one.uid}", _("Record that it took place"), str(one.get_kind_display()),
            reverse("units:correct-event", args=[one.pk]), one.unit_id, one.day, "unit.event",
        )  # fmt: skip
