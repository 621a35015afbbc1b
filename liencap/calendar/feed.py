"""What a feed says, compared with what it said before, and written as iCalendar (RFC 5545)."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.crypto import salted_hmac

from liencap.calendar.models import HandedOut
from liencap.card import Event

if TYPE_CHECKING:
    from icalendar import Event as Component

KEPT = datetime.timedelta(days=90)  # how long a cancelled event is still told
BEFORE, AFTER = datetime.timedelta(days=90), datetime.timedelta(days=400)
REFRESH = datetime.timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Said:
    """An event in the words of one language, as long as they are kept."""

    uid: str
    kind: str
    title: str
    url: str
    since: datetime.date
    until: datetime.date
    cancelled: bool
    changed: datetime.datetime

    def differs(self, row: HandedOut) -> bool:
        """Say whether a subscriber would see another event than before."""
        said = (self.kind, self.title, self.url, self.since, self.until, self.cancelled)
        return said != (row.kind, row.title, row.url, row.since, row.until, row.cancelled)


def said_of(event: Event) -> Said:
    """Return an event in the language of the moment."""
    return Said(
        event.uid[:120], str(event.kind)[:120], " ".join(str(event.title).split())[:600], event.url[:300],
        event.since, max(event.since, event.until), event.cancelled, event.changed,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new or other, which uids are gone though their days are not over, and which are forgotten."""

    said: list[Said]
    gone: list[str]
    forgotten: list[str]

    def __bool__(self) -> bool:
        return bool(self.said or self.gone or self.forgotten)


def differing(
    known: Iterable[HandedOut], wanted: Iterable[Said], since: datetime.date, now: datetime.datetime
) -> Changes:
    """Compare what was handed out with what the rooms give from a day on."""
    rows, given = {row.uid: row for row in known}, {said.uid: said for said in wanted}
    over = {uid for uid, row in rows.items() if row.cancelled and row.changed < now - KEPT}
    old = {uid for uid in over if uid not in given or given[uid].cancelled}
    said = [
        one
        for uid, one in given.items()
        if uid not in old and (one.differs(rows[uid]) if uid in rows else not one.cancelled)
    ]
    missing = [row for uid, row in rows.items() if uid not in given]
    past = {row.uid for row in missing if row.until < since}
    gone = [row.uid for row in missing if not row.cancelled and row.uid not in past]
    # A room may give a cancelled event for ever; forgetting it once is enough, for it is not taken up again.
    return Changes(said, gone, sorted(past | old))


def written(rows: Iterable[HandedOut], *, name: str, link: Callable[[str], str]) -> bytes:
    """Write a feed as iCalendar; the same rows give the same bytes, so that nothing is fetched twice."""
    from icalendar import Calendar  # here, for it takes half a second to load

    calendar = Calendar()
    calendar.add("prodid", "-//Liencap//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("name", name)
    calendar.add("refresh-interval", REFRESH, {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT4H")
    # The same for ever, whatever name the site is asked by, and another for each installation.
    site = salted_hmac("liencap.calendar", "uid").hexdigest()[:16]
    for row in rows:
        calendar.add_component(_component(row, link, site))
    return bytes(calendar.to_ical())


def _component(row: HandedOut, link: Callable[[str], str], site: str) -> "Component":
    from icalendar import Event as Component

    event, changed = Component(), row.changed.astimezone(datetime.UTC).replace(microsecond=0)
    event.add("uid", f"{row.uid}@{site}.liencap")
    # Without a method the stamp is that of the last change (RFC 5545, 3.8.7.2).
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", row.sequence)
    event.add("dtstart", row.since)
    event.add("dtend", row.until + datetime.timedelta(days=1))  # the first day after it
    event.add("summary", row.title)
    event.add("categories", [row.kind])
    event.add("url", link(row.url))
    event.add("status", "CANCELLED" if row.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # a due day does not make anybody busy
    return event
