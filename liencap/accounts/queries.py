"""Find accounts by what people type."""

import re
from datetime import timedelta

from django.utils import timezone

from liencap.accounts.models import FailedSignIn, User

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
