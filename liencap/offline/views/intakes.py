"""Taking in what came back: drop, look at every file, choose, confirm."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from liencap.errors import DomainError
from liencap.offline import access, actions, preview, queries
from liencap.offline.amended import left_of
from liencap.offline.forms import BookForm, DropForm, FillForm
from liencap.offline.models import Intake
from liencap.ui.paging import page_of
from liencap.units.access import actor_of


@require_POST
def drop(request: HttpRequest) -> HttpResponse:
    """Take files in; nothing is entered yet."""
    actor = actor_of(request)
    unit = access.get_acting_unit(actor)
    form = DropForm(request.POST, request.FILES)
    if not form.is_valid():
        raise DomainError("no-files", str(form.errors["returned"][0]))
    made = actions.drop_files(unit, form.named(), actor=actor)
    return redirect("offline:intake", made.pk)


@require_GET
def intake(request: HttpRequest, pk: int) -> HttpResponse:
    """Show each file of a drop and what would become of it; while a job runs, how far it is."""
    found = access.get_intake_for(actor_of(request), pk)
    if found.report_id is not None:
        return redirect("offline:own", found.report_id)
    running = found.job is not None and not found.job.is_over
    if request.headers.get("HX-Request") and running:
        return render(request, "ui/_progress.html", {"job": found.job, "progress_url": request.path})
    if request.headers.get("HX-Request"):
        answer = HttpResponse()
        answer["HX-Refresh"] = "true"
        return answer
    page = page_of(request, queries.files_of(found), 30)
    values = {
        "intake": found, "page": page, "rows": queries.file_rows(list(page.object_list)), "running": running,
        "job": found.job, "progress_url": request.path, "form": BookForm(),
        "ready": queries.bookable(found).count(), "counts": queries.counts_of(found),
        "open": found.state == Intake.State.OPEN,
    }  # fmt: skip
    return render(request, "offline/intake.html", values)


@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a file says cell by cell: what changes, or all; and every problem by its cell."""
    found = access.get_file_for(actor_of(request), pk)
    values = {"file": found, "intake": found.intake, "words": queries.file_rows([found])[0].words}
    if found.issued is not None and (found.content or found.problem_count):
        draft = preview.draft_of(found)
        asked = request.GET.get("show", "problems" if found.problem_count else "changes")
        kind = request.GET.get("kind", "")
        cells = preview.cells_of(found, draft)
        wrong = asked == "problems"
        lines = preview.labelled_problems(found, kind) if wrong else preview.chosen_rows(cells, asked)
        values |= {
            "groups": preview.problem_groups(found), "kind": kind, "left": left_of(found),
            "owed": found.issued.report.obligation, "show": asked, "page": page_of(request, lines),
            "changed": sum(cell.changed for cell in cells), "all": len(cells),
            "form": FillForm(initial={"revision": draft.revision}) if draft else None,
        }  # fmt: skip
    return render(request, "offline/file.html", values)


@require_POST
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file or leave it out."""
    actor = actor_of(request)
    found = access.get_file_for(actor, pk)
    actions.choose_file(found, chosen=request.POST.get("chosen") == "1", actor=actor)
    return redirect("offline:intake", found.intake_id)


@require_POST
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm the chosen files."""
    actor = actor_of(request)
    found = access.get_intake_for(actor, pk)
    form = BookForm(request.POST)
    if not form.is_valid():
        raise DomainError("too-long", _("Say in at most 300 characters how the heads agreed."))
    actions.begin_booking(found, agreed=form.cleaned_data["agreed"], actor=actor)
    return redirect("offline:intake", pk)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave out what was not entered and delete its files."""
    actor = actor_of(request)
    found = access.get_intake_for(actor, pk)
    actions.close_intake(found, actor=actor)
    messages.success(request, _("Nothing more is entered from these files; they were deleted."))
    return redirect("offline:home") if found.report_id is None else redirect("offline:own", found.report_id)
