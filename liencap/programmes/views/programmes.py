"""The programmes, one programme, one task."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from liencap.programmes import access, queries
from liencap.ui.paging import page_of
from liencap.units.access import actor_of, can, get_unit_for, today

BRANCHES = 100


@require_GET
def programmes(request: HttpRequest) -> HttpResponse:
    """List the programmes that the seat may see, newest first."""
    typed = request.GET.get("q", "")
    page = page_of(request, access.programmes_visible_to(actor_of(request)).matching(typed))
    return render(request, "programmes/programme_list.html", {"page": page, "typed": typed})


@require_GET
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    """Show tasks in order, directions, the timeline of windows, and how the units below stand."""
    actor = actor_of(request)
    found = access.get_programme_for(actor, pk)
    seat = request.seat  # type: ignore[attr-defined]  # set by SeatMiddleware
    within = seat.unit if seat and seat.unit.is_under(found.unit) else found.unit
    bars, marks = queries.timeline(found)
    tasks = page_of(request, queries.tasks_of(found))
    context = {
        "programme": found, "page": tasks, "bars": bars, "marks": marks, "height": len(bars) * 22 + 24,
        "directions": found.directions.prefetch_related("tasks"),
        "branches": Paginator(queries.branches(found, within), BRANCHES).get_page(1),
        "within": within, "may_assign": can(actor, "programme.assign", found.unit),
        "cascades": found.cascades.all()[:3] if can(actor, access.VIEW, found.unit) else (),
        "may_edit": can(actor, "programme.edit", found.unit), "falls": queries.coming(found, today()),
    }  # fmt: skip
    return render(request, "programmes/programme_detail.html", context)


@require_GET
def branch(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """Show how the units directly below one stand: a piece of the tree, or a table on its own page."""
    actor = actor_of(request)
    found, within = access.get_programme_for(actor, pk), get_unit_for(actor, unit, access.VIEW)
    page = page_of(request, queries.branches(found, within), BRANCHES)
    values = {"programme": found, "within": within, "branches": page, "page": page}
    fragment = request.headers.get("HX-Request")
    return render(request, "programmes/_branches.html" if fragment else "programmes/branch.html", values)


@require_GET
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a task, the words of the plan that it came from, and who holds it."""
    actor = actor_of(request)
    found = access.get_task_for(actor, pk)
    held = access.assignments_visible_to(actor).filter(task=found).order_by("unit__sort_key", "pk")
    setter = found.set_by or found.programme.unit
    context = {
        "task": found, "page": page_of(request, held), "setter": setter,
        "words": queries.words_around(found), "deadlines": found.deadlines.select_related("tier"),
        "owners": found.owners.select_related("unit", "tier"), "directions": found.directions.all(),
        "waits": queries.waiting_deadline(found),
        "may_edit": can(actor, "programme.edit", setter), "falls": queries.coming(found.programme, today(), found),
        "may_assign": not found.rescinded and can(actor, "programme.assign", setter),
        "subtasks": access.subtasks_visible_to(actor, found.subtasks.select_related("set_by"))[:50],
    }  # fmt: skip
    return render(request, "programmes/task_detail.html", context)
