"""Sign in and out, change the password and the language."""

from collections.abc import Callable

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from liencap.accounts import actions
from liencap.accounts.cookies import with_language
from liencap.accounts.forms import PasswordForm, SignInForm
from liencap.accounts.models import User
from liencap.accounts.queries import account_of, must_rest
from liencap.audit.actor import SYSTEM, Actor


@login_not_required
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Let somebody in by any of their names."""
    form = SignInForm(request.POST or None)
    if form.is_valid():
        name = form.cleaned_data["name"]
        if must_rest(name):
            form.add_error(
                None, _("Too many attempts with this name. Wait a quarter of an hour, then try again.")
            )
        elif user := authenticate(request, username=name, password=form.cleaned_data["password"]):
            # Whoever has just typed the password need not confirm it again.
            record_authentication(request, user, "password", reauthenticated=True)
            return _answer(perform_login(request, Login(user=user, redirect_url=_next(request))))
        else:
            actions.note_failure(name, actor=SYSTEM)
            form.add_error(None, _("The name or the password is wrong."))
    values = {"form": form, "next": request.GET.get("next", ""), "other": settings.OIDC}
    return render(request, "accounts/sign_in.html", values)


@login_not_required
@require_POST
def other_sign_in(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go to the organisation's sign-in service; connecting it asks for the password first."""
    go = reauthentication_required(oidc.login) if request.user.is_authenticated else oidc.login
    return _at_the_service(go, request, provider_id)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD"])
def other_sign_in_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Come back from the organisation's sign-in service."""
    return _at_the_service(oidc.callback, request, provider_id)


@never_cache
@require_http_methods(["GET", "HEAD"])
def account(request: HttpRequest) -> HttpResponse:
    """Show one's own names, password, second factors and connected sign-ins."""
    values = {"account": account_of(_user(request)), "other": settings.OIDC}
    return render(request, "accounts/account.html", values)


@require_POST
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth ships no types
def disconnect(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a connection to the organisation's sign-in service away."""
    get_object_or_404(SocialAccount, user=_user(request), pk=pk)
    actions.disconnect_sign_in(_user(request), pk, actor=_actor(request))
    messages.success(request, _("The sign-in is no longer connected."))
    return redirect("account")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("sign-in")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password and stay signed in."""
    user = _user(request)
    form = PasswordForm(user, request.POST or None)
    if form.is_valid():
        actions.set_password(user, form.cleaned_data["new"], actor=_actor(request))
        update_session_auth_hash(request, user)
        messages.success(request, _("Your password was changed."))
        return redirect("account")
    return render(request, "accounts/password.html", {"form": form})


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Change the language of the pages, and remember it for whoever is signed in."""
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest()
    if isinstance(request.user, User) and request.user.language != language:
        actions.set_language(request.user, language, actor=_actor(request))
    return with_language(request, redirect(_next(request)), language, always=True)


def _next(request: HttpRequest) -> str:
    """Return where to go on: a page of ours or the start page."""
    wish = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wish, {request.get_host()}, require_https=request.is_secure())
    return wish if ours else resolve_url(settings.LOGIN_REDIRECT_URL)


def _at_the_service(go: Callable[..., object], request: HttpRequest, provider_id: str) -> HttpResponse:
    """Ask the sign-in service; one that does not answer, or nonsense, is said in a sentence."""
    try:
        return _answer(go(request, provider_id))
    except (OSError, KeyError, ValueError):
        messages.error(
            request, _("The sign-in service does not answer. Try again later, or use your password.")
        )
        return redirect("account" if request.user.is_authenticated else "sign-in")


def _answer(answer: object) -> HttpResponse:
    """Give allauth's untyped answer its type."""
    assert isinstance(answer, HttpResponse)
    return answer


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User), "LoginRequiredMiddleware lets only accounts pass"
    return request.user


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined,no-any-return]  # set by SeatMiddleware, a storey above
