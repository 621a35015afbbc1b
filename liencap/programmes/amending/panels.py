"""Pieces about amendments on other pages."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest

from liencap.documents.models import Reading
from liencap.programmes.amending import queries
from liencap.programmes.models import Amendment, AmendmentProposal, Assignment, Programme, Task
from liencap.units.access import actor_of, can
from liencap.units.models import Seat, Unit


def _may(request: HttpRequest, permission: str, unit: Unit) -> bool:
    """Judge by the seat that the middleware has read already; no query."""
    seat: Seat | None = request.seat  # type: ignore[attr-defined]  # set by SeatMiddleware
    return seat is not None and can(actor_of(request), permission, unit, seat=seat)


def for_programme(request: HttpRequest, programme: Programme) -> dict[str, Any] | None:
    """Show a programme's amendments, those that wait to be confirmed, and to who may the way to a new one."""
    may_edit = programme.state == Programme.State.ACTIVE and _may(request, "programme.edit", programme.unit)
    rows = list(Amendment.objects.filter(programme=programme)[:20])
    waiting: list[AmendmentProposal] = []
    if may_edit:
        open_ = AmendmentProposal.objects.filter(programme=programme, confirmed=False)
        waiting = list(
            open_.select_related("reading__version__document").defer("reading__text", "reading__plan")[:5]
        )
    return (
        {"programme": programme, "rows": rows, "waiting": waiting, "may_edit": may_edit}
        if rows or may_edit
        else None
    )


def for_assignment(request: HttpRequest, assignment: Assignment) -> dict[str, Any] | None:
    """Show a unit what changed in its task, old and new, and to who may the button to confirm it."""
    told = queries.told_of(assignment)
    if not told:
        return None
    may = _may(request, "programme.receive", assignment.unit)
    waits = any(notice.confirmed_at is None for notice, _difference in told)
    return {"assignment": assignment, "told": told, "waits": waits, "may_confirm": waits and may}


def for_task(request: HttpRequest, task: Task) -> dict[str, Any] | None:
    """Show all versions of a task, and within what the seat may see how many have confirmed each."""
    found = queries.versions_of(task)
    if not found:
        return None
    counted = queries.seen_by_version(task, actor_of(request))
    return {"task": task, "rows": [(one, counted.get(one.version.n)) for one in found]}


def for_home(request: HttpRequest, seat: Seat) -> dict[str, Any] | None:  # noqa: ARG001  # every panel is given the request
    """Show what the seat's unit has to confirm, and how its own amendments stand below."""
    if "programme.view" not in {*seat.role.own, *seat.role.below}:
        return None
    notices = queries.open_notices(seat.unit_id)
    rows = list(notices.select_related("assignment__task", "amendment").order_by("pk")[:5])
    more = notices.count() if rows else 0
    told = Count("notices")
    own = Amendment.objects.filter(programme__unit=seat.unit_id).annotate(
        told=told, confirmed=Count("notices", filter=Q(notices__confirmed_at__isnull=False))
    )
    mine = list(own.order_by("-pk")[:3])
    return {"rows": rows, "count": more, "mine": mine} if rows or mine else None


def for_handover(request: HttpRequest, seat: Seat) -> dict[str, Any] | None:  # noqa: ARG001  # as above
    """Show the successor what the unit has not confirmed yet."""
    rows = list(queries.open_notices(seat.unit_id).select_related("assignment__task", "amendment")[:20])
    return {"rows": rows} if rows else None


def for_document(request: HttpRequest, reading: Reading) -> dict[str, Any] | None:
    """Show the way from a later document to the programme that it changes."""
    unit = reading.version.document.unit
    if not _may(request, "programme.edit", unit):
        return None
    others = Programme.objects.filter(unit=unit, state=Programme.State.ACTIVE).exclude(reading=reading)
    done = list(Amendment.objects.filter(reading=reading).select_related("programme")[:5])
    return {"reading": reading, "done": done} if done or others.exists() else None


def for_member(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:  # noqa: ARG001  # as above
    """Show an ordinary member which later documents changed what the unit was asked."""
    rows = Amendment.objects.filter(notices__assignment__unit=unit).distinct()[:5]
    return {"rows": list(rows)} if rows else None
