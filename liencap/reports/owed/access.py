"""Who sees and changes the ledger: the unit itself, and the seats of the units above it in the period."""

from django.http import Http404
from django.utils.translation import gettext as _

from liencap.audit.actor import SYSTEM, Actor
from liencap.errors import NotAllowed
from liencap.reports.access import get_programme_to_open, require_own, sees
from liencap.reports.models import Obligation, Period
from liencap.units.access import seat_of

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
    owed = Obligation.objects.select_related(*JOINED).filter(pk=pk).first()
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


def get_period_to_prepare(actor: Actor, pk: int) -> Period:
    """Fetch a period whose ledger the actor lays down: unseen 404, without the right 403."""
    period = Period.objects.select_related("programme__unit").filter(pk=pk).first()
    if period is None:
        raise Http404
    get_programme_to_open(actor, period.programme_id)
    return period
