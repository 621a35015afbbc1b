"""Plan, open and close periods; opening freezes who owes and on which form."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actions import digest, record
from liencap.audit.actor import Actor
from liencap.errors import DomainError
from liencap.programmes.models import Programme
from liencap.reports.actions.telling import tell_closed, tell_opened
from liencap.reports.figures import nothing
from liencap.reports.models import FormVersion, Obligation, Period, PeriodDue, Report, Total
from liencap.reports.owed.actions.preparing import take_settings
from liencap.reports.owed.proof import frozen_rows
from liencap.reports.owed.who import owing
from liencap.units.access import require
from liencap.units.models import Tier

BATCH = 1000


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
def open_period(period: Period, *, actor: Actor) -> Period:
    """Freeze the obligations of all units that owe by the period's rule; one entry with a digest of them."""
    programme = period.programme
    require(actor, "report.open", programme.unit)
    period = Period.objects.select_for_update().get(pk=period.pk)
    if period.state != Period.State.DRAFT:
        raise DomainError("period-not-draft", _("This period is open already."), status=409)
    form = FormVersion.objects.select_for_update().filter(
        programme=programme
    ).first() or FormVersion.objects.create(programme=programme, n=1)
    owed = _obligations(period)
    if not owed:
        raise DomainError("nobody-owes", _nobody(period))
    Obligation.objects.bulk_create(owed, batch_size=BATCH)
    made = Obligation.objects.filter(period=period).only("pk")
    Report.objects.bulk_create([Report(obligation=o) for o in made], batch_size=BATCH)
    empty = nothing(form.cells)
    units = {o.unit_id for o in owed} | {programme.unit_id}
    Total.objects.bulk_create(
        [Total(period=period, unit_id=u, kind=k, packed=empty) for u in units for k in Total.Kind.values],
        batch_size=BATCH,
    )
    period.state, period.form = Period.State.OPEN, form
    period.save(update_fields=["state", "form"])
    rows = frozen_rows(owed)
    record(
        "open_period", actor=actor, kind="period", object_id=period.pk, unit_id=programme.unit_id,
        old={"state": Period.State.DRAFT},
        new={"state": Period.State.OPEN, "form": form.n, "obligations": len(rows), "sha256": digest(rows),
             "rule": period.rule, "exceptions": period.exceptions.count()},
    )  # fmt: skip
    tell_opened(period, actor=actor)
    return period


def _nobody(period: Period) -> str:
    if period.rule:
        return _("The rule names no unit: nobody would owe a report. Change who owes.")
    return _("No unit holds a task of this programme yet; assign tasks first.")


def _obligations(period: Period) -> list[Obligation]:
    """Place every unit that owes under the nearest one above that also does."""
    top = period.programme.unit
    units = sorted(owing(period).order_by(), key=lambda u: (len(u.path), u.pk))
    dues = {d.tier_id: d.due for d in period.dues.all()}
    last = max(dues.values(), default=period.until)
    chains = {top.pk: top.pk.to_bytes(4, "big")}
    found = []
    for unit in units:
        above = unit.path_ids[:-1] if unit.pk != top.pk else []
        parent = next((i for i in reversed(above) if i in chains), None)
        chains[unit.pk] = chains.get(parent or 0, b"") + unit.pk.to_bytes(4, "big")
        found.append(
            Obligation(
                period=period, unit_id=unit.pk, parent_id=parent, tier_id=unit.tier_id,
                chain=chains[unit.pk], due=dues.get(unit.tier_id, last),
            )
        )  # fmt: skip
    return found


@transaction.atomic
def close_period(period: Period, *, actor: Actor) -> Period:
    """Close a period: who has sent nothing is missing from now on."""
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
    tell_closed(period, actor=actor)
    return period
