"""A unit's own way by workbook: take the form, fill it in without a network, bring it back into the draft."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from liencap.errors import DomainError
from liencap.offline import access, actions, packing, queries, reading
from liencap.offline.forms import FillForm, OwnForm
from liencap.reports import access as reports
from liencap.reports.queries import sheet_of
from liencap.units.access import actor_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
def own(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer one's own form and take the filled one; it leads to its preview."""
    actor = actor_of(request)
    report = reports.get_own_report_for(actor, pk)
    form = OwnForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = reading.take_own(report, file.name, file.read(), actor=actor)
            return redirect("offline:file", made.pk)
        except DomainError as refusal:
            form.add_error("file", str(refusal))
    values = {"report": report, "owed": report.obligation, "form": form}
    return render(request, "offline/own.html", values, status=400 if form.is_bound else 200)


@require_POST
def own_form(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the unit's own form with what its draft says."""
    actor = actor_of(request)
    report = reports.get_own_report_for(actor, pk)
    issued = actions.take_form(report, language=get_language() or "vi", actor=actor)
    owed = report.obligation
    asked = queries.asked_of([owed], joint=True)[owed.unit_id]
    data = packing.workbook_of(issued, owed, asked, sheet_of(report).content)
    answer = HttpResponse(data, content_type=XLSX)
    name = packing.file_name(owed.unit, owed.period, set())
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a previewed file into the draft."""
    actor = actor_of(request)
    found = access.get_file_for(actor, pk)
    form = FillForm(request.POST)
    if not form.is_valid() or found.intake.report_id is None:
        raise DomainError("bad-answer", _("The form could not be read; load the page again."))
    actions.fill_draft(found, revision=form.cleaned_data["revision"], actor=actor)
    messages.success(request, _("Your draft now says what the file says. Look it over and send it."))
    return redirect("reports:write", found.intake.report_id)
