"""A published report as pages to project or print: one thing a page, with the figures that were printed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from liencap.reports.issued import values_of
from liencap.reports.issuing import access, queries
from liencap.reports.issuing.slides import slides_of
from liencap.units.access import actor_of


@require_GET
def present(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the frozen report as pages of the shape of a screen; without script it is one long page."""
    report = access.get_published_for(actor_of(request), pk)
    values = values_of(report)
    shown = {"report": report, "values": values, "slides": slides_of(values)}
    shown |= {"entered": queries.row_of("consolidated_report", pk)}
    shown |= {"errata": queries.errata_of(report), "adoption": queries.adoption_of(report)}
    return render(request, "reports/issuing/present.html", shown)
