"""Found units, place them in the tree, found seats and appoint people."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.core.tree import path_step
from liencap.errors import DomainError
from liencap.units.access import require
from liencap.units.models import Appointment, Body, Person, Placement, Role, Seat, Tier, Unit


@transaction.atomic
def found_unit(
    code: str,
    name: str,
    *,
    tier: Tier,
    parent: Unit | None,
    since: datetime.date,
    actor: Actor,
    name_en: str = "",
) -> Unit:
    """Found a unit under a parent from a day on; only the system founds a root."""
    if parent is not None:
        require(actor, "unit.edit", parent)
    elif actor.user_id is not None:
        raise DomainError("root-by-system", _("Only the setup can found the topmost unit."))
    unit = Unit(code=code, name=name, name_en=name_en, tier=tier)
    unit.derive()
    unit.save()
    unit.path = (bytes(parent.path) if parent else b"") + path_step(unit.pk)
    unit.save(update_fields=["path"])
    Placement.objects.create(unit=unit, parent=parent, since=since)
    new = {"code": code, "name": name, "parent": parent.pk if parent else None, "since": str(since)}
    record("found_unit", actor=actor, kind="unit", object_id=unit.pk, unit_id=unit.pk, new=new)
    return unit


@transaction.atomic
def rename_unit(unit: Unit, name: str, *, name_en: str = "", actor: Actor) -> None:
    """Give a unit another name."""
    require(actor, "unit.edit", unit)
    old = {"name": unit.name, "name_en": unit.name_en}
    unit.name, unit.name_en = name, name_en
    unit.derive()
    unit.save(update_fields=["name", "name_en", "folded", "sort_key"])
    new = {"name": name, "name_en": name_en}
    record("rename_unit", actor=actor, kind="unit", object_id=unit.pk, unit_id=unit.pk, old=old, new=new)


@transaction.atomic
def found_seat(role: Role, unit: Unit, *, key: str, actor: Actor, body: Body | None = None) -> Seat:
    """Found a seat of a role in a unit or one of its bodies."""
    require(actor, "unit.edit", unit)
    seat = Seat.objects.create(role=role, unit=unit, body=body, key=key)
    record(
        "found_seat", actor=actor, kind="seat", object_id=seat.pk, unit_id=unit.pk, new={"role": role.code}
    )
    return seat


@transaction.atomic
def appoint(
    person: Person, seat: Seat, *, since: datetime.date, actor: Actor, kind: str = Appointment.Kind.FULL
) -> Appointment:
    """Appoint a person to a vacant seat."""
    require(actor, "unit.edit", seat.unit)
    if kind == Appointment.Kind.FULL and seat.appointments.filter(kind=kind, until__isnull=True).exists():
        raise DomainError("seat-taken", _("This seat has a holder; end that appointment first."))
    made = Appointment.objects.create(seat=seat, person=person, since=since, kind=kind)
    new = {"seat": seat.pk, "person": person.pk, "since": str(since), "kind": kind}
    record("appoint", actor=actor, kind="appointment", object_id=made.pk, unit_id=seat.unit_id, new=new)
    return made


@transaction.atomic
def end_appointment(appointment: Appointment, *, until: datetime.date, actor: Actor) -> None:
    """End an appointment; the rights of the seat end with it."""
    require(actor, "unit.edit", appointment.seat.unit)
    appointment.until = max(until, appointment.since)
    appointment.save(update_fields=["until"])
    record(
        "end_appointment", actor=actor, kind="appointment", object_id=appointment.pk,
        unit_id=appointment.seat.unit_id, new={"until": str(appointment.until)},
    )  # fmt: skip


@transaction.atomic
def enter_person(name: str, *, unit: Unit, actor: Actor) -> Person:
    """Enter a person whom a unit appoints; names stay out of the log."""
    require(actor, "unit.edit", unit)
    person = Person(name=name)
    person.derive()
    person.save()
    record("enter_person", actor=actor, kind="person", object_id=person.pk, unit_id=unit.pk)
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


@transaction.atomic
def found_tier(code: str, name: str, *, rank: int, actor: Actor, name_en: str = "") -> Tier:
    """Found a tier of the organisation; the setup does it."""
    _require_setup(actor)
    tier = Tier.objects.create(code=code, name=name, name_en=name_en, rank=rank)
    record("found_tier", actor=actor, kind="tier", object_id=tier.pk, new={"code": code, "rank": rank})
    return tier


@transaction.atomic
def found_role(
    code: str,
    name: str,
    *,
    actor: Actor,
    name_en: str = "",
    own: list[str] | None = None,
    below: list[str] | None = None,
    is_head: bool = False,
) -> Role:
    """Found a role with its rights over its own unit and over the subtree; the setup does it."""
    _require_setup(actor)
    role = Role.objects.create(
        code=code, name=name, name_en=name_en, own=own or [], below=below or [], is_head=is_head
    )
    record(
        "found_role", actor=actor, kind="role", object_id=role.pk, new={"own": role.own, "below": role.below}
    )
    return role


def _require_setup(actor: Actor) -> None:
    if actor.user_id is not None:
        raise DomainError("setup-only", _("Tiers and roles are set up with the organisation."))
