"""Tasks of a text that numbers nothing: the paragraphs below "yêu cầu:" that say who does what."""

from __future__ import annotations

from collections.abc import Callable

from liencap.core.reading.grammar import Frame, Grammar
from liencap.core.reading.outline import Node
from liencap.core.reading.view import View

_LEAST = 2


def paragraphs(view: View, grammar: Grammar, frame: Frame) -> list[Node]:
    """Return the paragraphs that a sentence ending with a colon announces and that open with their owner.

    They are labelled ¶1, ¶2, ... A paragraph between two of them belongs to the one before it.
    """
    names = grammar.known(())

    def owned(start: int, end: int) -> bool:
        stop = min([end, *(at for at in (view.view.find(". ", start, end),) if at > 0)])
        found = grammar.duty(view, start, stop, names, led=False, heading=True, under_unit=False, duty=True)
        return any(unit.role == "lead" for unit in found)

    nodes: list[Node] = []
    for start, end in _below(view, grammar, frame, owned):
        if nodes:
            nodes[-1].end = start
        label = f"¶{len(nodes) + 1}"
        nodes.append(Node("num", 4, len(nodes) + 1, label, start, start, end, path=label))
    return nodes if len(nodes) >= _LEAST else []


def _below(
    view: View, grammar: Grammar, frame: Frame, owned: Callable[[int, int], bool]
) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    announced = False
    at = frame.body
    while at < frame.foot:
        start, end = view.trim(*view.paragraph(at))
        at = max(view.paragraph(at)[1] + 1, at + 1)
        if start >= end or start < frame.body:
            continue
        if announced and grammar.closing().match(view.view, start) and not owned(start, end):
            break
        if announced and owned(start, min(end, frame.foot)):
            out.append((start, min(end, frame.foot)))
        elif view.view[end - 1] == ":" and grammar.announces().search(view.low, max(start, end - 160), end):
            announced = True
    return out
