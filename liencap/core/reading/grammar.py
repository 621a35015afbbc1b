"""What the engine asks of a language. A language is a folder beside this file with a `GRAMMAR`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from liencap.core.reading.model import Body, Citation, Deadline, Document, Person, Problem, Responsible
from liencap.core.reading.outline import Found, LabelRules
from liencap.core.reading.times import Time
from liencap.core.reading.view import View


@dataclass(frozen=True, slots=True)
class Frame:
    """The document's own data, and where its body begins and ends.

    `gap` is the signature between a decision and the plan attached to it; it belongs to neither.
    """

    document: Document
    body: int
    foot: int
    stop: int
    base: str | None
    title: tuple[int, int]
    problems: tuple[Problem, ...] = ()
    gap: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Grammar:
    """A language: patterns and small functions over a view; the engine knows none of its words.

    `recognises` gives a text's beginning a number from 0, not this language, to 1, surely this one.
    """

    language: str
    recognises: Callable[[str], float]
    line_start: Callable[[], re.Pattern[str]]
    rules: Callable[[], LabelRules]
    labels: Callable[[View, list[tuple[int, int]]], Iterator[Found]]
    classify: Callable[[str], str]
    frame: Callable[[View], Frame]
    citations: Callable[[View], list[Citation]]
    times: Callable[[str, int, int, int | None], Iterator[Time]]
    due: Callable[[View, Time, int, Deadline | None, str | None, str], Deadline | None]
    periods: Callable[[View, int, int, tuple[int, int], str | None], Iterator[Deadline]]
    known: Callable[[Iterable[tuple[str, str]]], Any]
    duty: Callable[..., Iterator[Responsible]]
    heading: Callable[[View, int, int, Any], bool]
    cell_units: Callable[[View, int, int, Any, str], list[Responsible]]
    column: Callable[[str], str]
    people: Callable[[View, int, int], list[Person]]
    bodies: Callable[[View, int, int, str | None], list[Body]]
    closing: Callable[[], re.Pattern[str]]
    optional: Callable[[], re.Pattern[str]]
    link_words: Callable[[str], list[str]]
    leads: Callable[[], re.Pattern[str]]
    announces: Callable[[], re.Pattern[str]]


def languages() -> list[str]:
    """Return the languages there are: the folders beside this file that are named by a language's code."""
    import liencap.core.reading as reading

    return sorted(one.name for one in iter_modules(reading.__path__) if one.ispkg and len(one.name) in (2, 3))


def load(language: str) -> Grammar:
    """Return a language's grammar."""
    grammar: Grammar = import_module(f"liencap.core.reading.{language}").GRAMMAR
    return grammar


def detect(text: str) -> str:
    """Return the language whose grammar knows the text best by its beginning."""
    sample = unicodedata.normalize("NFC", text[:20000])
    return max(languages(), key=lambda language: (load(language).recognises(sample), language))
