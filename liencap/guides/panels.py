"""What the guides and the tour show on pages of other rooms; none of it asks the database."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from liencap.guides.tours import TOURS, open_to


def for_sign_in(request: HttpRequest, target: object) -> dict[str, Any]:  # noqa: ARG001  # every panel is given both
    """Lead to the guide about signing in; in a sample say who signs in for which tour."""
    return {"tours": TOURS.values() if settings.DEMO else ()}


def for_home(request: HttpRequest, target: object) -> dict[str, Any] | None:  # noqa: ARG001  # as above
    """Offer the tour of the sample data, or lead back to the step at which it was left."""
    if not settings.DEMO:
        return None
    at = request.session.get("tour")
    if at and at["on"]:
        return None  # the frame shows the step
    mine = open_to(request)
    left = next((tour for tour in mine if at and tour.code == at["code"]), None)
    return {"tours": mine, "left": left, "n": at["n"] if at and left else 0}


def for_frame(request: HttpRequest, target: object) -> dict[str, Any] | None:  # noqa: ARG001  # as above
    """Show the step of the tour over every page until it is left."""
    at = request.session.get("tour") if settings.DEMO and request.user.is_authenticated else None
    if not at or not at["on"]:
        return None
    tour = next((tour for tour in open_to(request) if tour.code == at["code"]), None)
    if tour is None or at["n"] > len(tour.steps):
        return None  # another seat was chosen
    return {
        "tour": tour, "n": at["n"], "step": tour.steps[at["n"] - 1], "count": len(tour.steps),
        "away": request.path != at["url"], "back": at["n"] - 1, "onward": at["n"] + 1,
        "url": at["url"],
    }  # fmt: skip
