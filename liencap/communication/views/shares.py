"""What a unit holds: record it, pass it on, attach files."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liencap.communication import access, actions, queries
from liencap.communication.forms import DoneForm, FileForm, PassForm, ReasonForm
from liencap.communication.wording import handed_to
from liencap.documents import store
from liencap.errors import DomainError
from liencap.programmes.queries import units_by_rule
from liencap.ui.paging import page_of
from liencap.units.access import actor_of, can, today


@require_GET
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a unit has to do and what it did, with the one next step."""
    actor = actor_of(request)
    found = access.get_share_for(actor, pk)
    form = DoneForm(
        found.unit, initial={"on": found.done_on or today(), "where": found.where, "channels": found.channels.all()}
    )  # fmt: skip
    below = found.passed_down.select_related("unit__tier").order_by("unit__sort_key", "pk")
    values = {
        "share": found, "item": found.item, "today": today(), "form": form,
        "sessions": found.sessions.order_by("day", "pk")[:100], "changes": queries.changes_since(found),
        "version": found.item.versions.order_by("-n").first(), "files": found.evidence.filter(removed=False),
        "questions": found.questions.select_related("answer__unit", "at_unit")[:100],
        "answers": queries.answers_for(found.item, found.unit)[:50], "page": page_of(request, below),
        "channels": found.channels.all(), "may_record": can(actor, access.RECORD, found.unit),
        "may_plan": can(actor, access.PLAN, found.unit), "in_force": found.item.state == "issued",
    }  # fmt: skip
    return render(request, "communication/share_detail.html", values)


@require_http_methods(["GET", "POST"])
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """Record where and when something was published."""
    actor = actor_of(request)
    found = access.get_share_for(actor, pk, access.RECORD)
    form = DoneForm(found.unit, request.POST or None, initial={"on": found.done_on or today()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_done(found, actor=actor, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Recorded as done."))
            return redirect("communication:share", pk)
    values = {"form": form, "share": found, "item": found.item}
    return render(request, "communication/share_done.html", values, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def not_applicable(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that a line does not concern the unit."""
    actor = actor_of(request)
    found = access.get_share_for(actor, pk, access.RECORD)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.record_not_applicable(found, reason=form.cleaned_data["reason"], actor=actor)
        messages.success(request, _("Recorded as not applicable."))
        return redirect("communication:share", pk)
    return render(
        request, "communication/reason.html",
        {"form": form, "heading": _("It does not concern us"), "lead": found.item.title, "deed": _("Record it")},
        status=400 if form.errors else 200,
    )  # fmt: skip


@require_POST
def back(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a share again that was recorded by mistake."""
    actor = actor_of(request)
    actions.take_back(access.get_share_for(actor, pk, access.RECORD), actor=actor)
    messages.success(request, _("It is open again."))
    return redirect("communication:share", pk)


@require_POST
def seen(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm that the newest version was read."""
    actor = actor_of(request)
    actions.confirm_seen(access.get_share_for(actor, pk, access.RECORD), actor=actor)
    messages.success(request, _("Thank you; the unit above sees that you have read the change."))
    return redirect("communication:share", pk)


@require_http_methods(["GET", "POST"])
def pass_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Preview on GET whom a line would be passed to, pass it on POST."""
    actor = actor_of(request)
    found = access.get_share_for(actor, pk, access.PLAN)
    sent = request.POST if request.method == "POST" else request.GET
    form = PassForm(sent if "asked" in sent else None, initial={"due": found.due})
    filled = form.is_bound and form.is_valid()
    if request.method == "POST" and filled:
        due, added = form.cleaned_data["due"], form.cleaned_data["added"]
        units = actions.pass_item_down(found, form.rule(), due=due, added=added, actor=actor)
        messages.success(request, handed_to(units))
        return redirect("communication:share", pk)
    rows = units_by_rule(form.rule(), found.unit, itself=False) if filled else None
    page = Paginator(rows, 50).get_page(request.GET.get("page")) if rows is not None else None
    values = {"share": found, "item": found.item, "form": form, "page": page}
    return render(request, "communication/hand_out.html", values)


@require_http_methods(["GET", "POST"])
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach a file that shows what was done."""
    actor = actor_of(request)
    found = access.get_share_for(actor, pk, access.RECORD)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        file, rest = said["file"], {"caption": said["caption"], "no_secrecy": said["no_secrecy"]}
        try:
            actions.attach_file(found, file.read(), file.name, actor=actor, **rest)
        except DomainError as refusal:
            form.add_error("no_secrecy" if refusal.code == "secrecy-unknown" else "file", str(refusal))
        else:
            messages.success(request, _("The file is attached."))
            return redirect("communication:share", pk)
    values = {"share": found, "form": form}
    return render(request, "communication/attach.html", values, status=400 if form.errors else 200)


@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out a file: as an attachment, never to be run or shown by the browser."""
    found = access.get_evidence_for(actor_of(request), pk)
    answer = HttpResponse(store.get(found.sha256), content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, found.filename) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox"
    return answer


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file off."""
    actor = actor_of(request)
    found = access.get_evidence_for(actor, pk, access.RECORD)
    actions.remove_file(found, actor=actor)
    messages.success(request, _("The file is taken off."))
    return redirect("communication:share", found.share_id)
