"""Let a person choose how to be told by mail, and where to."""

import datetime
import time

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from liencap.accounts.actions import confirm_mail_address, drop_mail_address, give_mail_address
from liencap.accounts.models import User
from liencap.audit.actions import digest, record
from liencap.audit.actor import Actor
from liencap.errors import DomainError, NotAllowed
from liencap.notices.actions.queueing import plan_digest, queue_confirmation
from liencap.notices.models import Mail, MailChoice
from liencap.notices.queries import addresses_of
from liencap.notices.wish import Wish

SALT = "liencap.notices.address"
VALID = 3 * 24 * 3600  # seconds for which a link that confirms an address works
FIELDS = ("rhythm", "hour", "weekday", "quiet_from", "quiet_until", "off")


@transaction.atomic
def choose_mail(user: User, wish: Wish, *, actor: Actor) -> str:
    """Keep a person's own choice; return the address that is still to be confirmed, nothing where none is.

    What waits is sent or dropped by the new choice; a refusal of the past is forgotten. An empty address forgets
    the one that was given.
    """
    _only_oneself(user, actor)
    new = _take_address(user, wish.address, actor)
    if wish.rhythm != MailChoice.Rhythm.NONE and not any(addresses_of(user)):
        raise DomainError("no-address", _("Give an e-mail address to which the mail can go."))
    choice, _made = MailChoice.objects.select_for_update().get_or_create(user=user)
    old = {name: _plain(getattr(choice, name)) for name in FIELDS}
    for name in FIELDS:
        setattr(choice, name, getattr(wish, name))
    choice.trouble = ""
    choice.save(update_fields=[*FIELDS, "trouble"])
    Mail.objects.filter(user=user, state__in=[Mail.State.REFUSED, Mail.State.UNSURE]).delete()
    record(
        "choose_mail", actor=actor, kind="user", object_id=user.pk,
        old=old, new={name: _plain(getattr(choice, name)) for name in FIELDS},
    )  # fmt: skip
    plan_digest(choice, actor=actor)
    return new


def _plain(value: object) -> object:
    return value.isoformat("minutes") if isinstance(value, datetime.time) else value


def _take_address(user: User, address: str, actor: Actor) -> str:
    """Keep what was typed as address, or forget it; return the address that is still to be confirmed."""
    known, waiting = addresses_of(user)
    if not address:
        drop_mail_address(user, actor=actor)
        return ""
    if address == known:
        return ""
    if settings.MAIL is None:
        raise DomainError("no-mail", _("Mail is not set up here, so an address cannot be confirmed."))
    if address != waiting:
        give_mail_address(user, address, actor=actor)
    # Asked again, the link is sent again.
    queue_confirmation(user.pk, f"{digest([address])[:24]}-{int(time.time())}", actor=actor)
    return address


def token_for(user: User, address: str) -> str:
    """Return what the link holds that confirms an address; it names no address."""
    return signing.dumps({"user": user.pk, "of": digest([address])[:32]}, salt=SALT)


@transaction.atomic
def confirm_address(user: User, token: str, *, actor: Actor) -> None:
    """Take the address to which the link was sent as the person's own."""
    _only_oneself(user, actor)
    address = addresses_of(user)[1]
    try:
        said = signing.loads(token, salt=SALT, max_age=VALID)
    except signing.BadSignature:
        said = {}
    if not address or said != {"user": user.pk, "of": digest([address])[:32]}:
        sentence = _("This link does not confirm an address of yours any more. Enter the address again.")
        raise DomainError("bad-link", sentence)
    confirm_mail_address(user, address, actor=actor)


def _only_oneself(user: User, actor: Actor) -> None:
    if actor.user_id != user.pk:
        raise NotAllowed("not-yours", _("Only the person themselves chooses this."))
