"""What the guides and the tour show on pages of other rooms."""

from typing import Any

from django.http import HttpRequest


def for_sign_in(request: HttpRequest, target: object) -> dict[str, Any]:  # noqa: ARG001  # every panel is given both
    """Lead to the guide about signing in."""
    return {}
