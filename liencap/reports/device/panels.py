"""What every page carries for who writes reports: the script's words, so that what waits on the device is brought."""

from typing import Any

from django.http import HttpRequest

from liencap.reports.device.keys import owner_of


def for_frame(request: HttpRequest, target: object) -> dict[str, Any] | None:  # noqa: ARG001  # every panel is given it
    """Give the device's script what it needs; no query: the seat came with the request."""
    seat = getattr(request, "seat", None)
    if seat is None or request.user.pk is None or "report.fill" not in {*seat.role.own, *seat.role.below}:
        return None
    return {"owner": owner_of(request.user.pk)}
