"""How a unit and all below it stand in a period; every number opens into its parts."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from liencap.reports import access, queries, standing
from liencap.reports.models import Total
from liencap.ui.paging import page_of
from liencap.units.access import actor_of


@require_GET
def rollup(request: HttpRequest, period: int, unit: int) -> HttpResponse:
    """Show received and official totals side by side, completeness, and the units directly below."""
    when, who = access.get_period_unit_for(actor_of(request), period, unit)
    values = {
        "period": when,
        "unit": who,
        "count": queries.completeness(when, who),
        "rows": standing.indicator_rows(when, who),
        "tasks": standing.task_rows(when, who),
        "page": page_of(request, queries.children(when, who)),
    }
    return render(request, "reports/rollup.html", values)


@require_GET
def missing(request: HttpRequest, period: int, unit: int) -> HttpResponse:
    """List who below has sent nothing yet."""
    when, who = access.get_period_unit_for(actor_of(request), period, unit)
    page = page_of(request, queries.missing_below(when, who))
    count = queries.completeness(when, who)
    return render(
        request, "reports/missing.html", {"period": when, "unit": who, "page": page, "count": count}
    )


@require_GET
def parts(request: HttpRequest, period: int, unit: int, kind: str, code: str, cell: str) -> HttpResponse:
    """Open one number into the unit's own report and what each unit below brought."""
    when, who = access.get_period_unit_for(actor_of(request), period, unit)
    if kind not in Total.Kind.values:
        raise Http404
    opened = standing.opened(when, who, kind, code, cell)
    if opened is None:
        raise Http404
    page = page_of(request, opened.parts)
    values = {"period": when, "unit": who, "kind": Total.Kind(kind), "opened": opened, "page": page}
    return render(request, "reports/parts.html", values)
