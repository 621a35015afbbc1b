"""Found bodies and seats, appoint people to them."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import About, Actor
from liencap.errors import DomainError
from liencap.units.access import require, require_grant, today
from liencap.units.models import Appointment, Body, Person, Role, Seat, Unit


@transaction.atomic
def found_body(
    unit: Unit, name: str, *, actor: Actor, name_en: str = "", founded_by: str = "",
    since: datetime.date | None = None,
) -> Body:  # fmt: skip
    """Found a committee, board or helpers' group of a unit."""
    require(actor, "unit.edit", unit)
    body = Body.objects.create(unit=unit, name=name, name_en=name_en, founded_by=founded_by, since=since)
    record("found_body", actor=actor, kind="body", object_id=body.pk, unit_id=unit.pk, new={"name": name})
    return body


@transaction.atomic
def found_seat(role: Role, unit: Unit, *, key: str, actor: Actor, body: Body | None = None) -> Seat:
    """Found a seat of a role in a unit or one of its bodies."""
    require(actor, "unit.edit", unit)
    require_grant(actor, role)
    if Seat.objects.filter(key=key).exists():
        raise DomainError("key-taken", _("Another seat has this key."))
    if body is not None and body.unit_id != unit.pk:
        raise DomainError("foreign-body", _("This body belongs to another unit."))
    seat = Seat.objects.create(role=role, unit=unit, body=body, key=key)
    record(
        "found_seat", actor=actor, kind="seat", object_id=seat.pk, unit_id=unit.pk, new={"role": role.code}
    )
    return seat


@transaction.atomic
def appoint(
    person: Person, seat: Seat, *, since: datetime.date, actor: Actor, kind: str = Appointment.Kind.FULL,
    until: datetime.date | None = None,
) -> Appointment:  # fmt: skip
    """Appoint a person to a vacant seat, or to stand in for its holder until a day."""
    require(actor, "unit.edit", seat.unit)
    require_grant(actor, seat.role)
    if kind == Appointment.Kind.FULL and seat.appointments.filter(kind=kind, until__isnull=True).exists():
        raise DomainError("seat-taken", _("This seat has a holder; end that appointment first."))
    if until is not None and until <= since:
        raise DomainError("days-crossed", _("The last day lies before the first."))
    made = Appointment.objects.create(seat=seat, person=person, since=since, until=until, kind=kind)
    new = {"seat": seat.pk, "person": person.pk, "since": str(since), "kind": kind}
    new |= {"until": str(until)} if until else {}
    record("appoint", actor=actor, kind="appointment", object_id=made.pk, unit_id=seat.unit_id, new=new)
    return made


@transaction.atomic
def end_appointment(appointment: Appointment, *, until: datetime.date, actor: Actor) -> None:
    """End an appointment; the rights of the seat end with it."""
    require(actor, "unit.edit", appointment.seat.unit)
    if appointment.is_over(today()):
        raise DomainError("appointment-over", _("This appointment has already ended."))
    appointment.until = max(until, appointment.since)
    appointment.save(update_fields=["until"])
    record(
        "end_appointment", actor=actor, kind="appointment", object_id=appointment.pk,
        unit_id=appointment.seat.unit_id, new={"until": str(appointment.until)},
    )  # fmt: skip


@transaction.atomic
def enter_person(name: str, *, unit: Unit, actor: Actor) -> Person:
    """Enter a person whom a unit appoints."""
    require(actor, "unit.edit", unit)
    person = Person(name=name)
    person.derive()
    person.save()
    about = About("person", person.pk, {"name": name})
    record("enter_person", actor=actor, kind="person", object_id=person.pk, unit_id=unit.pk, about=[about])
    return person


@transaction.atomic
def link_user(person: Person, user_id: int, *, unit: Unit, actor: Actor) -> None:
    """Give a person the account that was made for them."""
    require(actor, "unit.edit", unit)
    person.user_id = user_id
    person.save(update_fields=["user"])
    record(
        "link_user", actor=actor, kind="person", object_id=person.pk, unit_id=unit.pk, new={"user": user_id}
    )
