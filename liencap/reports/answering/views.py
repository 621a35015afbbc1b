"""Answering corrections line by line, and sending on what they change."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liencap.errors import DomainError
from liencap.reports import access, actions, lists, queries
from liencap.reports.answering import forms
from liencap.reports.answering.queries import (
    Compared,
    accepted_since,
    answers_on,
    carried_changes,
    stale_reports,
)
from liencap.ui.paging import page_of
from liencap.units.access import actor_of


@require_GET
def corrections(request: HttpRequest) -> HttpResponse:
    """List the corrections that wait for the unit's answer, and its own reports that carry old figures."""
    unit = access.get_acting_unit(actor_of(request))
    page = page_of(request, queries.waiting_for(unit.pk).filter(accepted__isnull=False), 30)
    values = {"page": page, "rows": lists.inbox_rows(page.object_list), "stale": stale_reports(unit.pk)}
    return render(request, "reports/answering/corrections.html", values)


@require_POST
def answer_lines(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a correction but for the lines that are returned with a reason."""
    actor = actor_of(request)
    found = access.get_report_to_judge(actor, pk)
    compared = answers_on(found, queries.sent_sheet(found, access.reader_of(actor, found.obligation)))[
        "compared"
    ]
    n = request.POST.get("n", "")
    if not isinstance(compared, Compared) or not n.isdecimal() or len(n) > 8:
        raise DomainError("bad-answer", _("The answer could not be read; load the report again."))
    returned = forms.read_lines(request.POST.dict(), compared.changes)
    actions.answer_lines(found, n=int(n), returned=returned, actor=actor)
    messages.success(request, _said(len(compared.changes), len(returned)))
    return _on(request, found.obligation.period_id) or redirect("reports:corrections")


def _said(lines: int, returned: int) -> str:
    if not returned:
        return _("The correction is accepted; its figures are official in your unit now.")
    return _("%(accepted)s lines are accepted, %(returned)s returned with your reasons.") % {
        "accepted": lines - returned, "returned": returned
    }  # fmt: skip


def _on(request: HttpRequest, period: int) -> HttpResponse | None:
    """Lead the head on to sending the unit's own report with what was just accepted."""
    actor = actor_of(request)
    own = next((r for r in stale_reports(actor.unit_id or 0) if r.obligation.period_id == period), None)
    if own is None or not access.is_head(actor, access.get_acting_unit(actor)):
        return None
    return redirect("reports:carry", own.pk)


@require_http_methods(["GET", "POST"])
def carry(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what changed below since the unit sent; the head signs and sends it on."""
    actor = actor_of(request)
    report = access.get_own_report_for(actor, pk)
    access.require_head(actor, access.speaks_for(actor, report.obligation))
    if report.current is None:
        return redirect("reports:write", pk)
    changes = carried_changes(report)
    why = _("Figures accepted since from: %(units)s") % {"units": ", ".join(accepted_since(report))[:400]}
    form = forms.CarryForm(request.POST or None, initial={"reason": why})
    if request.method == "POST" and form.is_valid():
        actions.carry_up(report, reason=form.cleaned_data["reason"], actor=actor)
        messages.success(request, _("The report is sent on with the figures as they stand now."))
        return redirect("reports:report", pk)
    values = {"report": report, "owed": report.obligation, "changes": changes, "form": form}
    values["seers"] = queries.seers_of(report.obligation)
    return render(request, "reports/answering/carry.html", values)


@require_POST
def accept_many(request: HttpRequest) -> HttpResponse:
    """Accept the chosen reports, or all with nothing unusual that the list showed."""
    actor = actor_of(request)
    unit = access.get_acting_unit(actor)
    named = request.POST["all"].split(",") if request.POST.get("all") else request.POST.getlist("read")
    read = forms.read_tokens(named)
    if not read:
        messages.warning(request, _("Choose the reports to accept."))
        return redirect("reports:inbox")
    accepted, left = actions.accept_many(unit, read, actor=actor)
    count = len(accepted)
    done = ngettext("%(n)s report is accepted.", "%(n)s reports are accepted.", count)
    messages.success(request, done % {"n": count})
    if left:
        words = ngettext(
            "%(n)s report was not accepted: it was sent anew or answered meanwhile.",
            "%(n)s reports were not accepted: they were sent anew or answered meanwhile.", len(left),
        )  # fmt: skip
        messages.warning(request, words % {"n": len(left)})
    return redirect("reports:inbox")


@require_POST
def go_on_without(request: HttpRequest, period: int, unit: int) -> HttpResponse:
    """Close the unit's collection without the chosen units."""
    actor = actor_of(request)
    when, who = access.get_period_unit_for(actor, period, unit)
    reasons = forms.read_gaps(request.POST.dict(), request.POST.getlist("gap"))
    actions.go_on_without(when, who, reasons, actor=actor)
    messages.success(request, _("The units are named with the reason; your report prints it."))
    return redirect("reports:missing", period, unit)
