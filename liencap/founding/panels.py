"""What the setting up shows on pages of other rooms."""

from typing import Any

from django.http import HttpRequest

from liencap.founding import queries
from liencap.founding.models import Founding
from liencap.units.models import Seat


def for_home(request: HttpRequest, seat: Seat) -> dict[str, Any] | None:  # noqa: ARG001  # every panel is given the request
    """Show how far the setting up is, until it is finished."""
    if "unit.edit" not in {*seat.role.own, *seat.role.below}:
        return None
    founding = Founding.objects.select_related("unit__tier").filter(unit=seat.unit_id, finished=None).first()
    if founding is None:
        return None
    steps = queries.steps_of(founding)
    return {"steps": steps, "next": next((step for step in steps if step.open), None)}


def for_frame(request: HttpRequest, target: object) -> dict[str, Any] | None:  # noqa: ARG001  # as above
    """Lead back to the steps from every page while the setting up lasts; no query, for the session says so."""
    if not request.user.is_authenticated or not request.session.get("founding"):
        return None
    return {} if request.resolver_match and request.resolver_match.view_name != "founding:steps" else None


def for_sign_in(request: HttpRequest, target: object) -> dict[str, Any] | None:  # noqa: ARG001  # as above
    """Tell who meets an empty installation how it is set up; one query."""
    return {} if queries.is_empty() else None
