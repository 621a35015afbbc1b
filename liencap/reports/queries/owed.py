"""Who owes, who waits, who is missing."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from liencap.core.text import next_prefix
from liencap.reports.models import (
    Obligation,
    Period,
    Report,
    Transfer,
)
from liencap.units.models import Unit


def owed_by(unit_id: int) -> QuerySet[Obligation]:
    """Return what a unit owes or has reported, also in the stead of closed units, newest period first.

    The two are put together as a union: joined by an OR they would be looked for in every obligation there is.
    """
    heir = Transfer.objects.filter(kind=Transfer.Kind.SUCCEEDED, successor_id=unit_id).order_by()
    own = Obligation.objects.filter(unit_id=unit_id).order_by()
    mine = own.values_list("pk").union(heir.values_list("obligation_id"))
    found = Obligation.objects.filter(pk__in=mine).exclude(period__state=Period.State.DRAFT)
    return found.select_related("period__programme", "report", "unit").order_by("-period__until", "-pk")


def waiting_for(unit_id: int) -> QuerySet[Report]:
    """Return the reports that wait for a unit's answer, oldest first; after the period only corrections do."""
    waiting = Report.objects.filter(
        Q(obligation__period__state=Period.State.OPEN) | Q(accepted__isnull=False),
        obligation__parent_id=unit_id,
        state=Report.State.SENT,
    )
    return waiting.select_related(
        "obligation__unit", "obligation__period__form", "current", "accepted", "acceptance"
    ).order_by("current__sent_at", "pk")


def below(period: Period, chain: bytes) -> QuerySet[Obligation]:
    """Return the obligations under a place of the frozen tree, without the place itself."""
    return Obligation.objects.filter(period=period, chain__gt=chain, chain__lt=next_prefix(chain))


def within(chain: bytes) -> Q:
    """Keep the obligations at a place of the frozen tree and under it: one range of the index."""
    return Q(chain__gte=chain, chain__lt=next_prefix(chain))


def chain_of(period: Period, unit: Unit) -> bytes:
    """Return the frozen place of a unit in a period; the programme's own unit may owe nothing itself."""
    own = Obligation.objects.filter(period=period, unit=unit).first()
    return bytes(own.chain) if own else unit.pk.to_bytes(4, "big")


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many units below owe a report, and how many of them sent it and had it accepted."""

    expected: int
    received: int
    accepted: int

    @property
    def missing(self) -> int:
        """Return how many have sent nothing."""
        return self.expected - self.received


def completeness(period: Period, unit: Unit) -> Completeness:
    """Count the reports of the units below; one query beside the unit's place."""
    counts = below(period, chain_of(period, unit)).aggregate(
        expected=Count("pk", filter=~Q(cls__in=[Obligation.Class.EXCUSED, Obligation.Class.NOT_DUE])),
        received=Count("pk", filter=Q(report__current__isnull=False)),
        accepted=Count("pk", filter=Q(report__accepted__isnull=False)),
    )
    return Completeness(**counts)


def missing_below(period: Period, unit: Unit) -> QuerySet[Obligation]:
    """Return who below has sent nothing and is not excused, in Vietnamese order."""
    silent = below(period, chain_of(period, unit)).filter(report__current__isnull=True)
    return silent.exclude(cls__in=[Obligation.Class.EXCUSED, Obligation.Class.NOT_DUE]).select_related(
        "unit", "parent"
    )


def children(period: Period, unit: Unit) -> QuerySet[Obligation]:
    """Return the obligations that hang directly under a unit, in Vietnamese order."""
    found = Obligation.objects.filter(period=period, parent=unit)
    return found.select_related("unit", "report__current", "report__accepted", "report__acceptance")


def seers_of(owed: Obligation) -> list[Unit]:
    """Return the units above that see the report once it is sent, the nearest first."""
    found = Unit.objects.select_related("tier").in_bulk(owed.chain_ids[:-1])
    return [found[pk] for pk in reversed(owed.chain_ids[:-1])]
