"""What the documents room shows on pages of lower rooms."""

from typing import Any

from django.http import HttpRequest

from liencap.documents.models import Document, Reading
from liencap.units.access import actor_of, can
from liencap.units.models import Seat
from liencap.work.models import Job

HANDED = 20  # documents that a hand-over names; the list has them all


def for_handover(request: HttpRequest, seat: Seat) -> dict[str, Any] | None:
    """Show what goes along with a seat: the unit's newest documents, those still read, and its open jobs."""
    rights = {*seat.role.own, *seat.role.below}
    if "document.view" not in rights or not can(actor_of(request), "document.view", seat.unit):
        return None
    found = Document.objects.filter(unit=seat.unit_id, draft=False)
    rows = list(found.order_by("-pk")[:HANDED])
    waiting = Reading.objects.filter(
        version__document__unit=seat.unit_id, state=Reading.State.WAITING
    ).count()
    open_ = Job.objects.filter(unit_id=seat.unit_id, state__in=[Job.State.QUEUED, Job.State.RUNNING]).count()
    if not rows and not waiting and not open_:
        return None
    return {"rows": rows, "count": found.count(), "waiting": waiting, "jobs": open_}
