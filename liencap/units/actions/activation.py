"""Hand out activation slips, and set the first password by one."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from liencap.accounts.actions import add_login_names, create_user, set_password
from liencap.accounts.models import LoginName, User
from liencap.accounts.queries import normal_name
from liencap.audit.actions import record
from liencap.audit.actor import SYSTEM, Actor
from liencap.errors import DomainError
from liencap.units.access import can, require, today, too_wide
from liencap.units.actions.members import LASTS, activate_member, new_code
from liencap.units.actions.seats import link_user
from liencap.units.models import ActivationSlip, Appointment, Unit
from liencap.units.queries import code_hash, member_slip_with, slip_with, without_account

SHEET = 100  # slips a sheet


@transaction.atomic
def make_slips(unit: Unit, *, actor: Actor) -> list[tuple[Appointment, str]]:
    """Make a slip for each holder without an account, in the unit and directly below; the codes show once.

    Left out are people who also hold a seat that the actor could not give: a slip would hand it over.
    """
    require(actor, "unit.edit", unit)
    held = [a for a in without_account(unit, today())[: SHEET * 2] if _may_activate(a, actor)][:SHEET]
    ActivationSlip.objects.filter(appointment__in=held, used_at__isnull=True).delete()
    made = [(a, new_code()) for a in held]
    expires = timezone.now() + LASTS
    ActivationSlip.objects.bulk_create(
        [ActivationSlip(appointment=a, code_hash=code_hash(code), expires=expires) for a, code in made]
    )
    new = {"count": len(made), "people": [a.person_id for a in held]}
    record("make_slips", actor=actor, kind="slip", unit_id=unit.pk, new=new)
    return made


@transaction.atomic
def activate(code: str, password: str, *, actor: Actor) -> User:
    """Set the first password of the seat's holder, or of a member, by the code of a slip; the code works once."""
    if member_slip := member_slip_with(code):
        return activate_member(member_slip, password, actor=actor)
    slip = slip_with(code)
    free = ActivationSlip.objects.filter(pk=slip.pk if slip else 0, used_at__isnull=True)
    # The conditional update lets one of two who type the same code win.
    won = free.filter(expires__gt=timezone.now()).update(used_at=timezone.now())
    if slip is None or not won or not slip.appointment.holds_on(today()):
        raise DomainError("code-invalid", _("This code is wrong, used or out of date. Ask for a new slip."))
    person, seat = slip.appointment.person, slip.appointment.seat
    if person.user is not None and person.user.has_usable_password():
        raise DomainError("account-active", _("This account already has a password. Sign in with it."))
    names = [seat.key, seat.unit.code] if seat.role.is_head else [seat.key]
    taken = set(LoginName.objects.filter(name__in=map(normal_name, names)).values_list("name", flat=True))
    free_names = {normal_name(name): "code" for name in names if normal_name(name) not in taken}
    user = person.user
    if user is None:
        user = create_user(person.name, names=free_names, password=password, actor=SYSTEM)
        link_user(person, user.pk, unit=seat.unit, actor=SYSTEM)
    else:
        set_password(user, password, actor=SYSTEM)
        add_login_names([(user.pk, name, kind) for name, kind in free_names.items()], actor=SYSTEM)
    record(
        "activate", actor=actor, kind="slip", object_id=slip.pk, unit_id=seat.unit_id, new={"user": user.pk}
    )
    return user


def _may_activate(held: Appointment, actor: Actor) -> bool:
    """Say whether the actor could give every seat that the person holds."""
    running = held.person.appointments.filter(until__isnull=True).select_related("seat__unit", "seat__role")
    return all(can(actor, "unit.edit", a.seat.unit) and not too_wide(actor, a.seat.role) for a in running)
