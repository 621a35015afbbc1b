"""Sign in and out, change the password and the language."""

from collections.abc import Callable

from allauth.account.decorators import reauthentication_required
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

from liencap.accounts import access, actions
from liencap.accounts.cookies import with_language
from liencap.accounts.forms import NewPasswordForm, PasswordForm, PinForm, SignInForm
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
            return access.let_in(request, user, "password", next_page(request))
        else:
            actions.note_failure(name, actor=SYSTEM)
            form.add_error(None, _("The name or the password is wrong."))
    return door(request, form, PinForm(access.devices_here(request)))


def door(request: HttpRequest, form: SignInForm, pin: PinForm) -> HttpResponse:
    """Show the ways in: by the PIN of this device where it has one, by name and password, by passkey."""
    values = {
        "form": form,
        "pin": pin if pin.devices else None,
        "next": request.GET.get("next", ""),
        "other": settings.OIDC,
    }
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
    here = access.own_device_here(request)
    values = {
        "account": account_of(user_of(request)), "other": settings.OIDC,
        "device": here.pk if here else None, "session": request.session.session_key,
    }  # fmt: skip
    return render(request, "accounts/account.html", values)


@require_POST
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth ships no types
def disconnect(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a connection to the organisation's sign-in service away."""
    get_object_or_404(SocialAccount, user=user_of(request), pk=pk)
    actions.disconnect_sign_in(user_of(request), pk, actor=actor_of(request))
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
    """Change one's own password and stay signed in here; who has none yet sets one after showing the PIN."""
    user = user_of(request)
    if not user.has_usable_password():
        return _answer(reauthentication_required(_first_password)(request))
    return _set_password(request, PasswordForm(user, request.POST or None))


def _first_password(request: HttpRequest) -> HttpResponse:
    return _set_password(request, NewPasswordForm(user_of(request), request.POST or None))


def _set_password(request: HttpRequest, form: NewPasswordForm | PasswordForm) -> HttpResponse:
    user = user_of(request)
    if form.is_valid():
        actions.set_password(user, form.cleaned_data["new"], actor=actor_of(request))
        update_session_auth_hash(request, user)
        key = str(request.session.session_key)
        actions.note_session(user, key, name=access.browser_of(request), actor=actor_of(request))
        actions.end_other_sessions(user, key, actor=actor_of(request))
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
        actions.set_language(request.user, language, actor=actor_of(request))
    return with_language(request, redirect(next_page(request)), language, always=True)


def next_page(request: HttpRequest) -> str:
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


def user_of(request: HttpRequest) -> User:
    """Return who is signed in."""
    assert isinstance(request.user, User), "LoginRequiredMiddleware lets only accounts pass"
    return request.user


def actor_of(request: HttpRequest) -> Actor:
    """Return who asks, in the seat that the middleware chose."""
    return request.actor  # type: ignore[attr-defined,no-any-return]  # set by SeatMiddleware, a storey above
