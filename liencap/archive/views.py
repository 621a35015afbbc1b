"""List, show and hand out what was filed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from liencap.archive import access, queries
from liencap.archive.actions import order_check
from liencap.archive.models import Series
from liencap.documents import store
from liencap.ui.paging import page_of
from liencap.units.access import actor_of, can, get_own_unit, get_unit_for

FILTERS = ("q", "kind", "year", "unit")


@require_GET
def records(request: HttpRequest) -> HttpResponse:
    """List the records of the units below, newest first, narrowed by words, series, year and unit."""
    actor = actor_of(request)
    visible = access.records_visible_to(actor)
    asked = {name: request.GET.get(name, "") for name in FILTERS}
    found = queries.narrowed(
        visible, typed=asked["q"], kind=asked["kind"], year=asked["year"], unit=asked["unit"]
    )
    seat = request.seat  # type: ignore[attr-defined]  # set by SeatMiddleware
    may_check = seat is not None and can(actor, "archive.check", seat.unit, seat=seat)
    values = {
        "page": page_of(request, found), "asked": asked, "kinds": Series.Kind.choices,
        "years": queries.years_of(visible), "broken": queries.broken(visible), "may_check": may_check,
    }  # fmt: skip
    return render(request, "archive/record_list.html", values)


@require_GET
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a record: what it is, where it comes from, its files and whether they are sound."""
    found = access.get_record_for(actor_of(request), pk)
    return render(request, "archive/record_detail.html", {"record": found, "files": found.files.all()})


@require_GET
def issued(request: HttpRequest, unit: int) -> HttpResponse:
    """List for a member the documents that the unit has issued, newest first."""
    found = get_own_unit(actor_of(request), unit)
    page = page_of(request, access.issued_by(found).prefetch_related("files"), 30)
    return render(request, "archive/issued.html", {"unit": found, "page": page, "rows": page.object_list})


@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out a file as it was filed: as an attachment, never to be run or shown by the browser."""
    found = access.get_file_for(actor_of(request), pk)
    try:
        data = store.get(found.sha256)
    except OSError:
        messages.error(request, _("This file is damaged or missing in the store. Tell who keeps the system."))
        unit = found.record.series.fonds.unit
        seen = can(actor_of(request), "archive.view", unit)
        return redirect("archive:record", found.record_id) if seen else redirect("archive:issued", unit.pk)
    answer = HttpResponse(data, content_type=found.media_type)
    answer["Content-Disposition"] = content_disposition_header(True, found.filename) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox"
    return answer


@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Have every file below one's seat checked in the background."""
    actor = actor_of(request)
    if actor.unit_id is None:
        raise Http404
    unit = get_unit_for(actor, actor.unit_id, "archive.check")
    order_check(unit, actor=actor)
    messages.success(request, _("The files are being checked; the result stands beside each of them."))
    return redirect("archive:list")
