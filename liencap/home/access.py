"""Who may see the jobs and the audit log: a seat with the right, over its subtree."""

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from liencap.audit.actor import Actor
from liencap.audit.models import Entry
from liencap.audit.queries import entries_of_units
from liencap.errors import NotAllowed
from liencap.units.access import actor_of, seat_of, units_visible_to
from liencap.units.models import Seat, Unit
from liencap.work.models import Job
from liencap.work.queries import jobs_of_units


def _judge(actor: Actor, permission: str) -> Seat:
    """Return the seat; turn away who has no seat (404) and whose seat lacks the right (403)."""
    seat = seat_of(actor)
    if seat is None:
        raise Http404
    if permission not in (*seat.role.own, *seat.role.below):
        raise NotAllowed("not-allowed", _("Your seat does not carry the right to see this page."))
    return seat


def _is_top(seat: Seat, permission: str) -> bool:
    """Say whether a seat has a permission over the whole tree; what belongs to no unit is for such seats."""
    return len(seat.unit.path_ids) == 1 and permission in seat.role.below


def jobs_visible_to(actor: Actor) -> QuerySet[Job]:
    """Return one's own jobs and those of the units below the seat; those of no unit for the seats at the top."""
    seat = _judge(actor, "work.view")
    units = units_visible_to(actor, "work.view").order_by().values("pk")
    wanted = Q(unit_id__in=units) | Q(actor_id=actor.user_id)
    return jobs_of_units(None).filter(wanted | Q(unit_id=None) if _is_top(seat, "work.view") else wanted)


def get_job_for(actor: Actor, pk: int) -> Job:
    """Fetch a job; whoever started one may watch it from any seat."""
    own = Job.objects.filter(pk=pk, actor_id=actor.user_id).first() if actor.user_id else None
    return own or get_object_or_404(jobs_visible_to(actor), pk=pk)


def entries_visible_to(actor: Actor) -> QuerySet[Entry]:
    """Return the log of the units below the seat; what belongs to no unit is for the seats at the top."""
    seat = _judge(actor, "audit.view")
    units = units_visible_to(actor, "audit.view").order_by()
    return entries_of_units(units, and_of_none=_is_top(seat, "audit.view"))


def get_entry_for(actor: Actor, pk: int) -> Entry:
    """Fetch an entry of the log that the actor may see."""
    return get_object_or_404(entries_visible_to(actor).select_related("seal"), pk=pk)


def require_open(actor: Actor, entry: Entry) -> None:
    """Refuse whoever may see the entry but not its personal values."""
    if not may_open(actor, entry):
        raise NotAllowed("not-allowed", _("Your seat does not carry the right to do this here."))


def may_open(actor: Actor, entry: Entry) -> bool:
    """Say whether the actor may open the personal values of an entry that the actor may see."""
    seat = seat_of(actor)
    if seat is None:
        return False
    if "audit.personal" in seat.role.below:
        return True
    return "audit.personal" in seat.role.own and entry.unit_id == seat.unit_id


def get_member_unit(request: HttpRequest, wish: str) -> Unit:
    """Return one of the units that the asker belongs to: the one named, or that of the seat, or the first; else 404."""
    units: list[Unit] = request.own_units  # type: ignore[attr-defined]  # set by SeatMiddleware
    actor = actor_of(request)
    acting = next((unit for unit in units if unit.pk == actor.unit_id), None)
    found = (
        next((unit for unit in units if str(unit.pk) == wish), None)
        if wish
        else acting or next(iter(units), None)
    )
    if found is None:
        raise Http404
    return found
