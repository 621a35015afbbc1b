"""What a printed review holds; frozen, without a model, with one canonical form as JSON."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from liencap.printing.building import build
from liencap.printing.paper import Header, Language, Signatory


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: its name and its cells; `total` sets it off."""

    name: str
    cells: tuple[str, ...] = ()
    total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with the word that heads its first column."""

    caption: str
    head: str
    columns: tuple[str, ...]
    rows: tuple[Line, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; with a source it is a quotation."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the paper."""

    heading: str
    texts: tuple[Text, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedReview:
    """Everything that stands on the paper."""

    header: Header
    title: str
    subject: str
    term: str = ""
    bases: tuple[str, ...] = ()
    coverage: str = ""
    sections: tuple[Section, ...] = ()
    signatory: Signatory = field(default_factory=Signatory)
    recipients: tuple[str, ...] = ()
    sample: bool = False
    language: Language = "vi"

    def plain(self) -> dict[str, Any]:
        """Return the values as JSON keeps them."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return plain

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> "PrintedReview":
        """Build the values again from JSON; a missing or unknown key is a ValueError."""
        built: PrintedReview = build(cls, plain)
        return built
