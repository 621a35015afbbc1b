"""What every page needs: the menu, the seats, the mark of sample data."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from liencap.card import BELONGS, helps, menu


def house(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's values; no query with a seat, which came with the request, and one without."""
    seat = getattr(request, "seat", None)
    belongs = bool(seat or getattr(request, "own_units", None))
    return {
        "menu": _lines(request.path, seat, belongs=belongs),
        "seat": seat,
        "seats": getattr(request, "seats", []),
        "is_demo": settings.DEMO,
        "next_step": helps().get(request.resolver_match.view_name) if request.resolver_match else None,
    }


def _lines(path: str, seat: Any, *, belongs: bool) -> list[dict[str, Any]]:
    """Return the menu lines that the seat may open; a line without a page yet is left out."""
    rights = {*seat.role.own, *seat.role.below} if seat else set()
    rights |= {BELONGS} if belongs else set()
    lines: list[dict[str, Any]] = []
    for item in menu():
        if item.permission and item.permission not in rights:
            continue
        try:
            url = reverse(item.url)
        except NoReverseMatch:
            continue
        lines.append({"url": url, "label": item.label, "icon": item.icon, "here": False})
    # One line at most is where the reader is: the register lies below the reports, yet is a line of its own.
    under = [
        line for line in lines if path == line["url"] or (line["url"] != "/" and path.startswith(line["url"]))
    ]
    if under:
        max(under, key=lambda line: len(line["url"]))["here"] = True
    return lines
