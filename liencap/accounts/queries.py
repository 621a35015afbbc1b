"""Find accounts by what people type, and the ways by which each is opened."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from liencap.accounts.models import Device, FailedSignIn, LoginName, OpenSession, User

TRIES = 10
REST = timedelta(minutes=15)
PIN_TRIES = 5  # wrong PINs after which a device is forgotten


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
    devices: list[Device]
    sessions: list[OpenSession]

    @property
    def codes_left(self) -> int:
        """Count the recovery codes that still work."""
        return len(self.codes.wrap().get_unused_codes()) if self.codes else 0


def account_of(user: User) -> Account:
    """Return an account's names, second factors, connected sign-ins, devices and sessions; five queries."""
    factors = list(Authenticator.objects.filter(user=user).order_by("pk"))
    one = {f.type: f for f in factors}
    return Account(
        list(user.login_names.order_by("kind", "name")),
        [f for f in factors if f.type == Authenticator.Type.WEBAUTHN],
        one.get(Authenticator.Type.TOTP),
        one.get(Authenticator.Type.RECOVERY_CODES),
        list(SocialAccount.objects.filter(user=user).order_by("pk")),
        list(user.devices.order_by("-pk")),
        list(sessions_of(user)),
    )


def sessions_of(user: User) -> QuerySet[OpenSession]:
    """Return the browsers in which an account is signed in now, the newest first."""
    alive = Session.objects.filter(expire_date__gt=timezone.now())
    return user.open_sessions.filter(key__in=alive.values("session_key")).order_by("-pk")


def secret_hash(secret: str) -> str:
    """Return what is kept of a device's secret; 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def devices_with(secrets: Iterable[str]) -> list[Device]:
    """Return the devices whose secrets a browser keeps and that still open an account."""
    hashes = [secret_hash(secret) for secret in secrets]
    found = Device.objects.filter(secret_hash__in=hashes, tries__lt=PIN_TRIES, user__is_active=True)
    return list(found.select_related("user").order_by("-pk")) if hashes else []


def opens(outer: str) -> Q:
    """Return a condition: the account that the column `outer` names can be opened by something its holder has."""
    ways = [
        Device.objects,
        Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN),
        SocialAccount.objects,
    ]
    found = Q(
        Exists(User.objects.filter(pk=OuterRef(outer)).exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX))
    )
    for way in ways:
        found |= Q(Exists(way.filter(user_id=OuterRef(outer))))
    return found


def has_way_in(user: User) -> bool:
    """Say whether the account can be opened by something its holder has; one query."""
    return User.objects.filter(opens("pk"), pk=user.pk).exists()


def ways_besides(user: User, device: Device) -> bool:
    """Say whether the account is opened by anything but this device."""
    other = user.has_usable_password() or user.devices.exclude(pk=device.pk).exists()
    keys = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    return bool(other or keys.exists() or SocialAccount.objects.filter(user=user).exists())


def has_factors(user: User) -> bool:
    """Say whether an account asks for a second step."""
    return bool(Authenticator.objects.filter(user=user).exists())
