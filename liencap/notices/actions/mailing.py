"""Claim mails that are due, and write down what became of them. The sending itself is in post.py."""

import datetime
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from liencap.audit.actor import SYSTEM, Actor
from liencap.notices.actions.queueing import not_quiet, plan_digest
from liencap.notices.models import Mail, MailChoice
from liencap.notices.queries import choice_of

STALE = datetime.timedelta(minutes=15)  # far longer than a mail server may take
TRIES = 8
BATCH = 50  # things that one mail lists


@dataclass(frozen=True, slots=True)
class Claimed:
    """Mails of one person and kind that one worker holds: they go out as one."""

    claim: str
    mails: list[Mail]
    choice: MailChoice


@transaction.atomic
def claim_next(*, actor: Actor) -> Claimed | None:
    """Take the mails of the person who has waited longest; of several workers one wins each mail."""
    assert actor == SYSTEM, "the job sends"
    now, claim = timezone.now(), secrets.token_hex(16)
    waiting = Mail.objects.filter(state=Mail.State.WAITING, due_at__lte=now)
    first = waiting.select_related("user").order_by("due_at", "pk").first()
    if first is None:
        return None
    alike = list(
        waiting.filter(user=first.user, kind=first.kind).order_by("pk").values_list("pk", flat=True)[:BATCH]
    )
    taken = Mail.objects.filter(pk__in=alike, state=Mail.State.WAITING)
    taken.update(state=Mail.State.SENDING, claim=claim, claimed_at=now)
    mails = Mail.objects.filter(claim=claim).select_related("user", "notice__unit", "notice__seat__unit")
    return Claimed(claim, list(mails.order_by("pk")), choice_of(first.user))


def _ours(claimed: Claimed, mails: Sequence[Mail]) -> "Sequence[int]":
    return [mail.pk for mail in mails] if mails else [mail.pk for mail in claimed.mails]


@transaction.atomic
def finish(
    claimed: Claimed, state: str, *, actor: Actor, error: str = "", mails: Sequence[Mail] = ()
) -> None:
    """Write down that claimed mails, or the named ones of them, are sent, not needed, or refused for good."""
    assert actor == SYSTEM, "the job sends"
    ours = Mail.objects.filter(pk__in=_ours(claimed, mails), claim=claimed.claim, state=Mail.State.SENDING)
    ours.update(state=state, error=error[:40])
    if state == Mail.State.REFUSED:
        _trouble(claimed.choice, error)
    elif state == Mail.State.SENT and claimed.choice.trouble:
        _trouble(claimed.choice, "")
    if any(mail.kind == Mail.Kind.DIGEST for mail in claimed.mails):
        plan_digest(claimed.choice, actor=actor)


def _trouble(choice: MailChoice, error: str) -> None:
    choice.trouble = error[:40]
    MailChoice.objects.filter(pk=choice.pk).update(trouble=choice.trouble)


@transaction.atomic
def put_back(claimed: Claimed, *, actor: Actor, error: str = "") -> None:
    """Let mails wait again: until the quiet hours are over, or after a failure twice as long as the time before.

    After the last try they are given up; the person's page says so.
    """
    assert actor == SYSTEM, "the job sends"
    tries = max(mail.tries for mail in claimed.mails) + bool(error)
    if tries >= TRIES:
        return finish(claimed, Mail.State.REFUSED, actor=actor, error=error)
    pause = datetime.timedelta(minutes=2**tries) if error else datetime.timedelta()
    due = timezone.now() + pause
    if claimed.mails[0].kind != Mail.Kind.CONFIRM:
        due = not_quiet(claimed.choice, due)
    ours = Mail.objects.filter(claim=claimed.claim, state=Mail.State.SENDING)
    ours.update(state=Mail.State.WAITING, claim="", due_at=due, tries=tries, error=error[:40])
    return None


@transaction.atomic
def give_up_stale(*, actor: Actor) -> int:
    """Mark what a worker was sending when it died: it may have gone out, so it is never sent again, and is said."""
    assert actor == SYSTEM, "the job sends"
    stale = Mail.objects.filter(state=Mail.State.SENDING, claimed_at__lt=timezone.now() - STALE)
    users = list(stale.values_list("user_id", flat=True).distinct()[:500])
    digests = [m.user_id for m in stale.filter(user__in=users, kind=Mail.Kind.DIGEST)]
    done = stale.filter(user__in=users).update(state=Mail.State.UNSURE)
    for choice in MailChoice.objects.filter(user__in=digests):
        plan_digest(choice, actor=actor)
    return done


def next_due() -> datetime.datetime | None:
    """Return when the next mail is due."""
    found = Mail.objects.filter(state=Mail.State.WAITING).aggregate(first=Min("due_at"))["first"]
    return found if found is None or isinstance(found, datetime.datetime) else None


@transaction.atomic
def forget_mails(before: datetime.datetime, *, actor: Actor) -> int:
    """Delete a thousand of the mails that were done with before a moment."""
    assert actor == SYSTEM, "the daily job tidies"
    over = [Mail.State.SENT, Mail.State.DROPPED, Mail.State.REFUSED, Mail.State.UNSURE]
    old = (
        Mail.objects.filter(state__in=over, due_at__lt=before).order_by().values_list("pk", flat=True)[:1000]
    )
    return Mail.objects.filter(pk__in=list(old)).delete()[0]
