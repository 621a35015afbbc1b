"""Make, renew and end a seat's calendar address, and note what it has handed out."""

import datetime
import secrets
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import SYSTEM, Actor
from liencap.calendar.access import VIEW, find_feed
from liencap.calendar.feed import Said, differing, said_of
from liencap.calendar.models import Feed, HandedOut
from liencap.calendar.queries import token_hash
from liencap.card import Event
from liencap.errors import DomainError, NotAllowed
from liencap.units.access import require, today
from liencap.units.models import Appointment

FIELDS = ["kind", "title", "url", "since", "until", "cancelled", "sequence", "changed"]
BATCH = 300


@transaction.atomic
def make_feed(appointment: Appointment, *, actor: Actor) -> str:
    """Make the address of one's own appointment, or renew it, and return its token, which is shown this once."""
    _require_own(appointment, actor)
    old = find_feed(appointment)
    if old is not None:
        # A new row: what the old address handed out is nothing to those who take the new one.
        old.delete()
    token = secrets.token_urlsafe(32)
    feed = Feed.objects.create(appointment=appointment, token_hash=token_hash(token))
    record(
        "make_feed", actor=actor, kind="feed", object_id=feed.pk, unit_id=appointment.seat.unit_id,
        new={"seat": appointment.seat_id, "renewed": old is not None},
    )  # fmt: skip
    return token


@transaction.atomic
def end_feed(appointment: Appointment, *, actor: Actor) -> None:
    """End the address: whoever has it reads nothing from now on."""
    _require_own(appointment, actor)
    feed = find_feed(appointment)
    if feed is None:
        raise DomainError("no-feed", _("There is no address to end."), status=409)
    pk = feed.pk
    feed.delete()
    record(
        "end_feed", actor=actor, kind="feed", object_id=pk, unit_id=appointment.seat.unit_id,
        new={"seat": appointment.seat_id},
    )  # fmt: skip


def _require_own(appointment: Appointment, actor: Actor) -> None:
    """Refuse everybody but the holder acting in the seat: not even a seat above reads another's calendar so."""
    require(actor, VIEW, appointment.seat.unit)
    own = actor.seat_id == appointment.seat_id and actor.user_id == appointment.person.user_id
    if actor.user_id is None or not own or not appointment.holds_on(today()):
        raise NotAllowed("not-own-seat", _("Only the holder of a seat makes its calendar address."))


def hand_out(feed: Feed, events: Iterable[Event], since: datetime.date) -> list[HandedOut]:
    """Return what a feed says now; only when it differs from what it said last is anything written."""
    wanted = [said_of(event) for event in events]
    known = {row.uid: row for row in feed.events.all()}
    if differing(known.values(), wanted, since, timezone.now()):
        note_events(feed, wanted, since, actor=SYSTEM)
        known = {row.uid: row for row in feed.events.all()}
    return sorted(known.values(), key=lambda row: (row.since, row.uid))


@transaction.atomic
def note_events(feed: Feed, wanted: Iterable[Said], since: datetime.date, *, actor: Actor) -> None:
    """Note what a feed hands out: a change raises the sequence, what is gone is cancelled, later forgotten.

    A subscriber's request writes here because the sequence must be of what was handed out, not of what might
    have been; it writes only after a change. It is no deed of a person, so the log says nothing of it.
    """
    assert actor == SYSTEM, "a subscriber is nobody"
    Feed.objects.select_for_update().get(pk=feed.pk)
    known, now = {row.uid: row for row in feed.events.all()}, timezone.now()
    changes = differing(known.values(), wanted, since, now)
    HandedOut.objects.filter(feed=feed, uid__in=changes.forgotten).delete()
    new: list[HandedOut] = []
    moved: list[HandedOut] = []
    for said in changes.said:
        row = known.get(said.uid) or HandedOut(feed=feed, uid=said.uid)
        row.sequence += row.pk is not None
        row.changed = now if row.pk else min(said.changed, now)
        for name in ("kind", "title", "url", "since", "until", "cancelled"):
            setattr(row, name, getattr(said, name))
        (moved if row.pk else new).append(row)
    for uid in changes.gone:
        row = known[uid]
        row.cancelled, row.sequence, row.changed = True, row.sequence + 1, now
        moved.append(row)
    HandedOut.objects.bulk_create(new, batch_size=BATCH)
    HandedOut.objects.bulk_update(moved, FIELDS, batch_size=BATCH)
