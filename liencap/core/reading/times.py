"""What a language's grammar says about time: a stretch, how it binds, and whether it recurs."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Time:
    """A time the text states; `stated` False where only the words around can say that it is a deadline.

    `inferred`: the year is not in the text, and was taken from the document's date or title.
    """

    start: int
    end: int
    first: str | None
    last: str | None
    bound: str
    recurrence: str | None = None
    approximate: bool = False
    stated: bool = True
    inferred: bool = False


def day(year: int, month: int, number: int) -> str | None:
    """Return a day as ISO text, or None where the calendar has no such day."""
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= number <= monthrange(year, month)[1]):
        return None
    return f"{year:04}-{month:02}-{number:02}"


def month(year: int, number: int) -> tuple[str, str] | None:
    """Return the first and last day of a month."""
    if not (1 <= year <= 9999 and 1 <= number <= 12):
        return None
    return f"{year:04}-{number:02}-01", f"{year:04}-{number:02}-{monthrange(year, number)[1]:02}"


def quarter(year: int, number: int) -> tuple[str, str] | None:
    """Return the first and last day of a quarter."""
    if not (1 <= year <= 9999 and 1 <= number <= 4):
        return None
    last = number * 3
    return f"{year:04}-{last - 2:02}-01", f"{year:04}-{last:02}-{monthrange(year, last)[1]:02}"
