"""What a unit owes and called, what waits for its answer, and the codes of the organisation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from liencap.reviews import access, actions, queries
from liencap.reviews.codes import list_for, plain_for
from liencap.reviews.forms import CodesForm
from liencap.ui.paging import page_of
from liencap.units.access import actor_of


@require_GET
def owed(request: HttpRequest) -> HttpResponse:
    """List the reviews that the unit owes, and those it called."""
    actor = actor_of(request)
    unit = access.get_acting_unit(actor)
    called = list(access.reviews_called_by(unit.pk)[:20])
    context = {
        "unit": unit, "page": page_of(request, queries.owed_by(unit.pk), 30), "called": called,
        "waiting": queries.waiting_for(unit.pk).count(),
        "may_call": access.allowed(access.require_own, actor, access.CALL, unit),
        "may_code": access.allowed(access.require_own, actor, access.CODES, unit),
    }  # fmt: skip
    return render(request, "reviews/list.html", context)


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """List the reviews that wait for the unit to accept or return them."""
    unit = access.get_acting_unit(actor_of(request))
    page = page_of(request, queries.waiting_for(unit.pk), 30)
    return render(request, "reviews/inbox.html", {"page": page, "unit": unit})


@require_http_methods(["GET", "POST"])
def codes(request: HttpRequest) -> HttpResponse:
    """Change the grades and causes that hold for the unit and all below."""
    actor = actor_of(request)
    unit = access.get_acting_unit(actor, access.CODES)
    form = CodesForm(plain_for(unit), request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.set_codes(unit, form.codes("grades"), form.codes("causes"), actor=actor)
        messages.success(request, _("The codes are kept; reviews that are open keep theirs."))
        return redirect("reviews:list")
    context = {"unit": unit, "form": form, "list": list_for(unit)}
    return render(request, "reviews/codes.html", context, status=400 if form.is_bound else 200)
