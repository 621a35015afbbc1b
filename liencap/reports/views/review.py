"""A sent report, and the answers of the unit above."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from liencap.audit.actor import Actor
from liencap.errors import DomainError
from liencap.programmes.models import Task
from liencap.reports import access, actions, display, queries, standing
from liencap.reports.answering.forms import read_backs
from liencap.reports.answering.queries import answers_on, names_for
from liencap.reports.answering.waiting import look_at, sorted_waiting
from liencap.reports.forming.checking import thawed
from liencap.reports.forms import AnswerForm
from liencap.reports.models import Period, Report, ReportVersion
from liencap.reports.numbers import kept_note
from liencap.reports.told.causes import chosen_causes
from liencap.ui.paging import page_of
from liencap.units.access import actor_of, can


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """List the reports that wait for the seat's unit, those that ask for a look first."""
    actor = actor_of(request)
    unit = access.get_acting_unit(actor)
    waiting = sorted_waiting(unit.pk)
    page = page_of(request, waiting, 50)
    values = {
        "page": page, "reports": [one.report for one in page],
        "plain": [one.token for one in waiting if not one.look],
        "answers": can(actor, "report.accept", unit),
    }  # fmt: skip
    return render(request, "reports/inbox.html", values)


@require_GET
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the version that stands, to its unit and the units above."""
    actor = actor_of(request)
    found = access.get_report_for(actor, pk)
    if found.current is None:
        return redirect("reports:write", pk)
    sheet = queries.sent_sheet(found, access.reader_of(actor, found.obligation))
    may = _may(actor, found)
    values = {
        "report": found, "owed": found.obligation, "version": found.current,
        "blocks": _blocks(found.current, sheet),
        "kept_note": kept_note() if sheet.kept else "",
        "compares": sheet.before is not None,
        "act": standing.act_of(found, found.current),
        "causes": chosen_causes(sheet.content),
        "redacts": can(actor, access.REDACT, found.obligation.unit),
        "old_carried": queries.carries_old(found, sheet.layout),
    }  # fmt: skip
    values |= look_at(found, sheet) if may["answers"] else {"next_step": _next_step(found, **may)}
    return render(request, "reports/report.html", values | may | answers_on(found, sheet))


def _may(actor: Actor, found: Report) -> dict[str, bool]:
    """Say what the reader may do: speak for the unit, change and send it anew, answer it."""
    own = actor.unit_id == access.speaks_for(actor, found.obligation).pk
    takes_words = found.obligation.period.state == Period.State.OPEN or found.accepted_id is not None
    answers = found.state == Report.State.SENT and access.may_answer(actor, found)
    return {"own": own, "writes": own and takes_words, "answers": answers}


def _next_step(found: Report, *, own: bool, writes: bool, answers: bool) -> str:
    """Say what comes next for a reader who has nothing to answer here."""
    assert not answers, "who answers reads what the card says"
    if found.state == Report.State.RETURNED:
        return _("Mend what was returned, then check and send it again.") if writes else (
            _("It waits until the unit sends it again.")
        )  # fmt: skip
    if found.state == Report.State.SENT:
        above = found.obligation.parent
        return _("It waits for the answer of %(unit)s.") % {"unit": above} if above else ""
    return _("It is accepted; what turns out wrong is corrected as a new version.") if own else ""


def _blocks(version: ReportVersion, sheet: queries.Sheet) -> list[display.TaskBlock]:
    """Lay out a sent version as its reader sees it."""
    return display.blocks_of(
        sheet.tasks, sheet.indicators, display.typed_of(sheet.content, sheet.indicators, sheet.kept),
        before=sheet.before, files=queries.evidence_sent(version), form=sheet.form,
        findings=[thawed(row) for row in version.warnings], closed=sheet.closed, kept=sheet.kept,
    )  # fmt: skip


def _answer(request: HttpRequest, found: Report) -> tuple[AnswerForm, dict[int, Task]]:
    tasks = queries.tasks_of(found.obligation)
    form = AnswerForm(request.POST, tasks)
    if not form.is_valid():
        raise DomainError("bad-answer", _("The answer could not be read; load the report again."))
    return form, {task.pk: task for task in tasks}


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the version that was read."""
    actor = actor_of(request)
    found = access.get_report_to_judge(actor, pk)
    form, _tasks = _answer(request, found)
    actions.accept_report(found, n=form.cleaned_data["n"], actor=actor)
    messages.success(request, _("The report is accepted; its figures are official in your unit now."))
    return redirect("reports:inbox")


@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the whole report, or some tasks, figures and passages of it, each with its reason."""
    actor = actor_of(request)
    found = access.get_report_to_judge(actor, pk)
    form, tasks = _answer(request, found)
    said, names = form.cleaned_data, names_for(tasks.values(), queries.indicators_for(found))
    backs = read_backs(request.POST.dict(), [*tasks.values()], names, said["reason"], said["tasks"])
    actions.return_items(found, backs, n=said["n"], actor=actor)
    messages.success(request, _("The report is returned to its unit with your reason."))
    return redirect("reports:inbox")
