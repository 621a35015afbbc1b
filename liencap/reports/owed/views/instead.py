"""Send on, in the stead of a unit that does not, a report that still holds a unit which moved away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from liencap.reports import actions
from liencap.reports.owed import access
from liencap.reports.owed.forms import ReasonForm
from liencap.reports.queries import carries_old
from liencap.units.access import actor_of


@require_http_methods(["GET", "POST"])
def carry_in_stead(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which unit would count twice and why; the head of the unit it moved to signs."""
    actor = actor_of(request)
    report, twice = access.get_report_to_carry_in_stead(actor, pk)
    owed, form = report.obligation, ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.carry_in_stead(report, reason=form.cleaned_data["reason"], actor=actor)
        messages.success(request, _("The report is sent on; the unit above it is asked to accept it."))
        return redirect("reports:rollup", owed.period_id, actor.unit_id)
    assert owed.period.form is not None, "sent reports have a form"
    values = {"report": report, "owed": owed, "twice": twice, "form": form}
    returned = report.state == report.State.RETURNED
    values["sends"] = returned or carries_old(report, owed.period.form.cells)
    return render(request, "reports/owed/in_stead.html", values)
