"""Read a directive or plan: bytes -> text with offsets -> outline -> plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from liencap.core.reading.model import Plan, Problem

__all__ = ["Plan", "Problem", "read_document", "read_text"]


def read_text(text: str, *, unit_names: Iterable[tuple[str, str]] = (), language: str | None = None) -> Plan:
    """Read a text; `unit_names` are pairs of key and name, of which the longest match wins."""
    from liencap.core.reading.assemble import assemble
    from liencap.core.reading.grammar import detect, load
    from liencap.core.reading.view import make_view

    grammar = load(language or detect(text))
    return assemble(make_view(text, grammar.line_start()), grammar, unit_names)


def read_document(data: bytes, filename: str, *, unit_names: Iterable[tuple[str, str]] = ()) -> Plan:
    """Read a file's bytes; what the format could not give stands among the problems."""
    from liencap.core.reading.formats import to_text

    source = to_text(data, filename)
    plan = read_text(source.text, unit_names=unit_names)
    return replace(plan, problems=(*source.problems, *plan.problems))
