"""The workbench of a task, a question over all tasks, and one passage with where it came from and went."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liencap.audit.actor import Actor
from liencap.errors import DomainError
from liencap.programmes.models import Task
from liencap.reports import access, consolidation
from liencap.reports import actions as room
from liencap.reports.models import ConsolidatedReport, Passage, Sentence
from liencap.reports.told import actions, page
from liencap.reports.told.composition import Composition, Said
from liencap.reports.told.forms import Act, RedactForm, TakeOutForm, read_act
from liencap.units.access import actor_of

Deed = Callable[..., Composition]


@require_http_methods(["GET", "POST"])
def workbench(request: HttpRequest, pk: int, task: int) -> HttpResponse:
    """Compose one task: each button is one deed; what was refused is shown with the words kept."""
    actor = actor_of(request)
    report = access.get_consolidated_to_write(actor, pk)
    found = get_object_or_404(consolidation.tasks_of_programme(report), pk=task)
    refused: DomainError | None = None
    if request.method == "POST":
        refused = _done(report, found, read_act(request.POST), actor)
        if refused is None:
            messages.success(request, _("Kept."))
            return redirect(f"{reverse('reports:compose', args=[pk, task])}?{_where(request)}")
    values = page.workbench(request, report, found)
    values |= {"refused": refused, "typed": request.POST if refused else {}}
    return render(request, "reports/told/workbench.html", values, status=refused.status if refused else 200)


def _where(request: HttpRequest) -> str:
    number = request.GET.get("page", "")
    return f"q={request.POST.get('question', '')}" + (f"&page={number}" if number.isdecimal() else "")


def _done(report: ConsolidatedReport, task: Task, act: Act | None, actor: Actor) -> DomainError | None:
    """Do what the pressed button says; return why not."""
    if act is None:
        return DomainError("unreadable", _("This could not be read; load the page again."))
    try:
        _deed_of(act)(report, task, seen=act.seen, actor=actor)
    except DomainError as refused:
        if refused.status == 403:
            raise
        return refused
    return None


def _deed_of(act: Act) -> Deed:
    """Return the deed of a button, still asking for the report, the task, the step seen and the actor."""
    if act.do in Sentence.Kind.values:
        said = Said(act.question, act.do, act.text, () if act.do == Sentence.Kind.OWN else act.passages)
        return lambda report, task, **by: actions.add_sentence(report, task, said, **by)
    deeds: dict[str, Deed] = {
        "aside": lambda r, t, **by: actions.set_aside(r, t, act.passages, act.reason, **by),
        "back": lambda r, t, **by: actions.take_back(r, t, act.passages, **by),
        "rewrite": lambda r, t, **by: actions.rewrite_sentence(r, t, act.place, act.text, **by),
        "drop": lambda r, t, **by: actions.drop_sentence(r, t, act.place, **by),
        "up": lambda r, t, **by: actions.move_sentence(r, t, act.place, -1, **by),
        "down": lambda r, t, **by: actions.move_sentence(r, t, act.place, 1, **by),
        "undo": actions.undo_step,
    }
    return deeds[act.do]


@require_GET
def question(request: HttpRequest, pk: int, question: str) -> HttpResponse:
    """Show one question over all tasks."""
    report = access.get_consolidated_to_write(actor_of(request), pk)
    if question not in Passage.Question.values:
        raise Http404
    values = page.question_page(request, report, question)
    values["tabs"] = Passage.Question.choices
    return render(request, "reports/told/question.html", values)


@require_GET
def passage(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one passage that was sent: who wrote it, beside which files, and which reports drew on it."""
    actor = actor_of(request)
    values = page.passage_page(access.get_passage_for(actor, pk), actor)
    return render(request, "reports/told/passage.html", values)


@require_GET
def said(request: HttpRequest, pk: int, task: int, question: str) -> HttpResponse:
    """Lead from a question of a sent report to the page of the words that answer it."""
    report = access.get_report_for(actor_of(request), pk)
    found = get_object_or_404(Passage, version_id=report.current_id, task_id=task, question=question)
    return redirect("reports:passage", found.pk)


@require_http_methods(["GET", "POST"])
def redact(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how a passage reads without some words, then take them out for good."""
    actor = actor_of(request)
    found = access.get_passage_to_redact(actor, pk)
    form = RedactForm(found.text, request.POST or None, where=request.GET)
    if form.is_valid() and "sure" in request.POST:
        typed = form.cleaned_data
        actions.redact_passage(found, typed["words"], reason=typed["reason"], actor=actor)
        messages.success(request, _("The words are taken out; the log keeps the reason."))
        return redirect("reports:passage", pk)
    values = {"passage": found, "form": form, "reads": "", "elsewhere": []}
    if form.is_valid():
        values |= {
            "reads": form.reads(),
            "elsewhere": page.elsewhere(found, form.cleaned_data["words"], actor),
        }
    return render(request, "reports/told/redact.html", values, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def take_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why a file that was sent is to be taken out, then hand it to nobody any more."""
    actor = actor_of(request)
    found = access.get_file_to_take_out(actor, pk)
    form = TakeOutForm(request.POST or None)
    if form.is_valid():
        actions.take_out_file(found, **form.cleaned_data, actor=actor)
        messages.success(request, _("The file is taken out; the log keeps the reason."))
        return redirect("reports:report", found.report_id)
    values = {"file": found, "form": form}
    return render(request, "reports/told/take_out.html", values, status=400 if form.errors else 200)


@require_POST
def look(request: HttpRequest, pk: int, task: int) -> HttpResponse:
    """Clear the flags of late passages on a task."""
    actor = actor_of(request)
    report = access.get_consolidated_to_write(actor, pk)
    found = get_object_or_404(consolidation.tasks_of_programme(report), pk=task)
    actions.look_at_late(report, found, actor=actor)
    messages.success(request, _("Noted: you have looked at the late passages."))
    if report.state == ConsolidatedReport.State.PUBLISHED:
        return redirect("reports:consolidated", pk)
    return redirect("reports:compose", pk, task)


@require_POST
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the composed text into the draft of the unit's own report."""
    actor = actor_of(request)
    report = access.get_consolidated_to_write(actor, pk)
    draft = room.take_over(report, actor=actor)
    messages.success(request, _("The text stands in your unit's report now. Read it, then send it."))
    return redirect("reports:write", draft.report_id)
