"""Lines of the plan: made, changed, handed out, cancelled."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from liencap.communication import access, actions, queries
from liencap.communication.forms import HandForm, ItemForm, ReasonForm
from liencap.communication.models import Item, Share
from liencap.communication.standing import branches
from liencap.communication.wording import handed_to
from liencap.documents.models import Document
from liencap.errors import DomainError
from liencap.programmes.queries import units_by_rule
from liencap.units.access import actor_of, can, get_unit_for, today

BRANCHES = 50


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """Plan a line for the seat's own unit."""
    actor = actor_of(request)
    if kind not in Item.Kind.values or actor.unit_id is None:
        raise Http404
    unit = get_unit_for(actor, actor.unit_id, access.PLAN)
    wish = request.GET.get("document", "")
    document = (
        Document.objects.filter(pk=wish[:18], unit=unit, draft=False).first() if wish.isdecimal() else None
    )
    form = ItemForm(
        unit, kind, None, request.POST or None, document=document, title=document.title if document else ""
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.plan_item(unit, kind, form.words(), actor=actor)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("The line stands in the plan. Now choose the units that carry it out.")
            )
            return redirect("communication:hand-out", made.pk)
    values = {"form": form, "kind": kind, "unit": unit}
    return render(request, "communication/item_edit.html", values, status=400 if form.errors else 200)


@require_GET
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a line, what is answered on it, and how the units below the seat's own stand."""
    actor = actor_of(request)
    found = access.get_item_for(actor, pk)
    seat = request.seat  # type: ignore[attr-defined]  # set by SeatMiddleware
    within = seat.unit if seat.unit.is_under(found.unit) else found.unit
    sums, parts = branches(found, within, today())
    values = {
        "item": found, "within": within, "sums": sums, "page": Paginator(parts, BRANCHES).get_page(1),
        "mine": Share.objects.filter(item=found, unit=seat.unit).first(), "today": today(),
        "answers": queries.answers_for(found, within)[:50], "channels": found.channels.all(),
        "versions": found.versions.order_by("-n")[:20], "may_plan": can(actor, access.PLAN, found.unit, seat=seat),
        "waiting": queries.waiting_at(seat.unit_id).filter(item=found).count(),
    }  # fmt: skip
    return render(request, "communication/item_detail.html", values)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a line; once it is handed out, every holder sees old and new."""
    actor = actor_of(request)
    found = access.get_item_for(actor, pk, access.PLAN)
    form = ItemForm(found.unit, found.kind, found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_item(found, form.words(), why=form.cleaned_data.get("why", ""), actor=actor)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The line is changed."))
            return redirect("communication:item", pk)
    values = {"form": form, "kind": found.kind, "unit": found.unit, "item": found}
    return render(request, "communication/item_edit.html", values, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a line with a reason."""
    actor = actor_of(request)
    found = access.get_item_for(actor, pk, access.PLAN)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.cancel_item(found, reason=form.cleaned_data["reason"], actor=actor)
        messages.success(request, _("The line is cancelled; all units that hold it see the reason."))
        return redirect("communication:item", pk)
    return render(
        request, "communication/reason.html",
        {"form": form, "heading": _("Cancel a line of the plan"), "lead": found.title, "deed": _("Cancel it")},
        status=400 if form.errors else 200,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def hand(request: HttpRequest, pk: int) -> HttpResponse:
    """Preview on GET which units a rule names, hand the line to them on POST."""
    actor = actor_of(request)
    found = access.get_item_for(actor, pk, access.PLAN)
    sent = request.POST if request.method == "POST" else request.GET
    form = HandForm(sent if "asked" in sent else None)
    filled = form.is_bound and form.is_valid()
    if request.method == "POST" and filled:
        units = actions.hand_out(found, form.rule(), actor=actor)
        messages.success(request, handed_to(units))
        return redirect("communication:item", pk)
    rows = units_by_rule(form.rule(), found.unit) if filled else None
    page = Paginator(rows, 50).get_page(request.GET.get("page")) if rows is not None else None
    values = {"item": found, "form": form, "page": page}
    return render(request, "communication/hand_out.html", values)
