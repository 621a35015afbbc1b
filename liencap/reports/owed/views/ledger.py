"""The ledger of a period under a unit: counted, listed, handed out, and more time for many."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from liencap.errors import DomainError
from liencap.reports.access import get_period_unit_for, may_act_for
from liencap.reports.lists import MOST
from liencap.reports.models import Period
from liencap.reports.owed import actions, export, queries
from liencap.reports.owed.forms import DayReasonForm, JoinForm, wanted_of
from liencap.ui.paging import page_of
from liencap.units.access import actor_of, can, today

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def ledger(request: HttpRequest, period: int, unit: int) -> HttpResponse:
    """Count who owes by tier and list them, narrowed by state, tier and branch."""
    actor = actor_of(request)
    when, who = get_period_unit_for(actor, period, unit)
    wanted, day = wanted_of(request.GET), today()
    page = page_of(request, queries.rows_of(when, who, wanted, day), most=MOST)
    queries.add_acts(page.object_list)
    lines = queries.by_tier(when, who, day)
    opens = can(actor, "report.open", when.programme.unit)
    values: dict[str, Any] = {
        "period": when, "unit": who, "page": page, "wanted": wanted, "asks": urlencode(wanted.query()),
        "states": queries.STATES, "lines": lines, "whole": lines[-1], "tiers": [one.of for one in lines[:-1]],
        "gives": when.state == Period.State.OPEN and may_act_for(actor, "report.accept", who),
        "opens": opens, "form": DayReasonForm(prefix="many"),
        "join_form": JoinForm(None, when) if opens and when.state == Period.State.OPEN else None,
        "transfers": queries.transfers_of(when, who)[:20], "requests": queries.requests_below(when, who)[:20],
    }  # fmt: skip
    return render(request, "reports/owed/ledger.html", values)


@require_GET
def branches(request: HttpRequest, period: int, unit: int) -> HttpResponse:
    """Count who owes by the units directly below, each with all under it."""
    when, who = get_period_unit_for(actor_of(request), period, unit)
    page = page_of(request, queries.by_branch(when, who, today()))
    values = {"period": when, "unit": who, "page": page, "states": queries.STATES}
    return render(request, "reports/owed/branches.html", values)


@require_GET
def ledger_file(request: HttpRequest, period: int, unit: int, kind: str) -> HttpResponseBase:
    """Hand out the list as it is narrowed, as CSV or as a workbook."""
    when, who = get_period_unit_for(actor_of(request), period, unit)
    wanted = wanted_of(request.GET)
    answer: HttpResponseBase
    if kind == "csv":
        lines = export.csv_lines(when, who, wanted)
        answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    elif kind == "xlsx":
        export.guard_fits(when, who, wanted)
        answer = HttpResponse(export.workbook_of(when, who, wanted), content_type=XLSX)
    else:
        raise Http404
    answer["Content-Disposition"] = f'attachment; filename="owed-{when.pk}-{who.pk}.{kind}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_POST
def extend(request: HttpRequest, period: int, unit: int) -> HttpResponse:
    """Give more time to all of a tier or a branch that have not sent."""
    actor = actor_of(request)
    when, who = get_period_unit_for(actor, period, unit)
    form, wanted = DayReasonForm(request.POST, prefix="many"), wanted_of(request.POST)
    if not form.is_valid():
        raise DomainError("day-and-reason", _("Give the new day and say why."))
    said = form.cleaned_data
    done = actions.extend_many(
        when, who, until=said["until"], reason=said["reason"], tier=wanted.tier, branch=wanted.branch, actor=actor
    )  # fmt: skip
    words = ngettext("%(n)s unit has more time.", "%(n)s units have more time.", done) % {"n": done}
    messages.success(request, words)
    back = reverse("reports:owed", args=[when.pk, who.pk])
    return redirect(f"{back}?{urlencode(wanted.query())}")
