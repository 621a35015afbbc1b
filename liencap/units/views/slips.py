"""Make activation slips: for a unit, for an import, for one person; list them and take them back."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from liencap.accounts.queries import has_way_in
from liencap.ui.paging import page_of
from liencap.units import access, actions, queries
from liencap.units.models import Appointment, ImportBatch, Membership, Unit

LOCAL = ("localhost", "127.0.0.1")


@never_cache
@require_http_methods(["GET", "POST"])
def slips(request: HttpRequest, pk: int) -> HttpResponse:
    """List who has no way in yet; on POST show their slips, this once."""
    unit = access.get_unit_for(access.actor_of(request), pk, "unit.edit")
    return _slips(request, unit, None)


@never_cache
@require_http_methods(["GET", "POST"])
def import_slips(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for exactly the seats that an import filled."""
    batch = access.get_import_for(access.actor_of(request), pk)
    assert batch.unit is not None, "one without a unit is seen by nobody"
    return _slips(request, batch.unit, batch)


@never_cache
@require_http_methods(["GET", "POST"])
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how one person's slip stands; on POST make a new one and show its code, this once."""
    actor = access.actor_of(request)
    held = access.get_appointment_for(actor, pk, "unit.edit")
    if request.method == "POST":
        return sheet(request, held.seat.unit, [(held, actions.make_slip(held, actor=actor))])
    queries.add_slips([held])
    user = held.person.user
    shown = {"held": held, "active": user is not None and has_way_in(user)}
    return render(request, "units/slip.html", shown)


@require_POST
def revoke_slip(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a slip void."""
    actor = access.actor_of(request)
    found = access.get_slip_for(actor, pk)
    actions.revoke_slip(found, actor=actor)
    messages.success(request, _("The slip is void; its code lets nobody in."))
    return redirect("units:slips", found.appointment.seat.unit_id)


def _slips(request: HttpRequest, unit: Unit, batch: ImportBatch | None) -> HttpResponse:
    if request.method == "POST":
        ticked = [int(pk) for pk in request.POST.getlist("held") if pk.isdecimal() and len(pk) < 16]
        made = actions.make_slips(
            unit, batch=batch, only=ticked or None, fresh=not ticked, actor=access.actor_of(request)
        )
        return sheet(request, unit, made, batch)
    waiting = queries.without_account(unit, access.today(), batch)
    page = page_of(request, waiting)
    queries.add_slips(page.object_list)
    shown = {"unit": unit, "batch": batch, "page": page, "slipless": queries.slipless(waiting).count()}
    return render(request, "units/slips.html", shown)


def address_for_others(request: HttpRequest) -> str:
    """Return where slips are typed in, as the people who get them reach it.

    Who sits at the machine itself opens "localhost"; where the network is let in, slips carry its address there.
    """
    address = request.build_absolute_uri(resolve_url("units:activate"))
    if not _is_local(address):
        return address
    known = [host for host in settings.ALLOWED_HOSTS if host not in LOCAL and host.strip("*.") == host]
    numbers = [host for host in known if host.replace(".", "").isdecimal()]  # phones often resolve no name
    chosen = next(iter([*numbers, *known]), None)
    if chosen is None:
        return address
    parts = urlsplit(address)
    return parts._replace(netloc=chosen + (f":{parts.port}" if parts.port else "")).geturl()


def _is_local(address: str) -> bool:
    return urlsplit(address).hostname in LOCAL


def sheet(
    request: HttpRequest, unit: Unit, made: Sequence[tuple[Appointment | Membership, str]],
    batch: ImportBatch | None = None,
) -> HttpResponse:  # fmt: skip
    """Show slips to print and as text to paste; this answer is the only place where their codes stand.

    Where nobody waited for one there is nothing to print: the list says so and what can be done instead.
    """
    if not made:
        return nobody_waited(request, unit, batch)
    shown = {
        "unit": unit, "batch": batch, "slips": slip_cards(request, made),
        "address": address_for_others(request),
        "only_here": _is_local(address_for_others(request)),
    }  # fmt: skip
    return render(request, "units/slip_sheet.html", shown)


def nobody_waited(request: HttpRequest, unit: Unit, batch: ImportBatch | None) -> HttpResponse:
    """Go back to the list that the slips were asked from, saying why none was made."""
    if request.resolver_match and request.resolver_match.url_name == "member-slips":
        messages.info(request, _("No slip was made: no member here waits for one that you may give."))
        return redirect("units:members", unit.pk)
    said = _(
        "No new slip was made: nobody whom you may give one is without. Tick somebody to make theirs anew."
    )
    messages.info(request, said)
    return redirect("units:import-slips", batch.pk) if batch else redirect("units:slips", unit.pk)


def slip_cards(
    request: HttpRequest, made: Sequence[tuple[Appointment | Membership, str]]
) -> list[dict[str, Any]]:
    """Return for each slip its holder, code, address, picture and last day."""
    address = address_for_others(request)
    expires = queries.last_days([code for _held, code in made])
    return [
        {
            "held": held,
            "code": code,
            "link": f"{address}?{urlencode({'code': code})}",
            "qr": segno.make(f"{address}?{urlencode({'code': code})}").svg_data_uri(scale=3),
            "expires": expires[code],
        }
        for held, code in made
    ]
