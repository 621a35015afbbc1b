"""Who belongs to a unit: the list, entering names, slips for the first sign-in, and the end of a membership."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liencap.ui.paging import page_of
from liencap.units import access, actions, forms, queries
from liencap.units.views.pages import form_page
from liencap.units.views.slips import sheet


@require_GET
def member_list(request: HttpRequest, pk: int) -> HttpResponse:
    """List who belongs to the unit, or who did; only who keeps the list sees the names."""
    actor = access.actor_of(request)
    unit, day = access.get_unit_for(actor, pk, "unit.edit"), access.today()
    former = bool(request.GET.get("former"))
    values = {
        "unit": unit,
        "former": former,
        "page": page_of(request, queries.members_in(unit, day, former=former)),
        "asleep": 0 if former else queries.members_asleep(unit, day)[:100].count(),
        "may_erase": access.can(actor, "person.erase", unit),
    }
    return render(request, "units/members.html", values)


@require_http_methods(["GET", "POST"])
def enter_members(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter members by their names."""
    actor = access.actor_of(request)
    unit = access.get_unit_for(actor, pk, "unit.edit")
    form = forms.MembersForm(request.POST or None, initial={"since": access.today()})
    return form_page(
        request, form, lambda data: actions.enter_members(unit, **data, actor=actor),
        title=_("New members"), lead=str(unit), button=_("Enter the members"),
        back=resolve_url("units:members", pk), done=_("The members were entered."),
    )  # fmt: skip


@never_cache
@require_POST
def member_slips(request: HttpRequest, pk: int) -> HttpResponse:
    """Show new slips for the members without an account, this once."""
    actor = access.actor_of(request)
    unit = access.get_unit_for(actor, pk, "unit.edit")
    return sheet(request, unit, actions.make_member_slips(unit, actor=actor))


@require_http_methods(["GET", "POST"])
def end_membership(request: HttpRequest, pk: int) -> HttpResponse:
    """End a membership."""
    actor = access.actor_of(request)
    held = access.get_membership_for(actor, pk)
    form = forms.EndMembershipForm(request.POST or None, initial={"until": access.today()})
    return form_page(
        request, form, lambda data: actions.end_membership(held, until=data["until"], actor=actor),
        title=_("End the membership"), lead=f"{held.person} · {held.unit}", button=_("End the membership"),
        back=resolve_url("units:members", held.unit_id), done=_("The membership has ended."),
    )  # fmt: skip
