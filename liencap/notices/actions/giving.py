"""Give notices to the seats of units, settle them when the thing is done, mark them read.

None of these deeds has an entry of its own in the log: a notice repeats what a recorded deed did, and who
reads what and when is nobody's business.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise

from liencap.audit.actions import record
from liencap.audit.actor import SYSTEM, Actor
from liencap.card import followers
from liencap.errors import crash_point
from liencap.notices.access import notices_visible_to
from liencap.notices.actions.queueing import queue_mails
from liencap.notices.models import Notice
from liencap.notices.queries import seats_with
from liencap.notices.wording import kept

BATCH = 1000
SAID = [
    "kind",
    "unit",
    "permission",
    "said",
    "url",
    "due",
    "to_do",
    "at",
    "times",
    "unread",
    "settled_at",
    "seen",
]


@dataclass(frozen=True, slots=True)
class Message:
    """What a unit's seats that carry `permission` are told of one thing; `key` names the thing for ever.

    `about` is the unit that the thing belongs to where it is not the one told; `word` names the thing in a reminder.
    """

    unit_id: int
    key: str
    title: str | Promise
    url: str
    permission: str
    due: datetime.date | None = None
    about: int | None = None
    word: str | Promise = ""


# Both stand or fall with the deed that calls them, so they need no point to go back to within it.
@transaction.atomic(savepoint=False)
def notify(kind: str, messages: Iterable[Message], *, actor: Actor, to_do: bool = False) -> int:
    """Tell the seats of units what happened, within the caller's deed; return how many notices are new or anew.

    The caller has judged: it tells of what its own deed has just done. Of the same thing a seat has one notice: it
    becomes unread again. `to_do` stays open until `settle` says that it is done; the rest is over once it is read.
    Nobody is told what they did themselves. Three queries for a thousand messages.
    """
    stream, told = iter(messages), 0
    while some := list(islice(stream, BATCH)):
        told += len(give(kind, some, actor=actor, to_do=to_do))
    return told


def give(
    kind: str, messages: Sequence[Message], *, actor: Actor, to_do: bool, run: "Run | None" = None
) -> list[tuple[str, int]]:
    """Write the notices of one batch, new rows and rows that speak anew; return the key and seat of each."""
    now = timezone.now()
    seats = seats_with({m.unit_id for m in messages}, {m.permission for m in messages})
    wanted = {
        (m.key, seat): m
        for m in messages
        for seat in seats.get((m.unit_id, m.permission), ())
        if seat != actor.seat_id
    }
    if not wanted:
        return []
    # Locked, so that who settles one meanwhile comes after and is not overwritten.
    rows = Notice.objects.select_for_update().filter(
        key__in={key for key, _seat in wanted}, seat_id__in={seat for _key, seat in wanted}
    )
    known = {(n.key, n.seat_id): n for n in rows.order_by("pk")}
    new: list[Notice] = []
    anew: list[Notice] = []
    alike: list[int] = []
    for (key, seat), message in wanted.items():
        notice = known.get((key, seat))
        made = notice or Notice(key=key, seat_id=seat, times=0)
        if notice is not None and not _speaks(notice, kind, message, run):
            alike.append(notice.pk)
            continue
        _say(made, kind, message, now, to_do=to_do, run=run)
        (new if notice is None else anew).append(made)
    Notice.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
    Notice.objects.bulk_update(anew, SAID, batch_size=200)
    if run is not None:
        Notice.objects.filter(pk__in=alike, seen__lt=run.began).update(seen=run.began)
        Notice.objects.filter(pk__in=alike, seen__isnull=True).update(seen=run.began)
    told = [(n.key, n.seat_id) for n in (*new, *anew)]
    queue_mails(told)
    crash_point("notices-after-batch")
    return told


@dataclass(frozen=True, slots=True)
class Run:
    """A run of the daily reminders: when it began, and for each thing the moment from which it must have been said."""

    began: datetime.datetime
    since: dict[str, datetime.datetime]


def _speaks(notice: Notice, kind: str, message: Message, run: Run | None) -> bool:
    """Say whether a known notice has something new to say."""
    if run is not None:
        # What was settled while this run reads was done meanwhile: the run must not open it again.
        moment = run.since[notice.key] if notice.settled_at is None else run.began
        return (notice.settled_at or notice.at) < moment
    same = (notice.kind, notice.due, notice.url) == (kind, message.due, message.url)
    return not (same and notice.unread and notice.settled_at is None)


def _say(
    notice: Notice, kind: str, message: Message, now: datetime.datetime, *, to_do: bool, run: Run | None
) -> None:
    """Fill a notice with what is said now."""
    notice.kind, notice.url, notice.due = kind, message.url[:300], message.due
    notice.unit_id, notice.permission = message.about or message.unit_id, message.permission
    notice.said = {"title": kept(message.title)} | ({"kind": kept(message.word)} if message.word else {})
    notice.to_do, notice.at, notice.unread, notice.settled_at = to_do, now, True, None
    notice.times += 1
    notice.seen = run.began if run else None


@transaction.atomic(savepoint=False)
def settle(keys: Iterable[str], *, actor: Actor, units: Iterable[int] | None = None) -> int:
    """Say that things are done: their notices are over, of the named units' seats or of all; one query."""
    assert actor is not None, "the deed that did the thing is recorded"
    found = Notice.objects.open().filter(key__in=list(keys))
    if units is not None:
        found = found.filter(seat__unit_id__in=list(units))
    return found.update(settled_at=timezone.now())


@transaction.atomic
def mark_read(*notices: Notice, actor: Actor) -> None:
    """Note that notices were read; one that only tells is over with that."""
    assert actor != SYSTEM, "a person reads"
    _read([notice.pk for notice in notices])


@transaction.atomic
def mark_all_read(*, actor: Actor) -> int:
    """Note that all notices of the seat acted in were read; return how many were unread."""
    unread = notices_visible_to(actor).open().filter(unread=True)
    pks = list(unread.order_by().values_list("pk", flat=True))
    for at in range(0, len(pks), BATCH):
        _read(pks[at : at + BATCH])
    return len(pks)


def _read(pks: list[int]) -> None:
    found = Notice.objects.filter(pk__in=pks)
    found.filter(to_do=False, settled_at__isnull=True).update(settled_at=timezone.now())
    found.filter(unread=True).update(unread=False)


@transaction.atomic
def remind(messages: Sequence[Message], run: Run, *, actor: Actor) -> int:
    """Give the reminders of one batch of duties and note that they are still due; return how many spoke.

    The rooms whose things they are may keep that they were reminded of: `reminded` is told the things' keys.
    """
    assert actor == SYSTEM, "the daily job reminds"
    told = give("reminder", messages, actor=actor, to_do=True, run=run)
    if told:
        for follow in followers("reminded"):
            follow(sorted({key for key, _seat in told}), actor=actor)
    return len(told)


@transaction.atomic
def settle_undue(run: Run, *, actor: Actor) -> int:
    """Settle a thousand of the reminders whose thing was not found due in a run any more; return how many."""
    assert actor == SYSTEM, "the daily job reminds"
    gone = Notice.objects.open().filter(seen__lt=run.began).order_by().values_list("pk", flat=True)[:BATCH]
    return Notice.objects.filter(pk__in=list(gone)).update(settled_at=timezone.now())


@transaction.atomic
def forget_old(before: datetime.datetime, *, actor: Actor) -> int:
    """Delete a thousand of the notices that were over before a moment, with their mails; return how many."""
    assert actor == SYSTEM, "the daily job tidies"
    old = list(Notice.objects.filter(settled_at__lt=before).order_by().values_list("pk", flat=True)[:BATCH])
    Notice.objects.filter(pk__in=old).delete()
    return len(old)


@transaction.atomic
def record_run(duties: int, spoke: int, ended: int, *, actor: Actor) -> None:
    """Record a run of the reminders: one entry for all."""
    assert actor == SYSTEM, "the daily job reminds"
    new = {"duties": duties, "reminders": spoke, "settled": ended}
    record("remind", actor=actor, kind="notice", new=new)
