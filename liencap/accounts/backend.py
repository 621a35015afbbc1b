"""Check a sign-in name and password."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from liencap.accounts.models import User
from liencap.accounts.queries import user_by_login_name


class LoginNameBackend(BaseBackend):
    """Accept any of an account's names; spend the same time on unknown ones."""

    def authenticate(
        self,
        request: HttpRequest | None,  # noqa: ARG002  # Django passes it by name
        username: str = "",
        password: str = "",
        **_credentials: Any,
    ) -> User | None:
        """Return the user whose name and password fit."""
        user = user_by_login_name(username)
        if user is None:
            User().set_password(password)
            return None
        return user if user.is_active and user.check_password(password) else None

    def get_user(self, user_id: int) -> User | None:
        """Return the active user of a session."""
        return User.objects.filter(pk=user_id, is_active=True).first()
