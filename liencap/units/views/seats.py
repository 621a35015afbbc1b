"""The seats of a unit and the forms about bodies, seats and appointments."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from liencap.ui.paging import page_of
from liencap.units import access, actions, forms, queries
from liencap.units.views.pages import form_page


@require_GET
def seat_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Show all seats of a unit with their holders."""
    actor = access.actor_of(request)
    unit = access.get_unit_for(actor, pk)
    page = page_of(request, queries.seats_in(unit, access.today()))
    may_edit = access.can(actor, "unit.edit", unit)
    return render(
        request,
        "units/seat_list.html",
        {
            "unit": unit,
            "page": page,
            "seats": page.object_list,
            "may_edit": may_edit,
            "may_erase": access.can(actor, "person.erase", unit),
        },
    )


@require_http_methods(["GET", "POST"])
def found_body(request: HttpRequest, pk: int) -> HttpResponse:
    """Found a body of a unit."""
    actor = access.actor_of(request)
    unit = access.get_unit_for(actor, pk, "unit.edit")
    form = forms.BodyForm(request.POST or None, initial={"since": access.today()})
    return form_page(
        request, form, lambda data: actions.found_body(unit, **data, actor=actor),
        title=_("New body"), lead=str(unit), button=_("Found the body"),
        back=resolve_url("units:detail", pk), done=_("The body was founded."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def found_seat(request: HttpRequest, pk: int) -> HttpResponse:
    """Found a seat in a unit."""
    actor = access.actor_of(request)
    unit = access.get_unit_for(actor, pk, "unit.edit")
    form = forms.SeatForm(request.POST or None).within(unit)

    def act(data: dict[str, Any]) -> None:
        key = data["key"] or f"{unit.code}-{data['role'].code}"[:60]
        actions.found_seat(data["role"], unit, key=key, body=data["body"], actor=actor)

    return form_page(
        request, form, act, title=_("New seat"), lead=str(unit), button=_("Found the seat"),
        back=resolve_url("units:detail", pk), done=_("The seat was founded."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Appoint somebody to a seat."""
    actor = access.actor_of(request)
    seat = access.get_seat_for(actor, pk, "unit.edit")
    form = forms.AppointForm(request.POST or None, initial={"since": access.today()})

    def act(data: dict[str, Any]) -> None:
        with transaction.atomic():
            person = actions.enter_person(data["name"], unit=seat.unit, actor=actor)
            actions.appoint(person, seat, since=data["since"], kind=data["kind"], actor=actor)

    return form_page(
        request, form, act, title=_("Appoint"), lead=str(seat), button=_("Appoint"),
        back=resolve_url("units:detail", seat.unit_id), done=_("The seat has a holder."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def end_appointment(request: HttpRequest, pk: int) -> HttpResponse:
    """End an appointment."""
    actor = access.actor_of(request)
    held = access.get_appointment_for(actor, pk, "unit.edit")
    form = forms.EndForm(request.POST or None, initial={"until": access.today()})
    return form_page(
        request, form, lambda data: actions.end_appointment(held, until=data["until"], actor=actor),
        title=_("End the appointment"), lead=f"{held.person} · {held.seat}", button=_("End the appointment"),
        back=resolve_url("units:detail", held.seat.unit_id), done=_("The appointment has ended."),
    )  # fmt: skip
