"""Come in by a slip: see for whom it is, choose how to sign in from now on, and be inside."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.webauthn.internal.auth import begin_registration
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from liencap.accounts.access import browser_of, let_in, let_in_by_passkey, with_device
from liencap.audit.actor import Actor
from liencap.errors import DomainError
from liencap.units import actions, forms, queries
from liencap.units.models import ActivationSlip, MemberSlip

PAPER = Actor(None, name="slip")


@never_cache
@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def activate(request: HttpRequest) -> HttpResponse:
    """Greet who holds a slip and offer the ways in; open to all, for who holds a slip cannot sign in yet."""
    if request.method == "POST":
        typed = request.POST.get("code", "")[:40]
        return redirect(f"{resolve_url('units:activate')}?{urlencode({'code': typed})}")
    code = request.GET.get("code", "")[:40]
    slip = _slip(code)
    if slip is None:
        form = forms.CodeForm({"code": code} if code else None)
        if code and form.is_valid():
            form.add_error("code", _("This code is wrong, used or out of date. Ask for a new slip."))
        return render(request, "units/activate.html", {"form": form}, status=400 if code else 200)
    return render(request, "units/activate_choose.html", {"held": slip.held, "code": code})


@never_cache
@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def activate_by(request: HttpRequest, way: str) -> HttpResponse:
    """Set the chosen way in by the code of a slip, and go inside at once."""
    code = (request.POST if request.method == "POST" else request.GET).get("code", "")[:40]
    slip = _slip(code)
    if slip is None:
        return redirect(f"{resolve_url('units:activate')}?{urlencode({'code': code})}")
    form = forms.WAYS[way](request.POST or None, held=slip.held)
    if request.method == "POST" and form.is_valid():
        try:
            return ENTER[way](request, code, form)
        except DomainError as refused:
            form.add_error(None, str(refused))
    shown = {"form": form, "held": slip.held, "code": code, "way": way}
    if way == "passkey":
        user = actions.prepare_account(code, actor=PAPER)
        shown["js_data"] = {"creation_options": begin_registration(user, True)}
    return render(request, "units/activate_by.html", shown, status=400 if form.errors else 200)


def _by_pin(request: HttpRequest, code: str, form: forms.PinWay) -> HttpResponse:
    user, secret = actions.activate_by_pin(
        code, form.cleaned_data["pin"], browser=browser_of(request), actor=PAPER
    )
    return with_device(request, let_in(request, user, "slip", resolve_url("home")), secret)


def _by_password(request: HttpRequest, code: str, form: forms.PasswordWay) -> HttpResponse:
    user = actions.activate(code, form.cleaned_data["password"], actor=PAPER)
    return let_in(request, user, "slip", resolve_url("home"))


def _by_passkey(request: HttpRequest, code: str, form: forms.PasskeyWay) -> HttpResponse:
    credential, name = form.cleaned_data["credential"], browser_of(request)
    passkey = actions.activate_by_passkey(code, credential, name=name, actor=PAPER)
    return let_in_by_passkey(request, passkey, resolve_url("home"))


ENTER: dict[str, Callable[[HttpRequest, str, Any], HttpResponse]] = {
    "pin": _by_pin,
    "password": _by_password,
    "passkey": _by_passkey,
}


def _slip(code: str) -> ActivationSlip | MemberSlip | None:
    """Return the slip that a code opens today; a preview of the address by a messenger uses nothing up."""
    slip = (queries.slip_with(code) or queries.member_slip_with(code)) if code else None
    return slip if slip is not None and actions.slip_works(slip) else None
