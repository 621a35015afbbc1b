"""One box that searches all rooms, within what the seat may see."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from liencap.card import Hit, functions
from liencap.search.terms import question

FIRST, SIZE, PAGES = 5, 20, 10  # hits of a group on the first page, hits of a page, pages that one turns


def _found(function: Callable[..., list[Hit]], request: HttpRequest, typed: str, limit: int) -> list[Hit]:
    return function(request.actor, typed, limit)  # type: ignore[attr-defined]  # set by SeatMiddleware


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Show the first hits of every room."""
    typed = request.GET.get("q", "").strip()[:300]
    groups: list[dict[str, Any]] = []
    if question(typed):
        for n, function in enumerate(functions("search")):
            if hits := _found(function, request, typed, FIRST + 1):
                groups.append({"n": n, "kind": hits[0].kind, "hits": hits[:FIRST], "more": len(hits) > FIRST})
    return render(request, "search/search.html", {"typed": typed, "groups": groups, "asked": question(typed)})


@require_GET
def more(request: HttpRequest, n: int) -> HttpResponse:
    """Show all hits of one room, by page."""
    typed = request.GET.get("q", "").strip()[:300]
    rooms = functions("search")
    number = request.GET.get("page", "1")
    page = min(int(number), PAGES) if number.isdecimal() and number.isascii() and number != "0" else 1
    if n >= len(rooms) or not question(typed):
        raise Http404
    hits = _found(rooms[n], request, typed, page * SIZE + 1)
    shown = hits[(page - 1) * SIZE : page * SIZE]
    values = {
        "typed": typed, "n": n, "kind": hits[0].kind if hits else "", "hits": shown, "page": page,
        "next": page + 1 if len(hits) > page * SIZE and page < PAGES else None, "last": page == PAGES,
    }  # fmt: skip
    return render(request, "search/more.html", values)
