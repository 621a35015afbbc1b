"""Plan and close periods."""

import datetime

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
    if until < since:
        raise DomainError("days-crossed", _("The period ends before it begins."))
    days = [day for _tier, day in sorted(dues.items(), key=lambda item: -item[0].rank)]
    if days != sorted(days):
        raise DomainError("dues-crossed", _("A lower tier must be due no later than the tier above it."))
    last = Period.objects.filter(programme=programme).first()
    period = Period.objects.create(programme=programme, title=title, since=since, until=until)
    PeriodDue.objects.bulk_create([PeriodDue(period=period, tier=t, due=d) for t, d in dues.items()])
    if last is not None:
        take_settings(period, last, actor=actor)
    record(
        "plan_period", actor=actor, kind="period", object_id=period.pk, unit_id=programme.unit_id,
        new={"title": title, "since": str(since), "until": str(until),
             "dues": {t.code: str(d) for t, d in dues.items()}},
    )  # fmt: skip
    return period


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
