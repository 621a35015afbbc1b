"""Which joint activities a report names, what they add to the host's figures, and how they read."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from liencap.core.rollup.layout import State
from liencap.reports.models import JointActivity, JointPartner, Obligation, Period
from liencap.units.models import Unit

Figures = dict[tuple[str, str], Decimal | State]


def activities_of(period: Period, unit_id: int) -> QuerySet[JointActivity]:
    """Return the activities that a unit hosts or takes part in, newest first; those taken back are left out."""
    taking = JointPartner.objects.filter(unit_id=unit_id).exclude(state=JointPartner.State.DECLINED)
    found = JointActivity.objects.filter(
        Q(host_id=unit_id) | Q(pk__in=taking.values("activity_id")), period=period, withdrawn=False
    )
    return found.select_related("host", "task").prefetch_related("partners__unit").order_by("-pk")


def named_in(period: Period, unit_id: int) -> QuerySet[JointActivity]:
    """Return all activities a unit is named in, also those it declined, for its own page."""
    mine = Q(host_id=unit_id) | Q(partners__unit_id=unit_id)
    found = JointActivity.objects.filter(mine, period=period, withdrawn=False).distinct()
    return found.select_related("host", "task").prefetch_related("partners__unit").order_by("-pk")


def frozen(owed: Obligation) -> list[dict[str, Any]]:
    """Return the activities of a report as its version keeps them; the host's are counted, a partner's are not."""
    return [
        {
            "activity": one.pk,
            "title": one.title,
            "host": str(one.host),
            "partners": [str(p.unit) for p in one.partners.all() if p.state != JointPartner.State.DECLINED],
            "counted": one.host_id == owed.unit_id,
            "figures": one.figures,
        }
        for one in activities_of(owed.period, owed.unit_id)
    ]


def with_joint(
    figures: Mapping[tuple[str, str], Decimal | State], rows: Iterable[Mapping[str, Any]]
) -> Figures:
    """Add what is counted at this unit to what it typed; a cell that says nothing then says the joint figure."""
    return _shifted(figures, rows, 1)


def without_joint(
    figures: Mapping[tuple[str, str], Decimal | State], rows: Iterable[Mapping[str, Any]]
) -> Figures:
    """Take the joint figures out of a version again: what the unit typed itself."""
    return _shifted(figures, rows, -1)


def _shifted(
    figures: Mapping[tuple[str, str], Decimal | State], rows: Iterable[Mapping[str, Any]], sign: int
) -> Figures:
    found = dict(figures)
    for row in rows:
        for one in row["figures"] if row["counted"] else ():
            key = one["code"], one["cell"]
            said = found.get(key)
            base = Decimal(0) if said is None or isinstance(said, State) else said
            found[key] = base + sign * Decimal(one["number"])
    return found


def names_of(units: Sequence[Unit]) -> str:
    """Write units one after the other."""
    return ", ".join(str(unit) for unit in units)
