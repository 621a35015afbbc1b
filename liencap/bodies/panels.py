"""What the bodies room shows on pages of other rooms."""

from typing import Any

from django.http import HttpRequest

from liencap.bodies import queries
from liencap.bodies.access import VIEW
from liencap.bodies.models import PART_LABELS
from liencap.units.access import actor_of, can, today
from liencap.units.models import Seat, Unit
from liencap.units.queries import bodies_of


def for_unit(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:
    """Show what a unit's bodies lack, and lead to each."""
    if not can(actor_of(request), VIEW, unit):
        return None
    rows = list(bodies_of(unit, today())[:20])
    gaps = queries.gaps_of(unit, today())
    return {"bodies": rows, "gaps": gaps, "labels": PART_LABELS} if rows or gaps else None


def for_home(request: HttpRequest, seat: Seat) -> dict[str, Any] | None:  # noqa: ARG001  # every panel is given the request
    """Show what the seat's own unit still owes of its bodies."""
    if "body.edit" not in {*seat.role.own, *seat.role.below}:
        return None
    gaps = [gap for gap in queries.gaps_of(seat.unit, today()) if gap.missing]
    return {"gaps": gaps, "labels": PART_LABELS} if gaps else None
