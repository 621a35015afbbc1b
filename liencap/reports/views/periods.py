"""The periods that a unit takes part in; planning, opening and closing them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liencap.errors import DomainError
from liencap.reports import access, actions, lists, queries
from liencap.reports.forms import PeriodForm
from liencap.ui.paging import page_of
from liencap.units.access import actor_of, can


@require_GET
def period_list(request: HttpRequest) -> HttpResponse:
    """List the periods that concern the seat's unit, newest first."""
    actor = actor_of(request)
    unit = access.get_acting_unit(actor)
    page = page_of(request, lists.periods_of(unit.pk))
    opens = can(actor, "report.open", unit)
    programmes = lists.programmes_of(unit.pk) if opens else []
    values = {"page": page, "unit": unit, "opens": opens, "programmes": programmes}
    jobs = queries.under_way(page) if opens else {}
    values["rows"] = [(period, jobs.get(period.pk)) for period in page]
    values["styles"] = can(actor, "report.template", unit)
    values["lists"] = can(actor, "report.causes", unit)
    return render(request, "reports/period_list.html", values)


@require_http_methods(["GET", "POST"])
def period_new(request: HttpRequest, programme: int) -> HttpResponse:
    """Plan a period of a programme."""
    actor = actor_of(request)
    found = access.get_programme_to_open(actor, programme)
    form = PeriodForm(request.POST or None, lists.tiers_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            period = actions.plan_period(found, **form.said(), actor=actor)
        except DomainError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The period is planned. Look at who reports, then open it."))
            return redirect("reports:period-who", period.pk)
    values = {"programme": found, "form": form}
    return render(request, "reports/period_new.html", values, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def period_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the name and the days of a period that is not open yet."""
    actor = actor_of(request)
    period = access.get_period_to_open(actor, pk)
    form = PeriodForm(request.POST or None, lists.tiers_of(period.programme, period), period)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_plan(period, **form.said(), actor=actor)
        except DomainError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The plan of the period is changed."))
            return redirect("reports:period-who", pk)
    values = {"programme": period.programme, "period": period, "form": form}
    return render(request, "reports/period_new.html", values, status=400 if form.errors else 200)


@require_POST
def period_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a period that was planned by mistake."""
    actor = actor_of(request)
    actions.drop_plan(access.get_period_to_open(actor, pk), actor=actor)
    messages.success(request, _("The planned period is taken back."))
    return redirect("reports:periods")


@require_POST
def period_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a period: from now on the set of those who owe is frozen."""
    actor = actor_of(request)
    period = access.get_period_to_open(actor, pk)
    if job := actions.order_opening(period, actor=actor):
        messages.info(
            request, _("The period is being opened in the background: each unit is asked and told.")
        )
        return redirect("home:job-progress", job.pk)
    messages.success(request, _("The period is open; each unit that owes a report sees it."))
    return redirect("reports:rollup", period.pk, period.programme.unit_id)


@require_POST
def period_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a period: who has sent nothing is missing."""
    actor = actor_of(request)
    if job := actions.order_closing(access.get_period_to_open(actor, pk), actor=actor):
        messages.info(request, _("The period is being closed in the background."))
        return redirect("home:job-progress", job.pk)
    messages.success(request, _("The period is closed."))
    return redirect("reports:periods")
