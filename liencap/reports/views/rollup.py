"""How a unit and all below it stand in a period; every number opens into its parts."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from liencap.reports import access, actions, lists, queries, standing
from liencap.reports.answering.gaps import named_by
from liencap.reports.forming.progress import progress_of
from liencap.reports.ledger import ledger_lines
from liencap.reports.models import Total
from liencap.reports.numbers import kept_note
from liencap.reports.owed.access import to_carry_in_stead
from liencap.ui.paging import page_of
from liencap.units.access import actor_of, can


@require_GET
def rollup(request: HttpRequest, period: int, unit: int) -> HttpResponse:
    """Show received and official totals side by side, completeness, and the units directly below."""
    when, who = access.get_period_unit_for(actor_of(request), period, unit)
    veils, count = queries.veils_for(actor_of(request).unit_id), queries.completeness(when, who)
    tasks, counted_at = standing.task_rows(when, who, count.received)
    values = {
        "period": when,
        "unit": who,
        "count": count,
        "rows": (rows := standing.indicator_rows(when, who, veils(when))),
        "kept_note": kept_note() if standing.signs_in(rows) else "",
        "progress": progress_of(when, who, veils),
        "tasks": tasks,
        "counted_at": counted_at,
        "page": page_of(request, queries.children(when, who)),
        "proof": queries.last_proof(when, who),
        "in_stead": to_carry_in_stead(actor_of(request), when, who),
        "may_check": can(actor_of(request), "report.open", when.programme.unit),
    }
    return render(request, "reports/rollup.html", values)


@require_POST
def check(request: HttpRequest, period: int, unit: int) -> HttpResponse:
    """Let a worker compute all totals of the period anew and compare."""
    actor = actor_of(request)
    when, who = access.get_period_unit_for(actor, period, unit)
    actions.ask_proof(when, actor=actor)
    messages.success(
        request, _("The totals are computed anew in the background; the result will stand on this page.")
    )
    return redirect("reports:rollup", when.pk, who.pk)


@require_GET
def ledger(request: HttpRequest, period: int, unit: int) -> StreamingHttpResponse:
    """Hand out every figure that was sent by the unit and below it, line by line."""
    when, who = access.get_period_unit_for(actor_of(request), period, unit)
    veil = queries.Veil(when, actor_of(request).unit_id)
    answer = StreamingHttpResponse(ledger_lines(when, who, veil), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="ledger-{when.pk}-{who.pk}.csv"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_GET
def missing(request: HttpRequest, period: int, unit: int) -> HttpResponse:
    """List who below has sent nothing yet."""
    when, who = access.get_period_unit_for(actor_of(request), period, unit)
    page = page_of(request, queries.missing_below(when, who), most=lists.MOST)
    values = {"period": when, "unit": who, "page": page, "count": queries.completeness(when, who)}
    values["gaps"] = {str(pk): gap for pk, gap in named_by(who, when).items()}
    values["closes"] = actor_of(request).unit_id == who.pk and can(actor_of(request), "report.accept", who)
    return render(request, "reports/missing.html", values)


@require_GET
def parts(request: HttpRequest, period: int, unit: int, kind: str, code: str, cell: str) -> HttpResponse:
    """Open one number into the unit's own report and what each unit below brought."""
    when, who = access.get_period_unit_for(actor_of(request), period, unit)
    if kind not in Total.Kind.values:
        raise Http404
    veil = queries.Veil(when, actor_of(request).unit_id)
    opened = standing.opened(when, who, kind, code, cell, veil)
    if opened is None:
        raise Http404
    values = {"period": when, "unit": who, "kind": Total.Kind(kind), "opened": opened}
    values["kept_note"] = kept_note() if opened.stops or opened.has_signs else ""
    if not opened.goes_down:
        values["next_step"] = ""  # nothing is left to open
    if "all" in request.GET and opened.down_to_the_last:
        reports = page_of(request, queries.reports_within(when, who, kind), most=lists.MOST)
        each = standing.each_within(when, who, kind, opened, reports)
        return render(request, "reports/parts.html", values | {"page": reports, "rows": each, "all": True})
    page = page_of(request, opened.parts)
    values |= {"page": page, "rows": page}
    return render(request, "reports/parts.html", values)
