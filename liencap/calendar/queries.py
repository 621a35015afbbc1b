"""Collect a seat's events from the rooms and lay them out as a month and a list."""

import datetime
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from liencap import card
from liencap.card import Event
from liencap.units.models import Seat

Day = datetime.date
MOST = 2000  # events of one seat in one look; a calendar with more tells nobody anything
SPAN = 7  # days; what lasts longer is a window: it is shown as running, not on every day of it
LISTED = 400  # days that the list looks ahead
SHOWN = 3  # events in a cell of the month; the others stand behind a link


def events_of(seat: Seat, since: Day, until: Day) -> list[Event]:
    """Return what all rooms have for a seat in some days, in the order of the days; each uid once."""
    found: dict[str, Event] = {}
    for function in card.functions("events"):
        for event in islice(function(seat, since, until), MOST):
            if event.until >= since and event.since <= until:
                found.setdefault(event.uid, event)
    return sorted(found.values(), key=lambda e: (e.since, e.until, str(e.title), e.uid))[:MOST]


def kind_of(event: Event) -> str:
    """Return what the uid says of the kind: the part before its number, the same in every language."""
    return event.uid.rpartition("-")[0]


def kinds_in(events: Iterable[Event]) -> list[tuple[str, str]]:
    """Return the kinds that occur, with their words, in the order of the words."""
    return sorted({kind_of(e): str(e.kind) for e in events}.items(), key=lambda pair: pair[1])


def is_window(event: Event) -> bool:
    """Say whether an event is a stretch of time rather than something to be done on a day."""
    return (event.until - event.since).days >= SPAN


@dataclass(frozen=True, slots=True)
class Running:
    """A window in a month: how many of its days have passed by today."""

    event: Event
    passed: int
    length: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the month: whether it belongs to it and is today, its first events and how many more."""

    day: Day
    inside: bool
    today: bool
    events: Sequence[Event]
    more: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month as a screen shows it: weeks of seven cells from Monday, and the windows that run in it."""

    first: Day
    previous: Day
    following: Day
    weeks: list[list[Cell]]
    windows: list[Running]

    @property
    def days(self) -> list[Cell]:
        """Return the days of the month that have events, and today, for narrow screens."""
        return [c for week in self.weeks for c in week if c.inside and (c.events or c.today)]


def month_of(seat: Seat, first: Day, today: Day) -> Month:
    """Lay out the month that begins on a day."""
    following = (first + datetime.timedelta(days=31)).replace(day=1)
    monday = first - datetime.timedelta(days=first.weekday())
    length = (following - monday).days
    days = [monday + datetime.timedelta(days=n) for n in range(length + -length % 7)]
    events = events_of(seat, days[0], days[-1])
    short = [e for e in events if not is_window(e)]
    on: dict[Day, list[Event]] = {day: [] for day in days}
    for event in short:
        for n in range((event.until - event.since).days + 1):
            on.get(event.since + datetime.timedelta(days=n), []).append(event)
    cells = [
        Cell(d, d.month == first.month, d == today, on[d] if len(on[d]) == SHOWN + 1 else on[d][:SHOWN],
             0 if len(on[d]) == SHOWN + 1 else len(on[d][SHOWN:]))
        for d in days
    ]  # fmt: skip
    windows = [
        _running(e, today) for e in events if is_window(e) and e.until >= first and e.since < following
    ]
    weeks = [cells[i : i + 7] for i in range(0, len(cells), 7)]
    return Month(first, (first - datetime.timedelta(days=1)).replace(day=1), following, weeks, windows)


def _running(event: Event, today: Day) -> Running:
    length = (event.until - event.since).days + 1
    return Running(event, min(max((today - event.since).days + 1, 0), length), length)


def token_hash(token: str) -> str:
    """Return what is kept of a feed's token; 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
