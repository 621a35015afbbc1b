"""What a later document does to an earlier plan: its instructions, each with its place and the items it names.

The words of amending are a language's own (`LANGUAGE/amending.py`); the engine finds where an instruction begins,
what it names, and which words or day it brings. Whether the plan has such an item is not known here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.util import find_spec

from liencap.core.reading.grammar import Grammar, detect, load
from liencap.core.reading.outline import Found
from liencap.core.reading.view import View, clean, make_view

DEEDS = ("words", "replaced", "rescinded", "added", "date", "phrase")


@dataclass(frozen=True, slots=True)
class Instruction:
    """One thing that a document does to an item of an earlier plan; `text[start:end]` is all that it says of it.

    `path` are the numbers of the item that it names, the outermost first ("điểm 2 mục II" is (2, 2)); of an item that
    is added, `after` names the item before it. `text[new_start:new_end]` are the new words. Of a phrase, `old` gives
    way to `new`.
    """

    deed: str
    start: int
    end: int
    path: tuple[int, ...] = ()
    named: str = ""
    after: tuple[int, ...] = ()
    label: str = ""
    new_start: int = 0
    new_end: int = 0
    date: str | None = None
    bound: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """A language's words of amending.

    `heads` pair a deed with a pattern over lower-case text; its group `ref` holds the items named, `place` where
    something is put. `parts` finds one named item with its groups `struct` and `labels`; `ranks` order the structs from
    the outermost; `number` gives a label's number. `closers` open what is no longer new words; `joins` says how an
    inserted phrase stands to the one it is put to: before or after.
    """

    heads: tuple[tuple[str, re.Pattern[str]], ...]
    parts: re.Pattern[str]
    labels: re.Pattern[str]
    ranks: dict[str, int]
    numbers: dict[str, int]
    closers: re.Pattern[str]
    joins: re.Pattern[str]
    drops: re.Pattern[str]

    def number(self, label: str) -> int:
        """Return a label's place in its list; 0 for what is no label."""
        said = " ".join(label.split())
        if said in self.numbers:
            return self.numbers[said]
        if said.isdecimal():
            return int(said)
        if re.fullmatch("[ivx]+", said):
            worth = {"i": 1, "v": 5, "x": 10}
            values = [worth[letter] for letter in said]
            return sum(-v if any(w > v for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))
        return self.numbers.get(said[-1:], 0) if len(said) == 1 else 0


def rules_of(language: str) -> Rules | None:
    """Return a language's words of amending; None where nobody has written them."""
    name = f"liencap.core.reading.{language}.amending"
    rules: Rules | None = import_module(name).RULES if find_spec(name) else None
    return rules


def label_path(label: str, language: str) -> tuple[int, ...]:
    """Return the numbers of a label as a plan writes it: "II.2" is (2, 2), "Thứ ba" is (3,); () where it has none."""
    rules = rules_of(language)
    if rules is None:
        return ()
    said = label.lower().strip(" .:)")
    whole = (
        rules.number(said) or rules.number(said.rpartition(" ")[2]) or rules.number(said.partition(" ")[2])
    )
    if whole:
        return (whole,)
    found = []
    for piece in re.split(r"[.\s()]+", said):
        if piece.lstrip("-") and (number := rules.number(piece.lstrip("-"))):
            found.append(number)
    return tuple(found)


def read_amendments(text: str, *, language: str | None = None) -> tuple[Instruction, ...]:
    """Return the instructions of an amending document in the order of its text; none where it has none."""
    language = language or detect(text)
    rules = rules_of(language)
    if rules is None or not text.strip():
        return ()
    grammar = load(language)
    return tuple(_Reader(make_view(text, grammar.line_start()), grammar, rules).instructions())


@dataclass(frozen=True, slots=True)
class _Head:
    """Where an instruction begins: its deed, what its pattern matched, and the label before it."""

    deed: str
    match: re.Match[str]
    kind: str
    value: int


class _Reader:
    """What the steps share while one text is read."""

    def __init__(self, view: View, grammar: Grammar, rules: Rules) -> None:
        self.view, self.grammar, self.rules = view, grammar, rules
        self.quotes = _quotes(view.view)
        self.opens = [start for start, _end in self.quotes]
        self.labels = {f.start: f for f in grammar.labels(view, []) if not f.inline}
        frame = grammar.frame(view)
        date = frame.document.date
        self.year = int(date[:4]) if date else None
        self.stop = min(frame.foot, frame.stop) or len(view.view)

    def instructions(self) -> Iterator[Instruction]:
        """Yield what the text does, head by head."""
        heads = list(self._heads())
        for n, head in enumerate(heads):
            end = heads[n + 1].match.start() if n + 1 < len(heads) else self.stop
            yield from self._read(head, self._cut(head, end))

    def quoted(self, at: int) -> bool:
        """Say whether a place stands inside quotation marks."""
        i = bisect_right(self.opens, at) - 1
        return i >= 0 and at < self.quotes[i][1]

    def _clauses(self) -> Iterator[tuple[int, int, str, int]]:
        """Yield where a clause may begin, the end of its paragraph, and the label before it."""
        edges = [0, *(at + 1 for at in self.view.breaks), len(self.view.view) + 1]
        for start, after in zip(edges, edges[1:], strict=False):
            at, kind, value = start, "", 0
            while at < after and self.view.view[at : at + 1] in (" ", "|"):
                at += 1
            while (found := self.labels.get(at)) is not None and found.text > at:
                at, kind, value = found.text, kind or found.kind, value or found.value
            if at >= self.stop:
                return
            yield at, after - 1, kind, value
            for more in re.finditer(r"[;.] +", self.view.view[at : after - 1]):
                yield at + more.end(), after - 1, "", 0

    def _heads(self) -> Iterator[_Head]:
        done = 0
        for at, stop, kind, value in self._clauses():
            if at < done or self.quoted(at):
                continue
            for deed, pattern in self.rules.heads:
                if match := pattern.match(self.view.low, at, stop):
                    done = match.end()
                    yield _Head(deed, match, kind, value)
                    break

    def _cut(self, head: _Head, end: int) -> int:
        """Return where an instruction ends: before the next, before what closes the text, never inside quotes."""
        first = self.view.paragraph(head.match.end() - 1)[1]
        if (
            self.view.low[head.match.start() : first].rstrip().endswith(":")
            or self.view.low[first - 1] in ":"
        ):
            first = self.view.paragraph(min(first + 1, len(self.view.view) - 1))[1]
        at = first
        while at < end:
            start, _stop = self.view.trim(at, end)
            if start >= end:
                break
            found = self.labels.get(start)
            next_one = found is not None and found.kind == head.kind and found.value == head.value + 1
            if not self.quoted(start) and (next_one or self.rules.closers.match(self.view.low, start)):
                return self.view.trim(head.match.start(), start)[1]
            at = max(self.view.paragraph(start)[1], at + 1)
        # What stands before the next head is its own label, not words of this one.
        last = max((s for s in self.labels if at > s >= first and self.labels[s].text == end), default=end)
        return self.view.trim(head.match.start(), min(last, end))[1]

    def _read(self, head: _Head, end: int) -> Iterator[Instruction]:
        start, groups = head.match.start(), head.match.groupdict()
        named = groups.get("ref") or groups.get("pre") or groups.get("where") or ""
        if not named and head.deed == "phrase":
            named = self._named_after(head.match.end(), end)
        made = Instruction(head.deed, start, end, named=" ".join(named.split()))
        paths = self._paths(named)
        if head.deed == "added":
            place = groups.get("place") or ""
            after = (self._paths(place) or [()])[-1]
            yield from self._added(replace(made, path=paths[0] if paths else (), after=after), head, end)
            return
        if head.deed == "phrase":
            made = self._phrase(made)
        elif head.deed == "date":
            made = self._date(made)
        elif head.deed != "rescinded":
            begin, stop = self._new_words(head, end)
            made = replace(made, new_start=begin, new_end=stop)
            if begin == stop:
                return  # it announces what follows and names no words of its own
            made = self._own_label(made)
        for path in paths:
            yield replace(made, path=path)

    def _named_after(self, at: int, end: int) -> str:
        """Return the item that is named behind the quoted words of a phrase."""
        last = max((stop for start, stop in self.quotes if at - 1 <= start < end), default=at)
        found = self.rules.parts.search(self.view.low, last, end)
        return self.view.low[found.start() : end] if found else ""

    def _paths(self, words: str) -> list[tuple[int, ...]]:
        """Return the items that words name, each as its numbers from the outermost."""
        chains: list[dict[int, list[tuple[int, ...]]]] = []
        for match in self.rules.parts.finditer(words.lower()):
            rank = self.rules.ranks[" ".join(match.group("struct").split())]
            said = [self._numbers(one.group()) for one in self.rules.labels.finditer(match.group("labels"))]
            if not any(said):
                continue
            if not chains or (rank in chains[-1] and len(chains[-1]) > 1):
                chains.append({})
            chains[-1].setdefault(rank, []).extend(filter(None, said))
        found: list[tuple[int, ...]] = []
        for chain in chains:
            *outer, inner = sorted(chain)
            above = tuple(n for rank in outer for n in chain[rank][0])
            found += [(*above, *numbers) for numbers in chain[inner]]
        return found

    def _numbers(self, label: str) -> tuple[int, ...]:
        return tuple(n for piece in label.strip("() ").split(".") if (n := self.rules.number(piece)))

    def _new_words(self, head: _Head, end: int) -> tuple[int, int]:
        """Return the span of the new words: what is quoted, else what follows the colon."""
        inside = [q for q in self.quotes if head.match.end() - 1 <= q[0] < end]
        if inside:
            return self.view.trim(inside[0][0] + 1, inside[-1][1] - 1)
        colon = self.view.view.find(":", max(head.match.start(), head.match.end() - 1), end)
        return self.view.trim(colon + 1, end) if colon >= 0 else (end, end)

    def _own_label(self, made: Instruction) -> Instruction:
        """Take the label that the new words begin with off them."""
        if (found := self._label_at(made.new_start)) and found.text < made.new_end:
            return replace(made, label=found.label, new_start=found.text)
        return made

    def _label_at(self, at: int) -> Found | None:
        if at in self.labels:
            return self.labels[at]
        # After a quotation mark no line begins, so the grammar has not looked there.
        line = self.view.paragraph(at)[1]
        piece = make_view(self.view.source[at:line], self.grammar.line_start())
        found = next(iter(self.grammar.labels(piece, [])), None)
        if found is None or found.start != 0:
            return None
        return found._replace(start=at, text=at + found.text)

    def _added(self, made: Instruction, head: _Head, end: int) -> Iterator[Instruction]:
        begin, stop = self._new_words(head, end)
        if begin >= stop:
            return
        places, first = [begin], self._label_at(begin)
        at = self.view.paragraph(begin)[1] + 1
        while first is not None and at < stop:
            start, _end = self.view.trim(at, stop)
            found = self._label_at(start) if start < stop else None
            if found is not None and found.kind == first.kind:
                places.append(start)
            at = max(self.view.paragraph(start)[1], at) + 1
        for start, after in zip(places, [*places[1:], stop], strict=True):
            one = replace(made, new_start=start, new_end=self.view.trim(start, after)[1])
            one = self._own_label(one)
            yield one if len(places) == 1 else replace(one, path=label_path(one.label, self.grammar.language))

    def _phrase(self, made: Instruction) -> Instruction:
        inside = [q for q in self.quotes if made.start <= q[0] < made.end]
        said = [clean(self.view.source[start + 1 : end - 1]) for start, end in inside]
        words = self.view.low[made.start : made.end]
        if not said:
            return made
        if len(said) == 1:
            return replace(made, old=said[0], new="") if self.rules.drops.search(words) else made
        if join := self.rules.joins.search(words):
            anchor, put = (said[1], said[0]) if join.lastgroup in ("after", "before") else (said[0], said[1])
            before = (join.lastgroup or "").startswith("before")
            return replace(made, old=anchor, new=f"{put} {anchor}" if before else f"{anchor} {put}")
        return replace(made, old=said[0], new=said[1])

    def _date(self, made: Instruction) -> Instruction:
        """Take the last day that the instruction states: the one before it is the old day."""
        times = [t for t in self.grammar.times(self.view.low, made.start, made.end, self.year) if t.last]
        last = max(times, key=lambda t: t.start, default=None)
        if last is None:
            return made
        return replace(made, date=last.last, bound=last.bound, new_start=last.start, new_end=last.end)


def _quotes(view: str) -> list[tuple[int, int]]:
    """Return the outermost quoted spans with their marks; straight marks pair one by one."""
    found: list[tuple[int, int]] = []
    depth, start, straight = 0, 0, -1
    for mark in re.finditer('[“”«»"]', view):
        sign, at = mark.group(), mark.start()
        if sign == '"' and not depth:
            if straight < 0:
                straight = at
            else:
                found.append((straight, at + 1))
                straight = -1
        elif sign in "“«" and straight < 0:
            start = start if depth else at
            depth += 1
        elif sign in "”»" and depth:
            depth -= 1
            if not depth:
                found.append((start, at + 1))
    return sorted(found)
