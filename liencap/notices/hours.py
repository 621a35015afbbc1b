"""When to remind and when to be quiet: days and moments in, days and moments out."""

import datetime
from zoneinfo import ZoneInfo

BEFORE = (14, 3, 1, 0)  # days before the due day on which a reminder is given
GRACE, AGAIN = 3, 7  # days after it: the first reminder, and from then on the pause between two
DAY = datetime.timedelta(days=1)


def mark_on(
    due: datetime.date, today: datetime.date, rhythm: tuple[int, ...] | None = None
) -> datetime.date | None:
    """Return the newest day of reminding that has come; None while the due day is too far.

    A rhythm names the days before (negative) and after the due day; without one the house's own holds.

    A day on which nothing ran is made up for, but several missed ones give one reminder.
    """
    if rhythm is not None:
        come = [n for n in rhythm if due + DAY * n <= today]
        return due + DAY * max(come) if come else None
    left = (due - today).days
    if left > BEFORE[0]:
        return None
    if left > -GRACE:
        return due - DAY * min(n for n in BEFORE if n >= max(left, 0))
    return due + DAY * (GRACE + (-left - GRACE) // AGAIN * AGAIN)


def is_quiet(moment: datetime.datetime, start: datetime.time, end: datetime.time, zone: ZoneInfo) -> bool:
    """Say whether a moment lies in the quiet hours, which may run over midnight; equal ends mean none."""
    at = moment.astimezone(zone).time()
    if start <= end:
        return start <= at < end
    return at >= start or at < end


def release(
    moment: datetime.datetime, start: datetime.time, end: datetime.time, zone: ZoneInfo
) -> datetime.datetime:
    """Return the first moment from this one on that is not quiet."""
    if not is_quiet(moment, start, end, zone):
        return moment
    local = moment.astimezone(zone)
    day = local.date() + (DAY if start > end and local.time() >= start else 0 * DAY)
    return _at(day, end, zone)


def next_digest(
    after: datetime.datetime, hour: int, weekday: int | None, zone: ZoneInfo
) -> datetime.datetime:
    """Return the next full hour of digests after a moment; with a weekday (Monday is 0) that day of the week."""
    day = after.astimezone(zone).date()
    if weekday is not None:
        day += DAY * ((weekday - day.weekday()) % 7)
    found = _at(day, datetime.time(hour), zone)
    while found <= after:
        day += DAY * (1 if weekday is None else 7)
        found = _at(day, datetime.time(hour), zone)
    return found


def _at(day: datetime.date, time: datetime.time, zone: ZoneInfo) -> datetime.datetime:
    """Return a wall clock's moment; where the clock jumps or repeats itself, the later of the two readings."""
    both = (datetime.datetime.combine(day, time.replace(fold=n), zone) for n in (0, 1))
    return max(moment.astimezone(datetime.UTC) for moment in both)
