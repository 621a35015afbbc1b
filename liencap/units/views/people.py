"""People who held a seat, and the erasure of what is personal of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from liencap.ui.paging import page_of
from liencap.units import access, actions, forms, queries
from liencap.units.views.pages import form_page


@require_GET
def former(request: HttpRequest, pk: int) -> HttpResponse:
    """List who held a seat of the unit and holds it no more."""
    unit = access.get_unit_for(access.actor_of(request), pk, "person.erase")
    page = page_of(request, queries.former_holders(unit, access.today()))
    return render(request, "units/former.html", {"unit": unit, "page": page})


@require_http_methods(["GET", "POST"])
def erase_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, then erase a person."""
    actor = access.actor_of(request)
    person, unit = access.get_person_for(actor, pk, "person.erase")
    return form_page(
        request, forms.EraseForm(request.POST or None),
        lambda data: actions.erase_person(person, reason=data["reason"], actor=actor),
        title=_("Erase %(person)s") % {"person": person},
        lead=_("Name, phone number, e-mail and account go for good, in the log and in imports too. "
               "What the seats did stays, without the name. This cannot be undone."),
        button=_("Erase for good"), back=resolve_url("units:former", unit.pk), done=_("The person was erased."),
    )  # fmt: skip
