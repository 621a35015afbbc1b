"""The stages put together: outline, sections, times, units and citations become one plan."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from liencap.core.reading import problems
from liencap.core.reading.directions import link
from liencap.core.reading.grammar import Frame, Grammar
from liencap.core.reading.model import Citation, Deadline, Item, Plan, Problem, Responsible
from liencap.core.reading.outline import Node, outline
from liencap.core.reading.sections import Sorted, sort_sections
from liencap.core.reading.tables import Row, Table, find_tables, task_rows
from liencap.core.reading.times import Time, day
from liencap.core.reading.unlabelled import paragraphs
from liencap.core.reading.view import View

_DEPTH = 12


def assemble(view: View, grammar: Grammar, unit_names: Iterable[tuple[str, str]]) -> Plan:
    """Read a view with a grammar."""
    frame = grammar.frame(view)
    tables = find_tables(view)
    skip = [(table.start, table.end) for table in tables]
    top = _outline(view, grammar, skip, frame)
    end = _close(view, top, frame, grammar)
    reader = _Reader(view, grammar, frame, top, end, grammar.known(unit_names), skip)
    return reader.plan(tables)


def _outline(view: View, grammar: Grammar, skip: list[tuple[int, int]], frame: Frame) -> list[Node]:
    """Return the top nodes of the body; a decision's articles come before the plan attached to it."""
    found = list(grammar.labels(view, skip))
    if frame.gap is None:
        top = outline(view, grammar.rules(), found, frame.body, frame.foot)
        return top or paragraphs(view, grammar, frame)
    end, start = frame.gap
    articles = outline(view, grammar.rules(), found, frame.body, end)
    return [*articles, *outline(view, grammar.rules(), found, start, frame.foot)]


def _close(view: View, top: list[Node], frame: Frame, grammar: Grammar) -> int:
    """End the last unit where the document's closing words begin; return where that is."""
    last: list[Node] = []
    node = top[-1] if top else None
    while node:
        last.append(node)
        node = node.children[-1] if node.children else None
    if not last:
        return frame.foot
    at = min(view.paragraph(last[-1].text)[1], frame.foot)
    if last[0].kind in grammar.rules().bullets:
        for node in last:
            node.end = min(node.end, at)  # a list in running text ends with its last paragraph
        return at
    while at < frame.foot:
        end = min(max(view.paragraph(at)[1], at + 1), frame.foot)
        start, _ = view.trim(
            at, end
        )  # a paragraph, not all that follows: the time must grow with the text alone
        if grammar.closing().match(view.view, start):
            for node in last:
                node.end = start
            return start
        at = end
    return frame.foot


class _Reader:
    """The values that the stages share while one text is read."""

    def __init__(
        self, view: View, grammar: Grammar, frame: Frame, top: list[Node], end: int, names: Any,
        tables: list[tuple[int, int]],
    ) -> None:  # fmt: skip
        self.view, self.grammar, self.frame, self.top, self.end, self.names = (
            view,
            grammar,
            frame,
            top,
            end,
            names,
        )
        self.sorted = sort_sections(view, top, grammar.classify, tables)
        self.nodes = [node for root in top for node in root.walk()]
        self.starts = [node.start for node in self.nodes]
        self.kinds = self._kinds()
        self.mentions = self._citations()
        self.cited = [c.start for c in self.mentions]
        # A bare short form ("Nghị quyết 18") counts for its item; it is no citation of its own.
        self.citations = [c for c in self.mentions if not c.short]
        self.due_of: dict[int, list[Deadline]] = defaultdict(list)
        self.units_of: dict[int, list[Responsible]] = defaultdict(list)
        self.deadlines: list[Deadline] = []
        self.spans: list[Deadline] = []
        self.responsible: list[Responsible] = []

    def _kinds(self) -> dict[int, str]:
        """Return what each unit belongs to: its own kind, or that of the unit above."""
        kinds = dict(self.sorted.kind)
        for node in self.nodes:
            if id(node) not in kinds:
                kinds[id(node)] = kinds.get(id(node.parent), "") if node.parent else ""
        return kinds

    def _citations(self) -> list[Citation]:
        own = self.frame.document.number
        stop = self.frame.stop
        return [
            c for c in self.grammar.citations(self.view)
            if c.start < stop and not (own and c.key.partition(":")[2].upper() == own.upper())
        ]  # fmt: skip

    def node_at(self, place: int) -> Node | None:
        """Return the deepest unit that holds a place."""
        i = bisect_right(self.starts, place) - 1
        node = self.nodes[i] if i >= 0 else None
        while node is not None and place >= node.end:
            node = node.parent
        return node

    def plan(self, tables: list[Table]) -> Plan:
        """Read times and units, hang them on the items, and return the plan."""
        view, frame, grammar = self.view, self.frame, self.grammar
        rows = [task_rows(view, table, grammar.column) for table in tables]
        covered = sorted([(table.start, table.end) for table in tables] + ([frame.gap] if frame.gap else []))
        self.deadlines, periods = self._times(covered)
        self.responsible = self._units(covered)
        found: Sorted = self.sorted
        tasks = tuple(self.item(node, 0) for node in found.tasks)
        lists, more = link(view, found, grammar)
        table_tasks = tuple(self.row(row, i) for inside in rows for i, row in enumerate(inside, 1))
        doubts = [*frame.problems, *more, *self._doubts(tasks, table_tasks)]
        body_end = min(frame.foot, frame.stop)
        return Plan(
            text=view.source, language=grammar.language, document=frame.document,
            citations=tuple(self.citations),
            tasks=tasks, table_tasks=table_tasks,
            implementation=tuple(self.item(node, 0) for node in found.duties),
            other_items=tuple(self.item(node, 0) for node in found.other), lists=lists,
            people=tuple(grammar.people(view, 0, body_end)),
            bodies=tuple(grammar.bodies(view, 0, body_end, frame.document.issuer)),
            deadlines=tuple(self.deadlines), periods=tuple(periods),
            responsible=tuple(unit for unit in self.responsible if not unit.placeholder),
            problems=tuple(sorted(doubts, key=lambda p: (p.start, p.code))),
        )  # fmt: skip

    def _doubts(self, tasks: tuple[Item, ...], rows: tuple[Item, ...]) -> Iterator[Problem]:
        """Yield what a person should look at."""
        if not self.view.source.strip():
            yield Problem("empty", "The text is empty.")
        elif not tasks and not rows:
            yield Problem("no-task", "No task was found in the text.", 0, min(len(self.view.source), 200))
        stop = min(self.frame.foot, self.frame.stop)
        yield from problems.of_times(self.view, self.deadlines, stop)
        yield from problems.of_phases(self.nodes, self.due_of, self.view)
        yield from problems.of_labels(self.top)
        items = [one for task in tasks for one in task.walk()]
        yield from problems.of_tables(rows, items, self.grammar.link_words)

    def _year(self) -> int | None:
        for value in (self.frame.document.date, self._base()):
            if value:
                return int(value[:4])
        title = self.view.low[self.frame.title[0] : self.frame.title[1]]
        years = [w for w in title.replace("/", " ").replace("-", " ").split() if w.isdigit() and len(w) == 4]
        return int(years[-1]) if years and 1900 < int(years[-1]) < 2100 else None

    def _times(self, covered: list[tuple[int, int]]) -> tuple[list[Deadline], list[Deadline]]:
        """Return the prose's deadlines and periods; one that only repeats the title's is said once."""
        due: list[Deadline] = []
        periods: list[Deadline] = []
        base, year, low = self._base(), self._year(), self.view.low
        said: set[tuple[str | None, str | None, str]] = set()
        previous: Deadline | None = None
        sentence = 0
        stop = min(self.frame.foot, self.frame.stop)
        for time in self.grammar.times(low, 0, stop, year):
            if _inside(time.start, covered):
                continue
            begin = _sentence_start(low, time.start)
            if begin != sentence:
                sentence, previous = begin, previous if previous and begin <= previous.end else None
            inner = max(begin, low.rfind(",", begin, time.start) + 1, previous.end if previous else 0)
            node = self.node_at(time.start)
            in_title = self._in_title(time.start, node)
            section = self._section(node)
            if self._is_no_time(time.start, node, in_title):
                continue
            made = self.grammar.due(self.view, _ahead(time, base), inner, previous, base, section)
            if made is None:
                continue
            if made.bound in ("effective", "report"):
                periods.append(made)
                continue
            key = made.start_date, made.end_date, made.bound
            dated = bool(made.start_date or made.end_date)
            if dated and not in_title and key in said:
                continue
            if in_title:
                said.add(key)
            previous = made
            owned = replace(made, task=node.path or None if node else None)
            due.append(owned)
            if node:
                self.due_of[id(node)].append(owned)
        periods += self.grammar.periods(self.view, 0, stop, self.frame.title, base)
        return sorted(due, key=lambda d: d.start), sorted(periods, key=lambda d: d.start)

    def _is_no_time(self, at: int, node: Node | None, in_title: bool) -> bool:
        """Say whether a date belongs to a citation or stands before the first unit, outside the title."""
        return self._is_citation_date(at) or (node is None and not in_title and at < self._first())

    def _in_title(self, at: int, node: Node | None) -> bool:
        """Say whether a place stands in the title, or before the units in a paragraph shouted like one."""
        if self.frame.title[0] <= at < self.frame.title[1]:
            return True
        start = self.view.trim(self.view.paragraph(at)[0], at)[0]
        return node is None and at < self._first() and self.view.view[start : start + 8].strip().isupper()

    def _first(self) -> int:
        return self.nodes[0].start if self.nodes else 0

    def _opening(self) -> int:
        return self.nodes[0].start if self.nodes else self.frame.foot

    def _base(self) -> str | None:
        """Return the day the text speaks on, or the last day of a document it cites in its opening."""
        if self.frame.base:
            return self.frame.base
        dates = [c.date for c in self.citations if c.date and c.start < self._opening()]
        return max(dates) if dates else None

    def _section(self, node: Node | None) -> str:
        return self.kinds.get(id(node), "") if node else ""

    def _is_citation_date(self, at: int) -> bool:
        i = bisect_right(self.cited, at) - 1
        return i >= 0 and at < self.mentions[i].end

    def _units(self, covered: list[tuple[int, int]]) -> list[Responsible]:
        """Return who carries out what: a unit once an item, and not again below the item that names it."""
        out: list[Responsible] = []
        seen: set[tuple[int, str, str]] = set()
        chosen = {id(node) for node in (*self.sorted.tasks, *self.sorted.duties)}
        for node in self.nodes:
            kind = self.kinds.get(id(node), "")
            if kind not in ("tasks", "duties"):
                continue
            above = _chosen(node, chosen)
            if above is None:
                continue
            own_end = node.own_end()
            heading = node is above
            led = not heading and bool(
                self.grammar.leads().search(self.view.low, above.text, above.own_end())
            )
            under = not heading and not led
            duty = kind == "duties"
            for unit in self._duty(node.text, own_end, led=led, heading=heading, under=under, duty=duty):
                key = unit.unit.lower(), unit.role
                if not any((id(one), *key) in seen for one in _up(node)) and not _inside(unit.start, covered):
                    seen.add((id(node), *key))
                    out.append(replace(unit, task=node.path))
                    self.units_of[id(node)].append(out[-1])
        for unit in self._duty(self.end, self.frame.foot, led=False, heading=False, under=True, duty=False):
            if (0, unit.unit.lower(), unit.role) not in seen and not _inside(unit.start, covered):
                seen.add((0, unit.unit.lower(), unit.role))
                out.append(unit)
        return out

    def _duty(
        self, start: int, end: int, *, led: bool, heading: bool, under: bool, duty: bool
    ) -> Iterator[Responsible]:
        return self.grammar.duty(
            self.view, start, end, self.names, led=led, heading=heading, under_unit=under, duty=duty
        )

    def item(self, node: Node, depth: int) -> Item:
        """Return a unit of the outline as an item, with what stands in it."""
        start, end = self.view.trim(node.text, node.end)
        if not depth and self.kinds.get(id(node)) == "duties":
            return self._duty_item(node, start, end)
        inside = () if depth >= _DEPTH else tuple(self.item(child, depth + 1) for child in node.children)
        own = bool(node.label)
        words = self.view.low
        stop = node.own_end()
        return Item(
            label=node.path if own else node.label, text=self.view.source[start:end], start=start, end=end,
            subtasks=inside,
            citations=self._keys(node.start, node.end),
            deadlines=tuple(self.due_of.get(id(node), ())),
            responsible=tuple(self.units_of.get(id(node), ())),
            optional=bool(self.grammar.optional().search(words, start, max(stop, start))),
        )  # fmt: skip

    def _duty_item(self, node: Node, start: int, end: int) -> Item:
        """Return an item of implementation; what a unit does stands below the heading that names it."""
        plain = self.item(node, 1)
        if not self.grammar.heading(self.view, start, end, self.names):
            return plain
        stop = min(self.view.paragraph(start)[1], end)
        a, z = self.view.trim(stop, node.own_end())
        loose = (Item("", self.view.source[a:z], a, z, citations=self._keys(a, z)),) if z > a else ()
        first, last = self.view.trim(start, stop)
        text = self.view.source[first:last]
        return replace(plain, text=text, start=first, end=last, subtasks=(*loose, *plain.subtasks))

    def _keys(self, start: int, end: int) -> tuple[str, ...]:
        inside = self.mentions[bisect_left(self.cited, start) : bisect_left(self.cited, end)]
        return tuple(dict.fromkeys(citation.key for citation in inside))

    def row(self, row: Row, place: int) -> Item:
        """Return a row of a task table as an item."""
        view, cells = self.view, row.cells
        a, z = view.trim(*cells["task"])
        roles = [role for role in ("lead", "support") if role in cells]
        units = [u for role in roles for u in self.grammar.cell_units(view, *cells[role], self.names, role)]
        product = " ".join(view.view[slice(*cells["product"])].split()) if "product" in cells else None
        times = self._cell_times(*cells["time"]) if "time" in cells else []
        label = row.label or str(place)
        return Item(
            label=label, text=view.source[a:z], start=a, end=z,
            citations=self._keys(a, z),
            deadlines=tuple(replace(d, task=label) for d in times),
            responsible=tuple(replace(u, task=label) for u in units), product=product, group=row.group,
        )  # fmt: skip

    def _cell_times(self, start: int, end: int) -> list[Deadline]:
        """Return a cell's times; a day that is struck out is what the next one supersedes."""
        out: list[Deadline] = []
        struck: str | None = None
        for t in self.grammar.times(self.view.low, start, end, self._year()):
            before = self.view.low[start : t.start]
            if any(before.count(f"<{mark}>") > before.count(f"</{mark}>") for mark in ("s", "del", "strike")):
                struck = t.last
                continue
            bound = "by" if t.bound == "exact" else t.bound
            first = t.first if bound != "by" or t.first != t.last else None
            words = self.view.source[t.start : t.end]
            out.append(
                Deadline(words, t.start, t.end, first, t.last, bound, recurrence=t.recurrence,
                         approximate=t.approximate, superseded=struck)
            )  # fmt: skip
            struck = None
        return out


def _ahead(time: Time, base: str | None) -> Time:
    """Return a day to be kept, written without its year, as the first one that follows the document's date."""
    if not (time.inferred and time.last and base and len(base) == 10 and time.last < base):
        return time
    year = int(time.last[:4]) + 1
    return replace(time, last=day(year, int(time.last[5:7]), int(time.last[8:])))


def _sentence_start(low: str, at: int) -> int:
    """Return where the words begin that may govern a time: after a stop, a line, a bracket."""
    least = max(0, at - 400)
    found = (low.rfind(mark, least, at) + len(mark.rstrip(" ")) for mark in (". ", "\n", ";", "("))
    return max(least, *found)


def _up(node: Node) -> Iterator[Node]:
    """Yield a node and all above it."""
    one: Node | None = node
    while one is not None:
        yield one
        one = one.parent


def _chosen(node: Node, chosen: set[int]) -> Node | None:
    above: Node | None = node
    while above is not None and id(above) not in chosen:
        above = above.parent
    return above


def _inside(place: int, spans: list[tuple[int, int]]) -> bool:
    i = bisect_right(spans, (place, 1 << 60)) - 1
    return i >= 0 and spans[i][0] <= place < spans[i][1]
