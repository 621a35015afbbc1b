"""Composing a unit's consolidated report task by task, publishing and downloading it."""

import json

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from liencap.archive.access import find_record
from liencap.documents import store
from liencap.reports import access, actions, consolidation, published, queries
from liencap.reports.editions.queries import editions_of, standing_before
from liencap.reports.issuing.queries import held_back
from liencap.reports.models import ConsolidatedReport
from liencap.reports.printing import PrintedReport
from liencap.reports.told.page import overview
from liencap.ui.paging import page_of
from liencap.units.access import actor_of

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@require_POST
def begin(request: HttpRequest, period: int, unit: int) -> HttpResponse:
    """Begin the consolidated report of the unit, or go on with it."""
    actor = actor_of(request)
    when, who = access.get_period_unit_for(actor, period, unit)
    report = actions.begin_consolidated_report(when, who, actor=actor)
    return redirect("reports:consolidated", report.pk)


@require_GET
def consolidated(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far the composition is, or the published report with its files."""
    report = access.get_consolidated_for(actor_of(request), pk)
    if report.state == ConsolidatedReport.State.PUBLISHED:
        return _published(request, report)
    rows = overview(report, list(consolidation.tasks_of_programme(report)))
    values = {
        "report": report,
        "period": report.period,
        "unit": report.unit,
        "rows": rows,
        "count": queries.completeness(report.period, report.unit),
        "signs": access.is_head(actor_of(request), report.unit),
        "held_back": held_back(report),
    }
    return render(request, "reports/consolidated.html", values)


def _published(request: HttpRequest, report: ConsolidatedReport) -> HttpResponse:
    values = PrintedReport.from_json(json.dumps(report.values))
    page, links = page_of(request, values.sections, 10), published.Page(report, actor_of(request).unit_id)
    shown = {"report": report, "values": values, "page": page}
    shown |= {"sections": links.sections(list(page)), "changed": links.changed(values)}
    shown["annexes"] = [] if page.has_next() else links.annexes(values)
    editions, shown["edition_draft"] = editions_of(report)
    shown["editions"] = editions
    newest, stands = standing_before(report) if len(editions) > 1 else (1, values)
    shown |= {"newest": newest, "open": links.changed(stands)}
    shown["writes"] = actor_of(request).unit_id == report.unit_id
    shown["filed"] = find_record(actor_of(request), "consolidated_report", report.pk)
    shown["next_step"] = (
        _(
            "Enter its number and day in the register and file the signed copy; later changes are a new edition."
        )
        if shown["writes"]
        else _("What changes later comes as a new edition; this one stays as it was printed.")
    )
    return render(request, "reports/published.html", shown)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze and print the report."""
    actor = actor_of(request)
    report = access.get_consolidated_to_write(actor, pk)
    seen = request.POST.get("revision", "")
    revision = int(seen) if seen.isdecimal() and len(seen) < 9 else -1
    actions.publish_consolidated_report(report, revision=revision, actor=actor)
    messages.success(request, _("The report is published; its figures and words are frozen."))
    return redirect("reports:consolidated", pk)


@require_GET
def file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Hand out a printed file as it was stored at publication."""
    report = access.get_printed_for(actor_of(request), pk)
    if kind not in TYPES:
        raise Http404
    answer = HttpResponse(store.get(getattr(report, kind)), content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="report-{report.pk}.{kind}"'
    answer["Content-Security-Policy"] = "sandbox"
    return answer
