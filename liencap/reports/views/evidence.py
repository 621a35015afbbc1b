"""The files on one task of the unit's own report, and handing them out to those who see the report."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liencap.documents import store
from liencap.errors import DomainError
from liencap.reports import access, actions, queries
from liencap.reports.forms import EvidenceForm
from liencap.units.access import actor_of


@require_http_methods(["GET", "POST"])
def evidence(request: HttpRequest, pk: int, task: int) -> HttpResponse:
    """Show the files on a task of the draft and take another in."""
    actor = actor_of(request)
    report = access.get_own_report_for(actor, pk)
    asked = next((t for t in queries.tasks_of(report.obligation) if t.pk == task), None)
    if asked is None:
        raise Http404
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        file, rest = said["file"], {"caption": said["caption"], "no_secrecy": said["no_secrecy"]}
        try:
            actions.attach_evidence(report, asked, file.read(), file.name, actor=actor, **rest)
        except DomainError as refusal:
            form.add_error("no_secrecy" if refusal.code == "secrecy-unknown" else "file", str(refusal))
        else:
            messages.success(request, _("The file is attached. Only your unit sees it until you send."))
            return redirect("reports:evidence", pk, task)
    files = queries.evidence_of(report).filter(task=asked)
    values = {"report": report, "task": asked, "form": form, "files": files}
    return render(request, "reports/evidence.html", values, status=400 if form.is_bound else 200)


@require_GET
def evidence_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out a file: as an attachment, never to be run or shown by the browser."""
    found = access.get_evidence_for(actor_of(request), pk)
    if found.taken_out:
        raise DomainError(
            "taken-out", _("This file was taken out: %(why)s") % {"why": found.taken_out}, status=410
        )
    answer = HttpResponse(store.get(found.sha256), content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, found.filename) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox"
    return answer


@require_POST
def evidence_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file off the draft."""
    actor = actor_of(request)
    found = access.get_own_evidence_for(actor, pk)
    actions.remove_evidence(found, actor=actor)
    messages.success(request, _("The file is taken off; reports already sent keep it."))
    return redirect("reports:evidence", found.report_id, found.task_id)
