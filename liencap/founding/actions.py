"""Every write of the setting up."""

import csv
import io
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from liencap.accounts.actions import create_user, set_language
from liencap.accounts.models import User
from liencap.audit.actions import record
from liencap.audit.actor import SYSTEM, Actor
from liencap.core.text import fold
from liencap.documents.actions import set_letterhead
from liencap.errors import DomainError
from liencap.founding import queries
from liencap.founding.kinds import KINDS
from liencap.founding.models import Founding
from liencap.founding.values import Line, Organisation
from liencap.programmes.actions import assign_task
from liencap.programmes.models import Programme
from liencap.programmes.queries import Rule
from liencap.reports.actions import open_period, plan_period
from liencap.reports.models import Period
from liencap.units.access import require, today
from liencap.units.actions import (
    appoint,
    change_tier,
    enter_person,
    found_seat,
    found_tier,
    found_unit,
    link_user,
    remove_tier,
    upload_import,
)
from liencap.units.models import ImportBatch, Role, Tier, Unit
from liencap.units.setup import found_roles


@transaction.atomic
def found_organisation(said: Organisation, *, actor: Actor) -> User:
    """Found tiers, roles, the topmost unit and the seat and account of whoever sets it up; only once."""
    if actor != SYSTEM or not queries.is_empty() or Unit.objects.exists():
        raise DomainError("founded", _("The organisation is set up already. Sign in."), status=409)
    kind = KINDS[said.kind]
    found_roles()
    tiers = [
        found_tier(f"t{n}", name, name_en=english, rank=n, actor=actor)
        for n, (name, english) in enumerate(kind.tiers)
    ]
    unit = found_unit(
        code_of(said.name), said.name, name_en=said.name_en, tier=tiers[0], parent=None,
        since=today().replace(month=1, day=1), actor=actor,
    )  # fmt: skip
    set_letterhead(unit, form=kind.form, authority=said.authority, place=said.place, actor=actor)
    seat = found_seat(Role.objects.get(code="head"), unit, key=f"{unit.code}-head", actor=actor)
    person = enter_person(said.person, unit=unit, actor=actor)
    user = create_user(
        said.person, names={said.sign_in: kind_of(said.sign_in)}, password=said.password, actor=actor
    )
    set_language(user, said.language, actor=actor)
    link_user(person, user.pk, unit=unit, actor=actor)
    appoint(person, seat, since=today(), actor=actor)
    founding = Founding.objects.create(unit=unit, kind=said.kind)
    record(
        "found_organisation", actor=actor, kind="founding", object_id=founding.pk, unit_id=unit.pk,
        new={"kind": said.kind},
    )  # fmt: skip
    return user


def code_of(name: str) -> str:
    """Return a short code for an organisation: the first letters of its words."""
    letters = "".join(word[0] for word in slugify(fold(name)).split("-") if word)
    return (letters or "o").upper()[:8]


def kind_of(sign_in: str) -> str:
    """Say what kind of sign-in name somebody typed."""
    if "@" in sign_in:
        return "email"
    return "phone" if sign_in.strip("+ .-()0123456789") == "" else "code"


@transaction.atomic
def set_tiers(founding: Founding, rows: Sequence[tuple[int | None, str, str]], *, actor: Actor) -> None:
    """Keep the tiers as they were given, from the top: (id or None, name, English name); those left out go."""
    require(actor, "unit.edit", founding.unit)
    kept = {pk for pk, _name, _english in rows}
    there = {tier.pk: tier for tier in Tier.objects.all()}
    if founding.unit.tier_id not in kept or rows[0][0] != founding.unit.tier_id:
        raise DomainError("tier-top", _("The first tier is your organisation's own; it stays at the top."))
    if len({fold(name) for _pk, name, _english in rows}) < len(rows):
        raise DomainError("tier-twice", _("Two tiers have the same name."))
    for pk, tier in there.items():
        if pk not in kept:
            remove_tier(tier, actor=actor)
    free = (f"t{n}" for n in range(1000))
    codes = {tier.code for tier in there.values()}
    for rank, (number, name, english) in enumerate(rows):
        if number in there:
            change_tier(there[number], name, name_en=english, rank=rank, actor=actor)
        else:
            code = next(c for c in free if c not in codes)
            codes.add(code)
            found_tier(code, name, name_en=english, rank=rank, actor=actor)
    skip_step(founding, "tiers", actor=actor)


def type_units(founding: Founding, tier: Tier, lines: Sequence[Line], *, actor: Actor) -> ImportBatch:
    """Make the preview of an import from typed lines, so that typing and a sheet are judged alike."""
    require(actor, "unit.edit", founding.unit)
    top = founding.unit
    taken = set(Unit.objects.filter(code__startswith=f"{top.code}-").values_list("code", flat=True))
    free = (code for n in range(1, 100_000) if (code := f"{top.code}-{n:02}") not in taken)
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(
        ["unit_code", "unit_name", "tier", "parent_code", "since", "role", "person_name", "phone", "email"]
    )
    head = str(Role.objects.get(is_head=True))  # the reader sees it in the preview
    # From the year's first day, as the topmost unit: the first plan speaks of the whole year.
    since = today().replace(month=1, day=1).strftime("%d/%m/%Y")
    for line in lines:
        phone, email = ("", line.contact) if "@" in line.contact else (line.contact, "")
        writer.writerow([next(free), line.name, tier.code, top.code, since, head, line.person, phone, email])
    return upload_import(sheet.getvalue().encode(), _("Typed units"), unit=top, actor=actor)


@transaction.atomic
def skip_step(founding: Founding, code: str, *, actor: Actor) -> None:
    """Put a step off, or note that it was looked at; it can be done later all the same."""
    require(actor, "unit.edit", founding.unit)
    if code not in {code for code, _title, _sentence in queries.TITLES}:
        raise DomainError("no-step", _("There is no such step."))
    founding = Founding.objects.select_for_update().get(pk=founding.pk)
    if code not in founding.skipped:
        founding.skipped = [*founding.skipped, code]
        founding.save(update_fields=["skipped"])
        record(
            "skip_step", actor=actor, kind="founding", object_id=founding.pk, unit_id=founding.unit_id,
            new={"step": code},
        )  # fmt: skip


@transaction.atomic
def finish_founding(founding: Founding, *, actor: Actor) -> None:
    """Take the steps off the start page; a second time changes nothing."""
    require(actor, "unit.edit", founding.unit)
    if Founding.objects.filter(pk=founding.pk, finished__isnull=True).update(finished=timezone.now()):
        record(
            "finish_founding", actor=actor, kind="founding", object_id=founding.pk, unit_id=founding.unit_id
        )


@transaction.atomic
def begin_reporting(
    founding: Founding, programme: Programme, title: str, *, since: date, until: date,
    dues: dict[Tier, date], actor: Actor,
) -> Period:  # fmt: skip
    """Give every task of a programme to the units of the tiers that report, and open their first period."""
    require(actor, "programme.assign", founding.unit)
    if programme.unit_id != founding.unit_id:
        raise DomainError("foreign-programme", _("This programme belongs to another unit."))
    rule = Rule(tiers=tuple(tier.code for tier in dues))
    for task in programme.tasks.filter(set_by__isnull=True).select_related("programme__unit", "set_by"):
        assign_task(task, rule, actor=actor)
    period = plan_period(programme, title, since=since, until=until, dues=dues, actor=actor)
    return open_period(period, actor=actor)
