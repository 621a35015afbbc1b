"""The cast and the small tree, for tests only.

Tree: Federation (ROOT) > Province (P) > two communes A and B; P2 is a second province.
Cast: chief (head of P, the one above), officer (head of A, the one in charge), neighbour (head of B, beside),
reader (reads A, changes nothing), stranger (signed in, without a seat), and root (head of ROOT).
"""

import datetime
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.test import Client

from liencap.accounts.actions import create_user, create_users
from liencap.accounts.models import User
from liencap.audit.actions import record
from liencap.audit.actor import SYSTEM, About, Actor
from liencap.card import permissions
from liencap.core.tree import path_step
from liencap.units.actions import appoint, enter_person, found_seat, link_user
from liencap.units.models import Appointment, Person, Placement, Role, Seat, Tier, Unit, UnitWord

DAY = datetime.date(2026, 1, 1)
PASSWORD = "a good long password"  # noqa: S105  # of the cast only


@dataclass(frozen=True)
class Member:
    """One of the cast: an actor, a seat and a signed-in browser."""

    actor: Actor
    seat: Seat | None
    login: str

    def client(self) -> Client:
        """Return a test client signed in as this member."""
        client = Client()
        assert client.login(username=self.login, password=PASSWORD)
        return client


@dataclass(frozen=True)
class Cast:
    """The small tree and its people."""

    root_unit: Unit
    province: Unit
    a: Unit
    b: Unit
    other_province: Unit
    root: Member
    chief: Member
    officer: Member
    neighbour: Member
    reader: Member
    stranger: Member


def member(login: str, unit: Unit | None, role: Role | None) -> Member:
    """Create an account and, with a unit and role, a seat with its holder."""
    user = create_user(login.title(), names={login: "code"}, password=PASSWORD, actor=SYSTEM)
    if unit is None or role is None:
        return Member(Actor(user.pk, name=user.name), None, login)
    seat = found_seat(role, unit, key=f"{unit.code}-{role.code}-{login}", actor=SYSTEM)
    person = enter_person(user.name, unit=unit, actor=SYSTEM)
    link_user(person, user.pk, unit=unit, actor=SYSTEM)
    appoint(person, seat, since=DAY, actor=SYSTEM)
    return Member(Actor(user.pk, seat.pk, unit.pk, user.name), seat, login)


def make_cast() -> Cast:
    """Build the small tree and the cast: one head role with every right, one reader role.

    In bulk, for nearly every test begins with it: twenty statements where the deeds take two hundred and fifty.
    """
    tiers, (head, reader) = _tiers(), _roles()
    root, province, a, b, other = found_many(
        ("ROOT", "Liên hiệp", tiers[0], None),
        ("P", "Tỉnh hội Bình Minh", tiers[1], 0),
        ("A", "Xã Đông Hà", tiers[2], 1),
        ("B", "Xã An Hòa", tiers[2], 1),
        ("P2", "Tỉnh hội Hải Vân", tiers[1], 0),
    )
    people = seat_many(
        ("root", root, head), ("chief", province, head), ("officer", a, head), ("neighbour", b, head),
        ("reader", a, reader), ("stranger", None, None),
    )  # fmt: skip
    return Cast(root, province, a, b, other, *people)


def _tiers() -> list[Tier]:
    names = [
        ("centre", "Trung ương", "Centre"),
        ("province", "Tỉnh", "Province"),
        ("commune", "Xã", "Commune"),
    ]
    known = {tier.code for tier in Tier.objects.all()}
    Tier.objects.bulk_create(
        Tier(code=c, name=n, name_en=e, rank=r) for r, (c, n, e) in enumerate(names) if c not in known
    )
    found = {tier.code: tier for tier in Tier.objects.all()}
    return [found[code] for code, _name, _name_en in names]


def _roles() -> tuple[Role, Role]:
    every = sorted(permissions())
    reading = [p for p in every if p.endswith(".view")]
    wanted = (
        Role(code="head", name="Chủ tịch", name_en="Head", below=every, is_head=True),
        Role(code="reader", name="Người đọc", name_en="Reader", own=reading),
    )
    known = {role.code for role in Role.objects.all()}
    Role.objects.bulk_create(role for role in wanted if role.code not in known)
    found = {role.code: role for role in Role.objects.all()}
    return found["head"], found["reader"]


def found_many(*rows: tuple[str, str, Tier, int | None]) -> list[Unit]:
    """Found units, each a code, a name, a tier and the place of the row it hangs under."""
    units = [Unit(code=code, name=name, tier=tier) for code, name, tier, _above in rows]
    for unit in units:
        unit.derive()
    Unit.objects.bulk_create(units)
    for unit, (_code, _name, _tier, above) in zip(units, rows, strict=True):
        unit.path = (b"" if above is None else bytes(units[above].path)) + path_step(unit.pk)
    Unit.objects.bulk_update(units, ["path"])
    UnitWord.objects.bulk_create(UnitWord(unit=unit, word=word) for unit in units for word in unit.words)
    Placement.objects.bulk_create(
        Placement(unit=unit, parent=None if row[3] is None else units[row[3]], since=DAY)
        for unit, row in zip(units, rows, strict=True)
    )
    return units


def seat_many(*rows: tuple[str, Unit | None, Role | None]) -> list[Member]:
    """Give accounts with one password, and a seat to those with a unit."""
    users = create_users([(login.title(), {login: "code"}) for login, _unit, _role in rows], actor=SYSTEM)
    password = make_password(PASSWORD)
    for user in users:
        user.password = password
    User.objects.bulk_update(users, ["password"])
    seats, held = {}, []
    for user, (login, unit, role) in zip(users, rows, strict=True):
        if unit is not None and role is not None:
            seats[login] = Seat(role=role, unit=unit, key=f"{unit.code}-{role.code}-{login}")
            held.append(Person(name=user.name, user=user))
            held[-1].derive()
    Seat.objects.bulk_create(seats.values())
    Person.objects.bulk_create(held)
    about = [About("person", person.pk, {"name": person.name}) for person in held]
    with transaction.atomic():
        record("enter_people", actor=SYSTEM, kind="person", new={"count": len(held)}, about=about)
    Appointment.objects.bulk_create(
        Appointment(person=person, seat=seat, since=DAY)
        for person, seat in zip(held, seats.values(), strict=True)
    )
    return [
        Member(Actor(user.pk, seats[login].pk, unit.pk, user.name), seats[login], login)
        if unit is not None
        else Member(Actor(user.pk, name=user.name), None, login)
        for user, (login, unit, _role) in zip(users, rows, strict=True)
    ]
