"""What the notices room shows on other pages: the bell, and what is new for a seat."""

from typing import Any

from django.http import HttpRequest

from liencap.notices import queries
from liencap.units.models import Seat

FEW = 3


def bell(request: HttpRequest, seat: Seat | None) -> dict[str, Any] | None:
    """Count what is unread; the frame shows the bell twice, so the number is kept with the request: one query."""
    if not seat:
        return None
    if not hasattr(request, "unread_notices"):
        request.unread_notices = queries.unread_of(seat)  # type: ignore[attr-defined]  # ours
    unread = request.unread_notices  # type: ignore[attr-defined]  # set above
    return {"unread": unread, "shown": str(unread) if unread <= queries.MOST else f"{queries.MOST}+"}


def for_home(request: HttpRequest, seat: Seat) -> dict[str, Any] | None:  # noqa: ARG001  # every panel is given the request
    """Show the newest unread notices of the seat."""
    rows = list(queries.open_of(seat).filter(unread=True)[: FEW + 1])
    return {"rows": rows[:FEW], "more": len(rows) > FEW} if rows else None


def for_account(request: HttpRequest, user: object) -> dict[str, Any]:  # noqa: ARG001  # as above
    """Lead from one's account to the choice of mail."""
    return {}


def for_handover(request: HttpRequest, seat: Seat) -> dict[str, Any] | None:  # noqa: ARG001  # as above
    """Show what is open in a seat that is handed over: the successor will find it."""
    found = queries.open_of(seat).filter(to_do=True)
    rows = list(found[: FEW + 1])
    return (
        {"rows": rows[:FEW], "count": found.order_by().count() if rows[FEW:] else len(rows)} if rows else None
    )
