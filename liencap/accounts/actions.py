"""Create accounts, change passwords and count failed sign-ins."""

import secrets

from django.db import transaction
from django.utils import timezone

from liencap.accounts.models import FailedSignIn, LoginName, User
from liencap.accounts.queries import REST, normal_name
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


@transaction.atomic
def set_language(user: User, language: str, *, actor: Actor) -> None:
    """Remember the language in which a person reads."""
    old, user.language = user.language, language
    user.save(update_fields=["language"])
    record(
        "set_language",
        actor=actor,
        kind="user",
        object_id=user.pk,
        old={"language": old},
        new={"language": language},
    )


@transaction.atomic
def note_failure(typed: str, *, actor: Actor) -> None:
    """Count a failed sign-in and forget the old ones; no audit row, for a wrong name may be a password."""
    assert actor.user_id is None, "nobody is signed in yet"
    now = timezone.now()
    FailedSignIn.objects.filter(at__lte=now - REST).delete()
    FailedSignIn.objects.create(name=normal_name(typed)[:200], at=now)
