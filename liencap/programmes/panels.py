"""What the programmes room shows on pages of lower rooms."""

from typing import Any

from django.db.models import F
from django.http import HttpRequest

from liencap.archive.models import Record
from liencap.documents.models import Reading
from liencap.programmes.models import Assignment, Programme, Proposal
from liencap.programmes.queries import asked_of
from liencap.units.access import actor_of, can, member_of, today
from liencap.units.models import Seat, Unit, UnitEvent

HANDED = 30  # rows of each kind that a hand-over names; the list of assignments has them all
SHOWN = 6


def for_document(request: HttpRequest, reading: Reading) -> dict[str, Any] | None:
    """Show the way from a reading to its proposal and programme, and directions without a task; three queries."""
    actor, unit = actor_of(request), reading.version.document.unit
    if not can(actor, "programme.view", unit):
        return None
    proposal = Proposal.objects.filter(reading=reading).first()
    programme = Programme.objects.filter(reading=reading).first()
    rows = proposal.rows if proposal and not programme else []
    return {
        "reading": reading,
        "proposal": proposal,
        "programme": programme,
        "loose": list(programme.directions.filter(links=None)[:20]) if programme else [],
        "loose_rows": sum(r["kind"] == "direction" and not r["links"] and not r["aside"] for r in rows),
        "may_edit": can(actor, "programme.edit", unit),
    }


def for_home(request: HttpRequest, seat: Seat) -> dict[str, Any] | None:  # noqa: ARG001  # every panel is given the request
    """Show what the seat's unit was given: how much is not confirmed, and what is due next."""
    if "programme.view" not in {*seat.role.own, *seat.role.below}:
        return None
    held = Assignment.objects.owed_by(seat.unit_id).filter(task__programme__state=Programme.State.ACTIVE)
    rows = held.filter(due__gte=today()).select_related("task__programme").order_by("due", "pk")[:5]
    new = held.filter(state=Assignment.State.ASSIGNED).count()
    return {"rows": rows, "new": new} if new or rows else None


def start(request: HttpRequest, seat: Seat) -> dict[str, Any] | None:  # noqa: ARG001  # as above
    """Show the programmes that the seat's unit set itself, and the way to begin one."""
    if "programme.edit" not in {*seat.role.own, *seat.role.below}:
        return None
    rows = Programme.objects.filter(unit=seat.unit_id, state=Programme.State.ACTIVE).order_by("-pk")[:3]
    return {
        "rows": rows,
        "waiting": Proposal.objects.filter(unit=seat.unit_id, confirmed=False).order_by("-pk")[:3],
    }


def for_event(request: HttpRequest, event: UnitEvent) -> dict[str, Any] | None:
    """Say to who recorded an event which tasks of that unit and below have their day from it; three queries."""
    if not can(actor_of(request), "programme.view", event.unit):
        return None
    due = Assignment.objects.filter(event=event, event_due__isnull=False).order_by("due", "pk")
    rows = list(due.filter(unit=event.unit_id).select_related("task", "unit")[:SHOWN])
    waits = {"task__deadlines__event_kind": event.kind, "task__programme__state": Programme.State.ACTIVE}
    waiting = Assignment.objects.owed_by(event.unit_id).filter(event=None, **waits).exists()
    values = {"event": event, "rows": rows, "all": due.count(), "waiting": waiting}
    return values if rows or values["all"] or waiting else None


def for_record(request: HttpRequest, record: Record) -> dict[str, Any] | None:  # noqa: ARG001  # every panel is given the request
    """Lead from a filed plan to the programme that was made of it."""
    return {"pk": record.source_id} if record.source_kind == "programme" else None


def for_unit(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:
    """Show what a unit owes: the nearest ten assignments."""
    if not can(actor_of(request), "programme.view", unit):
        return None
    found = (
        Assignment.objects.owed_by(unit.pk)
        .select_related("task__programme")
        .order_by(F("due").asc(nulls_last=True), "pk")
    )
    return {"assignments": found[:10], "count": found.count()}


def for_handover(request: HttpRequest, seat: Seat) -> dict[str, Any] | None:
    """Show what goes along with a seat: assignments not received or still due, and plans being prepared."""
    rights = {*seat.role.own, *seat.role.below}
    if "programme.view" not in rights or not can(actor_of(request), "programme.view", seat.unit):
        return None
    held = Assignment.objects.owed_by(seat.unit_id).filter(task__programme__state=Programme.State.ACTIVE)
    held = held.select_related("task__programme").order_by(F("due").asc(nulls_last=True), "pk")
    new = list(held.filter(state=Assignment.State.ASSIGNED)[:HANDED])
    due = list(held.filter(state=Assignment.State.RECEIVED, due__gte=today())[:HANDED])
    plans = Proposal.objects.filter(unit=seat.unit_id, confirmed=False).order_by("-pk")
    shown = list(plans[:HANDED]) if "programme.edit" in rights else []
    more = HANDED in (len(new), len(due))
    return {"new": new, "due": due, "plans": shown, "more": more} if new or due or shown else None


def for_member(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:
    """Show who belongs to a unit what it was asked: what is due next first."""
    if not member_of(actor_of(request).user_id, unit):
        return None
    rows = list(asked_of(unit, today()).filter(task__programme__state=Programme.State.ACTIVE)[: SHOWN + 1])
    return {"unit": unit, "rows": rows[:SHOWN], "more": len(rows) > SHOWN, "today": today()}
