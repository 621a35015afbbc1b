"""Lay paragraphs and tables down one after the other and remember where each stands."""

from __future__ import annotations

import re
import unicodedata

from liencap.core.reading.model import Block, Cell, Problem, SourceText, Span, Table

_DROPPED = dict.fromkeys(
    [*range(9), 11, *range(14, 32), 127, 0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF]
)
_ODD = {**_DROPPED, 0x0C: "\n", 0x0D: "\n", 0x0B: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n", 0x2011: "-"}
_ODD |= dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_MOTTO = re.compile(
    r"c[ộô]ng h[oòóaà]+ x[ãa] h[ộo]i|đ[ảa]ng c[ộo]ng s[ảa]n|độc lập|n[ơo]i nh[ậa]n\s*:", re.IGNORECASE
)


def tidy(text: str) -> str:
    """Return NFC words without invisible signs, lone surrogates or odd spaces."""
    text = text.translate(_ODD)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8"))
    return text


class OpenCell:
    """A cell while its table is being laid down."""

    __slots__ = ("column", "columns", "paragraphs", "rows")

    def __init__(self, column: int, columns: int = 1, rows: int = 1) -> None:
        self.column, self.columns, self.rows = column, columns, rows
        self.paragraphs: list[Piece] = []


class OpenTable:
    """Rows of cells whose place in the text is not known yet."""

    __slots__ = ("rows",)

    def __init__(self) -> None:
        self.rows: list[list[OpenCell]] = []


class Words:
    """A paragraph: its words, how many of its first letters are an automatic label, and the label's level."""

    __slots__ = ("kind", "label", "level", "text")

    def __init__(self, text: str, label: str = "", level: int = 0, kind: str = "paragraph") -> None:
        self.text, self.label, self.level, self.kind = text, label, level, kind


Piece = Words | OpenTable


class Page:
    """Collects the text of a document with its blocks and tables."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._at = 0
        self._blocks: list[Block] = []
        self._spans: list[Span] = []
        self._grids: list[Table] = []
        self._blank = True

    def add(self, piece: Piece) -> None:
        """Lay a paragraph or a table down."""
        if isinstance(piece, Words):
            self._add_words(piece)
        else:
            self._add_table(piece)

    def finish(self, kind: str, problems: tuple[Problem, ...] = ()) -> SourceText:
        """Return the text with everything that is known about it."""
        text = "".join(self._parts)
        return SourceText(
            text=text,
            kind=kind,
            problems=problems,
            tables=tuple(self._spans),
            grids=tuple(sorted(self._grids, key=lambda grid: (grid.start, -grid.end))),
            blocks=tuple(self._blocks),
        )

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._at += len(text)

    def _add_words(self, words: Words) -> None:
        text = tidy(words.text).strip(" \n")
        label = tidy(words.label).strip()
        if not text and not label:
            # One empty line is a pause; more are only layout.
            if not self._blank:
                self._write("\n")
                self._blank = True
            return
        start = self._at
        if label:
            self._blocks.append(Block("label", start, start + len(label), words.level))
            text = f"{label} {text}" if text else label
        # A mark that begins a text has nothing to stand on after the join.
        text = unicodedata.normalize("NFC", text)
        self._write(text)
        self._blocks.append(Block(words.kind, start, self._at, words.level))
        self._write("\n")
        self._blank = False

    def _add_table(self, table: OpenTable) -> None:
        rows = [row for row in table.rows if row]
        if not rows:
            return
        data = _holds_data(rows)
        start = self._at
        done = [
            tuple(self._add_cell(cell, data, place == 0) for place, cell in enumerate(row)) for row in rows
        ]
        end = max(start, self._at - 1)
        self._grids.append(Table(start, end, tuple(done)))
        if data:
            self._spans.append(Span(start, end))
            self._write("\n")  # what follows the last bar is no cell of the table

    def _add_cell(self, cell: OpenCell, data: bool, first: bool) -> Cell:
        if data and first:
            self._write("|\n")
        start = self._at
        self._blank = True
        for piece in cell.paragraphs:
            self.add(piece)
        end = self._at
        cut = "".join(self._parts[-1:])
        if end > start and cut.endswith("\n"):
            end -= 1
        if data:
            self._write("|\n" if self._at > start else "\n|\n")
            self._blank = True
        return Cell(start, end, self._cut(start, end), cell.column, cell.columns, cell.rows)

    def _cut(self, start: int, end: int) -> str:
        taken: list[str] = []
        at, place = self._at, len(self._parts)
        while place and at > start:
            place -= 1
            taken.append(self._parts[place])
            at -= len(self._parts[place])
        text = "".join(reversed(taken))
        return text[start - at : end - at]


def _holds_data(rows: list[list[OpenCell]]) -> bool:
    """Tell a table of facts from one that only puts the header's two halves side by side."""
    filled = {cell.column for row in rows for cell in row if _flat(cell)}
    if len(rows) <= 6 and any(_MOTTO.search(_flat(cell)) for row in rows for cell in row):
        return False
    return len(filled) >= 3 or (len(filled) == 2 and len(rows) >= 3)


def _flat(cell: OpenCell) -> str:
    return " ".join(
        piece.text or piece.label for piece in cell.paragraphs if isinstance(piece, Words)
    ).strip()
