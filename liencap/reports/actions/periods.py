"""Plan and close periods."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actions import digest, record
from liencap.audit.actor import Actor
from liencap.errors import DomainError
from liencap.programmes.models import Programme
from liencap.reports.actions.settling import settle_all
from liencap.reports.actions.telling import tell_closed
from liencap.reports.models import Obligation, Period, PeriodDue
from liencap.reports.owed.actions.preparing import take_settings
from liencap.reports.queries import under_way
from liencap.units.access import require
from liencap.units.models import Tier


@transaction.atomic
def plan_period(
    programme: Programme,
    title: str,
    *,
    since: datetime.date,
    until: datetime.date,
    dues: dict[Tier, datetime.date],
    actor: Actor,
) -> Period:
    """Plan a period with a due date for each tier; lower tiers are due no later than higher ones.

    Who owes, when it is locked and how it is reminded of are taken from the programme's last period.
    """
    require(actor, "report.open", programme.unit)
    _guard_days(since, until, dues)
    last = Period.objects.filter(programme=programme).first()
    period = Period.objects.create(programme=programme, title=title, since=since, until=until)
    PeriodDue.objects.bulk_create([PeriodDue(period=period, tier=t, due=d) for t, d in dues.items()])
    if last is not None:
        take_settings(period, last, actor=actor)
    record(
        "plan_period", actor=actor, kind="period", object_id=period.pk, unit_id=programme.unit_id,
        new=_plan(period, dues),
    )  # fmt: skip
    return period


@transaction.atomic
def change_plan(
    period: Period,
    title: str,
    *,
    since: datetime.date,
    until: datetime.date,
    dues: dict[Tier, datetime.date],
    actor: Actor,
) -> Period:
    """Change the name and the days of a period that is not open yet; the due days are those given and no others."""
    require(actor, "report.open", period.programme.unit)
    period = _planned(period)
    _guard_days(since, until, dues)
    old = _plan(period, {due.tier: due.due for due in period.dues.select_related("tier")})
    period.title, period.since, period.until = title, since, until
    period.save(update_fields=["title", "since", "until"])
    period.dues.all().delete()
    PeriodDue.objects.bulk_create([PeriodDue(period=period, tier=t, due=d) for t, d in dues.items()])
    record(
        "change_plan", actor=actor, kind="period", object_id=period.pk, unit_id=period.programme.unit_id,
        old=old, new=_plan(period, dues),
    )  # fmt: skip
    return period


@transaction.atomic
def drop_plan(period: Period, *, actor: Actor) -> None:
    """Take back a period that was planned by mistake; one with targets or that a worker began to open stays."""
    require(actor, "report.open", period.programme.unit)
    period = _planned(period)
    if period.obligations.exists():
        raise DomainError(
            "period-begun", _("Opening this period has begun: open it, then close it."), status=409
        )
    if period.targets.exists():
        raise DomainError(
            "period-aimed", _("Targets are set for this period: take them away first."), status=409
        )
    old = _plan(period, {due.tier: due.due for due in period.dues.select_related("tier")})
    record(
        "drop_plan",
        actor=actor,
        kind="period",
        object_id=period.pk,
        unit_id=period.programme.unit_id,
        old=old,
    )
    period.exceptions.all().delete()
    period.delete()


def _planned(period: Period) -> Period:
    """Return the locked row of a period that is still being prepared and that no worker is opening."""
    rows = Period.objects.select_for_update(of=("self",)).select_related("programme__unit")
    found = rows.filter(pk=period.pk).first()
    if found is None or found.state != Period.State.DRAFT or under_way([found]):
        raise DomainError(
            "period-not-draft", _("This period is not being prepared any more; its plan stands."), status=409
        )
    return found


def _guard_days(since: datetime.date, until: datetime.date, dues: Mapping[Tier, datetime.date]) -> None:
    if until < since:
        raise DomainError("days-crossed", _("The period ends before it begins."))
    days = [day for _tier, day in sorted(dues.items(), key=lambda item: -item[0].rank)]
    if days != sorted(days):
        raise DomainError("dues-crossed", _("A lower tier must be due no later than the tier above it."))


def _plan(period: Period, dues: Mapping[Tier, datetime.date]) -> dict[str, Any]:
    """Return what the log says of a plan."""
    days = {tier.code: str(day) for tier, day in dues.items()}
    return {"title": period.title, "since": str(period.since), "until": str(period.until), "dues": days}


@transaction.atomic
def close_period(period: Period, *, actor: Actor, tell: bool = True) -> Period:
    """Close a period: who has sent nothing is missing from now on. The job tells the units itself, some at a time."""
    require(actor, "report.open", period.programme.unit)
    period = Period.objects.select_for_update().select_related("programme").get(pk=period.pk)
    if period.state != Period.State.OPEN:
        raise DomainError("period-not-open", _("Only an open period can be closed."), status=409)
    silent = Obligation.objects.filter(period=period, cls__isnull=True)
    units = sorted(silent.values_list("unit_id", flat=True))
    silent.update(cls=Obligation.Class.MISSING)
    period.state = Period.State.CLOSED
    period.save(update_fields=["state"])
    record(
        "close_period", actor=actor, kind="period", object_id=period.pk, unit_id=period.programme.unit_id,
        old={"state": Period.State.OPEN},
        new={"state": Period.State.CLOSED, "missing": len(units), "sha256": digest(units)},
    )  # fmt: skip
    settle_all(period)
    if tell:
        for _told in tell_closed(period, actor=actor):
            pass
    return period
