"""What a member of a unit reads: the published reports that concern it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from liencap.reports import issued
from liencap.ui.paging import page_of
from liencap.units.access import actor_of, get_own_unit


@require_GET
def issued_list(request: HttpRequest, unit: int) -> HttpResponse:
    """List the published reports of the unit and those above that name it."""
    found = get_own_unit(actor_of(request), unit)
    page = page_of(request, issued.issued_to(found), 20)
    return render(
        request, "reports/issued_list.html", {"unit": found, "page": page, "rows": page.object_list}
    )


@require_GET
def issued_report(request: HttpRequest, unit: int, pk: int) -> HttpResponse:
    """Show a published report as far as it concerns the unit, with the printed files."""
    found = get_own_unit(actor_of(request), unit)
    report = get_object_or_404(issued.issued_to(found), pk=pk)
    newest, values = issued.newest_of(report)
    if first := "first" in request.GET:
        values = issued.values_of(report)
    page = page_of(request, issued.parts_for(values, report, found), 10)
    shown = {
        "unit": found,
        "report": report,
        "newest": newest,
        "first": first,
        "values": values,
        "page": page,
        "own": report.unit_id == found.pk,
        "silent": issued.is_silent(values, found),
    }
    return render(request, "reports/issued.html", shown)
