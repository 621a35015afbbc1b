"""Print activation slips, and the page on which a holder sets a first password."""

from collections.abc import Sequence

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from liencap.audit.actor import Actor
from liencap.errors import DomainError
from liencap.ui.paging import page_of
from liencap.units import access, actions, forms, queries
from liencap.units.models import Appointment, Membership, Unit


@never_cache
@require_http_methods(["GET", "POST"])
def slips(request: HttpRequest, pk: int) -> HttpResponse:
    """List who has no account yet; on POST show their slips, this once."""
    actor = access.actor_of(request)
    unit = access.get_unit_for(actor, pk, "unit.edit")
    if request.method != "POST":
        page = page_of(request, queries.without_account(unit, access.today()))
        return render(request, "units/slips.html", {"unit": unit, "page": page})
    return slip_sheet(request, unit, actions.make_slips(unit, actor=actor))


def slip_sheet(
    request: HttpRequest, unit: Unit, made: Sequence[tuple[Appointment | Membership, str]]
) -> HttpResponse:
    """Show new slips to print and cut, each with the code that opens the activation page."""
    address = request.build_absolute_uri(resolve_url("units:activate"))
    sheet = [
        {
            "held": held,
            "code": code,
            "qr": segno.make(f"{address}?{urlencode({'code': code})}").svg_data_uri(scale=3),
        }
        for held, code in made
    ]
    return render(request, "units/slip_sheet.html", {"unit": unit, "slips": sheet, "address": address})


@never_cache
@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def activate(request: HttpRequest) -> HttpResponse:
    """Set the first password by the code of a slip; open to all, for who holds a slip cannot sign in yet."""
    form = forms.ActivateForm(request.POST or None, initial={"code": request.GET.get("code", "")[:40]})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            user = actions.activate(data["code"], data["password"], actor=Actor(None, name="slip"))
        except DomainError as refused:
            form.add_error("code", str(refused))
        else:
            names = ", ".join(user.login_names.values_list("name", flat=True))
            messages.success(request, _("Your account is ready. Sign in with: %(names)s") % {"names": names})
            # The account page offers a passkey.
            return redirect(f"{resolve_url('sign-in')}?{urlencode({'next': resolve_url('account')})}")
    return render(request, "units/activate.html", {"form": form}, status=400 if form.errors else 200)
