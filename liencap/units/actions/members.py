"""Enter who belongs to a unit, end memberships, and hand out slips by which members sign in."""

import base64
import datetime
import secrets
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from liencap.accounts.actions import create_user
from liencap.accounts.models import User
from liencap.accounts.queries import has_way_in
from liencap.audit.actions import digest, record
from liencap.audit.actor import SYSTEM, About, Actor
from liencap.core.text import fold
from liencap.errors import DomainError
from liencap.units.access import can, require, seat_of, today
from liencap.units.actions.seats import link_user
from liencap.units.models import Membership, MemberSlip, Person, Unit
from liencap.units.queries import code_hash, holding, members_asleep, not_over

LASTS = datetime.timedelta(days=30)
SHEET = 100  # slips a sheet
BATCH = 300


@transaction.atomic
def enter_member(person: Person, unit: Unit, *, since: datetime.date, actor: Actor) -> Membership:
    """Enter somebody who is known already as a member of a unit."""
    require(actor, "unit.edit", unit)
    if unit.memberships.filter(person=person, until__isnull=True).exists():
        raise DomainError("member-already", _("This person is a member already."))
    made = Membership.objects.create(unit=unit, person=person, since=since)
    new = {"person": person.pk, "since": str(since)}
    record("enter_member", actor=actor, kind="membership", object_id=made.pk, unit_id=unit.pk, new=new)
    return made


@transaction.atomic
def enter_members(
    unit: Unit, names: Sequence[str], *, since: datetime.date, actor: Actor
) -> list[Membership]:
    """Enter new people as members of a unit; a name that is there already is refused, not doubled."""
    require(actor, "unit.edit", unit)
    known = set(unit.memberships.filter(holding(today())).values_list("person__folded", flat=True))
    folded = [fold(name) for name in names]
    twice = [n for n, f in zip(names, folded, strict=True) if f in known or folded.count(f) > 1]
    if twice:
        said = _("On the list already: %(names)s. Tell people of one name apart, such as by a middle name.")
        raise DomainError("member-twice", said % {"names": ", ".join(dict.fromkeys(twice))[:300]})
    people = [Person(name=name) for name in names]
    for person in people:
        person.derive()
    Person.objects.bulk_create(people, batch_size=BATCH)
    made = Membership.objects.bulk_create(
        [Membership(unit=unit, person=person, since=since) for person in people], batch_size=BATCH
    )
    record(
        "enter_members", actor=actor, kind="membership", unit_id=unit.pk,
        new={"count": len(made), "since": str(since), "digest": digest([p.pk for p in people])},
        about=[About("person", p.pk, {"name": p.name}) for p in people],
    )  # fmt: skip
    return made


@transaction.atomic
def end_membership(membership: Membership, *, until: datetime.date, actor: Actor) -> None:
    """End a membership; the member's page closes with it."""
    require(actor, "unit.edit", membership.unit)
    if membership.until is not None:
        raise DomainError("membership-over", _("This membership has already ended."))
    membership.until = max(until, membership.since)
    membership.save(update_fields=["until"])
    membership.slips.filter(used_at__isnull=True).delete()
    record(
        "end_membership", actor=actor, kind="membership", object_id=membership.pk,
        unit_id=membership.unit_id, new={"until": str(membership.until)},
    )  # fmt: skip


@transaction.atomic
def make_member_slips(unit: Unit, *, actor: Actor) -> list[tuple[Membership, str]]:
    """Make a slip for each member without an account and without a seat; the codes show once.

    Left out is who also belongs to a unit that the actor does not keep: a slip would open that unit's page.
    """
    require(actor, "unit.edit", unit)
    seat, found = seat_of(actor), members_asleep(unit, today()).prefetch_related("person__memberships__unit")
    held = [
        m
        for m in found[: SHEET * 2]
        if all(can(actor, "unit.edit", one.unit, seat=seat) for one in m.person.memberships.all())
    ][:SHEET]
    MemberSlip.objects.filter(membership__in=held, used_at__isnull=True).delete()
    made, expires = [(m, new_code()) for m in held], timezone.now() + LASTS
    MemberSlip.objects.bulk_create(
        [MemberSlip(membership=m, code_hash=code_hash(code), expires=expires) for m, code in made]
    )
    new = {"count": len(made), "people": [m.person_id for m in held]}
    record("make_member_slips", actor=actor, kind="slip", unit_id=unit.pk, new=new)
    return made


def member_slip_works(slip: MemberSlip) -> bool:
    """Say whether the code of a member's slip still lets the member in."""
    held = slip.membership
    running = held.until is None or held.until > today()
    return slip.used_at is None and slip.expires > timezone.now() and running


def member_account(slip: MemberSlip) -> User:
    """Return the member's account, made when there is none, within the caller's deed."""
    held, person = slip.membership, slip.membership.person
    # Who has meanwhile got a seat would be handed it by a member's slip.
    if person.appointments.filter(not_over(today())).exists():
        raise DomainError("holds-seat-now", _("You hold a seat by now. Ask for the slip of the seat."))
    if person.user is not None:
        return person.user
    name = f"{held.unit.code}-m{held.pk}"
    user = create_user(person.name, names={name: "code"}, password=None, actor=SYSTEM)
    link_user(person, user.pk, unit=held.unit, actor=SYSTEM)
    return user


def spend_member_slip(slip: MemberSlip, *, actor: Actor) -> User | None:
    """Use a member's code up within the caller's deed and return the account it opens; None when it does not work."""
    free = MemberSlip.objects.filter(pk=slip.pk, used_at__isnull=True, expires__gt=timezone.now())
    # The conditional update lets one of two who type the same code win.
    if not member_slip_works(slip) or not free.update(used_at=timezone.now()):
        return None
    user, held = member_account(slip), slip.membership
    if has_way_in(user):
        raise DomainError("account-active", _("This account already has a password. Sign in with it."))
    new = {"user": user.pk}
    record("activate_member", actor=actor, kind="slip", object_id=slip.pk, unit_id=held.unit_id, new=new)
    return user


def new_code() -> str:
    """Return 80 random bits as four groups of four letters and digits that are hard to confuse."""
    bare = base64.b32encode(secrets.token_bytes(10)).decode()
    return "-".join(bare[i : i + 4] for i in range(0, 16, 4))
