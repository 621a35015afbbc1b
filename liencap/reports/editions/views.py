"""Preparing, publishing and reading later editions of a published report."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liencap.archive.access import find_record
from liencap.documents import store
from liencap.reports import published
from liencap.reports.access import is_head
from liencap.reports.editions import access, actions
from liencap.reports.editions.forms import EditionForm
from liencap.reports.editions.queries import editions_of, prepared, values_of
from liencap.reports.issuing.panels import number_of
from liencap.reports.models import Edition
from liencap.ui.paging import page_of
from liencap.units.access import actor_of, seat_of

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin an edition, or go on with the one in preparation."""
    actor = actor_of(request)
    actions.begin_edition(access.get_published_to_write(actor, pk), actor=actor)
    return redirect("reports:edition-draft", pk)


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a new edition would change; the head chooses its kind and publishes."""
    actor = actor_of(request)
    edition = access.get_edition_to_write(actor, pk)
    form = EditionForm(request.POST or None, initial={"revision": edition.report.revision})
    if request.method == "POST" and form.is_valid():
        made = actions.publish_edition(edition, actor=actor, **form.cleaned_data)
        messages.success(request, _("The edition is published; what was printed before stays as it was."))
        return redirect("reports:edition", pk, made.n)
    found = prepared(edition.report, seat_of(actor), actor.name)
    values = {"edition": edition, "report": edition.report, "found": found, "form": form}
    values |= {"page": page_of(request, found.figures, 50), "signs": is_head(actor, edition.report.unit)}
    return render(request, "reports/editions/draft.html", values)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up the edition in preparation."""
    actor = actor_of(request)
    actions.drop_edition(access.get_edition_to_write(actor, pk), actor=actor)
    messages.success(request, _("The edition in preparation is given up."))
    return redirect("reports:consolidated", pk)


@require_GET
def edition(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    """Show a later edition as it was printed, figures leading to their parts."""
    found = access.get_edition_for(actor_of(request), pk, n)
    values = values_of(found.values)
    page = page_of(request, values.sections, 10)
    links = published.Page(found.report, actor_of(request).unit_id)
    shown = {
        "edition": found, "report": found.report, "values": values, "page": page,
        "sections": links.sections(list(page)), "editions": editions_of(found.report)[0],
        "changed": links.changed(values_of(found.standing or found.values)),
        "filed": find_record(actor_of(request), "report_edition", found.pk),
    }  # fmt: skip
    shown |= number_of(request, "report_edition", found.pk)
    return render(request, "reports/editions/edition.html", shown)


@require_GET
def file(request: HttpRequest, pk: int, n: int, kind: str) -> HttpResponse:
    """Hand out a printed file of an edition as it was stored at publication."""
    found: Edition = access.get_printed_edition(actor_of(request), pk, n)
    if kind not in TYPES:
        raise Http404
    answer = HttpResponse(store.get(getattr(found, kind)), content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="report-{pk}-edition-{n}.{kind}"'
    answer["Content-Security-Policy"] = "sandbox"
    return answer
