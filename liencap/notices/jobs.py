"""Remind of what is due, once a day, and send the mails that wait."""

import datetime
import itertools
from collections.abc import Iterator

from django.conf import settings
from django.core.mail import get_connection
from django.utils import timezone

from liencap.audit.actor import SYSTEM
from liencap.card import Duty, functions
from liencap.errors import crash_point
from liencap.notices.actions import giving, mailing, queueing
from liencap.notices.hours import BEFORE, mark_on
from liencap.notices.models import Mail
from liencap.notices.post import Refusal, compose, hand_over, is_quiet_now
from liencap.units.access import today
from liencap.work.actions import report_progress, ring
from liencap.work.models import Job

BATCH = 1000
OVERDUE = datetime.timedelta(days=400)  # what is late for longer is reminded of no more
KEEP = datetime.timedelta(
    days=400
)  # how long a notice that is over is kept; a mail that went, a quarter of it


def remind(job: Job) -> None:
    """Give the reminders of today, settle those whose thing is done, and tidy up; running again adds none."""
    began, day = timezone.now(), today()
    done = spoke = 0
    duties = (duty for function in functions("duties") for duty in _duties(function, day))
    while batch := list(itertools.islice(duties, BATCH)):
        spoke += giving.remind([_message(d) for d in batch], _run(began, batch, day), actor=SYSTEM)
        done += len(batch)
        report_progress(job, done, 0)
        crash_point("remind-after-batch")
    ended = 0
    while some := giving.settle_undue(giving.Run(began, {}), actor=SYSTEM):
        ended += some
        crash_point("remind-after-settling")
    giving.record_run(done, spoke, ended, actor=SYSTEM)
    _tidy(began)


def _duties(function: object, day: datetime.date) -> Iterator[Duty]:
    assert callable(function), "a card names functions"
    yield from function(day - OVERDUE, day + datetime.timedelta(days=BEFORE[0]))


def _message(duty: Duty) -> giving.Message:
    return giving.Message(
        duty.unit_id, duty.key, duty.title, duty.url, duty.permission, due=duty.due, word=duty.kind
    )


def _run(began: datetime.datetime, batch: list[Duty], day: datetime.date) -> giving.Run:
    """Say from which moment each thing of a batch must have been said."""
    since = {}
    for duty in batch:
        mark = mark_on(duty.due, day, duty.rhythm) or day
        since[duty.key] = timezone.make_aware(datetime.datetime.combine(mark, datetime.time.min))
    return giving.Run(began, since)


def _tidy(now: datetime.datetime) -> None:
    """Queue digests that are missing, delete what is long over, and see that mail goes on."""
    after = 0
    while after := queueing.plan_missing_digests(after, actor=SYSTEM):
        pass
    while giving.forget_old(now - KEEP, actor=SYSTEM):
        pass
    while mailing.forget_mails(now - KEEP / 4, actor=SYSTEM):
        pass
    if settings.MAIL is not None:
        ring("send-mail")


def send_mail(job: Job) -> None:
    """Send what is due, person by person, and wake again when the next mail is."""
    if settings.MAIL is None:
        return
    mailing.give_up_stale(actor=SYSTEM)
    sent = 0
    while claimed := mailing.claim_next(actor=SYSTEM):
        sent += _send(claimed)
        report_progress(job, sent, 0)
    if due := mailing.next_due():
        ring("send-mail", at=max(due, timezone.now() + datetime.timedelta(seconds=1)))


def _send(claimed: mailing.Claimed) -> int:
    """Send the mails of one claim; return how many letters went out."""
    if is_quiet_now(claimed):
        mailing.put_back(claimed, actor=SYSTEM)
        return 0
    letter = compose(claimed)
    if letter.message is None:
        mailing.finish(claimed, Mail.State.DROPPED, actor=SYSTEM)
        return 0
    if letter.needless:
        mailing.finish(claimed, Mail.State.DROPPED, actor=SYSTEM, mails=letter.needless)
    crash_point("mail-before-sending")
    try:
        hand_over(get_connection(), letter.message)
    except Refusal as refusal:
        if refusal.final:
            mailing.finish(claimed, Mail.State.REFUSED, actor=SYSTEM, error=refusal.code)
        else:
            mailing.put_back(claimed, actor=SYSTEM, error=refusal.code)
        return 0
    crash_point("mail-before-noting")
    mailing.finish(claimed, Mail.State.SENT, actor=SYSTEM)
    return 1
