"""The sample's year: which quarter is closed, which is open, and a clock that is set to a day of it."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from unittest import mock

from django.utils import timezone

from liencap.units.models import Tier

REPORTING = ("hop-tac-xa", "khu-vuc", "tinh")  # lowest first, as they are due
CLOSING = 22  # days after a quarter's end by which the sample has closed and published it
ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Quarter:
    """A reporting period of the sample: its days, and the due day of each reporting tier."""

    since: datetime.date
    until: datetime.date
    dues: dict[str, datetime.date]

    @property
    def title(self) -> str:
        """Return its name as offices write it."""
        return f"Quý {ROMAN[(self.since.month - 1) // 3]}/{self.since.year}"

    def dues_by_tier(self) -> dict[Tier, datetime.date]:
        """Return the due days by tier; one query."""
        return {tier: self.dues[tier.code] for tier in Tier.objects.filter(code__in=self.dues)}


def quarters(today: datetime.date) -> tuple[Quarter, Quarter]:
    """Return the newest quarter that can be closed and published by today, and the one that is open."""
    start = _start(today)
    if (today - start).days < CLOSING:
        start = _start(start - datetime.timedelta(days=1))
    end = start - datetime.timedelta(days=1)
    after = _start(start + datetime.timedelta(days=100)) - datetime.timedelta(days=1)
    days = datetime.timedelta
    closed = {code: end + days(days=5 * n) for n, code in enumerate(REPORTING, 1)}
    coming = {code: today + days(days=7 * n) for n, code in enumerate(REPORTING, 1)}
    return Quarter(_start(end), end, closed), Quarter(start, after, coming)


def _start(day: datetime.date) -> datetime.date:
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


@contextmanager
def clock_on(day: datetime.date) -> Iterator[None]:
    """Let the house believe that it is nine in the morning of a day; each look is a second later."""
    morning = datetime.datetime.combine(day, datetime.time(9), timezone.get_default_timezone())
    seconds = count()

    def now() -> datetime.datetime:
        return morning + datetime.timedelta(seconds=next(seconds))

    with mock.patch.object(timezone, "now", now):
        yield
