"""Pieces of this room on the pages of others."""

from typing import Any

from django.http import HttpRequest

from liencap.archive.models import Record
from liencap.plans import access, queries
from liencap.plans.models import UnitPlan
from liencap.programmes.models import Programme
from liencap.units.access import actor_of, can
from liencap.units.models import Seat, Unit


def _open_rows(unit_id: int) -> list[queries.OwnRow]:
    """Return the programmes whose plan the unit has begun, or is asked for and has not issued; three queries."""
    held = queries.programmes_held_by(unit_id).filter(state=Programme.State.ACTIVE)
    rows = queries.own_rows(list(held[:20]), unit_id)
    return [row for row in rows if row.draft or (row.due and not row.plan)]


def for_home(request: HttpRequest, seat: Seat) -> dict[str, Any] | None:  # noqa: ARG001  # every panel is given the request
    """Show which plans the unit has still to issue."""
    if access.WRITE not in {*seat.role.own, *seat.role.below}:
        return None
    rows = _open_rows(seat.unit_id)
    return {"rows": rows[:5], "more": len(rows) > 5} if rows else None


def for_handover(request: HttpRequest, seat: Seat) -> dict[str, Any] | None:  # noqa: ARG001  # as above
    """Show a successor which plans are begun or due."""
    rows = _open_rows(seat.unit_id)
    return {"rows": rows} if rows else None


def for_programme(request: HttpRequest, programme: Programme) -> dict[str, Any] | None:
    """Show on a programme's page how many units below have issued a plan, and the way to one's own."""
    actor = actor_of(request)
    seat = request.seat  # type: ignore[attr-defined]  # set by SeatMiddleware
    if seat is None or not can(actor, access.VIEW, seat.unit, seat=seat):
        return None
    within = seat.unit if seat.unit.is_under(programme.unit) else programme.unit
    counts = queries.counts_by_tier(programme, within) if access.VIEW in seat.role.below else []
    row = None if programme.unit_id == seat.unit_id else queries.own_rows([programme], seat.unit_id)[0]
    row = row if row and row.held else None
    return {"programme": programme, "counts": counts, "row": row, "within": within} if counts or row else None


def for_unit(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:
    """Show the plans of a unit that are in force, to those who may see them."""
    if not can(actor_of(request), access.VIEW, unit):
        return None
    rows = list(UnitPlan.objects.issued().filter(unit=unit).select_related("programme").defer("values")[:5])
    return {"rows": rows} if rows else None


def for_member(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:  # noqa: ARG001  # as above
    """Show a member what their unit has issued; who may ask is judged by the page that has the slot."""
    rows = list(UnitPlan.objects.issued().filter(unit=unit).order_by("-date", "-pk")[:5])
    return {"rows": rows} if rows else None


def for_record(request: HttpRequest, record: Record) -> dict[str, Any] | None:  # noqa: ARG001  # as above
    """Lead from a filed plan to its page, where its tasks open."""
    return {"pk": record.source_id} if record.source_kind == "unit_plan" else None
