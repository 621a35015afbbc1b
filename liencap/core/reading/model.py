"""What a reading is made of: frozen values, each with the place in the text it stands on.

Offsets are characters of `Plan.text`; `text[start:end]` cuts exactly what an object says. Days are ISO
strings ("2025-12-01"), a month alone is "2026-01", and what the document does not state is None.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text."""

    start: int
    end: int

    def cut(self, text: str) -> str:
        """Return the words of the span."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should look at: a stable code, an English sentence, a place."""

    code: str
    message: str
    start: int = 0
    end: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Return the problem as the contract writes it."""
        return {"code": self.code, "message": self.message, "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; a merged one stands once, at its first column and row."""

    start: int
    end: int
    text: str
    column: int
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table as its format draws it, rows of cells."""

    start: int
    end: int
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """What a format knows about a stretch: a paragraph, an automatic label with its level, a footnote."""

    kind: str
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a file, and what the file's format knows about it.

    `kind` is txt, html, docx, pdf, doc or odt. `furniture` are spans of the text that the format knows to be
    none of the document (menus, running heads), `tables` the spans of tables written one cell a line
    between lone "|". `grids` are the same tables, and those that only place words, cell by cell; `blocks` are
    paragraphs, labels and footnotes of formats that know them.
    """

    text: str
    kind: str = "txt"
    problems: tuple[Problem, ...] = ()
    furniture: tuple[Span, ...] = ()
    tables: tuple[Span, ...] = ()
    grids: tuple[Table, ...] = ()
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A document that the text names; `pinpoint` is the article or clause it points into.

    `short` marks a form without its full number, resolved to the full form that stands elsewhere in the text.
    """

    key: str
    text: str
    start: int
    end: int
    date: str | None = None
    pinpoint: str | None = None
    short: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return the citation as the contract writes it."""
        out: dict[str, Any] = {"key": self.key, "text": self.text, "date": self.date}
        if self.pinpoint:
            out["pinpoint"] = self.pinpoint
        return out | {"start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class Deadline:
    """A stretch of time the text states: a deadline, an event's window, or a period."""

    text: str
    start: int
    end: int
    start_date: str | None = None
    end_date: str | None = None
    bound: str = "in"
    kind: str = "due"
    event: str | None = None
    tier: str | None = None
    recurrence: str | None = None
    task: str | None = None
    superseded: str | None = None
    approximate: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return the deadline as the contract writes it."""
        names = ("text", "start_date", "end_date", "bound", "kind", "event", "tier", "recurrence", "task")
        out: dict[str, Any] = {name: getattr(self, name) for name in names}
        if self.superseded:
            out["superseded"] = self.superseded
        if self.approximate:
            out["approximate"] = True
        return out | {"start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class Responsible:
    """A unit that an item names as its owner: `role` is lead or support."""

    unit: str
    role: str
    text: str
    start: int
    end: int
    task: str | None = None
    unit_key: str | None = None
    placeholder: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return the unit as the contract writes it."""
        out: dict[str, Any] = {"unit": self.unit, "role": self.role, "task": self.task, "text": self.text}
        if self.unit_key:
            out["unit_key"] = self.unit_key
        if self.placeholder:
            out["placeholder"] = True
        return out | {"start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class Person:
    """A named person with the office the text gives."""

    name: str
    role: str | None
    start: int
    end: int

    def as_dict(self) -> dict[str, Any]:
        """Return the person as the contract writes it."""
        return {"name": self.name, "role": self.role, "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class Body:
    """A committee or board that is neither the issuer nor a unit of the tree."""

    name: str
    start: int
    end: int

    def as_dict(self) -> dict[str, Any]:
        """Return the body as the contract writes it."""
        return {"name": self.name, "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class Item:
    """A labelled unit of the text: a task, a row of a task table, or an item of another section.

    `text` leaves the label out. In a flattened table `text` is the row's task cell. `citations` are keys.
    """

    label: str
    text: str
    start: int
    end: int
    subtasks: tuple[Item, ...] = ()
    citations: tuple[str, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    responsible: tuple[Responsible, ...] = ()
    optional: bool = False
    product: str | None = None
    group: str | None = None

    def walk(self) -> Iterator[Item]:
        """Yield the item and all below it, in order, however deep."""
        waiting = [self]
        while waiting:
            item = waiting.pop()
            yield item
            waiting.extend(reversed(item.subtasks))

    def as_dict(self) -> dict[str, Any]:
        """Return the item as the contract writes it."""
        out: dict[str, Any] = {"label": self.label, "text": self.text, "start": self.start, "end": self.end}
        out["subtasks"] = [item.as_dict() for item in self.subtasks]
        out["citations"] = list(self.citations)
        out["deadlines"] = [deadline.as_dict() for deadline in self.deadlines]
        out["responsible"] = [unit.as_dict() for unit in self.responsible]
        if self.optional:
            out["optional"] = True
        if self.product:
            out["product"] = self.product
        if self.group:
            out["group"] = self.group
        return out


Task = Item


@dataclass(frozen=True, slots=True)
class Direction:
    """One of a list of directions, with the labels of the tasks that carry it out."""

    label: str
    text: str
    start: int
    end: int
    tasks: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the direction as the contract writes it."""
        return {
            "label": self.label,
            "text": self.text,
            "tasks": list(self.tasks),
            "start": self.start,
            "end": self.end,
        }


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list that sets no tasks of its own; `role` is directions or enumeration."""

    role: str
    items: tuple[Direction, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the list as the contract writes it."""
        return {"role": self.role, "items": [item.as_dict() for item in self.items]}


@dataclass(frozen=True, slots=True)
class Document:
    """Who issued what, when, under which number; the span is that of the header."""

    type: str | None = None
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    subject: str | None = None
    byline: str | None = None
    signer: str | None = None
    signer_role: str | None = None
    theme: str | None = None
    recipients: tuple[str, ...] = ()
    start: int = 0
    end: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Return the document as the contract writes it."""
        names = ("type", "number", "date", "issuer", "subject", "byline", "signer", "signer_role", "theme")
        out: dict[str, Any] = {name: getattr(self, name) for name in names}
        if self.recipients:
            out["recipients"] = list(self.recipients)
        return out | {"start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that was read from one text."""

    text: str
    language: str = "vi"
    document: Document = field(default_factory=Document)
    citations: tuple[Citation, ...] = ()
    tasks: tuple[Item, ...] = ()
    implementation: tuple[Item, ...] = ()
    table_tasks: tuple[Item, ...] = ()
    other_items: tuple[Item, ...] = ()
    lists: tuple[ItemList, ...] = ()
    people: tuple[Person, ...] = ()
    bodies: tuple[Body, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    periods: tuple[Deadline, ...] = ()
    responsible: tuple[Responsible, ...] = ()
    problems: tuple[Problem, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the whole reading as the JSON contract writes it."""
        out: dict[str, Any] = {"text": self.text, "language": self.language}
        out["document"] = self.document.as_dict()
        for name in _LISTS:
            out[name] = [one.as_dict() for one in getattr(self, name)]
        return out


_LISTS = (
    "citations",
    "tasks",
    "implementation",
    "table_tasks",
    "other_items",
    "lists",
    "people",
    "bodies",
    "deadlines",
    "periods",
    "responsible",
    "problems",
)
