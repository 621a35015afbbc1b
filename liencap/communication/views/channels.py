"""The channels of the unit and those above it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from liencap.communication import access, actions
from liencap.communication.forms import ChannelForm
from liencap.communication.models import Channel
from liencap.ui.paging import page_of
from liencap.units.access import actor_of, can


@require_http_methods(["GET", "POST"])
def channels(request: HttpRequest) -> HttpResponse:
    """List the channels that the seat's unit may use; on POST add one of its own."""
    actor, seat = actor_of(request), request.seat  # type: ignore[attr-defined]  # set by SeatMiddleware
    unit = seat.unit if seat and can(actor, access.VIEW, seat.unit, seat=seat) else None
    form = ChannelForm(request.POST or None)
    if request.method == "POST" and unit is None:
        raise Http404
    if unit is not None and request.method == "POST" and form.is_valid():
        actions.add_channel(unit, actor=actor, **form.cleaned_data)
        messages.success(request, _("The channel is on the list."))
        return redirect("communication:channels")
    found = access.channels_for(unit) if unit else Channel.objects.none()
    may_plan = unit is not None and can(actor, access.PLAN, unit, seat=seat)
    values = {"form": form, "page": page_of(request, found), "unit": unit, "may_plan": may_plan}
    return render(request, "communication/channels.html", values, status=400 if form.errors else 200)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer a channel no more."""
    actor = actor_of(request)
    actions.close_channel(access.get_channel_for(actor, pk), actor=actor)
    messages.success(request, _("The channel is no longer offered."))
    return redirect("communication:channels")
