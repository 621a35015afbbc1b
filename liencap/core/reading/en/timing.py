"""Which English times are deadlines, which are events, and which are periods."""

from __future__ import annotations

from collections.abc import Iterator

from liencap.core.reading.model import Deadline
from liencap.core.reading.times import Time
from liencap.core.reading.view import View, clean, lazy

_TOLD = r"(?<!\w)(?:was|were|had|has|have been|became|adopted|passed|occurred|held|created|enacted|signed|founded|established)(?!\w)[^.;]{0,160}$"
_EVENT = r"(?P<event>(?:the )?[\w ]{0,40}(?:convention|conference|meeting|congress|election|session|assembly))(?: (?:to be|will be))? (?:held|takes? place|scheduled)? ?$"


def due(
    view: View, time: Time, before: int, previous: Deadline | None, base: str | None, section: str
) -> Deadline | None:
    """Return the time as a deadline, an event's window or a period, or None where it is neither."""
    if time.first is None and time.last is None:
        return _made(view, time, time.bound)
    last = time.last or time.first
    clause = view.low[before : time.start]
    if not time.stated or (base and last and last[: len(base)] < base):
        return None
    sentence = view.low[
        max(
            view.low.rfind(". ", max(0, time.start - 400), time.start),
            view.low.rfind("\n", max(0, time.start - 400), time.start),
        )
        + 1 : time.start
    ]
    if lazy(_TOLD).search(sentence[-400:]):
        return None
    if lazy(r"effective").match(view.low, time.start):
        return _made(view, time, "effective")
    event = lazy(_EVENT).search(clause)
    if event and " to " in event.group("event"):
        event = None
    if (
        time.bound in ("exact", "in")
        and not event
        and not lazy(r"(?<!\w)(?:shall|will|must|should|to)(?!\w)").search(
            view.low[max(0, before - 5) : time.end + 160]
        )
    ):
        return None
    bound = "target" if section == "targets" and time.bound == "by" else time.bound
    return _made(
        view, time, bound, clean(event.group("event")) if event and time.bound in ("exact", "in") else None
    )


def _made(view: View, t: Time, bound: str, event: str | None = None) -> Deadline:
    return Deadline(
        text=view.source[t.start : t.end], start=t.start, end=t.end, start_date=t.first, end_date=t.last, bound=bound,
        kind="event-window" if event else "due", event=event, recurrence=t.recurrence,
    )  # fmt: skip


def periods(view: View, start: int, end: int, title: tuple[int, int], base: str | None) -> Iterator[Deadline]:
    """Yield fiscal years and stretches of years."""
    for m in lazy(
        r"(?:fy|fiscal years?|for the period|between) ?(?P<a>20\d\d)(?: ?(?:-|to|through|and) ?(?P<b>20\d\d))?"
    ).finditer(view.low, start, end):
        one, other = m.group("a"), m.group("b") or m.group("a")
        yield Deadline(
            view.source[m.start() : m.end()],
            m.start(),
            m.end(),
            f"{one}-01-01",
            f"{other}-12-31",
            "plan-period",
            "period",
        )
