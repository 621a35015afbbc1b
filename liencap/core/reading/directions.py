"""Which tasks carry out which direction: by the pairs of words they share that few others have."""

from __future__ import annotations

from collections import Counter

from liencap.core.reading.grammar import Grammar
from liencap.core.reading.model import Direction, ItemList, Problem
from liencap.core.reading.outline import Node
from liencap.core.reading.sections import Sorted
from liencap.core.reading.view import View

_LEAST = 0.36
_HEAD = 70  # characters of a task that name what is done


def link(view: View, found: Sorted, grammar: Grammar) -> tuple[tuple[ItemList, ...], list[Problem]]:
    """Return the lists that stand before the tasks, each direction with its tasks, and what has none."""
    lists: list[ItemList] = []
    problems: list[Problem] = []
    words = [
        (node.path, set(grammar.link_words(view.low[node.text : node.end])),
         set(grammar.link_words(view.low[node.text : min(node.text + _HEAD, node.end)])))
        for node in found.tasks[:200]
    ]  # fmt: skip
    common = Counter(word for _, pairs, _ in words for word in pairs)
    for group in found.lists:
        items: list[Direction] = []
        for node in group:
            start, end = view.trim(node.text, _first_paragraph(view, node))
            end -= len(view.view[start:end]) - len(view.view[start:end].rstrip(" ;,."))
            pairs = grammar.link_words(view.low[start:end])
            tasks = (
                _tasks(pairs, words, common) if found.tasks and group[0].start < found.tasks[0].start else ()
            )
            items.append(Direction(node.label, view.source[start:end], start, end, tasks))
        before = bool(found.tasks) and group[0].start < found.tasks[0].start
        lists.append(ItemList("directions" if before else "enumeration", tuple(items)))
        if before:
            problems += [
                Problem(
                    "direction-without-task",
                    f"No task carries out direction {item.label}.",
                    item.start,
                    item.end,
                )
                for item in items
                if not item.tasks
            ]
    return tuple(lists), problems


def _first_paragraph(view: View, node: Node) -> int:
    return min(view.paragraph(node.text)[1], node.end) if node.inline else node.end


def _tasks(
    pairs: list[str], words: list[tuple[str, set[str], set[str]]], common: Counter[str]
) -> tuple[str, ...]:
    """Return the labels of the tasks that share a direction's matter, above all what it begins with."""
    own = set(pairs)
    total = sum(1 / common[pair] if common[pair] else 1.0 for pair in own) or 1.0
    first = set(pairs[:2])
    scored = [
        (
            0.5 * sum(1 / common[p] for p in own & all_) / total
            + 0.5 * len(first & head) / (len(first) or 1),
            label,
        )
        for label, all_, head in words
    ]
    best = max((score for score, _ in scored), default=0.0)
    if best < _LEAST:
        return ()
    return tuple(label for score, label in scored if score >= max(_LEAST, best * 0.6))
