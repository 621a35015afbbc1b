"""Hand a seat over, look at the protocol, let somebody stand in, renew a lost access."""

import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liencap.accounts.queries import has_factors
from liencap.audit.actor import Actor
from liencap.errors import DomainError
from liencap.units import access, actions, forms, queries
from liencap.units.models import HandOver, Person, Seat
from liencap.units.protocol import open_things
from liencap.units.views.pages import form_page
from liencap.units.views.slips import address_for_others, sheet, slip_cards


@never_cache
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is open at a seat and ask who follows; on POST hand it over and show the protocol."""
    actor = access.actor_of(request)
    seat = access.get_seat_for(actor, pk, "unit.edit")
    held = queries.holder_of(seat)
    begin = {"day": access.today(), "seen": held.pk if held else None}
    form = forms.SuccessorForm(request.POST or None, initial=begin)
    form.among(queries.colleagues(seat.unit, access.today()))
    if request.method == "POST" and form.is_valid():
        try:
            made, code = _hand_over(request, seat, form.cleaned_data)
        except DomainError as refused:
            if refused.status == 403:
                raise
            form.add_error(None, str(refused))
        else:
            return _done(request, made, code)
    shown = {"seat": seat, "held": held, "form": form, "earlier": queries.hand_overs_of(seat)[:10]}
    return render(request, "units/hand_over.html", shown, status=400 if form.errors else 200)


def _hand_over(request: HttpRequest, seat: Seat, data: dict[str, Any]) -> tuple[HandOver, str]:
    actor, kept = access.actor_of(request), open_things(request, seat)
    with transaction.atomic():
        to = None if data["who"] == "nobody" else _person(seat, data, actor)
        return actions.hand_over(
            seat, to=to, day=data["day"], note=data["note"], kept=kept, seen=data["seen"], actor=actor
        )


def _person(seat: Seat, data: dict[str, Any], actor: Actor) -> Person:
    known = data.get("known") if data.get("who", "known") == "known" else None
    return known or actions.enter_successor(data["name"], data["contact"], unit=seat.unit, actor=actor)


def _done(request: HttpRequest, made: HandOver, code: str) -> HttpResponse:
    """Show the protocol at once with the successor's slip; who handed their own seat over sees it this once."""
    slips = slip_cards(request, [(made.new, code)]) if code and made.new else []
    address = address_for_others(request)
    shown = {"made": made, "slips": slips, "address": address, "fresh": True}
    return render(request, "units/protocol.html", shown)


@require_GET
def protocol(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the kept protocol of a hand-over, to read and to print."""
    actor = access.actor_of(request)
    made = access.get_hand_over_for(actor, pk)
    planned = made.day > access.today() and not made.cancelled
    may_cancel = planned and access.can(actor, "unit.edit", made.seat.unit)
    ticks = not planned and not made.cancelled and not made.is_complete and access.receives(actor, made)
    form = forms.ReceiptForm(places=made.places, initial={"remark": made.remark}) if ticks else None
    shown = {"made": made, "planned": planned, "may_cancel": may_cancel, "form": form}
    return render(request, "units/protocol.html", shown)


@require_POST
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what the successor ticked as received."""
    actor = access.actor_of(request)
    made = access.get_hand_over_for(actor, pk)
    form = forms.ReceiptForm(request.POST, places=made.places)
    if not form.is_valid():
        shown = {"made": made, "form": form}
        return render(request, "units/protocol.html", shown, status=400)
    ticked = form.ticked(request.POST.getlist("line"))
    actions.receive_hand_over(made, ticked, remark=form.cleaned_data["remark"], actor=actor)
    messages.success(request, _("It is written into the protocol what you received."))
    return redirect("units:protocol", pk)


@require_POST
def cancel_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a planned hand-over back."""
    actor = access.actor_of(request)
    made = access.get_hand_over_for(actor, pk)
    actions.cancel_hand_over(made, actor=actor)
    messages.success(request, _("The hand-over was taken back; the holder stays."))
    return redirect("units:protocol", pk)


@never_cache
@require_http_methods(["GET", "POST"])
def stand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody act in a seat, or beside its holder, until a day."""
    actor = access.actor_of(request)
    seat = access.get_seat_for(actor, pk, "unit.edit")
    form = forms.StandInForm(request.POST or None, initial={"since": access.today()})
    form.among(queries.colleagues(seat.unit, access.today()))

    def act(data: dict[str, Any]) -> None:
        until = data["last"] + datetime.timedelta(days=1)
        with transaction.atomic():
            person = _person(seat, data, actor)
            actions.appoint(person, seat, since=data["since"], until=until, kind=data["kind"], actor=actor)

    return form_page(
        request, form, act, title=_("Acting holder or delegate"),
        lead=_("%(seat)s: the rights of the seat from the first to the last day, then no more.") % {"seat": seat},
        button=_("Appoint"), back=resolve_url("units:detail", seat.unit_id),
        done=_("The seat has a stand-in. Make a slip if the person has not signed in yet."),
    )  # fmt: skip


@never_cache
@require_http_methods(["GET", "POST"])
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Renew the access of who lost it: everything old ends and a new slip is shown, this once."""
    actor = access.actor_of(request)
    held = access.get_appointment_for(actor, pk, "unit.edit")
    form = forms.RenewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            if form.cleaned_data["what"] == "all":
                code = actions.renew_access(held, reason=reason, actor=actor)
                return sheet(request, held.seat.unit, [(held, code)])
            actions.take_factors_off(held, reason=reason, actor=actor)
            messages.success(request, _("The second step is off; the password opens the account alone."))
            return redirect("units:detail", held.seat.unit_id)
        except DomainError as refused:
            form.add_error(None, str(refused))
    user = held.person.user
    shown = {"held": held, "form": form, "factors": user is not None and has_factors(user)}
    return render(request, "units/renew.html", shown, status=400 if form.errors else 200)
