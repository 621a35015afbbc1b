"""Sign in and out, change the password and the language."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from liencap.accounts import actions
from liencap.accounts.forms import PasswordForm, SignInForm
from liencap.accounts.models import User
from liencap.accounts.queries import must_rest
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
            login(request, user)
            return _with_language(request, redirect(_next(request)), getattr(user, "language", ""))
        else:
            actions.note_failure(name, actor=SYSTEM)
            form.add_error(None, _("The name or the password is wrong."))
    return render(request, "accounts/sign_in.html", {"form": form, "next": request.GET.get("next", "")})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("sign-in")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password and stay signed in."""
    user = request.user
    assert isinstance(user, User), "LoginRequiredMiddleware lets only accounts pass"
    form = PasswordForm(user, request.POST or None)
    if form.is_valid():
        actions.set_password(user, form.cleaned_data["new"], actor=_actor(request))
        update_session_auth_hash(request, user)
        messages.success(request, _("Your password was changed."))
        return redirect("home")
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
    return _with_language(request, redirect(_next(request)), language, always=True)


def _with_language(
    request: HttpRequest, answer: HttpResponse, language: str, always: bool = False
) -> HttpResponse:
    """Set the language cookie, unless a browser has chosen already."""
    if always or settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=365 * 86400,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return answer


def _next(request: HttpRequest) -> str:
    """Return where to go on: a page of ours or the start page."""
    wish = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wish, {request.get_host()}, require_https=request.is_secure())
    return wish if ours else settings.LOGIN_REDIRECT_URL


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined,no-any-return]  # set by SeatMiddleware, a storey above
