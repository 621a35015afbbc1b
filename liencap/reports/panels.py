"""Pieces of this room on the pages of others."""

from typing import Any

from django.http import HttpRequest

from liencap.archive.models import Record
from liencap.programmes.models import Programme
from liencap.reports import issued, lists, queries
from liencap.reports.models import Edition, Period
from liencap.units.access import actor_of, can, member_of
from liencap.units.models import Seat, Unit

HANDED = 30  # rows of each kind that a hand-over names
SHOWN = 5


def owed(request: HttpRequest, seat: Seat) -> dict[str, Any] | None:  # noqa: ARG001  # every panel is given the request
    """Show what the seat's unit has still to send."""
    rows = list(lists.still_owed(seat.unit_id)[:6])
    return {"rows": rows[:5], "more": len(rows) > 5} if rows else None


def waiting(request: HttpRequest, seat: Seat) -> dict[str, Any] | None:  # noqa: ARG001  # as above
    """Show which reports wait for the seat's answer."""
    if "report.accept" not in {*seat.role.own, *seat.role.below}:
        return None
    rows = list(queries.waiting_for(seat.unit_id)[:6])
    return {"rows": rows[:5], "more": len(rows) > 5} if rows else None


def standing(request: HttpRequest, seat: Seat) -> dict[str, Any] | None:  # noqa: ARG001  # as above
    """Show how the seat's subtree stands in the open periods."""
    if "report.view" not in seat.role.below:
        return None
    periods = lists.periods_of(seat.unit_id).filter(state=Period.State.OPEN)[:3]
    rows = [(period, queries.completeness(period, seat.unit)) for period in periods]
    rows = [(period, count) for period, count in rows if count.expected]
    return {"rows": rows, "unit": seat.unit} if rows else None


def for_unit(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:
    """Show on a unit's page what it owes and has sent, to those who may see its reports."""
    if not can(actor_of(request), "report.view", unit):
        return None
    rows = list(queries.owed_by(unit.pk)[:5])
    return {"rows": rows, "unit": unit} if rows else None


def for_record(request: HttpRequest, record: Record) -> dict[str, Any] | None:  # noqa: ARG001  # as above
    """Lead from a filed report or edition to its page, where each figure opens."""
    if record.source_kind == "report_edition":
        edition = Edition.objects.filter(pk=record.source_id).first()
        return {"pk": edition.report_id, "n": edition.n} if edition else None
    return {"pk": record.source_id} if record.source_kind == "consolidated_report" else None


def for_programme(request: HttpRequest, programme: Programme) -> dict[str, Any] | None:
    """Show on a programme's page its periods, and to who may the way to plan one."""
    actor = actor_of(request)
    if not can(actor, "report.view", programme.unit):
        return None
    opens = can(actor, "report.open", programme.unit)
    rows = list(Period.objects.filter(programme=programme)[:5])
    return {"programme": programme, "rows": rows, "opens": opens} if rows or opens else None


def for_handover(request: HttpRequest, seat: Seat) -> dict[str, Any] | None:
    """Show what goes along with a seat: reports due or returned and those to answer; never what a draft says."""
    rights = {*seat.role.own, *seat.role.below}
    if "report.view" not in rights or not can(actor_of(request), "report.view", seat.unit):
        return None
    owed_ = list(lists.still_owed(seat.unit_id)[:HANDED]) if {"report.fill", "report.send"} & rights else []
    answer = list(queries.waiting_for(seat.unit_id)[:HANDED]) if "report.accept" in rights else []
    return {"owed": owed_, "answer": answer} if owed_ or answer else None


def for_member(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:
    """Show who belongs to a unit what it answered and what came of it; nothing that is not issued."""
    if not member_of(actor_of(request).user_id, unit):
        return None
    published = list(issued.issued_to(unit)[: SHOWN + 1])
    answered = list(issued.answered_by(unit)[:SHOWN])
    return {
        "unit": unit,
        "answered": answered,
        "published": published[:SHOWN],
        "more": len(published) > SHOWN,
    }
