"""Note and end the attributes of a unit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from liencap.ui.paging import page_of
from liencap.units import access, actions, forms, queries
from liencap.units.views.pages import form_page


@require_GET
def attribute_list(request: HttpRequest, pk: int) -> HttpResponse:
    """List the attributes of a unit: those that hold, then those that have ended."""
    actor = access.actor_of(request)
    unit = access.get_unit_for(actor, pk)
    page = page_of(request, queries.attributes_of(unit))
    values = {"unit": unit, "page": page, "attributes": page.object_list}
    return render(
        request, "units/attributes.html", values | {"may_edit": access.can(actor, "unit.edit", unit)}
    )


@require_http_methods(["GET", "POST"])
def note_attribute(request: HttpRequest, pk: int) -> HttpResponse:
    """Note an attribute of a unit, offering the names and values that are in use around it."""
    actor = access.actor_of(request)
    unit = access.get_unit_for(actor, pk, "unit.edit")
    form = forms.AttributeForm(request.POST or None, initial={"since": access.today()})
    seat = access.seat_of(actor)
    form.offering(queries.attributes_within(seat.unit if seat else unit))
    return form_page(
        request, form, lambda data: actions.note_attribute(unit, **data, actor=actor),
        title=_("Note an attribute"), lead=_("%(unit)s: a new value takes the place of the old one.") % {"unit": unit},
        button=_("Note it"), back=resolve_url("units:detail", pk), done=_("The attribute is noted."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def end_attribute(request: HttpRequest, pk: int) -> HttpResponse:
    """End an attribute that holds no more."""
    actor = access.actor_of(request)
    held = access.get_attribute_for(actor, pk, "unit.edit")
    form = forms.EndAttributeForm(request.POST or None, initial={"day": access.today()})
    return form_page(
        request, form, lambda data: actions.end_attribute(held, day=data["day"], actor=actor),
        title=_("End an attribute"), lead=f"{held.unit} · {held.key}: {held.value}", button=_("End it"),
        back=resolve_url("units:detail", held.unit_id), done=_("The attribute holds no more."),
    )  # fmt: skip
