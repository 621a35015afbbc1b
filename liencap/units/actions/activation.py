"""Hand out activation slips, take them back, and let the holder of one in."""

import datetime
from collections.abc import Collection, Iterable
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from liencap.accounts.actions import add_device, add_login_names, add_passkey, create_user, set_password
from liencap.accounts.models import LoginName, User
from liencap.accounts.queries import has_way_in, normal_name
from liencap.audit.actions import record
from liencap.audit.actor import SYSTEM, Actor
from liencap.errors import DomainError, NotAllowed
from liencap.units.access import givable, require, today
from liencap.units.actions.members import (
    LASTS,
    member_account,
    member_slip_works,
    new_code,
    spend_member_slip,
)
from liencap.units.actions.seats import link_user
from liencap.units.models import ActivationSlip, Appointment, ImportBatch, MemberSlip, Unit
from liencap.units.queries import code_hash, member_slip_with, slip_with, slipless, without_account

SHEET = 100  # slips a sheet


@transaction.atomic
def make_slips(
    unit: Unit, *, actor: Actor, batch: ImportBatch | None = None, only: Collection[int] | None = None,
    fresh: bool = False,
) -> list[tuple[Appointment, str]]:  # fmt: skip
    """Make a slip for each holder without a way in, in the unit and directly below; the codes show once.

    `batch` names the seats that an import filled, `only` single appointments; `fresh` leaves out who has a slip
    that still works. At most a sheet of a hundred at a time. Left out are people who also hold a seat that the
    actor could not give: a slip would hand it over.
    """
    require(actor, "unit.edit", unit)
    waiting = without_account(unit, today(), batch)
    waiting = waiting.filter(pk__in=only) if only is not None else waiting
    some = list((slipless(waiting) if fresh else waiting)[: SHEET * 2])
    may = givable(actor, [a.person_id for a in some])
    return _make([a for a in some if a.person_id in may][:SHEET], unit, actor=actor)


@transaction.atomic
def make_slip(held: Appointment, *, actor: Actor) -> str:
    """Make one person's slip, also for a seat that is taken only later; an older code becomes void."""
    require(actor, "unit.edit", held.seat.unit)
    if held.is_over(today()):
        raise DomainError("appointment-over", _("This appointment has already ended."))
    if held.person_id not in givable(actor, [held.person_id]):
        raise NotAllowed("not-givable", _("This person also holds a seat that yours cannot give."))
    if held.person.user is not None and has_way_in(held.person.user):
        raise DomainError(
            "account-active", _("This person signs in already. Renew the access if it is lost.")
        )
    return slip_code(held, actor=actor)


def slip_code(held: Appointment, *, actor: Actor) -> str:
    """Return the code of a new slip within the caller's deed, which has asked for the right."""
    return _make([held], held.seat.unit, actor=actor)[0][1]


@transaction.atomic
def revoke_slip(slip: ActivationSlip, *, actor: Actor) -> None:
    """Make the code of a slip void."""
    require(actor, "unit.edit", slip.appointment.seat.unit)
    if not ActivationSlip.objects.filter(pk=slip.pk, used_at__isnull=True).delete()[0]:
        raise DomainError("slip-used", _("This slip has been used or taken back already."))
    unit_id = slip.appointment.seat.unit_id
    record("revoke_slip", actor=actor, kind="slip", object_id=slip.pk, unit_id=unit_id)


@transaction.atomic
def activate(code: str, password: str, *, actor: Actor) -> User:
    """Set a first password by the code of a slip; the code works once."""
    user = _spend(code, actor=actor)
    set_password(user, password, actor=SYSTEM)
    return user


@transaction.atomic
def activate_by_pin(code: str, pin: str, *, browser: str, actor: Actor) -> tuple[User, str]:
    """Make this browser a device with a PIN by the code of a slip; return the account and the device's secret."""
    user = _spend(code, actor=actor)
    return user, add_device(user, pin, name=browser, actor=SYSTEM)


@transaction.atomic
def activate_by_passkey(code: str, credential: dict[str, Any], *, name: str, actor: Actor) -> Authenticator:
    """Keep the passkey that a device made while the slip was still good, and spend the slip."""
    return add_passkey(_spend(code, actor=actor), credential, name=name, actor=SYSTEM)


@transaction.atomic
def prepare_account(code: str, *, actor: Actor) -> User:
    """Make the account that a passkey will name; the slip stays good until a way in is set."""
    slip = slip_with(code) or member_slip_with(code)
    if slip is None or not slip_works(slip):
        raise _refused()
    return member_account(slip) if isinstance(slip, MemberSlip) else _account(slip.appointment, actor=actor)


def slip_works(slip: ActivationSlip | MemberSlip) -> bool:
    """Say whether the code of a slip still lets its holder in."""
    if isinstance(slip, MemberSlip):
        return member_slip_works(slip)
    return slip.used_at is None and slip.expires > timezone.now() and not slip.appointment.is_over(today())


def _spend(code: str, *, actor: Actor) -> User:
    """Use a code up and return the account it opens; who fails after this gets the code back with the rollback."""
    if member_slip := member_slip_with(code):
        if user := spend_member_slip(member_slip, actor=actor):
            return user
        raise _refused()
    slip = slip_with(code)
    free = ActivationSlip.objects.filter(pk=slip.pk if slip else 0, used_at__isnull=True)
    # The conditional update lets one of two who type the same code win.
    won = free.filter(expires__gt=timezone.now()).update(used_at=timezone.now())
    if slip is None or not won or slip.appointment.is_over(today()):
        raise _refused()
    seat = slip.appointment.seat
    user = _account(slip.appointment, actor=actor)
    if has_way_in(user):
        raise DomainError("account-active", _("This account is in use already. Sign in, or ask for your access to be renewed."))  # noqa: E501  # fmt: skip
    new = {"user": user.pk}
    record("activate", actor=actor, kind="slip", object_id=slip.pk, unit_id=seat.unit_id, new=new)
    return user


def _account(held: Appointment, *, actor: Actor) -> User:
    """Return the holder's account with the seat's names, made when there is none."""
    assert actor.user_id is None, "who holds a slip is not signed in"
    person, seat = held.person, held.seat
    names = [seat.key, seat.unit.code] if seat.role.is_head else [seat.key]
    taken = set(LoginName.objects.filter(name__in=map(normal_name, names)).values_list("name", flat=True))
    free = {normal_name(name): "code" for name in names if normal_name(name) not in taken}
    if person.user is None:
        user = create_user(person.name, names=free, password=None, actor=SYSTEM)
        link_user(person, user.pk, unit=seat.unit, actor=SYSTEM)
        return user
    if free:
        add_login_names([(person.user.pk, name, kind) for name, kind in free.items()], actor=SYSTEM)
    return person.user


def _make(held: Iterable[Appointment], unit: Unit, *, actor: Actor) -> list[tuple[Appointment, str]]:
    made = [(a, new_code()) for a in held]
    ActivationSlip.objects.filter(appointment__in=[a for a, _code in made], used_at__isnull=True).delete()
    now = timezone.now()
    coming = {a.pk: max(a.since - today(), datetime.timedelta()) for a, _code in made}
    ActivationSlip.objects.bulk_create(
        [
            ActivationSlip(appointment=a, code_hash=code_hash(code), expires=now + LASTS + coming[a.pk])
            for a, code in made
        ]
    )
    new = {"count": len(made), "people": [a.person_id for a, _code in made]}
    record("make_slips", actor=actor, kind="slip", unit_id=unit.pk, new=new)
    return made


def _refused() -> DomainError:
    return DomainError("code-invalid", _("This code is wrong, used or out of date. Ask for a new slip."))
