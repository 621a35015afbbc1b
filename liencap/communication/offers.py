"""What the room gives to the calendar, to reminders and to search."""

import datetime
from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liencap.audit.actor import Actor
from liencap.card import Duty, Event, Hit
from liencap.communication.access import RECORD, VIEW, items_visible_to
from liencap.communication.models import Answer, Item, Session, Share
from liencap.communication.queries import sessions_between
from liencap.core.text import fold
from liencap.units.access import seat_of
from liencap.units.models import Seat

SESSION, ITEM, STUDY = _("Session"), _("Communication"), _("Study")
ANSWER = _("Answer to a question")
MOST = 500  # events of one kind in one stretch of time


def events(seat: Seat, since: datetime.date, until: datetime.date) -> Iterable[Event]:
    """Yield the days of the lines that the seat's unit holds, and its sessions; cancelled ones say so."""
    if VIEW not in {*seat.role.own, *seat.role.below}:
        return
    shares = Share.objects.filter(unit_id=seat.unit_id, item__in=Item.objects.touching(since, until))
    for share in shares.select_related("item").order_by("item__until", "pk")[:MOST]:
        item = share.item
        yield Event(
            f"communication-share-{share.pk}", STUDY if item.is_study else ITEM, item.title,
            reverse("communication:share", args=[share.pk]), min(item.first_day, share.due), share.due,
            max(item.changed, share.changed), item.state == Item.State.CANCELLED,
        )  # fmt: skip
    for session in sessions_between(seat.unit, since, until)[:MOST]:
        item = session.share.item
        gone = session.state == Session.State.CANCELLED or item.state == Item.State.CANCELLED
        yield Event(
            f"communication-session-{session.pk}", SESSION, _session_title(session),
            reverse("communication:session", args=[session.pk]), session.day, session.day,
            max(session.changed, item.changed), gone,
        )  # fmt: skip


def _session_title(session: Session) -> str:
    hour = f"{session.hour:%H:%M} " if session.hour else ""
    return f"{hour}{session.share.item.title}" + (f" · {session.place}" if session.place else "")


def duties(since: datetime.date, until: datetime.date) -> Iterator[Duty]:
    """Yield what units have not recorded yet: lines by their day, planned sessions on theirs."""
    open_ = Share.objects.filter(
        state=Share.State.OPEN, due__gte=since, due__lte=until, item__state=Item.State.ISSUED
    )
    for share in open_.select_related("item").order_by("due", "pk").iterator(2000):
        yield Duty(
            f"communication-share-{share.pk}", STUDY if share.item.is_study else ITEM, share.item.title,
            reverse("communication:share", args=[share.pk]), share.unit_id, share.due, RECORD,
        )  # fmt: skip
    planned = Session.objects.filter(
        state=Session.State.PLANNED, day__gte=since, day__lte=until, share__item__state=Item.State.ISSUED
    )
    for session in planned.select_related("share__item").order_by("day", "pk").iterator(2000):
        yield Duty(
            f"communication-session-{session.pk}", SESSION, session.share.item.title,
            reverse("communication:session", args=[session.pk]), session.share.unit_id, session.day, RECORD,
        )  # fmt: skip


def search(actor: Actor, words: str, limit: int) -> list[Hit]:
    """Return lines and answers that hold the words, those with the very marks first."""
    if not words.strip():
        return []
    seen = items_visible_to(actor)
    items = list(seen.matching(words).order_by("-until", "-pk")[: limit * 4])
    exact = words.casefold().strip()
    items.sort(key=lambda item: exact not in f"{item.title} {item.message} {item.audience}".casefold())
    hits = [
        Hit(
            STUDY if item.is_study else ITEM, item.title, reverse("communication:item", args=[item.pk]),
            item.message[:160],
        )
        for item in items[:limit]
    ]  # fmt: skip
    return hits + _answers(actor, words, limit - len(hits))


def _answers(actor: Actor, words: str, limit: int) -> list[Hit]:
    """Return published answers; they are few, so the newest are folded here."""
    if limit <= 0:
        return []
    folded = fold(words)
    found = Answer.objects.filter(item__in=items_visible_to(actor)).select_related("item", "unit")
    seat = seat_of(actor)
    hits = []
    for answer in found.order_by("-pk")[:1000] if seat else ():
        # An answer reaches the units below the one that gave it, and is seen from above.
        near = seat is not None and (seat.unit.is_under(answer.unit) or answer.unit.is_under(seat.unit))
        if near and folded in fold(f"{answer.question} {answer.text}"):
            url = reverse("communication:item", args=[answer.item_id]) + f"#answer-{answer.pk}"
            hits.append(Hit(ANSWER, answer.question, url, answer.text[:160]))
    return hits[:limit]
