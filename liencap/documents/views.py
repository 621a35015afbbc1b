"""List, upload, show and download documents."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from liencap.documents import access, queries, store
from liencap.documents.actions import set_letterhead, upload_document
from liencap.documents.forms import LetterheadForm, UploadForm
from liencap.documents.models import Reading
from liencap.documents.refusals import sentence
from liencap.errors import DomainError
from liencap.ui.paging import page_of
from liencap.units.access import actor_of, can, get_unit_for
from liencap.units.models import Unit


def _own_unit(request: HttpRequest, permission: str) -> Unit:
    """Return the unit of the seat one acts in; without a seat there is none."""
    actor = actor_of(request)
    if actor.unit_id is None:
        raise Http404
    return get_unit_for(actor, actor.unit_id, permission)


@require_GET
def documents(request: HttpRequest) -> HttpResponse:
    """List the documents of the units below, newest first."""
    actor, typed = actor_of(request), request.GET.get("q", "")
    page = page_of(request, access.documents_visible_to(actor).matching(typed))
    seat = request.seat  # type: ignore[attr-defined]  # set by SeatMiddleware
    may = seat is not None and can(actor, "document.upload", seat.unit, seat=seat)
    return render(request, "documents/document_list.html", {"page": page, "typed": typed, "may_upload": may})


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file in for the unit of one's seat."""
    unit = _own_unit(request, "document.upload")
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, clean = form.cleaned_data["file"], form.cleaned_data
        try:
            version = upload_document(
                unit, file.read(), file.name, title=clean["title"], no_secrecy=clean["no_secrecy"],
                actor=actor_of(request),
            )  # fmt: skip
        except DomainError as refusal:
            form.add_error("no_secrecy" if refusal.code == "secrecy-unknown" else "file", str(refusal))
        else:
            return redirect("documents:detail", version.document_id)
    status = 400 if form.is_bound else 200
    return render(request, "documents/upload.html", {"form": form, "unit": unit}, status=status)


@require_GET
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a document says of itself, what was found and its text."""
    found = access.get_document_for(actor_of(request), pk)
    version = queries.newest(found.pk)
    reading = version.reading
    context = {
        "document": found, "version": version, "reading": reading, "counts": queries.counts(reading),
        "problems": queries.problems(reading), "job": reading.job,
        "refusal": sentence(reading.code) if reading.state == Reading.State.UNREADABLE else "",
        "progress_url": reverse("documents:progress", args=[pk]),
    }  # fmt: skip
    return render(request, "documents/document_detail.html", context)


@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far the reading is: a fragment to poll, the document's page without script."""
    found = access.get_document_for(actor_of(request), pk)
    reading = queries.newest(found.pk).reading
    if not request.headers.get("HX-Request") or reading.job is None:
        return redirect("documents:detail", pk)
    context = {
        "job": reading.job,
        "progress_url": request.path,
        "next_url": reverse("documents:detail", args=[pk]),
    }
    return render(request, "documents/_progress.html", context)


@require_GET
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the file as it came: as an attachment, never to be run or shown by the browser."""
    version = access.get_version_for(actor_of(request), pk)
    response = HttpResponse(store.get(version.sha256), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, version.filename) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox"
    return response


@require_http_methods(["GET", "POST"])
def letterhead(request: HttpRequest) -> HttpResponse:
    """Say what stands at the head of the papers of one's own unit."""
    unit = _own_unit(request, "document.letterhead")
    form = LetterheadForm(request.POST or None, initial=queries.letterhead_given(unit))
    if form.is_valid():
        set_letterhead(unit, actor=actor_of(request), **form.cleaned_data)
        messages.success(
            request, _("The head of your papers is kept; papers issued before stay as they were.")
        )
        return redirect("documents:letterhead")
    values = {"form": form, "unit": unit, "head": queries.letterhead_of(unit)}
    return render(request, "documents/letterhead.html", values, status=400 if form.is_bound else 200)
