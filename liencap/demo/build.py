"""Build the sample organisation step by step, each with its progress line."""

import csv
import io
import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import islice

from django.core.management import call_command
from django.db import connection, transaction

from liencap.accounts.actions import create_user
from liencap.audit.actor import SYSTEM
from liencap.card import permissions
from liencap.demo.calendar import quarters
from liencap.demo.communication import tell_and_study
from liencap.demo.handing import people_come_and_go
from liencap.demo.line import head_of, run_line
from liencap.demo.members import enter_members
from liencap.demo.people import FULL, TIERS, sample_names, sample_units
from liencap.units.access import today
from liencap.units.actions import (
    appoint,
    enter_person,
    found_role,
    found_seat,
    found_tier,
    link_user,
)
from liencap.units.actions.imports import apply_import, upload_import
from liencap.units.models import Role, Unit

SINCE = quarters(today())[0].since.replace(month=1, day=1)


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


@contextmanager
def step(text: str) -> Iterator[None]:
    """Print what begins and how long it took."""
    start = time.monotonic()
    sys.stdout.write(f"  {text} ... ")
    sys.stdout.flush()
    yield
    say(f"{time.monotonic() - start:.1f} s")


def build(plan: str | None, out: str | None) -> None:
    """Migrate, found the federation, run the line on the plan and print the sign-ins."""
    say("Liencap demo: SAMPLE DATA / DỮ LIỆU MẪU")
    with step("Database"):
        call_command("migrate", interactive=False, verbosity=0)
    with step("Federation of 1,511 invented units"):
        units, roles = found_federation()
    with step("Seats and sign-ins"):
        logins = seat_people(units, roles) + enter_members(units)
    run_line(units["SX"], plan, out, step=step, say=say)
    with step("A year of communication and study"):
        tell_and_study(units["SX"], head_of=cache(head_of))
    with step("Slips, hand-overs, an acting holder"):
        people_come_and_go(units, SYSTEM)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    say("\nSign-ins (made new at each build):")
    for login, password, title in logins:
        say(f"  {login:<14} {password:<14} {title}")
    say("")


def found_federation() -> tuple[dict[str, Unit], dict[str, Role]]:
    """Found tiers and roles, and import the units from a sheet."""
    for rank, (code, name, name_en) in enumerate(TIERS):
        found_tier(code, name, name_en=name_en, rank=rank, actor=SYSTEM)
    every = sorted(permissions())
    view = [p for p in every if p.endswith(".view")]
    roles = {
        "head": found_role("head", "Chủ tịch", name_en="Chair", below=every, is_head=True, actor=SYSTEM),
        "officer": found_role(
            "officer", "Cán bộ theo dõi", name_en="Officer", own=every, below=view, actor=SYSTEM
        ),
    }
    apply_import(upload_import(_sheet(), "cay-don-vi.csv", unit=None, actor=SYSTEM), actor=SYSTEM)
    return {unit.code: unit for unit in Unit.objects.select_related("tier").order_by("pk")}, roles


def _sheet() -> bytes:
    """Return the tree as an office would hand it in: one sheet, parents first."""
    lines = io.StringIO()
    sheet = csv.writer(lines)
    sheet.writerow(("unit code", "unit name", "unit name en", "tier", "parent code", "since", "attributes"))
    sheet.writerows(
        (u.code, u.name, u.name_en, u.tier, u.parent, str(SINCE), u.attributes) for u in sample_units()
    )
    return lines.getvalue().encode()


@transaction.atomic
def seat_people(units: dict[str, Unit], roles: dict[str, Role]) -> list[tuple[str, str, str]]:
    """Seat a head in every unit down to the cooperatives; give accounts to one line of them."""
    names = sample_names()
    with_account = {"SX", "SX.1", "SX.1.1", "SX.1.1.1", "SX.1.1.1.1", "SX.1.1.1.2", "SX.2"}
    logins = []
    for code, unit in units.items():
        if code.count(".") > 3 and code not in with_account:
            continue
        seat = found_seat(roles["head"], unit, key=f"{code}/head", actor=SYSTEM)
        if seat.pk % 23 == 0 and code not in with_account:
            continue  # some seats stand vacant, as in life
        person = enter_person(next(names), unit=unit, actor=SYSTEM)
        appoint(person, seat, since=SINCE, actor=SYSTEM)
        if code.count(".") == 3 and not code.startswith(tuple(f"{top}." for top in FULL)):
            continue  # the area above reports for it; nobody there signs in yet
        password = secrets.token_urlsafe(9) if code in with_account else None
        user = create_user(person.name, names={code: "code"}, password=password, actor=SYSTEM)
        link_user(person, user.pk, unit=unit, actor=SYSTEM)
        if password:
            logins.append((code.lower(), password, f"{roles['head'].name} · {unit.name}"))
    for unit in [*islice(units.values(), 0, 11), units["SX.1.2"]]:
        found_seat(roles["officer"], unit, key=f"{unit.code}/officer", actor=SYSTEM)
    return logins
