"""The page of a seat, background work and the audit log."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from liencap.home import access, queries
from liencap.home.labels import JOBS, words
from liencap.ui.paging import page_of
from liencap.units.access import actor_of


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Greet the seat and show what the rooms have for it."""
    return render(request, "home/home.html")


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
    """List who did what in the units below, newest first."""
    page = page_of(request, access.entries_visible_to(actor_of(request)))
    return render(request, "home/audit.html", {"page": page, "rows": queries.entry_rows(page.object_list)})
