"""What a careful reader would ask about: dates that cannot be, windows outside their phase, numbers that jump.

Each problem has a code that stays, a sentence in English and the place it stands on. Nothing is mended here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from liencap.core.reading.model import Deadline, Item, Problem
from liencap.core.reading.outline import Node
from liencap.core.reading.times import day
from liencap.core.reading.view import View

_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)(?![\d/-])")
_COUNTED = frozenset({"roman", "article", "num", "num2", "letter", "numparen", "upper", "ordinal"})
_DATED = frozenset({"in", "by", "before", "exact", "from"})
_ALIKE = 0.6
_SHORT = 500
_MOST_ROWS, _MOST_ITEMS = 300, 400


def of_times(view: View, deadlines: list[Deadline], stop: int) -> Iterator[Problem]:
    """Yield days that no calendar has, stretches that end before they begin, and days whose year nothing tells."""
    for m in _NUMERIC.finditer(view.view, 0, stop):
        one, other, year = (int(part) for part in m.groups())
        if day(year, other, one) is None and day(year, one, other) is None:
            yield Problem("date-impossible", "The calendar has no such day.", *m.span())
    for d in deadlines:
        if d.start_date and d.end_date and d.end_date < d.start_date:
            yield Problem("window-reversed", "This stretch of time ends before it begins.", d.start, d.end)
        elif d.bound in _DATED and not (d.start_date or d.end_date):
            message = "The year of this date is not in the text, and the document has no date."
            yield Problem("year-missing", message, d.start, d.end)


def of_phases(nodes: list[Node], due_of: dict[int, list[Deadline]], view: View) -> Iterator[Problem]:
    """Yield dates of an item that lie outside the stretch which the title above it gives."""
    phases: dict[int, Deadline] = {}
    for node in nodes:
        title_end = min(view.paragraph(node.text)[1], node.own_end())
        above = phases.get(id(node.parent)) if node.parent else None
        for d in due_of.get(id(node), ()):
            first, last = d.start_date or d.end_date, d.end_date or d.start_date
            if (
                above
                and first
                and last
                and (last > (above.end_date or last) or first < (above.start_date or first))
            ):
                yield Problem(
                    "date-outside-phase",
                    "This date lies outside the stretch of time above it.",
                    d.start,
                    d.end,
                )
            elif d.start_date and d.end_date and d.bound == "in" and d.start < title_end and node.children:
                phases[id(node)] = d
        if id(node) not in phases and above:
            phases[id(node)] = above


def _within(phase: Deadline, first: str, last: str) -> bool:
    return (phase.start_date or first) <= first and last <= (phase.end_date or last)


def of_labels(top: list[Node]) -> Iterator[Problem]:
    """Yield numbers that are repeated or left out among the items of one list."""
    waiting = [top]
    while waiting:
        group = waiting.pop()
        by_kind: dict[str, list[Node]] = {}
        for node in group:
            if node.children:
                waiting.append(node.children)
            if node.kind in _COUNTED and node.value:
                by_kind.setdefault(node.kind, []).append(node)
        for nodes in by_kind.values():
            for one, other in pairwise(nodes):
                if other.value == one.value:
                    yield Problem(
                        "label-repeated",
                        f"The number {other.label} stands here a second time.",
                        *_label(other),
                    )
                elif other.value > one.value + 1:
                    yield Problem(
                        "label-missing", f"Between {one.label} and {other.label} a number is left out.", *_label(other)
                    )  # fmt: skip


def _label(node: Node) -> tuple[int, int]:
    return node.start, max(node.text, node.start + 1)


def of_tables(
    rows: tuple[Item, ...], items: list[Item], words: Callable[[str], list[str]]
) -> Iterator[Problem]:
    """Yield rows of a table whose day is another than that of the item in the text which sets the same."""
    short = [item for item in items if len(item.text) <= _SHORT]  # a longer one holds more than the row does
    dated = [(item, set(words(item.text.lower())), _day(item.deadlines)) for item in short[:_MOST_ITEMS]]
    dated = [one for one in dated if one[1] and one[2]]
    for row in rows[:_MOST_ROWS] if dated else ():
        own, last = set(words(row.text.lower())), _day(row.deadlines)
        if len(own) < 2 or not last:
            continue
        best = max(dated, key=lambda one: len(own & one[1]) / len(own))
        if len(own & best[1]) / len(own) >= _ALIKE and best[2] != last:
            d = row.deadlines[0]
            yield Problem(
                "table-differs", f"The text of {best[0].label} gives another date for this.", d.start, d.end
            )  # fmt: skip


def _day(deadlines: tuple[Deadline, ...]) -> str | None:
    """Return the one last day that binds an item, or None where it has none or several."""
    ends = {d.end_date for d in deadlines if d.end_date and d.kind == "due" and d.bound in _DATED}
    return ends.pop() if len(ends) == 1 else None
