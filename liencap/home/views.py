"""The page of a seat, background work and the audit log."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liencap.audit.actions import record_read
from liencap.card import helps
from liencap.home import access, queries
from liencap.home.forms import AuditForm
from liencap.home.labels import JOBS, words
from liencap.ui.paging import page_of
from liencap.units.access import actor_of

LONGEST = 10_000  # entries that one pages through; older ones are found by their days


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Greet the seat and show what the rooms have for it; without a seat, the page of a member."""
    if request.seat is None and request.own_units:  # type: ignore[attr-defined]  # set by SeatMiddleware
        return member(request)
    return render(request, "home/home.html")


@require_GET
def member(request: HttpRequest) -> HttpResponse:
    """Show whoever belongs to a unit what it was asked, what it answered, what came of it and what is open."""
    unit = access.get_member_unit(request, request.GET.get("unit", ""))
    units = request.own_units  # type: ignore[attr-defined]  # set by SeatMiddleware
    context = {"unit": unit, "units": units, "next_step": helps().get("home:member")}
    return render(request, "home/member.html", context)


@require_POST
def seat_choose(request: HttpRequest) -> HttpResponse:
    """Act in another of one's seats from now on."""
    wish = request.POST.get("seat", "")
    seats = {str(seat.pk): seat.pk for seat in request.seats}  # type: ignore[attr-defined]  # set by SeatMiddleware
    if wish not in seats:
        raise Http404
    request.session["seat"] = seats[wish]
    return redirect("home")


@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    """List background work, newest first."""
    page = page_of(request, access.jobs_visible_to(actor_of(request)))
    return render(request, "home/job_list.html", {"page": page, "rows": queries.job_rows(page.object_list)})


@require_GET
def job_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far one job is: a fragment to poll, a page without script."""
    job = access.get_job_for(actor_of(request), pk)
    template = "ui/_progress.html" if request.headers.get("HX-Request") else "home/job.html"
    values = {
        "job": job,
        "label": words(JOBS, job.kind),
        "progress_url": reverse("home:job-progress", args=[pk]),
    }
    return render(request, template, values)


@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """List who did what in the units below, newest first, as far as was asked."""
    form = AuditForm(request.GET)
    entries = access.entries_visible_to(actor_of(request))
    if form.is_valid():
        entries = queries.narrowed(entries, form.cleaned_data)
    page = page_of(request, entries, most=LONGEST)
    values = {"form": form, "page": page, "rows": queries.entry_rows(page.object_list)}
    return render(request, "home/audit.html", values)


@never_cache
@require_http_methods(["GET", "POST"])
def audit_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an entry whole; on POST its personal values too, and record that they were shown."""
    actor = actor_of(request)
    entry = access.get_entry_for(actor, pk)
    (row,) = queries.entry_rows([entry], whole=True)
    may_open = access.may_open(actor, entry)
    values = {"row": row, "may_open": may_open, "opened": None}
    if request.method == "POST":
        access.require_open(actor, entry)
        boxes = queries.people_in(entry)
        record_read("entry", actor=actor, kind="entry", object_id=pk, unit_id=entry.unit_id, count=len(boxes))
        values["opened"] = boxes
    return render(request, "home/audit_entry.html", values)
