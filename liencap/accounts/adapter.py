"""What allauth asks of us: nobody signs up, secrets are closed, deeds are recorded, traces are not kept."""

import base64
import hashlib
from io import BytesIO
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from liencap.accounts import access, actions
from liencap.accounts.cookies import with_language
from liencap.accounts.models import User
from liencap.accounts.queries import user_by_verified_email
from liencap.audit.actor import Actor

# allauth would send a mail by these templates; here each becomes one line of the log.
DEEDS = {
    "mfa/email/totp_activated": "add_authenticator_app",
    "mfa/email/totp_deactivated": "remove_authenticator_app",
    "mfa/email/webauthn_added": "add_passkey",
    "mfa/email/webauthn_removed": "remove_passkey",
    "mfa/email/recovery_codes_generated": "make_recovery_codes",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Sign in by the names that units gave; no sign-up, no mail."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Refuse: accounts come from units."""
        return False

    def get_login_stages(self) -> list[str]:
        """Ask for a second factor where there is one, and for nothing else."""
        return ["allauth.mfa.stages.AuthenticateStage"]

    def reauthenticate(self, user: User, password: str) -> bool:
        """Say whether this is the password of the person who is signed in."""
        return user.check_password(password)

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Ask an account that opens by PIN alone for its PIN; allauth would ask it for nothing."""
        if access.must_confirm_by_pin(self.request):
            raise ReauthenticationRequired
        return bool(super().is_reauthentication_required(app=app))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, str]]:
        """Offer the PIN first where this browser is a device of the person."""
        ways: list[dict[str, str]] = super().get_reauthentication_methods(user)
        if user.is_authenticated and access.own_device_here(self.request):
            pin = {
                "id": "pin",
                "description": _("Use the PIN of this device"),
                "url": resolve_url("pin-confirm"),
            }
            return [pin, *ways]
        return ways

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:  # noqa: ARG002
        """Give a closed account the answer that a wrong name gets."""
        messages.error(request, _("The name or the password is wrong."))
        return redirect("sign-in")

    def add_message(self, request: HttpRequest, level: int, message_template: str = "", *args: Any, **more: Any) -> None:  # noqa: E501  # fmt: skip
        """Say nothing about signing in: the page that opens says it."""
        if message_template != "account/messages/logged_in.txt":
            super().add_message(request, level, message_template, *args, **more)

    def post_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse:
        """Go on in the person's language, without a trace of when they came."""
        if any(r["method"] != "password" for r in get_authentication_records(request, user)):
            actions.forget_use(user, actor=Actor(user.pk, name=user.name))
        actor = Actor(user.pk, name=user.name)
        if key := request.session.session_key:
            actions.note_session(user, key, name=access.browser_of(request), actor=actor)
        if not user.renewed_told and user.renewed_on:
            day, by = date_format(user.renewed_on, "SHORT_DATE_FORMAT"), user.renewed_by
            messages.warning(request, _("Your access was renewed on %(day)s by: %(by)s. If you did not ask for it, tell the office of your unit at once.") % {"day": day, "by": by})  # noqa: E501  # fmt: skip
            actions.tell_renewed(user, actor=actor)
        return with_language(request, super().post_login(request, user, **more), user.language)

    def send_notification_mail(self, template_prefix: str, user: User, *_args: Any, **_more: Any) -> None:
        """Record the deed about which allauth would send a mail."""
        if template_prefix in DEEDS:
            actions.note_factor(user, DEEDS[template_prefix], actor=Actor(user.pk, name=user.name))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Close secrets with a key outside the database."""

    def _box(self) -> Fernet:
        return Fernet(base64.urlsafe_b64encode(hashlib.sha256(settings.MFA_KEY.encode()).digest()))

    def encrypt(self, text: str) -> str:
        """Close a secret before it is stored."""
        return self._box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a stored secret."""
        return self._box().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """Draw the QR code with the library that draws those of slips."""
        picture = BytesIO()
        segno.make(url).save(picture, kind="svg", scale=4, light="white")
        return picture.getvalue().decode()

    def _get_user_identifier(self, user: User) -> str:
        return user.name

    def _get_site_name(self) -> str:
        return "Liencap"

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002, ARG002
        """Suggest a name that says where the passkey is."""
        return _("This device")


class OtherSignInAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Let the organisation's sign-in service open accounts that exist, and make none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        """Refuse: accounts come from units."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Connect when asked to, link by a verified e-mail, or send back to the sign-in page."""
        if sociallogin.state.get("process") == "connect":
            raise ImmediateHttpResponse(self._connect(request, sociallogin))
        if sociallogin.is_existing:
            return
        verified = [a.email for a in sociallogin.email_addresses if a.verified is True]
        user = user_by_verified_email(verified)
        if user is None:
            messages.error(request, _("No account here belongs to that sign-in. Sign in with your password, then connect it on your account page."))  # noqa: E501  # fmt: skip
            raise ImmediateHttpResponse(redirect("sign-in"))
        actions.connect_sign_in(user, sociallogin.account, actor=Actor(user.pk, name=user.name))
        sociallogin.user = user

    def _connect(self, request: HttpRequest, sociallogin: Any) -> HttpResponse:
        user = request.user
        if not isinstance(user, User):
            return redirect("sign-in")
        if sociallogin.is_existing:
            mine = sociallogin.user.pk == user.pk
            messages.add_message(
                request,
                messages.INFO if mine else messages.ERROR,
                _("This sign-in is connected already.")
                if mine
                else _("That sign-in belongs to another account."),
            )
        elif not did_recently_reauthenticate(request):
            messages.error(request, _("That took too long. Press the button once more."))
        else:
            actions.connect_sign_in(user, sociallogin.account, actor=Actor(user.pk, name=user.name))
            messages.success(request, _("The sign-in is connected."))
        return redirect("account")

    def on_authentication_error(self, request: HttpRequest, provider: Any, **_more: Any) -> None:  # noqa: ARG002
        """Send back to where the person came from, with a sentence."""
        messages.error(request, _("The sign-in service did not let you in. Try again, or use your password."))
        raise ImmediateHttpResponse(redirect("account" if request.user.is_authenticated else "sign-in"))
