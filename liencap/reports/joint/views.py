"""The joint activities of the seat's unit in a period, registering one, and answering as a partner."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liencap.errors import DomainError
from liencap.reports.joint import access, actions, queries
from liencap.reports.joint.forms import ActivityForm, AnswerForm
from liencap.reports.models import JointActivity
from liencap.reports.queries import tasks_of
from liencap.ui.paging import page_of
from liencap.units.access import actor_of


@require_GET
def activities(request: HttpRequest, period: int) -> HttpResponse:
    """List the activities that name the seat's unit, and the tasks for which one may be registered."""
    when, unit, owed = access.get_own_period(actor_of(request), period)
    page = page_of(request, queries.named_in(when, unit.pk))
    values = {"period": when, "unit": unit, "owed": owed, "tasks": tasks_of(owed)}
    values["rows"], values["page"] = queries.shown(page.object_list, unit, when), page
    return render(request, "reports/joint/activities.html", values)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, period: int, task: int) -> HttpResponse:
    """Register an activity of one task with partners."""
    actor = actor_of(request)
    when, unit, owed = access.get_own_period(actor, period)
    of = next((one for one in tasks_of(owed) if one.pk == task), None)
    if of is None:
        raise Http404
    form = ActivityForm(
        request.POST or None, owed=owed, near=queries.beside(owed), indicators=queries.addable(when, task)
    )
    values = {"period": when, "task": of, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            actions.register_activity(when, unit, of, form.said(), actor=actor)
        except DomainError as refused:
            return _refused(request, form, refused, values)
        messages.success(request, _("The activity is registered; its partners are asked to confirm."))
        return redirect("reports:joint", period)
    return render(request, "reports/joint/activity.html", values, status=400 if form.errors else 200)


def _refused(request: HttpRequest, form: Any, refused: DomainError, values: dict[str, Any]) -> HttpResponse:
    """Show the form again with why it was refused; whoever has no right is turned away."""
    if refused.status == 403:
        raise refused
    form.add_error(None, str(refused))
    return render(request, "reports/joint/activity.html", values, status=refused.status)


@require_http_methods(["GET", "POST"])
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an activity: its host changes it, a partner answers."""
    actor = actor_of(request)
    found, unit = access.get_activity_for(actor, pk)
    if found.host_id != unit.pk:
        (row,) = queries.shown([found], unit, found.period)
        return render(
            request, "reports/joint/asked.html", {"row": row, "period": found.period, "form": AnswerForm()}
        )
    _when, _unit, owed = access.get_own_period(actor, found.period_id)
    form = ActivityForm(
        request.POST or None, owed=owed, near=queries.beside(owed), activity=found,
        indicators=queries.addable(found.period, found.task_id),
    )  # fmt: skip
    values = {"period": found.period, "task": found.task, "form": form, "activity": found}
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_activity(found, form.said(), revision=_revision(request), actor=actor)
        except DomainError as refused:
            return _refused(request, form, refused, values)
        return _done(request, found, _("The activity is kept."))
    return render(request, "reports/joint/activity.html", values, status=400 if form.errors else 200)


def _done(request: HttpRequest, found: JointActivity, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("reports:joint", found.period_id)


def _revision(request: HttpRequest) -> int:
    typed = request.POST.get("revision", "")
    return int(typed) if typed.isdecimal() and len(typed) < 9 else -1


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an activity back."""
    actor = actor_of(request)
    found, unit = access.get_activity_for(actor, pk)
    if found.host_id != unit.pk:
        raise Http404
    actions.withdraw_activity(found, revision=_revision(request), actor=actor)
    return _done(request, found, _("The activity is taken back."))


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm or decline as a partner."""
    actor = actor_of(request)
    found, unit = access.get_activity_for(actor, pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise DomainError("bad-answer", _("Say whether your unit takes part."))
    said = form.cleaned_data
    actions.answer_activity(found, unit, confirms=said["confirms"], reason=said["reason"], actor=actor)
    return _done(request, found, _("The answer is kept."))
