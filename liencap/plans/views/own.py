"""The plans of the seat's own unit: begin, upload, one plan, its files."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liencap.documents import store
from liencap.documents.models import Reading
from liencap.errors import DomainError
from liencap.plans import access, actions, queries, screen
from liencap.plans.composition import printed
from liencap.plans.forms import ReasonForm, UploadForm
from liencap.plans.models import UnitPlan
from liencap.plans.printing import render_docx, render_pdf
from liencap.plans.templating import in_use
from liencap.ui.paging import page_of
from liencap.units.access import actor_of, can

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@require_GET
def plans(request: HttpRequest) -> HttpResponse:
    """List the programmes of which the unit holds tasks, each with the state of its own plan."""
    actor = actor_of(request)
    seat = request.seat  # type: ignore[attr-defined]  # set by SeatMiddleware
    if seat is None or not can(actor, access.VIEW, seat.unit, seat=seat):
        raise Http404
    page = page_of(request, queries.programmes_held_by(seat.unit_id))
    context = {
        "unit": seat.unit, "page": page, "rows": queries.own_rows(list(page), seat.unit_id),
        "below": screen.programmes_to_watch(seat),
        "may_write": can(actor, access.WRITE, seat.unit, seat=seat),
        "may_style": can(actor, access.STYLE, seat.unit, seat=seat),
    }  # fmt: skip
    return render(request, "plans/plan_list.html", context)


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the unit's plan from what it inherited, or go on with it."""
    actor = actor_of(request)
    programme, unit = access.get_held_programme_for(actor, pk)
    plan = actions.begin_plan(programme, unit, actor=actor)
    return redirect("plans:detail", plan.pk)


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in the plan that the unit has issued on paper."""
    actor = actor_of(request)
    programme, unit = access.get_held_programme_for(actor, pk)
    replaces = queries.in_force(programme, unit) is not None
    form = UploadForm(request.POST or None, request.FILES or None, replaces=replaces)
    if request.method == "POST" and form.is_valid():
        file, clean = form.cleaned_data["file"], form.cleaned_data
        try:
            plan = actions.upload_plan(
                programme, unit, file.read(), file.name, no_secrecy=clean["no_secrecy"],
                reason=clean.get("reason", ""), actor=actor,
            )  # fmt: skip
        except DomainError as refusal:
            form.add_error("no_secrecy" if refusal.code == "secrecy-unknown" else "file", str(refusal))
        else:
            return redirect("plans:detail", plan.pk)
    context = {"form": form, "programme": programme, "unit": unit}
    return render(request, "plans/upload.html", context, status=400 if form.is_bound else 200)


@require_GET
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a plan: the work on a draft, or the issued plan as it stands on paper."""
    actor = actor_of(request)
    found = access.get_plan_for(actor, pk)
    if found.state != UnitPlan.State.DRAFT:
        return render(
            request, "plans/issued.html", screen.issued(request, found) | {"reason_form": ReasonForm()}
        )
    if found.way == UnitPlan.Way.UPLOADED and not found.matched:
        return render(request, "plans/reading.html", screen.reading(found))
    page = page_of(request, queries.lines(found))
    template = "plans/draft.html" if found.way == UnitPlan.Way.COMPOSED else "plans/compare.html"
    return render(request, template, screen.draft(actor, found, page))


@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far the uploaded file is read: a fragment to poll, the plan's page without script."""
    found = access.get_plan_for(actor_of(request), pk)
    reading = Reading.objects.select_related("job").filter(version=found.version).first()
    if not request.headers.get("HX-Request") or reading is None or reading.job is None:
        return redirect("plans:detail", pk)
    context = {
        "job": reading.job,
        "progress_url": request.path,
        "next_url": reverse("plans:detail", args=[pk]),
    }
    return render(request, "plans/_progress.html", context)


@require_GET
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a composed draft as it will stand on paper."""
    found = access.get_plan_for(actor_of(request), pk)
    if found.state != UnitPlan.State.DRAFT or found.way != UnitPlan.Way.COMPOSED:
        raise Http404
    return render(request, "plans/preview.html", {"plan": found, "paper": screen.paper(printed(found))})


@require_GET
def print_draft(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Print a draft for signing; nothing is stored."""
    found = access.get_draft_for(actor_of(request), pk)
    if kind not in TYPES or found.way != UnitPlan.Way.COMPOSED:
        raise Http404
    values = printed(found)
    data = (
        render_pdf(values) if kind == "pdf" else render_docx(values, in_use(found.unit, found.language).data)
    )
    return _file(data, TYPES[kind], f"{found.unit.code}-draft.{kind}")


@require_GET
def file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Hand out a file of an issued plan as it was stored, or the uploaded one as it came."""
    found = access.get_plan_for(actor_of(request), pk)
    if kind == "original" and found.version:
        return _file(store.get(found.version.sha256), "application/octet-stream", found.version.filename)
    sha256 = {"docx": found.docx, "pdf": found.pdf}.get(kind)
    if not sha256:
        raise Http404
    name = f"{found.unit.code}-{found.number}".replace("/", "-")
    return _file(store.get(sha256), TYPES[kind], f"{name}.{kind}")


def _file(data: bytes, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=media_type)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox"
    return answer


@require_POST
def begin_new_edition(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next edition of the plan in force."""
    actor = actor_of(request)
    found = access.get_plan_for(actor, pk)
    access.require_own(actor, access.WRITE, found.unit)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise DomainError("no-reason", _("Say why the plan is replaced."))
    made = actions.revise_plan(found, form.cleaned_data["reason"], actor=actor)
    messages.success(request, _("The next edition is begun; the plan in force holds until it is issued."))
    return redirect("plans:detail", made.pk)
