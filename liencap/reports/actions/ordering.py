"""Open and close periods of few units at once, and of many in the background."""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import get_language

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.reports.actions.opening import open_period
from liencap.reports.actions.periods import close_period
from liencap.reports.models import Obligation, Period
from liencap.reports.owed.who import owing
from liencap.reports.queries import under_way
from liencap.units.access import require
from liencap.work.actions import enqueue
from liencap.work.models import Job

AT_ONCE = 1000  # units for which somebody waits before the screen; it takes about a second
OPEN, CLOSE = "open-period", "close-period"


@transaction.atomic
def order_opening(period: Period, *, actor: Actor) -> Job | None:
    """Open a period at once where few units owe, else let a worker do it; return the job, the running one if any."""
    require(actor, "report.open", period.programme.unit)
    units = owing(period).order_by()[: AT_ONCE + 1]
    return _order(OPEN, open_period, units.count(), period, actor)


@transaction.atomic
def order_closing(period: Period, *, actor: Actor) -> Job | None:
    """Close a period at once where few units owe, else let a worker do it; return the job, the running one if any."""
    require(actor, "report.open", period.programme.unit)
    units = Obligation.objects.filter(period=period).order_by()[: AT_ONCE + 1]
    return _order(CLOSE, close_period, units.count(), period, actor)


def _order(kind: str, deed: Callable[..., Period], units: int, period: Period, actor: Actor) -> Job | None:
    period = (
        Period.objects.select_for_update(of=("self",)).select_related("programme__unit").get(pk=period.pk)
    )
    if job := under_way([period]).get(period.pk):
        return job
    # What cannot be done is refused at once, by the deed itself.
    ready = period.state == (Period.State.DRAFT if kind == OPEN else Period.State.OPEN)
    if units <= AT_ONCE or not ready:
        deed(period, actor=actor)
        return None
    unit, args = period.programme.unit_id, {"period": period.pk, "language": get_language() or ""}
    job = enqueue(kind, args, actor=actor, key=str(period.pk), unit_id=unit)
    record(
        "order_opening" if kind == OPEN else "order_closing", actor=actor, kind="period", object_id=period.pk,
        unit_id=unit,
    )  # fmt: skip
    return job
