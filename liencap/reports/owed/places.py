"""Where units stand in a period after the tree has changed: the place that the tree of the day gives them."""

from dataclasses import dataclass

from django.db.models import QuerySet

from liencap.core.text import next_prefix
from liencap.reports.models import Obligation, Period
from liencap.units.models import Unit

STEP = 4


@dataclass(frozen=True, slots=True)
class Place:
    """The unit above in a period, none where there is none, and the chain down to the unit itself."""

    parent_id: int | None
    chain: bytes


def step(unit_id: int) -> bytes:
    """Return a unit's step in a chain."""
    return unit_id.to_bytes(STEP, "big")


def place_of(period: Period, unit: Unit) -> Place | None:
    """Return where a unit belongs by today's tree: under the nearest unit above that owes, or the programme's own.

    None when the unit does not stand below the programme's unit (any more). One query.
    """
    top = period.programme.unit_id
    if unit.pk == top:
        return Place(None, step(top))
    above = unit.path_ids[:-1]
    if top not in above:
        return None
    rows = Obligation.objects.filter(period=period, unit_id__in=above).values_list("unit_id", "chain")
    chains: dict[int, bytes] = {top: step(top)}
    chains.update((pk, bytes(chain)) for pk, chain in rows)
    nearest = next(pk for pk in reversed(above) if pk in chains)
    return Place(nearest, chains[nearest] + step(unit.pk))


def outermost(period: Period, unit: Unit) -> QuerySet[Obligation]:
    """Return what is owed by a unit or below it in the tree of today, without what hangs under another of these."""
    inside = Unit.objects.all().below(unit).values("pk")
    found = Obligation.objects.filter(period=period, unit__in=inside).exclude(parent__in=inside)
    return found.select_related("unit", "report").order_by("pk")


def subtree(owed: Obligation) -> QuerySet[Obligation]:
    """Return an obligation and all that stand under it in the period."""
    chain = bytes(owed.chain)
    return Obligation.objects.filter(period_id=owed.period_id, chain__gte=chain, chain__lt=next_prefix(chain))
