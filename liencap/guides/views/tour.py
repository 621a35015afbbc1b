"""The tour of the sample data: where somebody stands in it is kept in the session and nowhere else."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from liencap.guides.tours import TOURS, Tour, open_to


@never_cache
@require_GET
def tour(request: HttpRequest) -> HttpResponse:
    """List the tours, and say for those of another role who signs in to walk them."""
    _require_sample()
    mine = open_to(request)
    others = [tour for tour in TOURS.values() if tour not in mine]
    return render(
        request, "guides/tour.html", {"mine": mine, "others": others, "at": request.session.get("tour")}
    )


@never_cache
@require_GET
def step(request: HttpRequest, code: str, n: int) -> HttpResponse:
    """Lead to the page of a step; one that the sample has no page for is passed over."""
    chosen = _tour(request, code)
    back = "back" in request.GET
    for at in range(n, 0, -1) if back else range(n, len(chosen.steps) + 1):
        url = chosen.steps[at - 1].place(request)
        if url:
            request.session["tour"] = {"code": code, "n": at, "url": url, "on": True}
            return redirect(url)
    request.session.pop("tour", None)
    return redirect("guides:tour")


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Put the tour aside; the start page leads back to the step."""
    _require_sample()
    if at := request.session.get("tour"):
        request.session["tour"] = {**at, "on": False}
    return redirect("home")


def _require_sample() -> None:
    """Without sample data there is nothing to be led through."""
    if not settings.DEMO:
        raise Http404


def _tour(request: HttpRequest, code: str) -> Tour:
    """Return a tour of the role in which somebody acts."""
    _require_sample()
    chosen = next((tour for tour in open_to(request) if tour.code == code), None)
    if chosen is None:
        raise Http404
    return chosen
