"""The list of units, the page of one, and the forms that change the tree."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from liencap.ui.paging import page_of
from liencap.units import access, actions, forms, queries
from liencap.units.models import Unit
from liencap.units.views.pages import asked, form_page

SHOWN = 30  # seats and earlier places on a unit's page; the rest stand on a page of their own
SIZE = 25
MOST = 1000  # units found that one pages through; who finds more types more


def rows_of(request: HttpRequest) -> dict[str, Any]:
    """Return the units that the asker may see, filtered as typed."""
    typed, _day = asked(request)
    visible = access.units_visible_to(access.actor_of(request)).matching(typed)
    ordered = visible.select_related("tier").order_by("rank", "sort_key", "pk")
    page = page_of(request, ordered, size=SIZE, most=MOST if typed else None)
    queries.add_counts(page.object_list)
    access.mark_visible(access.actor_of(request), page.object_list)
    return {"page": page, "typed": typed, "rows_url": resolve_url("units:rows")}


@require_GET
def unit_list(request: HttpRequest) -> HttpResponse:
    """Show the units that the asker may see."""
    seat = access.seat_of(access.actor_of(request))
    own = seat.unit if seat else None
    may_edit = own is not None and access.can(access.actor_of(request), "unit.edit", own, seat=seat)
    return render(request, "units/unit_list.html", {**rows_of(request), "own": own, "may_edit": may_edit})


@require_GET
def unit_rows(request: HttpRequest) -> HttpResponse:
    """Show the rows alone, while one types."""
    return render(request, "units/_unit_rows.html", rows_of(request))


def children_of(request: HttpRequest, unit: Unit) -> dict[str, Any]:
    """Return the units below one, today or on the day asked for."""
    typed, day = asked(request)
    below = queries.children_on(unit, day) if day else queries.children(unit)
    ordered = below.matching(typed).select_related("tier").order_by("sort_key", "pk")
    page = page_of(request, ordered, size=SIZE)
    queries.add_counts(page.object_list)
    access.mark_visible(access.actor_of(request), page.object_list)
    return {
        "page": page,
        "typed": typed,
        "on": day,
        "unit": unit,
        "rows_url": resolve_url("units:children", unit.pk),
    }


@require_GET
def unit_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a unit: its path, what is below it, its seats, bodies and earlier places."""
    actor = access.actor_of(request)
    unit = access.get_unit_for(actor, pk)
    shown = children_of(request, unit)
    day = shown["on"] or access.today()
    path = queries.path_on(unit, day) if shown["on"] else queries.path_to(unit)
    access.mark_visible(actor, path)
    seats = list(queries.seats_in(unit, day)[:SHOWN])
    shown |= {
        "path": path, "seats": seats,
        "history": queries.history_of(unit)[:SHOWN],
        "bodies": queries.bodies_of(unit, day)[:SHOWN], "may_edit": access.can(actor, "unit.edit", unit),
        "attributes": queries.attributes_of(unit)[:6],
        "events": queries.standing_events(unit)[:5], "may_record": access.can(actor, "unit.event", unit),
    }  # fmt: skip
    if unit.closed:
        shown["successions"] = unit.successions.select_related("successor")
    return render(request, "units/unit_detail.html", shown)


@require_GET
def unit_children(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the rows below a unit alone, while one types."""
    unit = access.get_unit_for(access.actor_of(request), pk)
    return render(request, "units/_unit_rows.html", children_of(request, unit))


@require_http_methods(["GET", "POST"])
def found_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Found a unit below another."""
    actor = access.actor_of(request)
    parent = access.get_unit_for(actor, pk, "unit.edit")
    form = forms.FoundUnitForm(request.POST or None, initial={"since": access.today()}).below(parent)
    return form_page(
        request, form, lambda data: actions.found_unit(**data, parent=parent, actor=actor),
        title=_("New unit"), lead=_("Below %(unit)s") % {"unit": parent}, button=_("Found the unit"),
        back=resolve_url("units:detail", pk), done=_("The unit was founded."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def rename_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a unit another name."""
    actor = access.actor_of(request)
    unit = access.get_unit_for(actor, pk, "unit.edit")
    form = forms.NameForm(request.POST or None, initial={"name": unit.name, "name_en": unit.name_en})
    return form_page(
        request, form, lambda data: actions.rename_unit(unit, data["name"], name_en=data["name_en"], actor=actor),
        title=_("Rename"), lead=str(unit), button=_("Save"),
        back=resolve_url("units:detail", pk), done=_("The unit has its new name."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def move_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hang a unit below another one."""
    actor = access.actor_of(request)
    unit = access.get_unit_for(actor, pk, "unit.edit")
    form = forms.MoveForm(request.POST or None, initial={"since": access.today()})
    form.among(access.units_visible_to(actor, "unit.edit"))
    return form_page(
        request, form, lambda data: actions.move_unit(unit, data["parent"], since=data["since"], actor=actor),
        title=_("Move"), lead=_("%(unit)s, with all units below it") % {"unit": unit}, button=_("Move the unit"),
        back=resolve_url("units:detail", pk), done=_("The unit stands in its new place."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def close_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """End a unit, and say which units take its place."""
    actor = access.actor_of(request)
    unit = access.get_unit_for(actor, pk, "unit.edit")
    form = forms.CloseForm(request.POST or None, initial={"day": access.today()})
    form.among(access.units_visible_to(actor, "unit.edit"))
    return form_page(
        request, form, lambda data: actions.close_unit(unit, **data, actor=actor),
        title=_("Close, merge or divide"), lead=str(unit), button=_("Close the unit"),
        back=resolve_url("units:detail", pk), done=_("The unit is closed; what it reported stays."),
    )  # fmt: skip
