"""Amending a programme by a later document: choose it, decide its rows, confirm; who has seen what changed."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liencap.documents.access import documents_visible_to
from liencap.documents.models import Reading
from liencap.errors import DomainError
from liencap.programmes import access
from liencap.programmes.actions import (
    acknowledge_amendment,
    assign_like,
    confirm_amendment,
    edit_amendment,
    propose_amendment,
)
from liencap.programmes.amending import access as amending
from liencap.programmes.amending import queries
from liencap.programmes.amending.forms import AdoptForm, DecideForm, DeedForm
from liencap.programmes.models import AmendmentProposal, Programme, Task
from liencap.ui.paging import page_of
from liencap.units.access import actor_of, can, get_unit_for
from liencap.units.models import Unit

ROWS = 30


@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the later document on GET, read it against the programme on POST."""
    actor = actor_of(request)
    found = access.get_programme_for(actor, pk, "programme.edit")
    if request.method == "POST":
        typed = request.POST.get("reading", "")
        reading = get_object_or_404(Reading, pk=int(typed) if typed.isdecimal() and len(typed) < 18 else 0)
        amending.get_reading_for(actor, reading.pk)
        return redirect("programmes:amendment-proposal", propose_amendment(found, reading, actor=actor).pk)
    visible = documents_visible_to(actor).filter(unit=found.unit_id).values("pk")
    readings = Reading.objects.filter(version__document__in=visible, state=Reading.State.READ)
    rows = readings.exclude(pk=found.reading_id).select_related("version__document").defer("text", "plan")
    page = page_of(request, rows.order_by("-pk"))
    return render(request, "programmes/amend.html", {"programme": found, "page": page})


@require_GET
def amends(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose which of the unit's programmes a document changes; those it cites come first."""
    actor = actor_of(request)
    reading = amending.get_reading_for(actor, pk)
    unit = reading.version.document.unit
    programmes = Programme.objects.filter(unit=unit, state=Programme.State.ACTIVE).exclude(reading=reading)
    page = page_of(request, programmes.select_related("reading__version__document").order_by("-pk"))
    cited = {key.partition(":")[2].upper() for key in (c["key"] for c in reading.plan.get("citations", ()))}
    page.object_list = sorted(
        page.object_list, key=lambda p: p.reading.version.document.number.upper() not in cited
    )
    values = {"reading": reading, "document": reading.version.document, "page": page, "cited": cited}
    return render(request, "programmes/amends.html", values)


@require_GET
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show task by task what the document does, old and new words in one."""
    found = amending.get_amendment_proposal_for(actor_of(request), pk)
    if found.confirmed:
        made = found.programme.amendments.filter(reading=found.reading_id).first()
        return redirect("programmes:amendment", made.pk) if made else redirect("programmes:list")
    tasks = queries.own_tasks(found.programme).in_bulk()
    page = Paginator(found.rows, ROWS).get_page(request.GET.get("page"))
    live = [row for row in found.rows if not row["aside"]]
    touched = {row["task"] for row in live}
    context = {
        "proposal": found, "programme": found.programme, "document": found.reading.version.document, "page": page,
        "rows": queries.shown_rows(page.object_list, tasks), "live": len(live), "text": found.reading.text,
        "waiting": sum(row["open"] for row in live),
        "unlike": found.whole and queries.nothing_paired(found.rows, tasks),
        "kept": [task for pk_, task in tasks.items() if pk_ not in touched],
        "form": AdoptForm(initial={"revision": found.revision, "since": found.reading.version.document.date}),
    }  # fmt: skip
    return render(request, "programmes/amendment_proposal.html", context)


def _back(pk: int, row: str = "") -> HttpResponse:
    return redirect(reverse("programmes:amendment-proposal", args=[pk]) + (f"#row-{row}" if row else ""))


@require_POST
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a row out, take it back, or add one of the document's words."""
    found = amending.get_amendment_proposal_for(actor_of(request), pk)
    form = DeedForm(request.POST)
    if not form.is_valid():
        raise DomainError("bad-edit", _("This change was not understood."))
    said = form.cleaned_data
    changed = edit_amendment(
        found, revision=said["revision"], deed=said["deed"], row=said["row"], values={"words": said["words"]},
        actor=actor_of(request),
    )  # fmt: skip
    if said["deed"] == "add":
        return redirect("programmes:amendment-row", pk, changed.rows[-1]["id"])
    return _back(pk, said["row"])


@require_http_methods(["GET", "POST"])
def row(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Decide what a row does, to which task, with which words and day."""
    found = amending.get_amendment_proposal_for(actor_of(request), pk)
    one = _row(found, name)
    tasks = list(queries.own_tasks(found.programme))
    sent = request.POST if request.method == "POST" else None
    form = DecideForm(sent, initial=one | {"revision": found.revision}, tasks=tasks)
    if sent is not None and form.is_valid():
        try:
            revision = form.cleaned_data["revision"]
            edit_amendment(
                found, revision=revision, deed="save", row=name, values=form.values(), actor=actor_of(request)
            )
            return _back(pk, name)
        except DomainError as refusal:
            form.add_error("task" if refusal.code == "no-task-chosen" else None, str(refusal))
    shown = queries.shown_rows([one], {task.pk: task for task in tasks})[0]
    context = {"proposal": found, "shown": shown, "form": form}
    return render(request, "programmes/amendment_row.html", context, status=400 if sent is not None else 200)


def _row(found: AmendmentProposal, name: str) -> dict[str, Any]:
    for one in found.rows:
        if one["id"] == name:
            return dict(one)
    raise Http404


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm the amendment; the units are then told."""
    found = amending.get_amendment_proposal_for(actor_of(request), pk)
    form = AdoptForm(request.POST)
    if not form.is_valid():
        raise DomainError("bad-edit", _("This change was not understood."))
    said = form.cleaned_data
    made = confirm_amendment(found, revision=said["revision"], since=said["since"], actor=actor_of(request))
    messages.success(
        request, _("The amendment is confirmed. Every unit that holds a changed task is being told.")
    )
    return redirect("programmes:amendment", made.pk)


@require_GET
def amendment(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what changed and, within what the seat may see, who has confirmed it."""
    actor = actor_of(request)
    found = amending.get_amendment_for(actor, pk)
    seat = request.seat  # type: ignore[attr-defined]  # set by SeatMiddleware
    within = amending.place_of(actor, found.programme, seat.unit if seat else None)
    versions = page_of(
        request, found.versions.select_related("task").order_by("task__order", "task_id"), ROWS
    )
    context = {
        "amendment": found, "programme": found.programme, "document": found.reading.version.document,
        "page": versions, "changes": queries.differences(versions.object_list), "job": found.job,
        "progress_url": reverse("programmes:amendment-progress", args=[pk]),
        "may_assign": can(actor, "programme.assign", found.programme.unit),
        "may_open": can(actor, "document.view", found.reading.version.document.unit),
    }  # fmt: skip
    if within is not None:
        context |= {"within": within, "branches": queries.seen_by_branch(found, within)[:100]}
        context["seen"] = queries.seen_in_all(queries.notices_below(found, amending.seen_units(actor)))
    if context["may_assign"]:
        context["added"] = queries.unassigned_additions(found)
    return render(request, "programmes/amendment_detail.html", context)


@require_GET
def seen(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """Show under one unit how many have confirmed, and who has not."""
    actor = actor_of(request)
    found, within = amending.get_amendment_for(actor, pk), get_unit_for(actor, unit, access.VIEW)
    notices = queries.notices_below(found, Unit.objects.all().below(within))
    waiting = notices.filter(confirmed_at__isnull=True).select_related(
        "assignment__unit__tier", "version__task"
    )
    context = {
        "amendment": found, "within": within, "branches": queries.seen_by_branch(found, within)[:100],
        "seen": queries.seen_in_all(notices),
        "page": page_of(request, waiting.order_by("assignment__unit__sort_key", "pk"), most=5000),
    }  # fmt: skip
    return render(request, "programmes/amendment_seen.html", context)


@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far the telling is: a fragment to poll, the amendment's page without script."""
    found = amending.get_amendment_for(actor_of(request), pk)
    if not request.headers.get("HX-Request") or found.job is None:
        return redirect("programmes:amendment", pk)
    context = {
        "job": found.job,
        "progress_url": request.path,
        "next_url": reverse("programmes:amendment", args=[pk]),
    }
    return render(request, "ui/_progress.html", context)


@require_POST
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm that the unit has seen what changed in its task."""
    found = access.get_assignment_for(actor_of(request), pk, "programme.receive")
    acknowledge_amendment(found, actor=actor_of(request))
    messages.success(request, _("It is noted that your unit has seen the change."))
    return redirect("programmes:assignment", pk)


@require_POST
def like(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an added task to the units that hold another one."""
    actor = actor_of(request)
    task = access.get_task_for(actor, pk, "programme.assign")
    typed = request.POST.get("like", "")
    known = Task.objects.filter(programme=task.programme_id)
    other = get_object_or_404(known, pk=int(typed) if typed.isdecimal() and len(typed) < 18 else 0)
    made = assign_like(task, other, actor=actor)
    messages.success(request, _("Assigned; new assignments: %(n)s.") % {"n": made})
    return redirect("programmes:task", pk)


@require_GET
def version(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    """Show the words that a task had in one of its versions, as an old report answered them."""
    actor = actor_of(request)
    task = access.get_task_for(actor, pk)
    found = {d.version.n: d for d in queries.versions_of(task)}
    if n not in found and (n != 1 or found):
        raise Http404
    context = {"task": task, "n": n, "shown": found.get(n), "newest": task.version, "versions": sorted(found)}
    return render(request, "programmes/task_version.html", context)
