"""Sessions: planned, recorded as held in a few taps, moved, cancelled."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from liencap.communication import access, actions
from liencap.communication.content import SessionWords
from liencap.communication.forms import HeldForm, MoveForm, ReasonForm, SessionForm
from liencap.communication.models import Session, Share
from liencap.errors import DomainError
from liencap.units.access import actor_of, can, today


def _second(request: HttpRequest, share: Share) -> Session | None:
    """Return the session for whose absentees another sitting is asked for."""
    wish = request.GET.get("second", "")
    if not wish:
        return None
    found = share.sessions.filter(pk=wish[:18], second_of=None).first() if wish.isdecimal() else None
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan a session of the unit."""
    actor = actor_of(request)
    share = access.get_share_for(actor, pk, access.RECORD)
    second = _second(request, share)
    form = SessionForm(request.POST or None, initial={"mode": "together"})
    if request.method == "POST" and form.is_valid():
        made = actions.plan_session(share, form.words(), second_of=second, actor=actor)
        messages.success(request, _("The session is planned."))
        return redirect("communication:session", made.pk)
    values = {"form": form, "share": share, "second": second}
    return render(request, "communication/session_plan.html", values, status=400 if form.errors else 200)


@require_GET
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a session and what can be done with it now."""
    actor = actor_of(request)
    found = access.get_session_for(actor, pk)
    values = {
        "session": found, "share": found.share, "item": found.share.item, "today": today(),
        "may_record": can(actor, access.RECORD, found.share.unit) and found.share.item.state == "issued",
        "second": found.second_sittings.order_by("day", "pk"), "questions": found.questions.select_related("answer"),
    }  # fmt: skip
    return render(request, "communication/session_detail.html", values)


@require_http_methods(["GET", "POST"])
def held(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that a planned session was held."""
    actor = actor_of(request)
    found = access.get_session_for(actor, pk, access.RECORD)
    initial: dict[str, Any] = {"day": min(found.day, today()), "expected": found.expected, "came": found.came}
    initial["material"] = found.material
    form = _form(request, initial)
    if request.method == "POST" and form.is_valid():
        checked = form.cleaned_data.get("names_checked", False)
        try:
            actions.hold_session(
                found, form.seen(), day=form.cleaned_data["day"], names_checked=checked, actor=actor
            )
        except DomainError as refusal:
            form = _refused(form, refusal)
        else:
            messages.success(request, _("Recorded as held."))
            return redirect("communication:session", pk)
    values = {"form": form, "share": found.share, "session": found}
    return render(request, "communication/session_held.html", values, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def held_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Record in one step a session that was held without being planned here."""
    actor = actor_of(request)
    share = access.get_share_for(actor, pk, access.RECORD)
    second = _second(request, share)
    form = _form(request, {"day": today()})
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        rest = {"second_of": second, "names_checked": clean.get("names_checked", False), "actor": actor}
        try:
            made = actions.record_held(share, SessionWords(clean["day"]), form.seen(), **rest)
        except DomainError as refusal:
            form = _refused(form, refusal)
        else:
            messages.success(request, _("Recorded as held."))
            return redirect("communication:session", made.pk)
    values = {"form": form, "share": share, "second": second}
    return render(request, "communication/session_held.html", values, status=400 if form.errors else 200)


def _form(request: HttpRequest, initial: dict[str, Any]) -> HeldForm:
    """Return the form; the box about names is read when it was shown."""
    return HeldForm(request.POST or None, initial=initial, warned="names_checked" in request.POST)


def _refused(form: HeldForm, refusal: DomainError) -> HeldForm:
    """Return the form with the refusal where it belongs, and with the box when names stand in the questions."""
    again = HeldForm(form.data, warned=refusal.code == "names")
    field = {"names": "questions", "attendance": "came", "future": "day"}.get(refusal.code)
    again.add_error(field, str(refusal))
    return again


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a planned session."""
    actor = actor_of(request)
    found = access.get_session_for(actor, pk, access.RECORD)
    names = ("day", "hour", "place", "speaker", "mode")
    form = MoveForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    if request.method == "POST" and form.is_valid():
        try:
            actions.move_session(found, form.words(), reason=form.cleaned_data["reason"], actor=actor)
        except DomainError as refusal:
            form.add_error("reason" if refusal.code == "reason" else None, str(refusal))
        else:
            messages.success(request, _("The session is moved."))
            return redirect("communication:session", pk)
    values = {"form": form, "share": found.share, "session": found}
    return render(request, "communication/session_plan.html", values, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a session with a reason."""
    actor = actor_of(request)
    found = access.get_session_for(actor, pk, access.RECORD)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.cancel_session(found, reason=form.cleaned_data["reason"], actor=actor)
        messages.success(request, _("The session is cancelled."))
        return redirect("communication:session", pk)
    title = found.share.item.title
    return render(
        request, "communication/reason.html",
        {"form": form, "heading": _("Cancel a session"), "lead": title, "deed": _("Cancel the session")},
        status=400 if form.errors else 200,
    )  # fmt: skip
