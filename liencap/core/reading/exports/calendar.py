"""The deadlines of a plan as a calendar (RFC 5545): whole days, the same bytes each time."""

import datetime
import hashlib
from collections.abc import Iterator

from liencap.core.reading.model import Deadline, Item, Plan

STAMP = "19700101T000000Z"  # no clock: the same plan gives the same calendar


def to_ics(plan: Plan) -> str:
    """Return one event for each deadline with a full day; recurring and open ones are left out."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Liencap//reading//EN", "CALSCALE:GREGORIAN"]
    source = hashlib.sha256(plan.text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    for item, deadline in _dated(plan):
        lines += _event(item, deadline, source)
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in _fold(line))


def _dated(plan: Plan) -> Iterator[tuple[Item, Deadline]]:
    for top in (*plan.tasks, *plan.table_tasks, *plan.implementation):
        for item in top.walk():
            for deadline in item.deadlines:
                if _day(deadline.end_date):
                    yield item, deadline


def _day(iso: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(iso or "")
    except ValueError:
        return None


def _event(item: Item, deadline: Deadline, source: str) -> list[str]:
    end = _day(deadline.end_date)
    assert end is not None, "only dated deadlines are written"
    # A window is drawn as a stretch; a due day stands on its last day.
    start = _day(deadline.start_date) if deadline.kind == "event-window" else None
    first = min(start or end, end)
    name = deadline.event or item.text
    after = end + datetime.timedelta(days=1) if end < datetime.date.max else end
    return [
        "BEGIN:VEVENT",
        f"UID:{source}-{item.start}-{deadline.start}-{deadline.end}@liencap",
        f"DTSTAMP:{STAMP}",
        f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{after:%Y%m%d}",
        "SUMMARY:" + _text(" ".join(f"{item.label or ''} {name}".split())[:120]),
        "DESCRIPTION:" + _text(f"{' '.join(item.text.split())}\n{' '.join(deadline.text.split())}"),
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _text(words: str) -> str:
    """Escape as the format asks; what is no character of a text is dropped."""
    clean = "".join(c for c in words if c == "\n" or c.isprintable())
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        clean = clean.replace(sign, written)
    return clean


def _fold(line: str) -> Iterator[str]:
    """Cut a line into pieces of at most 75 octets, never within a character."""
    piece, size, most = "", 0, 75
    for sign in line:
        octets = len(sign.encode("utf-8", "replace"))
        if size + octets > most:
            yield piece
            piece, size = " ", 1
        piece += sign
        size += octets
    yield piece
