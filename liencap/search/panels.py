"""The box at the head of every page."""

from typing import Any

from django.http import HttpRequest


def box(request: HttpRequest, target: object) -> dict[str, Any] | None:  # noqa: ARG001  # every panel is given the target
    """Show the box to whoever is signed in; the page of the search has its own."""
    match = request.resolver_match
    here = match is not None and match.app_name == "search"
    return {} if request.user.is_authenticated and not here else None
