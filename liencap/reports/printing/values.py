"""What a printed consolidated report holds; frozen, without a model, with one canonical form as JSON."""

import dataclasses
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any, Literal

from liencap.printing.building import build
from liencap.printing.charts import Chart
from liencap.printing.paper import Form, Header, Language, Signatory, motto_for

__all__ = ["Form", "Header", "Language", "PrintedReport", "Signatory", "motto_for"]

RowKind = Literal["unit", "official", "received"]
BlockKind = Literal["text", "quote", "merged", "coverage"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a sentence comes from: the unit's name, the id of its passage and that of its report."""

    unit: str
    passage: str
    report: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """A figure within a text, from sign to sign: the cell of the form as "CODE/CELL", and which total it is of."""

    start: int
    end: int
    code: str
    kind: str


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of narrative: the author's own text, a quote, a merge of several passages, or who wrote and who did not.

    `figures` are those that the author named by reference, frozen with their value.
    """

    text: str
    kind: BlockKind = "text"
    sources: tuple[Source, ...] = ()
    figures: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: formatted cells for paper, and the same as plain decimals for the sheet.

    `numbers` is empty or as long as `cells`; an empty string there means that the cell is no number.
    `ref` leads back: "unit:ID" for a unit with all below it, "report:ID" for a unit's own report,
    "line:ID:UNIT" for what a unit and all below it recorded of a line of communication or study.
    """

    name: str
    cells: tuple[str, ...]
    kind: RowKind = "unit"
    numbers: tuple[str, ...] = ()
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Figures of one task: a column an indicator, a row a unit, then the official and the received total.

    `codes` names the cell of the form behind each column as "CODE/CELL"; empty where there is none.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...] = ()
    note: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One task: its label and words in the plan, where they stand there, its figures and its narrative.

    `ref` is the id of the task; `answered` are the versions of it that the reports answered, empty where it was never
    amended.
    """

    label: str
    task: str
    citation: str = ""
    tables: tuple[Table, ...] = ()
    blocks: tuple[Block, ...] = ()
    ref: str = ""
    answered: tuple[int, ...] = ()

    @property
    def heading(self) -> str:
        """Return the line above the section: its label, if it has one, and the words of the task."""
        label = self.label.rstrip(".:")
        return f"{label}. {self.task}" if label else self.task


@dataclass(frozen=True, slots=True)
class PrintedReport:
    """Everything that stands on the paper. `sample` marks every page; `annexes` are tables of no task."""

    header: Header
    title: str
    subject: str
    period: str = ""
    bases: tuple[str, ...] = ()
    coverage: str = ""
    missing: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    signatory: Signatory = field(default_factory=Signatory)
    recipients: tuple[str, ...] = ()
    seal: str = ""
    report_hash: str = ""
    edition: str = ""
    sample: bool = False
    language: Language = "vi"
    charts: tuple[Chart, ...] = ()
    annexes: tuple[Table, ...] = ()

    def to_json(self) -> str:
        """Return the canonical form: sorted keys, no spaces, letters as they are."""
        return json.dumps(
            self,
            default=_plain,
            sort_keys=True,
            ensure_ascii=False,
            separators=(",", ":"),
            allow_nan=False,
        )

    @classmethod
    def from_json(cls, text: str) -> "PrintedReport":
        """Build the values again; a missing or unknown key is a ValueError."""
        built: PrintedReport = build(cls, json.loads(text))
        return built

    def digest(self) -> str:
        """Hash everything but the hash itself and the seal, which are known only after it."""
        bare = dataclasses.replace(self, report_hash="", seal="")
        return hashlib.sha256(bare.to_json().encode("utf-8", "surrogatepass")).hexdigest()


# What is left out where it is empty, so that papers from before there was such a thing keep their hash.
_LATER: dict[type, tuple[str, ...]] = {
    Section: ("answered",), Block: ("figures",), PrintedReport: ("charts", "annexes")
}  # fmt: skip


def _plain(value: Any) -> dict[str, Any]:
    """Return the fields of one value; what they hold is asked for in its turn, so that no row is copied twice."""
    if not dataclasses.is_dataclass(value):
        raise TypeError(f"{value!r:.60} is no part of a paper.")
    later = _LATER.get(type(value), ())
    names = (f.name for f in dataclasses.fields(value))
    return {name: held for name in names if (held := getattr(value, name)) or name not in later}
