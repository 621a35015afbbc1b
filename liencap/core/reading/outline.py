"""Which labelled units a text has, and how they nest.

A label's level comes from its kind and the labels open above it, never from its count: numerals restart,
repeat and skip. The kinds and their ranks are the grammar's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from liencap.core.reading.view import View


@dataclass(slots=True)
class Node:
    """A labelled unit while the outline is built; `start` is the label's place, `text` the first word's."""

    kind: str
    rank: float
    value: int
    label: str
    start: int
    text: int
    end: int = 0
    inline: bool = False
    path: str = ""
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """Yield the node and all below it, in order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))

    def own_end(self) -> int:
        """Return where the node's own words end and its first child begins."""
        return self.children[0].start if self.children else self.end


class Found(NamedTuple):
    """A label as the grammar found it."""

    kind: str
    value: int
    label: str
    start: int
    text: int
    inline: bool = False


@dataclass(frozen=True, slots=True)
class LabelRules:
    """What a language knows about labels: the first of `kinds` to match at a line's start is the label."""

    at_line: re.Pattern[str]
    inside: re.Pattern[str]
    ranks: dict[str, float]
    floating: frozenset[str]
    bullets: frozenset[str]


def outline(view: View, rules: LabelRules, found: Iterable[Found], start: int, end: int) -> list[Node]:
    """Return the top nodes of text[start:end], each with its children, in order."""
    top: list[Node] = []
    stack: list[Node] = []
    bullets: Counter[tuple[int, str]] = Counter()
    for one in found:
        if one.start < start or one.start >= end:
            continue
        while stack and stack[-1].inline and not one.inline and one.kind not in rules.bullets:
            stack.pop().end = one.start
        rank = _rank(one, stack, rules)
        if not _fits(view, one, stack, rules):
            continue
        while stack and stack[-1].rank >= rank:
            stack.pop().end = one.start
        parent = stack[-1] if stack else None
        node = Node(
            one.kind, rank, one.value, one.label, one.start, one.text, inline=one.inline, parent=parent
        )
        (parent.children if parent else top).append(node)
        place = id(parent), one.kind
        bullets[place] += 1
        node.path = _path(node, rules, bullets[place])
        stack.append(node)
    while stack:
        stack.pop().end = end
    return top


def _rank(one: Found, stack: list[Node], rules: LabelRules) -> float:
    """Return the level of a label; a floating kind stands below whatever numbers are open above it."""
    for node in reversed(stack):
        if node.kind == one.kind and (one.kind not in rules.floating or node.inline == one.inline):
            return node.rank
    if one.kind in rules.floating and stack:
        numbered = [node for node in stack if node.kind not in rules.bullets]
        if numbered:
            return max(numbered[-1].rank, rules.ranks[one.kind]) + 0.25
    return rules.ranks[one.kind] + (0.1 if one.inline else 0)


def _open(stack: list[Node], kind: str) -> Node | None:
    return next((node for node in reversed(stack) if node.kind == kind), None)


def _fits(view: View, one: Found, stack: list[Node], rules: LabelRules) -> bool:
    """Say whether a candidate is a label here: inside a paragraph only one that a list expects."""
    if one.kind in rules.bullets:
        return True
    before = _open(stack, one.kind)
    expected = before is not None and one.value in (before.value, before.value + 1)
    if one.inline:
        if before is not None and one.value == before.value + 1:
            return True
        lead = view.view[max(one.start - 4, 0) : one.start].rstrip(" ")[-1:]
        return one.value == 1 and (lead == ":" or one.kind in rules.floating or one.kind == "paren")
    if one.value == 1 or expected:
        return True
    at = one.start - 1
    while at >= 0 and view.view[at] in " |":
        at -= 1
    return at < 0 or view.view[at] in "\n.;:!?,"


def _path(node: Node, rules: LabelRules, count: int) -> str:
    """Return the label's path: "II.1.a"; a number that repeats its parent's is not written twice."""
    label = node.label
    above = node.parent
    if node.kind in rules.bullets:
        label = f"-{count}"
    while above is not None and not above.label:
        above = above.parent
    if above is None or not label:
        return label
    if (
        above.kind not in rules.bullets
        and label.startswith(above.label + ".")
        and above.path.endswith(above.label)
    ):
        return above.path + label[len(above.label) :]
    return f"{above.path}.{label}"
