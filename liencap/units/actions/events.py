"""Record what happens in the life of a unit; nothing is erased, a correction takes the place of what it corrects."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.card import followers
from liencap.errors import DomainError
from liencap.units.access import require, today
from liencap.units.models import Unit, UnitEvent
from liencap.units.queries import standing_events

State = UnitEvent.State
FARTHEST = datetime.timedelta(days=5 * 366)


@transaction.atomic
def record_event(
    unit: Unit, kind: str, day: datetime.date, *, actor: Actor, state: str = State.HELD, note: str = ""
) -> UnitEvent:
    """Record an event of a unit; the same event of the same day is recorded once.

    One that was planned and now took place takes the plan's place. What upper rooms hang on it follows at once.
    """
    require(actor, "unit.event", unit)
    _require_day(state, day)
    Unit.objects.select_for_update().get(pk=unit.pk)  # two seats, one row
    standing = standing_events(unit).filter(kind=kind)
    if same := standing.filter(day=day, state=state).first():
        return same
    planned = (
        standing.filter(state=State.PLANNED).order_by("day", "pk").first() if state == State.HELD else None
    )
    return _write(unit, kind, day, state, note, planned, actor)


@transaction.atomic
def correct_event(
    event: UnitEvent, day: datetime.date, *, actor: Actor, state: str = State.HELD, note: str = ""
) -> UnitEvent:
    """Put a corrected row in the place of an event; what hangs on it moves with it."""
    require(actor, "unit.event", event.unit)
    _require_day(state, day)
    if (event.day, event.state, event.note) == (day, state, note):
        return event
    if UnitEvent.objects.filter(replaces=event).exists():
        raise DomainError(
            "moved-on", _("Somebody corrected this event meanwhile. Look at it again."), status=409
        )
    return _write(event.unit, event.kind, day, state, note, event, actor)


def _write(
    unit: Unit, kind: str, day: datetime.date, state: str, note: str, old: UnitEvent | None, actor: Actor
) -> UnitEvent:
    try:
        with transaction.atomic():
            event = UnitEvent.objects.create(
                unit=unit, kind=kind, day=day, state=state, note=note.strip()[:250], replaces=old,
                root_id=old.uid if old else None, recorded_by_id=actor.seat_id,
            )  # fmt: skip
    except IntegrityError as taken:  # two corrections of one row at the same moment
        raise DomainError(
            "moved-on", _("Somebody corrected this event meanwhile. Look at it again."), status=409
        ) from taken
    record(
        "correct_event" if old else "record_event", actor=actor, kind="unit_event", object_id=event.pk,
        unit_id=unit.pk, old=_said(old) if old else None, new=_said(event),
    )  # fmt: skip
    for follow in followers("unit-event"):
        follow(event, actor=actor)
    return event


def _said(event: UnitEvent) -> dict[str, str]:
    return {"kind": event.kind, "day": str(event.day), "state": event.state, "note": event.note}


def _require_day(state: str, day: datetime.date) -> None:
    """Refuse a past that lies ahead, and years that were mistyped."""
    if state == State.HELD and day > today():
        raise DomainError("day-to-come", _("The day has not come yet: choose “Is planned” for it."))
    if not datetime.date(1800, 1, 1) <= day <= today() + FARTHEST:
        raise DomainError("day-far", _("The year cannot be right: look at the day again."))
