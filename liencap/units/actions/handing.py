"""Hand a seat over: the old appointment ends and the new one begins in one transaction, on a day."""

import datetime
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from liencap.accounts.actions import create_user
from liencap.accounts.queries import has_way_in, user_by_login_name
from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.core.text import fold
from liencap.errors import DomainError, NotAllowed
from liencap.units.access import givable, receives, require, require_grant, today
from liencap.units.actions.activation import slip_code
from liencap.units.actions.seats import enter_person, link_user
from liencap.units.models import ActivationSlip, Appointment, HandOver, Person, Seat, Unit
from liencap.units.queries import hand_overs_of, holder_of, not_over


@transaction.atomic
def enter_successor(name: str, contact: str, *, unit: Unit, actor: Actor) -> Person:
    """Return the person whom a phone number or e-mail names, or enter a new one who may sign in by it."""
    require(actor, "unit.edit", unit)
    owner = user_by_login_name(contact) if contact else None
    known = Person.objects.filter(user=owner).first() if owner else None
    if known is not None:
        if fold(known.name) != fold(name):
            raise DomainError(
                "contact-taken", _("This phone number or e-mail belongs to somebody with another name.")
            )
        return known
    person = enter_person(name, unit=unit, actor=actor)
    if contact:
        kind = "email" if "@" in contact else "phone"
        user = owner or create_user(name, names={contact: kind}, password=None, actor=actor)
        link_user(person, user.pk, unit=unit, actor=actor)
        person.user = user
    return person


@transaction.atomic
def hand_over(
    seat: Seat, *, to: Person | None, day: datetime.date, actor: Actor, seen: int | None, note: str = "",
    kept: list[dict[str, Any]] | None = None,
) -> tuple[HandOver, str]:  # fmt: skip
    """End the holder's appointment and every stand-in's on a day, and let the successor's begin on it.

    `seen` is the appointment that the actor saw as the holder's; the code of a slip comes back for a successor
    who cannot sign in yet, else an empty text. An actor who hands their own seat over loses it with this deed.
    """
    seat = Seat.objects.select_for_update().get(pk=seat.pk)
    require(actor, "unit.edit", seat.unit)
    require_grant(actor, seat.role)
    old = holder_of(seat)
    _check(seat, old, to, day, seen)
    may_slip = to is not None and to.pk in givable(actor, [to.pk])
    if to is not None and not may_slip and (to.user is None or not has_way_in(to.user)):
        raise NotAllowed("not-givable", _("This person also holds a seat that yours cannot give."))
    if old is not None:
        old.until = max(day, old.since)
        old.save(update_fields=["until"])
    _end_stand_ins(seat, day)
    new = Appointment.objects.create(seat=seat, person=to, since=day) if to else None
    made = HandOver.objects.create(
        seat=seat, old=old, new=new, day=day, note=note, kept=kept or [], made_by_seat_id=actor.seat_id
    )
    code = ""
    if new is not None and to is not None and (to.user is None or not has_way_in(to.user)):
        code = slip_code(new, actor=actor)
    record(
        "hand_over", actor=actor, kind="hand_over", object_id=made.pk, unit_id=seat.unit_id,
        old={"appointment": old.pk if old else None},
        new={"appointment": new.pk if new else None, "since": str(day)},
    )  # fmt: skip
    return made, code


@transaction.atomic
def receive_hand_over(
    made: HandOver, ticked: Collection[tuple[int, int]], *, actor: Actor, remark: str = ""
) -> HandOver:
    """Let the successor tick what was received; what was ticked stays, the rest can be ticked later.

    `ticked` are places in what was kept. Only who follows confirms, in the seat and from the first day on.
    """
    made = HandOver.objects.select_for_update().get(pk=made.pk)
    if not receives(actor, made):
        raise NotAllowed("not-successor", _("Only who takes the seat over confirms what was received."))
    if made.cancelled or made.day > today():
        raise DomainError("not-yet", _("The seat is not yours yet; confirm from the first day on."))
    if not set(ticked) <= made.places:
        raise DomainError("bad-line", _("This list has changed meanwhile. Look at it again."))
    old = {"received": len(made.received)}
    made.received = [list(place) for place in sorted(made.ticked | set(ticked))]
    made.received_at, made.remark = made.received_at or timezone.now(), remark.strip()
    made.save(update_fields=["received", "received_at", "remark"])
    record(
        "receive_hand_over", actor=actor, kind="hand_over", object_id=made.pk, unit_id=made.seat.unit_id,
        old=old, new={"received": len(made.received)},
    )  # fmt: skip
    return made


@transaction.atomic
def cancel_hand_over(made: HandOver, *, actor: Actor) -> None:
    """Take a planned hand-over back before its day: the holder stays."""
    seat = Seat.objects.select_for_update().get(pk=made.seat_id)
    require(actor, "unit.edit", seat.unit)
    require_grant(actor, seat.role)
    if made.cancelled or made.day <= today():
        raise DomainError("hand-over-done", _("This hand-over has taken place or was taken back already."))
    if made.new is not None:
        ActivationSlip.objects.filter(appointment=made.new).delete()
        made.new.until = made.new.since
        made.new.save(update_fields=["until"])
    if made.old is not None:
        made.old.until = None
        made.old.save(update_fields=["until"])
    made.cancelled = True
    made.save(update_fields=["cancelled"])
    record("cancel_hand_over", actor=actor, kind="hand_over", object_id=made.pk, unit_id=seat.unit_id)


def _check(
    seat: Seat, old: Appointment | None, to: Person | None, day: datetime.date, seen: int | None
) -> None:
    if day < today():
        raise DomainError("day-past", _("The day has passed; hand over today or later."))
    if hand_overs_of(seat).filter(day__gte=today()).exists():
        raise DomainError("handed-over", _("A hand-over of this seat is planned, or took place today."))
    if (old.pk if old else None) != seen:
        raise DomainError("holder-changed", _("The seat has another holder by now. Look at it again."))
    if old is None and to is None:
        raise DomainError("vacant", _("The seat is vacant already; name who takes it."))
    if old is not None and to is not None and old.person_id == to.pk:
        raise DomainError("same-person", _("This person holds the seat already."))


def _end_stand_ins(seat: Seat, day: datetime.date) -> None:
    """End who stands in for the leaving holder: what they may do they had from that holder."""
    stand_in = seat.appointments.filter(not_over(day)).exclude(kind=Appointment.Kind.FULL)
    stand_in.filter(Q(until__isnull=True) | Q(until__gt=day)).update(until=Greatest(F("since"), day))
