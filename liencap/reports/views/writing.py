"""What a unit owes, writing its report and sending it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liencap.core.rollup import pack
from liencap.errors import DomainError
from liencap.reports import access, actions, display, queries
from liencap.reports.answering.forms import read_reasons
from liencap.reports.answering.queries import pending_changes, returned_of
from liencap.reports.content import Content
from liencap.reports.figures import totals_of
from liencap.reports.forming.mending import mends_of
from liencap.reports.forming.sending import as_sent, judged
from liencap.reports.forms import SendForm, read_report
from liencap.reports.models import Report, TaskEntry
from liencap.reports.told.causes import causes_for
from liencap.reports.told.checks import Doubt, Telling, doubts_of, tellings_of
from liencap.reports.told.names import Named, named_in
from liencap.ui.paging import page_of
from liencap.units.access import actor_of

SENT_BEFORE = (Report.State.SENT, Report.State.ACCEPTED, Report.State.CONSOLIDATED)


@require_GET
def owed_list(request: HttpRequest) -> HttpResponse:
    """List the reports that the seat's unit owes or has sent."""
    unit = access.get_acting_unit(actor_of(request))
    page = page_of(request, queries.owed_by(unit.pk))
    waiting = queries.waiting_for(unit.pk).count()
    return render(request, "reports/owed_list.html", {"page": page, "unit": unit, "waiting": waiting})


def _frame(report: Report) -> dict[str, object]:
    """Return what every page about writing one report shows."""
    return {
        "report": report,
        "owed": report.obligation,
        "period": report.obligation.period,
        "states": TaskEntry.State.choices,
        "again": report.state in SENT_BEFORE,
        "causes": causes_for(report.obligation.period.programme.unit),
    }


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the report form; without script its button saves it."""
    actor = actor_of(request)
    report = access.get_own_report_for(actor, pk)
    sheet = queries.sheet_of(report)
    typed = display.typed_of(sheet.content, sheet.indicators)
    errors: dict[str, str] = {}
    if request.method == "POST":
        typed = request.POST.dict()
        errors = _saved_or_errors(request, report, sheet)
        if not errors:
            return _saved(request, pk)
    blocks = _blocks(report, sheet, typed, errors, required="check" in request.GET)
    mends = mends_of(sheet.indicators, errors)
    more = {"blocks": blocks, "mends": mends, "revision": sheet.revision, "doubts": _doubts(report, sheet)}
    more["returns"] = returned_of(report, sheet.tasks, sheet.indicators)
    more |= {
        "seers": queries.seers_of(report.obligation),
        "signs": access.is_head(actor, report.obligation.unit),
    }
    return render(request, "reports/write.html", _frame(report) | more)


def _blocks(
    report: Report, sheet: queries.Sheet, typed: dict[str, str], errors: dict[str, str], *, required: bool
) -> list[display.TaskBlock]:
    """Lay out the form with what the checks say of the draft as it is kept."""
    owed = report.obligation
    return display.blocks_of(
        sheet.tasks, sheet.indicators, typed, errors, files=queries.evidence_of(report),
        falls_due=queries.falls_due(sheet.tasks, owed.period), form=sheet.form,
        findings=judged(owed, sheet.content, sheet.indicators, required=required),
    )  # fmt: skip


def _doubts(
    report: Report, sheet: queries.Sheet, content: Content | None = None
) -> list[Doubt | Named | Telling]:
    """Return where the words of a draft contradict its figures or name people of the unit."""
    said = content or sheet.content
    packed = totals_of(sheet.layout, pack(sheet.layout, said.figures)) if said.passages else b""
    owed = report.obligation
    small = tellings_of(said, sheet.tasks, sheet.indicators, sheet.layout, packed)
    return [*doubts_of(owed, said, sheet.tasks, sheet.indicators, packed), *small, *named_in(said, owed.unit)]


def _saved(request: HttpRequest, pk: int) -> HttpResponse:
    """Go where the pressed button leads: on to sending, to a task's files, or back to the form."""
    task = request.POST.get("attach", "")
    if task.isdecimal() and len(task) < 18:
        return redirect("reports:evidence", pk, int(task))
    messages.success(request, _("The draft is saved. Only your unit sees it."))
    return redirect("reports:send" if "send" in request.POST else "reports:write", pk)


def _saved_or_errors(request: HttpRequest, report: Report, sheet: queries.Sheet) -> dict[str, str]:
    """Save what was typed; say by field what is wrong, under no field what was refused as a whole."""
    content, errors = read_report(request.POST.dict(), sheet.tasks, sheet.indicators, sheet.layout)
    if errors:
        return errors
    try:
        actions.save_draft(report, content, revision=_revision(request), actor=actor_of(request))
    except DomainError as refused:
        if refused.status == 403:
            raise
        return {"": str(refused)}  # the page keeps what was typed
    return {}


def _revision(request: HttpRequest) -> int:
    typed = request.POST.get("revision", "")
    return int(typed) if typed.isdecimal() and len(typed) < 9 else -1


@require_POST
def autosave(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the draft as one types and say so; wrong fields are named and nothing is saved."""
    actor = actor_of(request)
    report = access.get_own_report_for(actor, pk)
    sheet = queries.sheet_of(report)
    content, errors = read_report(request.POST.dict(), sheet.tasks, sheet.indicators, sheet.layout)
    draft, revision = None, _revision(request)
    values: dict[str, object] = {"mends": mends_of(sheet.indicators, errors)}
    if not errors:
        draft = actions.save_draft(report, content, revision=revision, actor=actor)
        revision = draft.revision
        found = judged(report.obligation, content, sheet.indicators, required=False)
        values["doubts"] = _doubts(report, sheet, content)
        values["notes"] = display.notes_by_indicator(sheet.indicators, found)
    values |= {"revision": revision, "saved_at": draft and draft.saved_at}
    return render(request, "reports/_saved.html", values)


@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who will see the report; the head signs and sends it."""
    actor = actor_of(request)
    report = access.get_own_report_for(actor, pk)
    access.require_head(actor, access.speaks_for(actor, report.obligation))
    sheet = queries.sheet_of(report)
    form = SendForm(request.POST or None, initial={"revision": sheet.revision})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        reasons = read_reasons(request.POST.dict())
        actions.send_report(
            report, revision=said["revision"], reason=said["reason"], reasons=reasons, actor=actor
        )
        messages.success(request, _("The report is sent."))
        return redirect("reports:report", pk)
    return render(request, "reports/send.html", _frame(report) | _to_send(report, sheet) | {"form": form})


def _to_send(report: Report, sheet: queries.Sheet) -> dict[str, object]:
    """Return what the head reads before signing: the draft, who will see it, and what it changes."""
    typed = display.typed_of(sheet.content, sheet.indicators)
    blocks = _blocks(report, sheet, typed, {}, required=True)
    return {
        "blocks": blocks,
        "doubts": _doubts(report, sheet),
        "stuck": display.stuck(blocks),
        "seers": queries.seers_of(report.obligation),
        "changes": pending_changes(
            report, as_sent(report.obligation, sheet.content), sheet.tasks, sheet.indicators
        ),
    }
