"""How the units of a subtree stand in a line, who is missing, and the same as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from liencap.communication import access
from liencap.communication.export import as_csv, as_xlsx, rows_of
from liencap.communication.models import Item
from liencap.communication.standing import branches, missing_below
from liencap.ui.paging import page_of
from liencap.units.access import actor_of, get_unit_for, today
from liencap.units.models import Unit

BRANCHES = 100
FILES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _both(request: HttpRequest, pk: int, unit: int) -> tuple[Item, Unit]:
    actor = actor_of(request)
    return access.get_item_for(actor, pk), get_unit_for(actor, unit, access.VIEW)


@require_GET
def standing(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """Show a unit's branches with the sums of their subtrees."""
    item, within = _both(request, pk, unit)
    sums, parts = branches(item, within, today())
    values = {"item": item, "within": within, "sums": sums, "page": page_of(request, parts, BRANCHES)}
    return render(request, "communication/standing.html", values)


@require_GET
def missing(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """List the units of which nothing is recorded yet."""
    item, within = _both(request, pk, unit)
    page = page_of(request, missing_below(item, within))
    values = {"item": item, "within": within, "page": page, "today": today()}
    return render(request, "communication/missing.html", values)


@require_GET
def export(request: HttpRequest, pk: int, unit: int, kind: str) -> HttpResponse:
    """Hand out the standing of every unit of a subtree as a file."""
    item, within = _both(request, pk, unit)
    if kind not in FILES:
        raise Http404
    rows = rows_of(item, within)
    data = as_csv(rows) if kind == "csv" else as_xlsx(rows, item.title)
    answer = HttpResponse(data, content_type=FILES[kind])
    answer["Content-Disposition"] = f'attachment; filename="communication-{item.pk}-{within.pk}.{kind}"'
    return answer
