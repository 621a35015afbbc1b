"""Pieces of this room on the pages of others."""

from typing import Any

from django.db.models import F
from django.http import HttpRequest

from liencap.communication import queries
from liencap.communication.access import ANSWER, PLAN, VIEW
from liencap.communication.models import Item, Session, Share
from liencap.documents.models import Reading
from liencap.units.access import actor_of, can, today
from liencap.units.models import Seat, Unit

SHOWN = 5


def for_home(request: HttpRequest, seat: Seat) -> dict[str, Any] | None:  # noqa: ARG001  # every panel is given the request
    """Show what the seat's unit has to publish and hold next, and questions that wait for its answer."""
    rights = {*seat.role.own, *seat.role.below}
    if VIEW not in rights:
        return None
    rows = list(queries.shares_of(seat.unit_id).filter(state=Share.State.OPEN)[:SHOWN])
    waiting = queries.waiting_at(seat.unit_id).count() if ANSWER in rights else 0
    if not (rows or waiting or PLAN in rights):
        return None
    return {"rows": rows, "waiting": waiting, "today": today(), "may_plan": PLAN in rights}


def for_unit(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:
    """Show the nearest open lines of a unit."""
    if not can(actor_of(request), VIEW, unit):
        return None
    rows = queries.shares_of(unit.pk)
    open_ = list(rows.filter(state=Share.State.OPEN)[:SHOWN])
    return {"rows": open_, "unit": unit, "today": today()} if open_ or rows.exists() else None


def for_document(request: HttpRequest, reading: Reading) -> dict[str, Any] | None:
    """Show the studies of a document, and the way to plan one."""
    document = reading.version.document
    actor = actor_of(request)
    if not can(actor, VIEW, document.unit):
        return None
    rows = list(Item.objects.filter(document=document).select_related("unit").order_by("-pk")[:SHOWN])
    may_plan = can(actor, PLAN, document.unit)
    return {"rows": rows, "document": document, "may_plan": may_plan} if rows or may_plan else None


def for_handover(request: HttpRequest, seat: Seat) -> dict[str, Any] | None:  # noqa: ARG001  # as above
    """Show a successor what is open: lines to record, sessions planned, questions to answer, drafts."""
    rows = list(queries.shares_of(seat.unit_id).filter(state=Share.State.OPEN)[:20])
    sessions = _coming(seat.unit)[:20]
    waiting = queries.waiting_at(seat.unit_id).count()
    drafts = list(Item.objects.filter(unit=seat.unit_id, state=Item.State.DRAFT)[:20])
    if not (rows or sessions or waiting or drafts):
        return None
    values = {"rows": rows, "sessions": sessions, "waiting": waiting, "drafts": drafts}
    return values | {"today": today()}


def for_member(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:  # noqa: ARG001  # as above
    """Show an ordinary member what the unit publishes, when its sessions are, and what was answered."""
    day = today()
    shares = Share.objects.filter(unit=unit, item__state=Item.State.ISSUED)
    shares = shares.exclude(state=Share.State.NOT_APPLICABLE).select_related("item")
    rows = list(shares.filter(item__sessions_each=0).order_by(F("item__until").desc(), "-pk")[:SHOWN])
    sessions = _coming(unit, all_states=True)[:SHOWN]
    return {"rows": rows, "sessions": sessions, "day": day} if rows or sessions else None


def _coming(unit: Unit, *, all_states: bool = False) -> list[Session]:
    """Return the sessions of a unit from today on; with all states also those that do not take place."""
    found = Session.objects.filter(share__unit=unit, share__item__state=Item.State.ISSUED, day__gte=today())
    if not all_states:
        found = found.filter(state=Session.State.PLANNED)
    return list(found.select_related("share__item").order_by("day", "hour", "pk")[:20])
