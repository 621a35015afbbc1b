"""Who sees and changes the ledger: the unit itself, and the seats of the units above it in the period."""

from django.http import Http404
from django.utils.translation import gettext as _

from liencap.audit.actor import SYSTEM, Actor
from liencap.errors import NotAllowed
from liencap.reports.access import is_head, require_head, require_own, sees
from liencap.reports.models import Obligation, Period, Report
from liencap.reports.owed.twice import Twice, held_twice
from liencap.units.access import seat_of
from liencap.units.models import Unit

JOINED = ("unit__tier", "parent", "tier", "period__form", "period__programme__unit", "report__current")


def stands_above(actor: Actor, owed: Obligation) -> bool:
    """Say whether the actor's seat answers reports and belongs to a unit above in the period."""
    if actor == SYSTEM:
        return True
    seat = seat_of(actor)
    if seat is None or seat.unit_id not in owed.chain_ids[:-1]:
        return False
    return "report.accept" in {*seat.role.own, *seat.role.below}


def require_above(actor: Actor, owed: Obligation) -> None:
    """Refuse whoever does not act for a unit above."""
    if not stands_above(actor, owed):
        raise NotAllowed("not-above", _("Only a seat of a unit above in the period may do this."))


def get_obligation_for(actor: Actor, pk: int) -> Obligation:
    """Fetch an obligation of an opened period: the unit and those above see it, others 404."""
    opened = Obligation.objects.filter(period__form__isnull=False)
    owed = opened.select_related(*JOINED).filter(pk=pk).first()
    if owed is None or not sees(actor, owed):
        raise Http404
    return owed


def get_obligation_to_judge(actor: Actor, pk: int) -> Obligation:
    """Fetch an obligation to act on: who sees it without standing above 403."""
    owed = get_obligation_for(actor, pk)
    require_above(actor, owed)
    return owed


def get_own_obligation_for(actor: Actor, pk: int) -> Obligation:
    """Fetch an obligation of one's own unit, to ask for something: other units 404, readers 403."""
    owed = get_obligation_for(actor, pk)
    if actor.unit_id != owed.unit_id:
        raise Http404
    require_own(actor, "report.fill", owed.unit)
    return owed


def moved_to(actor: Actor, report: Report) -> list[Twice]:
    """Return the units that moved from a report's unit to the actor's own while the report still holds them."""
    found = held_twice(report.obligation.period)
    mine = [one for one in found if one.target.pk == actor.unit_id]
    return [one for one in mine if one.source.pk == report.obligation.unit_id]


def require_heir_of_a_moved_unit(actor: Actor, report: Report) -> list[Twice]:
    """Refuse whoever is not head of the unit to which one moved that the report still holds; return those."""
    found = moved_to(actor, report)
    if not found:
        raise NotAllowed(
            "not-successor",
            _("Only the unit to which another one moved may send this report on in its stead."),
        )
    require_head(actor, found[0].target)
    return found


def get_report_to_carry_in_stead(actor: Actor, pk: int) -> tuple[Report, list[Twice]]:
    """Fetch a report that stands in the way of the actor's unit: others 404, its readers 403; it shows no figure."""
    joined = Report.objects.select_related(
        "obligation__unit", "obligation__parent", "obligation__period__form", "current"
    )
    report = joined.filter(pk=pk, current__isnull=False).first()
    if report is None or not moved_to(actor, report):
        raise Http404
    return report, require_heir_of_a_moved_unit(actor, report)


def to_carry_in_stead(actor: Actor, period: Period, unit: Unit) -> list[Report]:
    """Return the reports of others that a head may send on in their stead; one query where nothing moved."""
    if actor.unit_id != unit.pk:
        return []
    sources = {one.source.pk for one in held_twice(period) if one.target.pk == unit.pk}
    if not sources or not is_head(actor, unit):
        return []
    found = Report.objects.filter(
        obligation__period=period, obligation__unit__in=sources, current__isnull=False
    )
    return list(found.select_related("obligation__unit"))
