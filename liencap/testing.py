"""The cast and the small tree, for tests only.

Tree: Federation (ROOT) > Province (P) > two communes A and B; P2 is a second province.
Cast: chief (head of P, the one above), officer (head of A, the one in charge), neighbour (head of B, beside),
reader (reads A, changes nothing), stranger (signed in, without a seat), and root (head of ROOT).
"""

import datetime
from dataclasses import dataclass

from django.test import Client

from liencap.accounts.actions import create_user
from liencap.audit.actor import SYSTEM, Actor
from liencap.card import permissions
from liencap.units.actions import appoint, enter_person, found_seat, found_unit, link_user
from liencap.units.models import Role, Seat, Tier, Unit

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
    """Build the small tree and the cast: one head role with every right, one reader role."""
    tiers = [
        Tier.objects.get_or_create(code=c, defaults={"name": n, "name_en": e, "rank": r})[0]
        for r, (c, n, e) in enumerate(
            [
                ("centre", "Trung ương", "Centre"),
                ("province", "Tỉnh", "Province"),
                ("commune", "Xã", "Commune"),
            ]
        )
    ]
    every = sorted(permissions())
    head, _ = Role.objects.get_or_create(
        code="head", defaults={"name": "Chủ tịch", "name_en": "Head", "below": every, "is_head": True}
    )
    reading = [p for p in every if p.endswith(".view")]
    reader, _ = Role.objects.get_or_create(
        code="reader", defaults={"name": "Người đọc", "name_en": "Reader", "own": reading}
    )

    def unit(code: str, name: str, tier: int, parent: Unit | None) -> Unit:
        return found_unit(code, name, tier=tiers[tier], parent=parent, since=DAY, actor=SYSTEM)

    root = unit("ROOT", "Liên hiệp", 0, None)
    province = unit("P", "Tỉnh hội Bình Minh", 1, root)
    a, b = unit("A", "Xã Đông Hà", 2, province), unit("B", "Xã An Hòa", 2, province)
    return Cast(
        root, province, a, b, unit("P2", "Tỉnh hội Hải Vân", 1, root),
        member("root", root, head), member("chief", province, head), member("officer", a, head),
        member("neighbour", b, head), member("reader", a, reader), member("stranger", None, None),
    )  # fmt: skip
