"""A reading as an outline for the terminal: what is to be done, by whom, by when, and what to look at."""

import re
import textwrap
from collections.abc import Iterator

from liencap.core.reading.exports.words import EN, VI
from liencap.core.reading.model import Deadline, Item, Plan

_BOLD, _DIM, _OFF = "\033[1m", "\033[2m", "\033[0m"
_DATE, _WHO, _BASIS, _DOUBT = "\033[36m", "\033[32m", "\033[35m", "\033[33m"
_MOST = 320  # characters of an item's own words


def to_outline(plan: Plan, *, width: int = 100, colour: bool = False) -> str:
    """Return the outline, wrapped to `width` columns; `colour` adds ANSI colours and nothing else.

    Control characters of the document are left out, so that no text can steer the terminal.
    """
    return "\n".join(_Outline(plan, max(40, min(width, 140)), colour).lines()) + "\n"


class _Outline:
    """The words, the width and the colours that the lines share."""

    def __init__(self, plan: Plan, width: int, colour: bool) -> None:
        self.plan, self.width, self.colour = plan, width, colour
        self.words = EN if plan.language != "vi" else VI

    def lines(self) -> Iterator[str]:
        """Yield the lines of the whole outline."""
        plan = self.plan
        yield from self._head()
        for name, items in (
            ("tasks", plan.tasks), ("table_tasks", plan.table_tasks), ("implementation", plan.implementation),
        ):  # fmt: skip
            if items or name == "tasks":
                yield from self._title(name, len(items))
                for item in items:
                    yield from self._item(item, 0, "")
        yield from self._lists()
        loose = [d for d in plan.deadlines if not d.task]
        if loose:
            yield from self._title("deadlines", len(loose))
            for d in loose:
                yield from self._line(f"{self._when(d)}  {_plain(d.text)}", 2, _DATE)
        yield from self._citations()
        if plan.problems:
            yield from self._title("problems", len(plan.problems))
            for one in plan.problems:
                quoted = _plain(plan.text[one.start : one.end])[:80]
                said = self.words.get(one.code, one.message) + (f" “{quoted}”" if quoted else "")
                yield from self._line(f"! {said}", 2, _DOUBT)

    def _head(self) -> Iterator[str]:
        own = self.plan.document
        first = " · ".join(
            part for part in (own.number, _day(own.date, self.plan.language), own.issuer) if part
        )
        if own.subject:
            yield from self._line(own.subject, 0, _BOLD)
        if first:
            yield from self._line(first, 0)
        for name in ("signer", "byline", "theme"):
            value = getattr(own, name)
            if value:
                yield from self._line(f"{self.words[name]}: {value}", 0, _DIM)

    def _title(self, name: str, count: int) -> Iterator[str]:
        yield ""
        yield self._paint(f"{self.words[name]} ({count})", _BOLD)
        if name == "tasks" and not count:
            yield f"  {self.words['none']}"

    def _item(self, item: Item, depth: int, above: str) -> Iterator[str]:
        indent = 2 + 3 * min(depth, 6)
        own = item.label.removeprefix(f"{above}.") if above else item.label
        own = "–" if own.startswith("-") else own
        text = _plain(_own_words(item))
        text = text if len(text) <= _MOST else text[:_MOST].rsplit(" ", 1)[0] + " …"
        tail = f" ({self.words['optional']})" if item.optional else ""
        yield from self._line(f"{own}  {text}{tail}".strip(), indent, hang=len(own) + 2)
        inner = indent + 3
        for when in dict.fromkeys(self._when(d) for d in item.deadlines):
            yield from self._line(f"◷ {when}", inner, _DATE)
        for role in ("lead", "support"):
            who = "; ".join(r.unit for r in item.responsible if r.role == role)
            if who:
                yield from self._line(
                    f"{'●' if role == 'lead' else '○'} {self.words[role]}: {who}", inner, _WHO
                )
        if item.product:
            yield from self._line(f"{self.words['product']}: {_plain(item.product)}", inner, _DIM)
        for child in item.subtasks:
            yield from self._item(child, depth + 1, item.label)

    def _lists(self) -> Iterator[str]:
        for group in self.plan.lists:
            if group.role != "directions":
                continue
            yield from self._title("lists", len(group.items))
            for one in group.items:
                yield from self._line(f"{one.label}  {_plain(one.text)}", 2, hang=len(one.label) + 2)
                if one.tasks:
                    yield from self._line(
                        "→ " + self.words["carried"].format(tasks=", ".join(one.tasks)), 5, _DIM
                    )

    def _citations(self) -> Iterator[str]:
        dates = {c.key: c.date for c in reversed(self.plan.citations)}
        keys = list(dict.fromkeys(c.key for c in self.plan.citations))
        if keys:
            yield from self._title("citations", len(keys))
        for key in keys:
            when = _day(dates[key], self.plan.language)
            yield from self._line(f"§ {key}" + (f" ({when})" if when else ""), 2, _BASIS)

    def _when(self, d: Deadline) -> str:
        """Write a deadline as dates; where it has none, as the text has it."""
        start, end = _day(d.start_date, self.plan.language), _day(d.end_date, self.plan.language)
        if not start and not end:
            return _plain(d.text)
        kind = (
            "on" if start == end else "span" if start and end else d.bound if d.bound in self.words else "by"
        )
        kind = "from" if start and not end else kind
        said = self.words[kind].format(start=start, end=end)
        if d.kind == "event-window" and d.event:
            said += " · " + self.words["event-window"].format(event=d.event)
        return said

    def _line(self, text: str, indent: int, paint: str = "", hang: int = 2) -> Iterator[str]:
        room = max(20, self.width - indent)
        for n, line in enumerate(textwrap.wrap(_plain(text), room - hang, break_long_words=True) or [""]):
            yield " " * (indent + (hang if n else 0)) + self._paint(line, paint)

    def _paint(self, text: str, paint: str) -> str:
        return f"{paint}{text}{_OFF}" if self.colour and paint else text


def _own_words(item: Item) -> str:
    """Return an item's words before its first sub-item and that one's label."""
    if not item.subtasks:
        return item.text
    first = item.subtasks[0]
    label = first.label.rpartition(".")[2] if first.label[:1] != "-" else ""
    own = item.text[: first.start - item.start].rstrip()
    mark = rf"(?:[-+•]|\(?(?:\d+\.)*{re.escape(label)}[.)/-]?)"
    return re.sub(rf"[\s*\\]*{mark}[\s*\\]*$", "", own)


def _plain(text: str) -> str:
    """Return words on one line, without what could steer a terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in text.translate(_MARKS)).split())


_MARKS = dict.fromkeys(map(ord, "*#_|"), " ")


def _day(iso: str | None, language: str) -> str | None:
    """Write a day as its readers do: 30/4/2023 in Vietnamese, 2023-04-30 elsewhere."""
    if not iso or language != "vi":
        return iso
    return "/".join(str(int(part)) if len(part) < 4 else part for part in reversed(iso.split("-")))
