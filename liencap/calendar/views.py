"""The month, the list, the page to subscribe, and the feed itself."""

import datetime
import hashlib

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from liencap.calendar import access, actions, queries
from liencap.calendar.feed import AFTER, BEFORE, written
from liencap.calendar.forms import LookForm
from liencap.calendar.models import Feed
from liencap.calendar.pace import Pace
from liencap.ui.paging import page_of
from liencap.units.access import actor_of, today

pace = Pace(times=20, seconds=300)


@require_GET
def month(request: HttpRequest) -> HttpResponse:
    """Show a month of the seat's calendar."""
    seat = access.get_acting_seat(actor_of(request))
    day = today()
    shown = queries.month_of(seat, LookForm(request.GET).first(day), day)
    return render(request, "calendar/month.html", {"month": shown, "today": day})


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """List what comes from a day on, of one kind or of all."""
    seat = access.get_acting_seat(actor_of(request))
    form = LookForm(request.GET)
    since = form.since(today())
    events = queries.events_of(seat, since, since + datetime.timedelta(days=queries.LISTED))
    kinds, kind = queries.kinds_in(events), form.cleaned_data.get("kind", "")
    rows = [e for e in events if not kind or queries.kind_of(e) == kind]
    values = {"page": page_of(request, rows), "since": since, "kinds": kinds, "kind": kind, "today": today()}
    return render(request, "calendar/list.html", values)


@never_cache
@require_http_methods(["GET", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """Explain how to subscribe; on POST make an address and show it, this once."""
    actor = actor_of(request)
    held = access.get_own_appointment(actor)
    values: dict[str, object] = {"held": held}
    if request.method == "POST":
        token = actions.make_feed(held, actor=actor)
        address = request.build_absolute_uri(resolve_url("calendar:feed", token))
        webcal = "webcal://" + address.partition("://")[2]
        values |= {"address": address, "webcal": webcal, "qr": segno.make(webcal).svg_data_uri(scale=4)}
    values["feed"] = access.find_feed(held)
    return render(request, "calendar/subscribe.html", values)


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """End the address in use."""
    actor = actor_of(request)
    actions.end_feed(access.get_own_appointment(actor), actor=actor)
    messages.success(request, _("The address has ended; calendars that use it get nothing more."))
    return redirect("calendar:subscribe")


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """Give the calendar of a seat to who knows its address; gone when the appointment has ended."""
    found = access.get_feed_by_token(token)
    if not access.is_open(found):
        return HttpResponse(status=410, headers={"Cache-Control": "no-store"})
    if wait := pace.wait(found.pk):
        return HttpResponse(status=429, headers={"Retry-After": str(wait)})
    body = _body(request, found)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["ETag"], answer["Cache-Control"] = etag, "private, max-age=900"
    answer["Content-Disposition"] = 'inline; filename="liencap.ics"'
    answer["X-Robots-Tag"] = "noindex"
    return get_conditional_response(request, etag=etag, response=answer) or answer


def _body(request: HttpRequest, found: Feed) -> bytes:
    """Write the feed in the language of the seat's holder."""
    held, day = found.appointment, today()
    user = held.person.user
    assert user is not None, "an open feed has a holder with an account"
    with translation.override(user.language):
        events = queries.events_of(held.seat, day - BEFORE, day + AFTER)
        rows = actions.hand_out(found, events, day - BEFORE)
        name = f"Liencap: {held.seat}"
        return written(rows, name=name, link=request.build_absolute_uri)
