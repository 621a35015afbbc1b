"""Who may see and do what with a joint activity: the units it names, and for the rest it does not exist."""

from django.http import Http404

from liencap.audit.actor import Actor
from liencap.reports.access import get_acting_unit
from liencap.reports.models import JointActivity, Obligation, Period
from liencap.units.access import require
from liencap.units.models import Unit


def get_own_period(actor: Actor, pk: int) -> tuple[Period, Unit, Obligation]:
    """Fetch a period in which the seat's unit owes a report; others 404, readers 403."""
    unit = get_acting_unit(actor)
    owed = (
        Obligation.objects.filter(period_id=pk, unit=unit)
        .select_related("period__form", "unit", "tier")
        .first()
    )
    if owed is None or owed.period.form is None:
        raise Http404
    require(actor, "report.fill", unit)
    return owed.period, unit, owed


def get_activity_for(actor: Actor, pk: int) -> tuple[JointActivity, Unit]:
    """Fetch an activity that names the seat's unit as host or partner; others 404, readers 403."""
    unit = get_acting_unit(actor)
    found = JointActivity.objects.select_related("host", "task", "period__form").filter(pk=pk).first()
    if found is None or (found.host_id != unit.pk and not found.partners.filter(unit=unit).exists()):
        raise Http404
    require(actor, "report.fill", unit)
    return found, unit
