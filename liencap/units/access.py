"""Who may do what to which unit: the rights of the seat one acts in, over its subtree."""

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from liencap.audit.actor import Actor
from liencap.errors import NotAllowed
from liencap.units.models import (
    ActivationSlip,
    Appointment,
    HandOver,
    ImportBatch,
    Membership,
    Person,
    Role,
    Seat,
    Unit,
    UnitAttribute,
    UnitEvent,
    UnitQuerySet,
)
from liencap.units.queries import holding, not_over, units_of_person


def today() -> datetime.date:
    """Return today's date where the organisation is."""
    return timezone.localdate()


def _held(user_id: int, day: datetime.date) -> QuerySet[Appointment]:
    """Return the appointments of a user that run on a day, to seats that exist on it."""
    open_ = Q(until__isnull=True) | Q(until__gt=day)
    seat_open = Q(seat__until__isnull=True) | Q(seat__until__gt=day)
    held = Appointment.objects.filter(open_, seat_open, person__user_id=user_id, since__lte=day)
    return held.select_related("seat__role", "seat__unit__tier")


def seats_of(user_id: int | None, day: datetime.date | None = None) -> list[Seat]:
    """Return the seats that a user holds on a day, the highest unit first; one query."""
    if user_id is None:
        return []
    seats = {a.seat_id: _seat(a) for a in _held(user_id, day or today())}
    return sorted(seats.values(), key=lambda seat: (bytes(seat.unit.path), seat.pk))


_reading: ContextVar[tuple[Actor, Seat] | None] = ContextVar("reading", default=None)


@contextmanager
def reading_as(actor: Actor, seat: Seat) -> Iterator[None]:
    """Take a seat that was just read as held while a page is built: what only shows need not ask again and again."""
    token = _reading.set((actor, seat))
    try:
        yield
    finally:
        _reading.reset(token)


@contextmanager
def asked_once(actor: Actor) -> Iterator[None]:
    """Ask anew, and once for all that one deed does in its transaction, whether the actor still holds the seat."""
    seat = seat_of(actor)
    if seat is None:
        yield
        return
    with reading_as(actor, seat):
        yield


def seat_of(actor: Actor) -> Seat | None:
    """Return the seat an actor acts in if the user still holds it today; one query, none while a page is built."""
    if actor.seat_id is None or actor.user_id is None:
        return None
    if (known := _reading.get()) and known[0] == actor:
        return known[1]
    held = _held(actor.user_id, today()).filter(seat_id=actor.seat_id).first()
    return _seat(held) if held else None


def _seat(held: Appointment) -> Seat:
    held.seat.held_as, held.seat.held_by = held.kind, held.person_id
    return held.seat


def can(actor: Actor, permission: str, unit: Unit, *, seat: Seat | None = None) -> bool:
    """Say whether the actor's seat carries a permission for a unit; the system may do all."""
    if actor.user_id is None and actor.seat_id is None:
        return actor.name == "system"
    seat = seat or seat_of(actor)
    if seat is None:
        return False
    if permission in seat.role.own and seat.unit_id == unit.pk:
        return True
    return permission in seat.role.below and unit.is_under(seat.unit)


def require(actor: Actor, permission: str, unit: Unit) -> None:
    """Refuse an actor without the permission."""
    if not can(actor, permission, unit):
        raise NotAllowed("not-allowed", _("Your seat does not carry the right to do this here."))


def units_visible_to(actor: Actor, permission: str = "unit.view") -> UnitQuerySet:
    """Return the units an actor may see: the subtree of the seat's unit, or nothing."""
    seat = seat_of(actor)
    if seat is None:
        return Unit.objects.none()
    if permission in seat.role.below:
        return Unit.objects.all().below(seat.unit)
    return Unit.objects.filter(pk=seat.unit_id) if permission in seat.role.own else Unit.objects.none()


def get_unit_for(actor: Actor, pk: int, permission: str = "unit.view") -> Unit:
    """Fetch a unit and judge: unseen 404, seen but without the permission 403."""
    unit = Unit.objects.select_related("tier").filter(pk=pk).first()
    if unit is None or not can(actor, "unit.view", unit):
        raise Http404
    require(actor, permission, unit)
    return unit


def too_wide(actor: Actor, role: Role, *, seat: Seat | None = None) -> bool:
    """Say whether a role carries rights, or reaches further down, than the actor's own seat."""
    if actor.user_id is None and actor.name == "system":
        return False
    seat = seat or seat_of(actor)
    if seat is None:
        return True
    return not ({*role.own} <= {*seat.role.own, *seat.role.below} and {*role.below} <= {*seat.role.below})


def require_grant(actor: Actor, role: Role) -> None:
    """Refuse to put somebody into a role with rights the actor's own seat does not carry."""
    if too_wide(actor, role):
        raise NotAllowed("role-too-wide", _("Your seat cannot give rights that it does not carry itself."))


def givable(actor: Actor, people: Iterable[int]) -> set[int]:
    """Return those of the people whose every seat, now or planned, the actor could give; two queries."""
    ids, seat = {*people}, seat_of(actor)
    held = Appointment.objects.filter(not_over(today()), person__in=ids).select_related(
        "seat__unit", "seat__role"
    )
    beyond = {
        a.person_id
        for a in held
        if not can(actor, "unit.edit", a.seat.unit, seat=seat) or too_wide(actor, a.seat.role, seat=seat)
    }
    return ids - beyond


def receives(actor: Actor, made: HandOver) -> bool:
    """Say whether somebody is who follows at a hand-over, acting in that very seat."""
    if made.new is None or actor.seat_id != made.seat_id or seat_of(actor) is None:
        return False
    return actor.user_id == made.new.person.user_id


def get_hand_over_for(actor: Actor, pk: int) -> HandOver:
    """Fetch a hand-over: for who may change the unit's seats, and for who holds the seat now."""
    related = (
        "seat__unit",
        "seat__role",
        "old__person",
        "new__person",
        "made_by_seat__unit",
        "made_by_seat__role",
    )
    found = HandOver.objects.select_related(*related).filter(pk=pk).first()
    if found is None or not can(actor, "unit.view", found.seat.unit):
        raise Http404
    holder = seat_of(actor)
    if holder is None or holder.pk != found.seat_id:
        require(actor, "unit.edit", found.seat.unit)
    return found


def get_slip_for(actor: Actor, pk: int) -> ActivationSlip:
    """Fetch a slip and judge by the unit of its seat."""
    slip = (
        ActivationSlip.objects.select_related("appointment__seat__unit", "appointment__person")
        .filter(pk=pk)
        .first()
    )
    if slip is None or not can(actor, "unit.view", slip.appointment.seat.unit):
        raise Http404
    require(actor, "unit.edit", slip.appointment.seat.unit)
    return slip


def units_of_member(user_id: int | None, seats: Iterable[Seat] = ()) -> list[Unit]:
    """Return the units that a user belongs to today: as a member, and where they hold one of the seats given."""
    if user_id is None:
        return []
    member = Membership.objects.filter(holding(today()), person__user_id=user_id).values("unit_id")
    seated = [seat.unit_id for seat in seats]
    found = Unit.objects.filter(Q(pk__in=member) | Q(pk__in=seated)).select_related("tier").order_by("path")
    return list(found)


def member_of(user_id: int | None, unit: Unit) -> bool:
    """Say whether a user belongs to this very unit today; it gives no right but to read what was issued.

    1. Who belonged to it, or held a seat in it, belongs to it no more.
    2. Who belongs to a unit above, below or beside does not belong to this one.
    """
    if user_id is None:
        return False
    member = Membership.objects.filter(holding(today()), person__user_id=user_id, unit=unit)
    return member.exists() or _held(user_id, today()).filter(seat__unit=unit).exists()


def get_own_unit(actor: Actor, pk: int) -> Unit:
    """Fetch a unit that the asker belongs to, in whatever seat they act; every other one 404."""
    unit = Unit.objects.select_related("tier").filter(pk=pk).first()
    if unit is None or not member_of(actor.user_id, unit):
        raise Http404
    return unit


def get_membership_for(actor: Actor, pk: int, permission: str = "unit.edit") -> Membership:
    """Fetch a membership and judge by its unit."""
    found = Membership.objects.select_related("unit", "person").filter(pk=pk).first()
    if found is None or not can(actor, "unit.view", found.unit):
        raise Http404
    require(actor, permission, found.unit)
    return found


def get_seat_for(actor: Actor, pk: int, permission: str = "unit.view") -> Seat:
    """Fetch a seat and judge by its unit."""
    seat = Seat.objects.select_related("unit", "role", "body").filter(pk=pk).first()
    if seat is None or not can(actor, "unit.view", seat.unit):
        raise Http404
    require(actor, permission, seat.unit)
    return seat


def get_appointment_for(actor: Actor, pk: int, permission: str = "unit.view") -> Appointment:
    """Fetch an appointment and judge by the unit of its seat."""
    found = Appointment.objects.select_related("seat__unit", "seat__role", "person").filter(pk=pk).first()
    if found is None or not can(actor, "unit.view", found.seat.unit):
        raise Http404
    require(actor, permission, found.seat.unit)
    return found


def get_person_for(actor: Actor, pk: int, permission: str) -> tuple[Person, Unit]:
    """Fetch a person with one of their units and judge by all: who sees none of them gets 404."""
    person = Person.objects.filter(pk=pk).first()
    units = units_of_person(person) if person else []
    seen = [unit for unit in units if can(actor, "unit.view", unit)]
    if person is None or not seen:
        raise Http404
    for unit in units:
        require(actor, permission, unit)
    return person, seen[0]


def get_event_for(actor: Actor, pk: int, permission: str = "unit.view") -> UnitEvent:
    """Fetch an event of a unit that no correction has taken the place of, and judge by its unit."""
    found = UnitEvent.objects.select_related("unit__tier", "recorded_by__role", "replaces")
    event = found.filter(pk=pk, replaced_by__isnull=True).first()
    if event is None or not can(actor, "unit.view", event.unit):
        raise Http404
    require(actor, permission, event.unit)
    return event


def get_attribute_for(actor: Actor, pk: int, permission: str = "unit.view") -> UnitAttribute:
    """Fetch an attribute that still holds, and judge by its unit: unseen 404, seen without the permission 403."""
    held = UnitAttribute.objects.select_related("unit__tier").filter(pk=pk, until=None).first()
    if held is None or not can(actor, "unit.view", held.unit):
        raise Http404
    require(actor, permission, held.unit)
    return held


def imports_visible_to(actor: Actor) -> QuerySet[ImportBatch]:
    """Return the imports made for the actor's own unit."""
    seat = seat_of(actor)
    if seat is None or not can(actor, "unit.edit", seat.unit, seat=seat):
        return ImportBatch.objects.none()
    return ImportBatch.objects.filter(unit=seat.unit)


def get_import_for(actor: Actor, pk: int) -> ImportBatch:
    """Fetch an import and judge by the unit it was made for."""
    batch = ImportBatch.objects.select_related("unit").filter(pk=pk).first()
    if batch is None or batch.unit is None or not can(actor, "unit.view", batch.unit):
        raise Http404
    require(actor, "unit.edit", batch.unit)
    return batch


def mark_visible(actor: Actor, units: Iterable[Unit]) -> None:
    """Set `visible` on units, so that a page links only what opens."""
    seat = seat_of(actor)
    for unit in units:
        unit.visible = seat is not None and can(actor, "unit.view", unit, seat=seat)  # type: ignore[attr-defined]  # for the template


def actor_of(request: HttpRequest) -> Actor:
    """Return who asks: the user in the seat that the middleware chose."""
    return request.actor  # type: ignore[attr-defined,no-any-return]  # set by SeatMiddleware
