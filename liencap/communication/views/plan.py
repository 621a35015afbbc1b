"""The year's plan by month and by item, one month, and what the unit has still to do."""

import calendar
import datetime
from typing import Any

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from liencap.communication import access, queries
from liencap.communication.models import Item, Share
from liencap.communication.standing import Sums, sums_of
from liencap.ui.paging import page_of
from liencap.units.access import actor_of, can, get_unit_for, today
from liencap.units.models import Unit

PAGE = 100


def _unit(request: HttpRequest) -> Unit | None:
    """Return the unit whose plan is asked for: one that the seat may see, or its own; None without a seat."""
    actor, wish = actor_of(request), request.GET.get("unit", "")
    if wish:
        if not wish.isdecimal():
            raise Http404
        return get_unit_for(actor, int(wish[:18]), access.VIEW)
    seat = request.seat  # type: ignore[attr-defined]  # set by SeatMiddleware
    return seat.unit if seat and can(actor, access.VIEW, seat.unit, seat=seat) else None


def _year(request: HttpRequest) -> int:
    wish = request.GET.get("year", "")
    return int(wish) if wish.isdecimal() and 1900 < int(wish[:4]) == int(wish) < 2200 else today().year


@require_GET
def plan(request: HttpRequest) -> HttpResponse:
    """Show a year of a unit's plan, by month or by item, with how the units below stand."""
    unit, year = _unit(request), _year(request)
    values: dict[str, Any] = {
        "unit": unit,
        "year": year,
        "view": "item" if request.GET.get("by") == "item" else "month",
    }
    if unit is None:
        return render(request, "communication/plan.html", values)
    found = queries.plan_of(unit, datetime.date(year, 1, 1), datetime.date(year, 12, 31))
    page = page_of(request, found, PAGE)
    items = list(page.object_list)
    in_force = [item for item in items if item.state == Item.State.ISSUED]
    sums = sums_of(in_force, unit, today())
    for item in items:
        item.sums = sums.get(item.pk, Sums())  # type: ignore[attr-defined]  # for the template
    values |= {
        "page": page, "months": queries.by_month(items, year), "lines": queries.by_item(items, year),
        "years": sorted({*queries.years_of(unit), today().year, year}), "today": today(),
        "may_plan": can(actor_of(request), access.PLAN, unit),
    }  # fmt: skip
    return render(request, "communication/plan.html", values)


@require_GET
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """List the lines that run in a month and the unit's own sessions in it."""
    if not (1900 < year < 2200 and 1 <= month <= 12):
        raise Http404
    first = datetime.date(year, month, 1)
    last = first.replace(day=calendar.monthrange(year, month)[1])
    unit = _unit(request)
    values: dict[str, Any] = {
        "unit": unit, "day": first, "today": today(), "before": first - datetime.timedelta(days=1),
        "after": last + datetime.timedelta(days=1),
    }  # fmt: skip
    if unit is not None:
        values["page"] = page_of(request, queries.plan_of(unit, first, last))
        values["sessions"] = queries.sessions_between(unit, first, last)[:PAGE]
    return render(request, "communication/month.html", values)


@require_GET
def owed(request: HttpRequest) -> HttpResponse:
    """List what the seat's own unit holds: what is open first."""
    actor = actor_of(request)
    held = Share.objects.none()
    seat = request.seat  # type: ignore[attr-defined]  # set by SeatMiddleware
    if seat and can(actor, access.VIEW, seat.unit, seat=seat):
        held = queries.shares_of(seat.unit_id).order_by(F("done_on").asc(nulls_first=True), "due", "pk")
    return render(request, "communication/owed.html", {"page": page_of(request, held), "today": today()})
