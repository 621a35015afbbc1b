"""A direction of a programme: the tasks that carry it out, and making one where there is none."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from liencap.errors import DomainError
from liencap.programmes import access
from liencap.programmes.actions import link_task, make_task, unlink_task
from liencap.programmes.forms import DirectionTaskForm, LinkForm
from liencap.programmes.models import Task
from liencap.units.access import actor_of, can


@require_http_methods(["GET", "POST"])
def direction(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a direction with its tasks; on POST make a task of one that has none."""
    actor = actor_of(request)
    found = access.get_direction_for(actor, pk, "programme.edit" if request.method == "POST" else access.VIEW)
    programme, tasks = found.programme, list(found.tasks.all())
    form = DirectionTaskForm(request.POST or None, initial={"label": found.label, "text": found.text})
    if request.method == "POST" and form.is_valid():
        task = make_task(found, actor=actor, **form.cleaned_data)
        messages.success(request, _("The task is made. Assign it to units next."))
        return redirect("programmes:task", task.pk)
    others = programme.tasks.filter(set_by=None).exclude(pk__in=[task.pk for task in tasks])
    values = {
        "direction": found, "programme": programme, "tasks": tasks, "form": form,
        "link_form": LinkForm().among(others), "may_edit": can(actor, "programme.edit", programme.unit),
        "text": programme.reading.text[found.start : found.end] if found.start is not None else "",
    }  # fmt: skip
    return render(request, "programmes/direction.html", values, status=400 if form.errors else 200)


@require_POST
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a task carries out a direction."""
    found = access.get_direction_for(actor_of(request), pk, "programme.edit")
    form = LinkForm(request.POST).among(Task.objects.filter(programme=found.programme_id, set_by=None))
    if not form.is_valid():
        raise DomainError("other-programme", _("Choose a task of this programme."))
    link_task(found, form.cleaned_data["task"], actor=actor_of(request))
    messages.success(request, _("The task now stands beside the direction."))
    return redirect("programmes:direction", pk)


@require_POST
def unlink(request: HttpRequest, pk: int, task: int) -> HttpResponse:
    """Take a task off a direction."""
    found = access.get_direction_for(actor_of(request), pk, "programme.edit")
    unlink_task(
        found, get_object_or_404(Task, pk=task, programme=found.programme_id), actor=actor_of(request)
    )
    messages.success(request, _("The task no longer stands beside the direction."))
    return redirect("programmes:direction", pk)
