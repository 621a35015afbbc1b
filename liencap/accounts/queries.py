"""Find accounts by what people type."""

import re
from dataclasses import dataclass
from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.utils import timezone

from liencap.accounts.models import FailedSignIn, LoginName, User

TRIES = 10
REST = timedelta(minutes=15)


def normal_name(typed: str) -> str:
    """Return the stored form of a sign-in name: lower case; phone numbers as 84…, without spaces."""
    name = typed.strip().casefold()
    digits = re.sub(r"[\s.()-]", "", name)
    if re.fullmatch(r"\+?\d{8,15}", digits):
        digits = digits.removeprefix("+")
        return "84" + digits[1:] if digits.startswith("0") else digits
    return name


def user_by_login_name(typed: str) -> User | None:
    """Return the account with this sign-in name."""
    return User.objects.filter(login_names__name=normal_name(typed)).first()


def must_rest(typed: str) -> bool:
    """Say whether a sign-in name was tried too often in the last quarter of an hour."""
    recent = FailedSignIn.objects.filter(name=normal_name(typed)[:200], at__gt=timezone.now() - REST)
    return recent.count() >= TRIES


def name_of(user: User) -> str:
    """Return the name that an account shows."""
    return user.name


def user_by_verified_email(addresses: list[str]) -> User | None:
    """Return the one open account that signs in by one of these e-mail addresses."""
    names = [normal_name(address) for address in addresses]
    found = User.objects.filter(
        is_active=True, login_names__kind=LoginName.Kind.EMAIL, login_names__name__in=names
    ).distinct()[:2]
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True)
class Account:
    """What a person sees of their own account."""

    names: list[LoginName]
    passkeys: list[Authenticator]
    app: Authenticator | None
    codes: Authenticator | None
    connected: list[SocialAccount]

    @property
    def codes_left(self) -> int:
        """Count the recovery codes that still work."""
        return len(self.codes.wrap().get_unused_codes()) if self.codes else 0


def account_of(user: User) -> Account:
    """Return an account's names, second factors and connected sign-ins; three queries."""
    factors = list(Authenticator.objects.filter(user=user).order_by("pk"))
    one = {f.type: f for f in factors}
    return Account(
        list(user.login_names.order_by("kind", "name")),
        [f for f in factors if f.type == Authenticator.Type.WEBAUTHN],
        one.get(Authenticator.Type.TOTP),
        one.get(Authenticator.Type.RECOVERY_CODES),
        list(SocialAccount.objects.filter(user=user).order_by("pk")),
    )
