"""Create accounts and change passwords."""

import secrets

from django.db import transaction

from liencap.accounts.models import LoginName, User
from liencap.accounts.queries import normal_name
from liencap.audit.actions import record
from liencap.audit.actor import Actor


@transaction.atomic
def create_user(name: str, *, names: dict[str, str], password: str | None, actor: Actor) -> User:
    """Create an account with its sign-in names (name -> kind); without a password nobody can sign in yet."""
    user = User(key=secrets.token_hex(16), name=name)
    user.set_password(password)
    user.save()
    LoginName.objects.bulk_create(
        LoginName(user=user, kind=kind, name=normal_name(n)) for n, kind in names.items()
    )
    record("create_user", actor=actor, kind="user", object_id=user.pk)
    return user


@transaction.atomic
def set_password(user: User, password: str, *, actor: Actor) -> None:
    """Give an account a new password."""
    user.set_password(password)
    user.save(update_fields=["password"])
    record("set_password", actor=actor, kind="user", object_id=user.pk)
