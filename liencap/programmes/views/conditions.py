"""What tasks wait for: confirming a condition, and who of the units below has recorded the event."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liencap.core.timing import wait_of
from liencap.errors import DomainError
from liencap.programmes import access, queries
from liencap.programmes import rows as pure
from liencap.programmes.actions import add_condition, map_event_words, set_condition
from liencap.programmes.forms import ConditionForm, EventWordForm
from liencap.programmes.models import Task, TaskDeadline
from liencap.programmes.waiting import likely_kind
from liencap.ui.paging import page_of
from liencap.units.access import actor_of


@require_http_methods(["GET", "POST"])
def condition(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm which event a task waits for; what its words say stands first."""
    actor = actor_of(request)
    task = access.get_task_for(actor, pk, "programme.edit")
    deadline = queries.waiting_deadline(task)
    form = ConditionForm(request.POST or None, initial=_first(deadline))
    if request.method == "POST" and form.is_valid():
        values = form.values()
        moved = set_condition(deadline, actor=actor, **values) if deadline else add_condition(
            task, actor=actor, **values)  # fmt: skip
        said = ngettext("The day of %(n)s unit was counted.", "The days of %(n)s units were counted.", moved)
        messages.success(request, _("It is written down.") + " " + said % {"n": moved})
        return redirect("programmes:task", pk)
    values = {"task": task, "deadline": deadline, "form": form}
    return render(request, "programmes/condition.html", values, status=400 if form.errors else 200)


def _first(deadline: TaskDeadline | None) -> dict[str, object]:
    """Return what stands first in the form: what was confirmed, else what the plan's words say."""
    if deadline is None:
        return {}
    if deadline.event_kind:
        kind, n, unit = deadline.event_kind, deadline.wait, deadline.wait_unit
    else:
        wait = wait_of(deadline.text, deadline.event)
        kinds = queries.remembered_events([wait.words])
        kind, n, unit = kinds.get(wait.words) or likely_kind(wait.words), wait.n, wait.unit
    way = "before" if n < 0 else "after"
    return {"kind": kind, "n": abs(n), "unit": unit, "way": way, "reaches_below": deadline.reaches_below}


@require_GET
def task_events(request: HttpRequest, pk: int) -> HttpResponse:
    """Show which units have recorded the event that a task waits for, which have not, and what is due."""
    actor = actor_of(request)
    task: Task = access.get_task_for(actor, pk)
    held = access.assignments_visible_to(actor).filter(task=task).order_by("unit__sort_key", "pk")
    which = request.GET.get("show", "")
    shown = held.filter(event__isnull=which == "waiting") if which in ("waiting", "recorded") else held
    counts = queries.event_counts(held)
    values = {"task": task, "page": page_of(request, shown), "which": which, "counts": counts}
    return render(
        request, "programmes/task_events.html", values | {"deadline": queries.waiting_deadline(task)}
    )


@require_POST
def event_words(request: HttpRequest, pk: int) -> HttpResponse:
    """Remember which kind of event each of the plan's words means."""
    found = access.get_proposal_for(actor_of(request), pk)
    form = EventWordForm(pure.waiting_words(found.rows), {}, request.POST)
    if not form.is_valid():
        raise DomainError("bad-edit", _("This change was not understood."))
    map_event_words(found, form.mapping(), actor=actor_of(request))
    messages.success(request, _("The words for events are remembered, for this plan and the next."))
    return redirect("programmes:proposal", pk)
