"""Create accounts, change passwords and count failed sign-ins."""

import secrets

from django.db import transaction
from django.utils import timezone

from liencap.accounts.models import FailedSignIn, LoginName, User
from liencap.accounts.queries import REST, normal_name
from liencap.audit.actions import digest, record
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


@transaction.atomic
def create_users(people: list[tuple[str, dict[str, str]]], *, actor: Actor) -> list[User]:
    """Create many accounts at once, each a name with its sign-in names; one entry in the log."""
    users = [User(key=secrets.token_hex(16), name=name) for name, _names in people]
    for user in users:
        user.set_unusable_password()
    User.objects.bulk_create(users, batch_size=500)
    pairs = [(u.pk, n, k) for u, (_name, names) in zip(users, people, strict=True) for n, k in names.items()]
    add_login_names(pairs, actor=actor)
    record(
        "create_users",
        actor=actor,
        kind="user",
        new={"count": len(users), "ids": digest([u.pk for u in users])},
    )
    return users


@transaction.atomic
def add_login_names(names: list[tuple[int, str, str]], *, actor: Actor) -> None:
    """Give accounts further sign-in names: (user id, name, kind); the names stay out of the log."""
    made = [LoginName(user_id=user, kind=kind, name=normal_name(name)) for user, name, kind in names]
    LoginName.objects.bulk_create(made, batch_size=500)
    record(
        "add_login_names", actor=actor, kind="user", new={"users": digest([user for user, _n, _k in names])}
    )
