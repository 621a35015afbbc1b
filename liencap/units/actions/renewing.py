"""Renew the access of somebody who lost it: everything old ends at once, and a new slip is made."""

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.accounts import actions as accounts
from liencap.accounts.models import User
from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.errors import DomainError, NotAllowed
from liencap.units.access import givable, require, seat_of, today
from liencap.units.actions.activation import slip_code
from liencap.units.models import Appointment

REASONS = ("password", "phone", "stolen", "factor")


@transaction.atomic
def renew_access(held: Appointment, *, reason: str, actor: Actor) -> str:
    """End every way into the holder's account and return the code of a new slip."""
    user = _renewable(held, actor)
    assert reason in REASONS, "the form offers these"
    accounts.close_ways(user, by=_by(actor), actor=actor)
    code = slip_code(held, actor=actor)
    _record("renew_access", held, reason, actor)
    return code


@transaction.atomic
def take_factors_off(held: Appointment, *, reason: str, actor: Actor) -> None:
    """Take lost second steps off the holder's account; the password stays."""
    user = _renewable(held, actor)
    assert reason in REASONS, "the form offers these"
    accounts.take_factors_off(user, by=_by(actor), actor=actor)
    _record("take_factors_off", held, reason, actor)


def _renewable(held: Appointment, actor: Actor) -> User:
    """Return the account, for one who could give every seat of its person; nobody renews a superior or themself."""
    require(actor, "unit.edit", held.seat.unit)
    if held.person_id not in givable(actor, [held.person_id]):
        raise NotAllowed("not-givable", _("This person also holds a seat that yours cannot give."))
    if held.is_over(today()):
        raise DomainError("appointment-over", _("This appointment has already ended."))
    user = held.person.user
    if user is None:
        raise DomainError("no-account", _("This person has never signed in. Make a slip instead."))
    if user.pk == actor.user_id:
        raise DomainError("own-access", _("You are signed in: change your own access on “My account”."))
    return user


def _by(actor: Actor) -> str:
    seat = seat_of(actor)
    return str(seat) if seat else _("the office of the installation")


def _record(deed: str, held: Appointment, reason: str, actor: Actor) -> None:
    record(
        deed, actor=actor, kind="appointment", object_id=held.pk, unit_id=held.seat.unit_id,
        new={"reason": reason, "person": held.person_id},
    )  # fmt: skip
