"""What recurs, and what waits for an event: the words a reader kept, as days.

`occurrences` gives the days on which something recurring falls due within a window; `wait_of` splits the words of a
condition into a distance and the event it is counted from; `days_after` counts the distance.
"""

import calendar
import datetime
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from liencap.core.text import fold

Day = datetime.date
MOST = 400  # occurrences in one window; a daily task over a year stays below
MONTHS = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}
_UNITS = {
    "ngay": "days", "day": "days", "tuan": "weeks", "week": "weeks", "thang": "months", "month": "months",
    "quy": "quarters", "quarter": "quarters", "nam": "years", "year": "years",
}  # fmt: skip
_NUMBERS = {
    "other": 2,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "ten": 10,
    "fifteen": 15,
    "thirty": 30,
}
_NAMED = (
    (r"semi-?annual|half-?year|twice (a|per|each|every) year|nua nam|6 thang (mot|1) lan", "half-yearly"),
    (r"biennial", "every 24 months"),
    (r"quarter|quy", "quarterly"),
    (r"month|thang", "monthly"),
    (r"week|tuan", "weekly"),
    (r"annual|year|nam", "yearly"),
    (r"dai(ly)?$|every day|each day|ngay", "daily"),
)
_EVERY = re.compile(r"every (\d{1,3}|\w+) ?(ngay|tuan|thang|quy|nam|day|week|month|quarter|year)")
_WAIT = re.compile(
    r"(?P<n>\d{1,3}|two|three|five|six|ten|fifteen|thirty)(?: \(\d+\))? ?"
    r"(?:calendar |business |working )?(?P<unit>ngay|tuan|thang|day|week|month)s?(?: lam viec)?,? "
    r"(?P<way>ke tu|tinh tu|sau|tu|truoc|before|after|of|from|following)(?: (?:ngay|khi))*"
)
_AFTER = re.compile(r"^(?:ngay )?(?:sau|after)(?: khi| ngay)?(?: co| duoc)?\b")


@dataclass(frozen=True, slots=True)
class Cycle:
    """How something recurs: a step of months or days, and days named within the cycle ("06-01" or "15")."""

    months: int = 0
    days: int = 0
    named: tuple[str, ...] = ()


def cycle_of(recurrence: str) -> Cycle | None:
    """Understand a recurrence as the reader keeps it; None when it names no step."""
    head, _colon, tail = recurrence.partition(":")
    named = tuple(part.strip() for part in tail.split(",") if part.strip())
    words = fold(head).strip()
    if every := _EVERY.search(words):
        n = int(every[1]) if every[1].isdecimal() else _NUMBERS.get(every[1], 1)
        return _step(max(1, n), _UNITS[every[2]], named)
    name = words if words in MONTHS else next((to for key, to in _NAMED if re.search(key, words)), "")
    if name.startswith("every"):
        return cycle_of(name)
    if name in MONTHS:
        return Cycle(months=MONTHS[name], named=named)
    return Cycle(days=7 if name == "weekly" else 1) if name in ("weekly", "daily") else None


def _step(n: int, unit: str, named: tuple[str, ...]) -> Cycle:
    if unit in ("days", "weeks"):
        return Cycle(days=n * (7 if unit == "weeks" else 1))
    return Cycle(months=n * {"months": 1, "quarters": 3, "years": 12}[unit], named=named)


def occurrences(recurrence: str, since: Day, until: Day, *, start: Day | None = None) -> tuple[Day, ...]:
    """Return the days within a window on which it falls due, in order, at most four hundred.

    Without named days it falls due on the last day of each cycle. Months are cycles of the calendar year; other
    numbers of months or days are counted from `start`, or from the first day of the window's year.
    """
    cycle = cycle_of(recurrence)
    if cycle is None or until < since:
        return ()
    begin = start or since.replace(month=1, day=1)
    found: list[Day] = []
    for day in (
        _by_months(cycle, since, until, begin) if cycle.months else _by_days(cycle, since, until, begin)
    ):
        if since <= day <= until:
            found.append(day)
        if len(found) == MOST:
            break
    return tuple(found)


def _by_days(cycle: Cycle, since: Day, until: Day, begin: Day) -> Iterator[Day]:
    """Yield every n-th day; a week ends on its Sunday."""
    step = datetime.timedelta(days=cycle.days)
    if cycle.days == 7:
        begin = since - datetime.timedelta(days=since.weekday() + 1)
    day = begin + step
    if day < since:
        day += step * -(-(since - day).days // cycle.days)
    while day <= until:
        yield day
        day += step


def _by_months(cycle: Cycle, since: Day, until: Day, begin: Day) -> Iterator[Day]:
    """Yield the named days of each cycle, or its last day."""
    at = begin.year * 12 + begin.month - 1 if 12 % cycle.months else since.year * 12
    now = since.year * 12 + since.month - 1
    at += (now - at) // cycle.months * cycle.months
    while at <= until.year * 12 + until.month - 1:
        yield from _named(cycle, at)
        at += cycle.months


def _named(cycle: Cycle, at: int) -> list[Day]:
    """Return the days of the cycle that begins with a month, counted from the year nought."""
    if not cycle.named:
        return [_day(at + cycle.months - 1, 31)]
    if cycle.months == 12:
        pairs = [text.split("-") for text in cycle.named if "-" in text]
        return sorted(_day(at // 12 * 12 + int(m) - 1, int(d)) for m, d in pairs if 1 <= int(m) <= 12)
    return sorted(_day(at + cycle.months - 1, int(d)) for d in cycle.named if d.isdecimal() and int(d))


def _day(month: int, day: int) -> Day:
    """Return a day of a month, its last day where it is shorter."""
    year, month = divmod(month, 12)
    return Day(year, month + 1, min(day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Wait:
    """A distance from an event: n days, weeks or months after it, before it when n is negative."""

    n: int
    unit: str
    words: str


def wait_of(text: str, event: str = "") -> Wait:
    """Split a condition's words: how long after or before, and the words of the event; nought when it says no time."""
    text = " ".join(unicodedata.normalize("NFC", text).split())  # so that places are those of the folded text
    low = fold(text)
    if found := _WAIT.search(low):
        n = int(found["n"]) if found["n"].isdecimal() else _NUMBERS[found["n"]]
        sign = -1 if found["way"] in ("truoc", "before") else 1
        return Wait(sign * n, _UNITS[found["unit"]], event or _tail(text, found.end()))
    if after := _AFTER.match(low):
        return Wait(0, "days", event or _tail(text, after.end()))
    return Wait(0, "days", event or text.strip(" .,;"))


def _tail(text: str, at: int) -> str:
    """Return what follows a place, or all when nothing does."""
    return text[at:].strip(" .,;") or text.strip(" .,;")


def days_after(day: Day, n: int, unit: str) -> Day:
    """Return the day that lies n days, weeks or months after another, before it when n is negative."""
    if unit == "months":
        return _day(day.year * 12 + day.month - 1 + n, day.day)
    return day + datetime.timedelta(days=n * (7 if unit == "weeks" else 1))
