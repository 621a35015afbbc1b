"""Who owes a report in a period that is being prepared: by tasks held or by a rule, with exceptions by name."""

import datetime
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef

from liencap.programmes.models import Assignment
from liencap.reports.models import Period, PeriodException
from liencap.units.access import today
from liencap.units.models import Tier, Unit, UnitQuerySet
from liencap.units.rules import Rule, units_by_rule


def rule_of(period: Period) -> Rule | None:
    """Return the rule by which units owe; None when those owe that hold a task."""
    if not period.rule:
        return None
    said: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in period.rule.items()}
    return Rule(**said)


def plain_rule(rule: Rule | None) -> dict[str, object]:
    """Return a rule as values to keep: what it does not ask for is left out."""
    said = asdict(rule) if rule else {}
    return {name: list(v) if isinstance(v, tuple) else v for name, v in said.items() if v}


def holding(period: Period) -> Exists:
    """Say of each unit whether it holds a task of the period's programme."""
    held = Assignment.objects.in_force().filter(task__programme_id=period.programme_id)
    return Exists(held.filter(unit=OuterRef("pk")))


def owing(period: Period) -> UnitQuerySet:
    """Return the units that owe when the period is opened today; no closed one among them.

    Asked unit by unit: beside an OR, a list of all units that hold tasks is gone through anew for each of them.
    """
    rule = rule_of(period)
    if rule is None:
        kept = holding(period)
    else:
        kept = Exists(units_by_rule(rule, period.programme.unit).filter(pk=OuterRef("pk")))
    named = PeriodException.objects.filter(period=period, unit=OuterRef("pk"))
    found = Unit.objects.filter(kept & ~Exists(named.filter(owes=False)) | Exists(named.filter(owes=True)))
    return found.exclude(closed__lte=today())


def days_of(period: Period) -> dict[int, datetime.date]:
    """Return the due day of every tier by id; one that was given none is due with the nearest tier above it.

    A rule or an exception brings in tiers that nobody thought of when the days were given: they too come before
    the tier that waits for them. Two queries.
    """
    given = {due.tier_id: due.due for due in period.dues.all()}
    day, found = max(given.values(), default=period.until), {}
    for pk in Tier.objects.order_by("rank").values_list("pk", flat=True):
        day = found[pk] = given.get(pk, day)
    return found


@dataclass(frozen=True, slots=True)
class Preview:
    """How many units would owe, by tier from below with its due day, and how many hold no task to report on."""

    total: int
    tiers: list[tuple[Tier, int, datetime.date]]
    without_task: int


def preview(period: Period) -> Preview:
    """Count who would owe; five queries."""
    units = owing(period)
    counts = dict(units.order_by().values_list("tier_id").annotate(Count("pk")))
    days = days_of(period)
    tiers = [(t, counts[t.pk], days[t.pk]) for t in Tier.objects.filter(pk__in=counts).order_by("-rank")]
    idle = units.exclude(holding(period)).count() if period.rule else 0
    return Preview(sum(counts.values()), tiers, idle)
