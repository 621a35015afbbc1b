"""Write down which mails are to go out, and when; what they say is gathered when they go."""

import datetime
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from liencap.audit.actor import SYSTEM, Actor
from liencap.notices.hours import next_digest, release
from liencap.notices.models import Mail, MailChoice, Notice
from liencap.notices.queries import wanting_at_once
from liencap.work.actions import ring

BATCH = 500


def zone() -> ZoneInfo:
    """Return the time zone of the organisation, in which hours are meant."""
    return ZoneInfo(settings.TIME_ZONE)


def not_quiet(choice: MailChoice, moment: datetime.datetime) -> datetime.datetime:
    """Return the first moment from this one on at which the person may be disturbed."""
    return release(moment, choice.quiet_from, choice.quiet_until, zone())


def queue_mails(told: Sequence[tuple[str, int]]) -> None:
    """Queue mails for those of (key, seat) whose holder wants to be told at once; no query without a mail server."""
    if settings.MAIL is None or not told:
        return
    wanting = wanting_at_once({seat for _key, seat in told})
    if not wanting:
        return
    seats, now = {seat for _choice, seat in wanting}, timezone.now()
    notices: dict[int, list[Notice]] = {}
    for notice in Notice.objects.filter(key__in={key for key, _seat in told}, seat_id__in=seats):
        if (notice.key, notice.seat_id) in set(told):
            notices.setdefault(notice.seat_id, []).append(notice)
    made = [
        Mail(
            user_id=choice.user_id, kind=Mail.Kind.NOTICE, key=f"notice-{notice.pk}-{notice.times}",
            notice=notice, due_at=not_quiet(choice, now),
        )
        for choice, seat in wanting
        for notice in notices.get(seat, ())
        if notice.kind not in choice.off
    ]  # fmt: skip
    _queue(made)


@transaction.atomic
def plan_digest(choice: MailChoice, *, actor: Actor, after: datetime.datetime | None = None) -> None:
    """Queue a person's next digest in place of any other that waits."""
    assert actor is not None, "the choice is recorded"
    Mail.objects.filter(user=choice.user_id, kind=Mail.Kind.DIGEST, state=Mail.State.WAITING).delete()
    if choice.is_digest and settings.MAIL is not None:
        _queue([_digest(choice, after or timezone.now())])


def _digest(choice: MailChoice, after: datetime.datetime) -> Mail:
    weekday = choice.weekday if choice.rhythm == MailChoice.Rhythm.WEEKLY else None
    at = not_quiet(choice, next_digest(after, choice.hour, weekday, zone()))
    key = f"digest-{at.astimezone(zone()):%Y-%m-%d}"
    return Mail(user_id=choice.user_id, kind=Mail.Kind.DIGEST, key=key, due_at=at)


@transaction.atomic
def plan_missing_digests(after: int, *, actor: Actor) -> int:
    """Queue digests for the next choices that have none waiting; return the last id looked at, 0 at the end."""
    assert actor == SYSTEM, "the daily job catches up"
    waiting = Mail.objects.filter(
        user=OuterRef("user"), kind=Mail.Kind.DIGEST, state__in=[Mail.State.WAITING, Mail.State.SENDING]
    )
    digest = [MailChoice.Rhythm.DAILY, MailChoice.Rhythm.WEEKLY]
    found = MailChoice.objects.filter(~Exists(waiting), pk__gt=after, rhythm__in=digest, user__is_active=True)
    choices = list(found.order_by("pk")[:BATCH])
    if settings.MAIL is not None:
        _queue([_digest(choice, timezone.now()) for choice in choices])
    return choices[-1].pk if choices else 0


@transaction.atomic
def queue_confirmation(user_id: int, key: str, *, actor: Actor) -> None:
    """Queue the mail with which a new address is confirmed; it goes at once, for the person waits for it."""
    assert actor.user_id == user_id, "only one's own address"
    _queue([Mail(user_id=user_id, kind=Mail.Kind.CONFIRM, key=f"confirm-{key}", due_at=timezone.now())])


def _queue(mails: Sequence[Mail]) -> None:
    """Write the mails that are not there yet, and wake whoever sends them."""
    Mail.objects.bulk_create(mails, batch_size=BATCH, ignore_conflicts=True)
    if mails:
        first = min(mail.due_at for mail in mails)
        transaction.on_commit(lambda: ring("send-mail", at=first))
