"""Create accounts, change the ways by which they open, and count failed sign-ins."""

import secrets
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from liencap.accounts.models import Device, FailedSignIn, LoginName, OpenSession, User
from liencap.accounts.pins import weakness
from liencap.accounts.queries import PIN_TRIES, REST, has_factors, normal_name, secret_hash, ways_besides
from liencap.audit.actions import digest, forget, record
from liencap.audit.actor import About, Actor
from liencap.errors import DomainError


@transaction.atomic
def create_user(name: str, *, names: dict[str, str], password: str | None, actor: Actor) -> User:
    """Create an account with its sign-in names (name -> kind); without a password nobody can sign in yet."""
    user = User(key=secrets.token_hex(16), name=name)
    user.set_password(password)
    user.save()
    LoginName.objects.bulk_create(
        LoginName(user=user, kind=kind, name=normal_name(n)) for n, kind in names.items()
    )
    about = About("user", user.pk, {"name": name, "names": sorted(names)})
    record("create_user", actor=actor, kind="user", object_id=user.pk, about=[about])
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
    _write_names(pairs)
    record(
        "create_users", actor=actor, kind="user",
        new={"count": len(users), "ids": digest([u.pk for u in users])},
        about=[
            About("user", user.pk, {"name": name, "names": sorted(names)})
            for user, (name, names) in zip(users, people, strict=True)
        ],
    )  # fmt: skip
    return users


@transaction.atomic
def add_login_names(names: list[tuple[int, str, str]], *, actor: Actor) -> None:
    """Give accounts further sign-in names: (user id, name, kind)."""
    _write_names(names)
    of_user: dict[int, list[str]] = {}
    for user, name, _kind in names:
        of_user.setdefault(user, []).append(name)
    about = [About("user", user, {"names": sorted(its)}) for user, its in of_user.items()]
    new = {"users": digest([user for user, _n, _k in names])}
    record("add_login_names", actor=actor, kind="user", new=new, about=about)


def _write_names(names: list[tuple[int, str, str]]) -> None:
    made = [LoginName(user_id=user, kind=kind, name=normal_name(name)) for user, name, kind in names]
    LoginName.objects.bulk_create(made, batch_size=500)


@transaction.atomic
def erase_user(user: User, *, actor: Actor) -> None:
    """Take everything personal from an account; nobody signs in with it again, and its row stays as an empty name."""
    names = list(user.login_names.values_list("name", flat=True))
    user.login_names.all().delete()
    FailedSignIn.objects.filter(name__in=names).delete()
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    user.devices.all().delete()
    _end_sessions(user)
    user.name, user.key, user.is_active = "", secrets.token_hex(16), False
    user.set_unusable_password()
    user.save(update_fields=["name", "key", "is_active", "password"])
    record("erase_user", actor=actor, kind="user", object_id=user.pk)
    forget([("user", user.pk)], actor=actor)


@transaction.atomic
def note_factor(user: User, deed: str, *, actor: Actor) -> None:
    """Record that a second factor was added or taken away; allauth has written its own row."""
    record(deed, actor=actor, kind="user", object_id=user.pk)


@transaction.atomic
def connect_sign_in(user: User, account: SocialAccount, *, actor: Actor) -> None:
    """Let the holder of an account at the organisation's sign-in service in as this user."""
    account.user, account.extra_data = user, {}
    account.save()
    record("connect_sign_in", actor=actor, kind="user", object_id=user.pk)


@transaction.atomic
def disconnect_sign_in(user: User, pk: int, *, actor: Actor) -> None:
    """Take a connection to the organisation's sign-in service away."""
    if SocialAccount.objects.filter(user=user, pk=pk).delete()[0]:
        record("disconnect_sign_in", actor=actor, kind="user", object_id=user.pk)


@transaction.atomic
def forget_use(user: User, *, actor: Actor) -> None:
    """Keep neither when a second factor or a connected sign-in was used nor what the service told of the person."""
    assert actor is not None, "no audit row: nothing of ours changes"
    Authenticator.objects.filter(user=user, last_used_at__isnull=False).update(last_used_at=None)
    SocialAccount.objects.filter(user=user).update(extra_data={}, last_login=F("date_joined"))


@transaction.atomic
def add_device(user: User, pin: str, *, name: str, actor: Actor) -> str:
    """Let a browser open an account by a PIN; return the secret that this browser alone keeps."""
    if wrong := weakness(pin, user.login_names.values_list("name", flat=True)):
        raise DomainError("pin-weak", wrong)
    secret = secrets.token_urlsafe(32)
    made = Device.objects.create(
        user=user, secret_hash=secret_hash(secret), pin=make_password(pin), name=name[:60],
        since=timezone.localdate(),
    )  # fmt: skip
    record("add_device", actor=actor, kind="user", object_id=user.pk, new={"device": made.pk})
    return secret


def pin_opens(device: Device, pin: str, *, actor: Actor) -> bool:
    """Say whether this is the device's PIN; the fifth wrong one in a row makes the server forget the device.

    A try is taken before the slow comparison, so that many at once have no more tries than one after another;
    the comparison itself holds no lock.
    """
    if not take_try(device, actor=actor):
        return False
    right = check_password(pin[:20], device.pin)
    end_try(device, right=right, actor=actor)
    return right


@transaction.atomic
def take_try(device: Device, *, actor: Actor) -> bool:
    """Use up one try of a device; no audit row, for nothing has been found out yet."""
    assert actor.user_id is None, "nobody is signed in by it yet"
    return bool(Device.objects.filter(pk=device.pk, tries__lt=PIN_TRIES).update(tries=F("tries") + 1))


@transaction.atomic
def end_try(device: Device, *, right: bool, actor: Actor) -> None:
    """Give all tries back after a right PIN; forget the device after the last wrong one."""
    found = Device.objects.filter(pk=device.pk)
    if right:
        found.update(tries=0)
    elif found.filter(tries__gte=PIN_TRIES).delete()[0]:
        record("burn_device", actor=actor, kind="user", object_id=device.user_id, new={"device": device.pk})


@transaction.atomic
def end_device(user: User, pk: int, *, actor: Actor) -> None:
    """Forget a device of one's own; the last way into the account stays."""
    device = user.devices.filter(pk=pk).first()
    if device is None:
        return
    if not ways_besides(user, device):
        raise DomainError(
            "last-way-in", _("This is your only way in. Set a password or add a passkey first.")
        )
    device.delete()
    record("end_device", actor=actor, kind="user", object_id=user.pk, new={"device": pk})


@transaction.atomic
def note_session(user: User, key: str, *, name: str, actor: Actor) -> None:
    """Keep in which browser an account is signed in, so that its holder can end it; no audit row: no hours are kept."""
    assert actor.user_id in (None, user.pk), "one's own sessions only"
    alive = Session.objects.values("session_key")
    user.open_sessions.exclude(key__in=alive).delete()
    OpenSession.objects.update_or_create(
        key=key, defaults={"user": user, "name": name[:60], "since": timezone.localdate()}
    )


@transaction.atomic
def end_session(user: User, pk: int, *, actor: Actor) -> None:
    """Sign an account out in one of its browsers."""
    found = user.open_sessions.filter(pk=pk).first()
    if found is not None:
        Session.objects.filter(session_key=found.key).delete()
        found.delete()
        record("end_session", actor=actor, kind="user", object_id=user.pk)


@transaction.atomic
def end_other_sessions(user: User, key: str, *, actor: Actor) -> None:
    """Sign an account out in every browser but the one with this session."""
    if _end_sessions(user, but=key):
        record("end_session", actor=actor, kind="user", object_id=user.pk)


@transaction.atomic
def close_ways(user: User, *, by: str, actor: Actor) -> None:
    """Take every way into an account at once: password, PINs, passkeys, factors, connections and open sessions."""
    had = {
        "devices": user.devices.all().delete()[0],
        "factors": Authenticator.objects.filter(user=user).delete()[0],
        "connected": SocialAccount.objects.filter(user=user).delete()[0],
        "sessions": _end_sessions(user),
        "password": user.has_usable_password(),
    }
    FailedSignIn.objects.filter(name__in=user.login_names.values("name")).delete()
    user.set_unusable_password()  # a session that was never noted ends by this too
    _mark_renewed(user, by)
    record("close_ways", actor=actor, kind="user", object_id=user.pk, new=had)


@transaction.atomic
def take_factors_off(user: User, *, by: str, actor: Actor) -> None:
    """Take the second factors off an account whose password stays, and sign it out everywhere."""
    if not user.has_usable_password() or not has_factors(user):
        raise DomainError("no-factors", _("This account has no second step that could be taken off."))
    factors = Authenticator.objects.filter(user=user).delete()[0]
    sessions = _end_sessions(user)
    _mark_renewed(user, by)
    new = {"factors": factors, "sessions": sessions}
    record("take_factors_off", actor=actor, kind="user", object_id=user.pk, new=new)


@transaction.atomic
def tell_renewed(user: User, *, actor: Actor) -> None:
    """Note that a person has been told that their access was renewed; no audit row: the renewal has one."""
    assert actor.user_id == user.pk, "told to the person alone"
    User.objects.filter(pk=user.pk).update(renewed_told=True)


def _mark_renewed(user: User, by: str) -> None:
    user.renewed_on, user.renewed_by, user.renewed_told = timezone.localdate(), by[:400], False
    user.save(update_fields=["password", "renewed_on", "renewed_by", "renewed_told"])


def _end_sessions(user: User, *, but: str = "") -> int:
    """Delete the sessions of an account and return how many lived."""
    ending = user.open_sessions.exclude(key=but)
    ended = Session.objects.filter(session_key__in=list(ending.values_list("key", flat=True))).delete()[0]
    ending.delete()
    return ended


@transaction.atomic
def add_passkey(user: User, credential: dict[str, Any], *, name: str, actor: Actor) -> Authenticator:
    """Keep a passkey that the person's device has just made and allauth has verified."""
    passkey: Authenticator = WebAuthn.add(user, name, credential).instance
    record("add_passkey", actor=actor, kind="user", object_id=user.pk)
    return passkey


@transaction.atomic
def give_mail_address(user: User, address: str, *, actor: Actor) -> None:
    """Keep an address for mail to a person, not yet confirmed, in place of any other that waits."""
    EmailAddress.objects.filter(user=user, verified=False).delete()
    EmailAddress.objects.create(user=user, email=address.strip().lower(), verified=False, primary=False)
    about = About("user", user.pk, {"address": address})
    record("give_mail_address", actor=actor, kind="user", object_id=user.pk, about=[about])


@transaction.atomic
def confirm_mail_address(user: User, address: str, *, actor: Actor) -> None:
    """Let mail to a person go to an address that they have confirmed, in place of the one before."""
    if EmailAddress.objects.filter(email=address, verified=True).exclude(user=user).exists():
        raise DomainError("address-taken", _("This e-mail address belongs to another account already."))
    EmailAddress.objects.filter(user=user, verified=True).delete()
    EmailAddress.objects.filter(user=user, email=address).update(verified=True)
    record("confirm_mail_address", actor=actor, kind="user", object_id=user.pk)


@transaction.atomic
def drop_mail_address(user: User, *, actor: Actor) -> None:
    """Forget the addresses that a person gave for mail."""
    if EmailAddress.objects.filter(user=user).delete()[0]:
        record("drop_mail_address", actor=actor, kind="user", object_id=user.pk)
