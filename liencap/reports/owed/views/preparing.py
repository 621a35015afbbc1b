"""Before a period opens: who will owe, when it locks, how it is reminded of; and who owes later."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from liencap.errors import DomainError
from liencap.reports.access import get_period_to_open
from liencap.reports.models import Period, PeriodException
from liencap.reports.owed import actions, who
from liencap.reports.owed.actions.transfers import join_period
from liencap.reports.owed.forms import ExceptionForm, JoinForm, WhoForm
from liencap.ui.paging import page_of
from liencap.units.access import actor_of


@require_http_methods(["GET", "POST"])
def period_who(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose who owes and see how many that are, before the period is opened."""
    actor = actor_of(request)
    period = get_period_to_open(actor, pk)
    form = WhoForm(request.POST or None, period)
    if request.method == "POST" and form.is_valid():
        try:
            said = form.cleaned_data
            actions.set_who_owes(
                period, form.rule(), lock_days=said["lock_days"], reminders=form.reminders(), actor=actor
            )
        except DomainError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The choice is kept."))
            return redirect("reports:period-who", pk)
    draft = period.state == Period.State.DRAFT
    values = {
        "period": period, "form": form, "draft": draft, "preview": who.preview(period) if draft else None,
        "exception_form": ExceptionForm(None, period.programme.unit),
        "page": page_of(request, period.exceptions.select_related("unit", "by_seat__role"), 30),
    }  # fmt: skip
    return render(request, "reports/owed/who.html", values, status=400 if form.errors else 200)


@require_POST
def exception(request: HttpRequest, pk: int) -> HttpResponse:
    """Name a unit that owes, or does not, whatever the rule says."""
    actor = actor_of(request)
    period = get_period_to_open(actor, pk)
    form = ExceptionForm(request.POST, period.programme.unit)
    if not form.is_valid():
        raise DomainError("exception", said_of(form))
    said = form.cleaned_data
    actions.name_exception(period, said["unit"], said["owes"] == "yes", reason=said["reason"], actor=actor)
    messages.success(request, _("The exception is kept."))
    return redirect("reports:period-who", pk)


@require_POST
def exception_off(request: HttpRequest, pk: int, exception: int) -> HttpResponse:
    """Take an exception back: the rule holds for the unit again."""
    actor = actor_of(request)
    period = get_period_to_open(actor, pk)
    found = PeriodException.objects.select_related("unit").filter(period=period, pk=exception).first()
    if found is not None:
        actions.name_exception(period, found.unit, None, reason="", actor=actor)
    messages.success(request, _("The exception is taken back."))
    return redirect("reports:period-who", pk)


@require_POST
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a unit owe a report of an open period from a day on."""
    actor = actor_of(request)
    period = get_period_to_open(actor, pk)
    form = JoinForm(request.POST, period)
    if not form.is_valid():
        raise DomainError("join", said_of(form))
    said = form.cleaned_data
    join_period(period, said["unit"], since=said["since"], reason=said["reason"], actor=actor)
    messages.success(request, _("The unit owes a report from now on, and is told."))
    return redirect("reports:owed", pk, period.programme.unit_id)


def said_of(form: forms.Form) -> str:
    """Say in one line what is wrong with a form."""
    return " ".join(f"{form[name].label}: {e}" for name, found in form.errors.items() for e in found)
