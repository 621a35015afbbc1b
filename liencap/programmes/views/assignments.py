"""Assigning, receiving and passing down."""

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liencap.programmes import access, queries
from liencap.programmes.actions import assign_task, pass_down, receive_assignment
from liencap.programmes.forms import PassForm, RuleForm
from liencap.ui.paging import page_of
from liencap.units.access import actor_of, can, get_own_unit, today
from liencap.units.models import Unit


def _preview(request: HttpRequest, form: RuleForm, within: Unit, *, itself: bool) -> "Page[Unit] | None":
    """Return the units that a filled form names, by page; None while it is not filled."""
    if not form.is_bound or not form.is_valid():
        return None
    return Paginator(queries.units_by_rule(form.rule(), within, itself=itself), 50).get_page(
        request.GET.get("page")
    )


@require_GET
def asked(request: HttpRequest, unit: int) -> HttpResponse:
    """List for a member what the unit was asked."""
    found = get_own_unit(actor_of(request), unit)
    page = page_of(request, queries.asked_of(found, today()), 30)
    values = {"unit": found, "page": page, "rows": page.object_list, "today": today()}
    return render(request, "programmes/asked.html", values)


@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Preview a rule on GET, carry it out on POST."""
    task = access.get_task_for(actor_of(request), pk, "programme.assign")
    sent = request.POST if request.method == "POST" else request.GET
    within = task.set_by or task.programme.unit
    form = RuleForm(sent if "asked" in sent else None, within, initial={"due": task.due})
    if request.method == "POST" and form.is_valid():
        made = assign_task(task, form.rule(), due=form.cleaned_data["due"], actor=actor_of(request))
        messages.success(request, _("Assigned; new assignments: %(n)s.") % {"n": made})
        return redirect("programmes:task", pk)
    page = _preview(request, form, within, itself=True)
    return render(request, "programmes/assign.html", {"task": task, "form": form, "page": page})


@require_GET
def owed(request: HttpRequest) -> HttpResponse:
    """List what the seat's own unit has been given."""
    actor = actor_of(request)
    found = access.assignments_visible_to(actor).owed_by(actor.unit_id or 0)
    values = {
        "page": page_of(request, found.order_by(F("due").asc(nulls_last=True), "pk")),
        "waiting": access.waiting_assignments(actor).count(),
        "cascades": queries.passed_down_by(actor.unit_id or 0)[:3],
        "may_assign": access.may_act(actor, "programme.assign"),
        "may_receive": access.may_act(actor, "programme.receive"),
    }
    return render(request, "programmes/owed.html", values)


@require_GET
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one assignment with its trace: who gave it from the top, whom it was passed to."""
    actor = actor_of(request)
    found = access.get_assignment_for(actor, pk)
    live = not found.task.rescinded
    below = found.passed_down.select_related("unit__tier", "task").order_by(
        "task__pk", "unit__sort_key", "pk"
    )
    context = {
        "assignment": found, "above": queries.trace_up(found), "page": page_of(request, below),
        "words": queries.words_around(found.task), "deadlines": found.task.deadlines.select_related("tier"),
        "may_record": found.event is None and found.waits_for and can(actor, "unit.event", found.unit),
        "may_receive": live and found.state == "assigned" and can(actor, "programme.receive", found.unit),
        "may_assign": live and can(actor, "programme.assign", found.unit),
    }  # fmt: skip
    return render(request, "programmes/assignment_detail.html", context)


@require_POST
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm receipt."""
    found = access.get_assignment_for(actor_of(request), pk, "programme.receive")
    receive_assignment(found, actor=actor_of(request))
    messages.success(request, _("Receipt is confirmed."))
    return redirect("programmes:assignment", pk)


@require_http_methods(["GET", "POST"])
def hand_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Preview on GET whom a task would be passed to, pass it on POST."""
    found = access.get_assignment_for(actor_of(request), pk, "programme.assign")
    sent = request.POST if request.method == "POST" else request.GET
    form = PassForm(sent if "asked" in sent else None, found.unit, initial={"due": found.due})
    if request.method == "POST":
        if not form.is_valid():
            raise Http404
        clean = form.cleaned_data
        made = pass_down(
            found, form.rule(), due=clean["due"], subtasks=clean["subtasks"].splitlines(), waiver=clean["waiver"],
            actor=actor_of(request),
        )  # fmt: skip
        messages.success(request, _("Passed down; new assignments: %(n)s.") % {"n": made})
        return redirect("programmes:assignment", pk)
    page = _preview(request, form, found.unit, itself=False)
    return render(request, "programmes/pass_down.html", {"assignment": found, "form": form, "page": page})
