"""Let people in: which devices a browser keeps, and how a session begins."""

import re
import time

from allauth.account import app_settings
from allauth.account.internal.flows.login import (
    get_authentication_records,
    perform_login,
    record_authentication,
)
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.account.models import Login
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.http import HttpRequest, HttpResponse

from liencap.accounts.models import Device, User
from liencap.accounts.pins import browser_name
from liencap.accounts.queries import devices_with

COOKIE = "device"
SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
KEPT = 8  # people who share a browser, each with a PIN of their own
LASTS = 400 * 86400  # seconds; browsers keep no cookie longer


def let_in(request: HttpRequest, user: User, method: str, to: str) -> HttpResponse:
    """Begin a session for somebody who has just shown who they are; a second factor is still asked for."""
    # Whoever has just shown it need not show it again.
    record_authentication(request, user, method, reauthenticated=True)
    answer = perform_login(request, Login(user=user, redirect_url=to))
    assert isinstance(answer, HttpResponse), "allauth ships no types"
    return answer


def browser_of(request: HttpRequest) -> str:
    """Return what a person calls the browser that asks."""
    return browser_name(request.headers.get("User-Agent", ""))


def devices_here(request: HttpRequest) -> list[Device]:
    """Return the devices that this browser keeps secrets of, newest first; no query without a cookie."""
    return devices_with(_secrets(request))


def own_device_here(request: HttpRequest) -> Device | None:
    """Return the device by which the signed-in person may confirm in this browser."""
    return next((d for d in devices_here(request) if d.user_id == request.user.pk), None)


def with_device(request: HttpRequest, answer: HttpResponse, secret: str) -> HttpResponse:
    """Give a browser the secret of a new device beside those that still open an account."""
    here = {d.secret_hash for d in devices_here(request)}
    kept = [s for s in _secrets(request) if devices_with([s])] if here else []
    answer.set_cookie(
        COOKIE, ".".join([secret, *kept][:KEPT]), max_age=LASTS, httponly=True, samesite="Lax",
        secure=request.is_secure(),
    )  # fmt: skip
    return answer


def must_confirm_by_pin(request: HttpRequest) -> bool:
    """Say whether an account that opens by PIN alone has to show the PIN again.

    allauth asks nothing of an account without a password and without a factor, so an open session of a person
    with a PIN alone could add a passkey unasked.
    """
    user = request.user
    if not isinstance(user, User) or get_reauthentication_flows(user):
        return False
    if not user.devices.exists() or SocialAccount.objects.filter(user=user).exists():
        return False
    shown = [r["at"] for r in get_authentication_records(request, user) if r.get("reauthenticated")]
    return not shown or time.time() - shown[-1] >= app_settings.REAUTHENTICATION_TIMEOUT


def _secrets(request: HttpRequest) -> list[str]:
    return SECRET.findall(request.COOKIES.get(COOKIE, "")[:400])[:KEPT]


def let_in_by_passkey(request: HttpRequest, passkey: Authenticator, to: str) -> HttpResponse:
    """Begin a session for somebody whose device has just made a passkey; it stands for both steps."""
    post_authentication(request, passkey, passwordless=True, reauthenticated=True)
    answer = perform_login(request, Login(user=passkey.user, redirect_url=to))
    assert isinstance(answer, HttpResponse), "allauth ships no types"
    return answer
