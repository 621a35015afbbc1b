"""Tables in plain text: cells on lines of their own between lone bars, or rows of a bar-drawn table.

A table whose columns do not name a task and its owner or time is no task table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from liencap.core.reading.view import View


@dataclass(frozen=True, slots=True)
class Table:
    """A table's span and its rows; a cell is the span of its words."""

    start: int
    end: int
    rows: tuple[tuple[tuple[int, int], ...], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a task table, by the meaning of its cells, with the heading of its group."""

    label: str
    cells: dict[str, tuple[int, int]]
    group: str | None


def find_tables(view: View) -> list[Table]:
    """Return the tables of the text in order."""
    return sorted([*_flattened(view), *_drawn(view)], key=lambda table: table.start)


def _flattened(view: View) -> Iterator[Table]:
    """Yield tables written one cell a line between lines that hold a bar alone."""
    bars: list[int] = []
    after: dict[int, int] = {}
    lines = view.lines
    run: list[tuple[int, int] | None] = []
    begin = -1
    for i, line in enumerate(lines):
        alone = view.view[line.start : line.end] == "|"
        if alone:
            if begin < 0:
                begin = line.start
            run.append(None)
        elif begin >= 0:
            previous = lines[i - 1]
            if line.gap and view.view[previous.start : previous.end] == "|":
                yield from _flat_table(view, begin, previous.end, run)
                run, begin = [], -1
                continue
            if run[-1] is None:
                run.append((line.start, line.end))
            else:
                run[-1] = (run[-1][0], line.end)
    if begin >= 0 and run:
        yield from _flat_table(view, begin, lines[-1].end, run)
    del bars, after


def _flat_table(view: View, start: int, end: int, run: list[tuple[int, int] | None]) -> Iterator[Table]:
    rows: list[list[tuple[int, int]]] = []
    row: list[tuple[int, int]] = []
    width = 0
    for i, token in enumerate(run):
        if token is not None:
            row.append(token)
        elif i and run[i - 1] is None:
            if row and (
                not width
                or len(row) >= width
                or not _is_count(view, row[0])
                or (len(row) == 1 and not _is_count(view, row[0]))
            ):
                width = width or len(row)
                rows.append(row)
                row = []
            elif row:
                row.append((0, 0))
    if row:
        rows.append(row)
    if rows:
        yield Table(start, end, tuple(tuple(r) for r in rows))


def _is_count(view: View, cell: tuple[int, int]) -> bool:
    return bool(re.fullmatch(r"[\d.()IVXivx]{1,6}", view.view[cell[0] : cell[1]].strip()))


def _drawn(view: View) -> Iterator[Table]:
    """Yield tables whose rows are lines that begin with a bar and hold more."""
    rows: list[tuple[tuple[int, int], ...]] = []
    begin = end = -1
    for line in view.lines:
        text = view.view[line.start : line.end]
        if text.startswith("|") and text.count("|") > 1:
            if begin < 0:
                begin = line.start
            end = line.end
            if not re.fullmatch(r"[|:\- ]+", text):
                rows.append(tuple(_cells(text, line.start)))
        elif begin >= 0:
            if len(rows) > 1:
                yield Table(begin, end, tuple(rows))
            rows, begin = [], -1
    if begin >= 0 and len(rows) > 1:
        yield Table(begin, end, tuple(rows))


def _cells(text: str, at: int) -> Iterator[tuple[int, int]]:
    body = text.removesuffix("|")
    place = 1
    for piece in body[1:].split("|"):
        bare = piece.strip()
        start = at + place + len(piece) - len(piece.lstrip()) if bare else at + place
        yield start, start + len(bare)
        place += len(piece) + 1


def task_rows(view: View, table: Table, column: Callable[[str], str]) -> list[Row]:
    """Return the rows of a task table, or nothing where its columns do not say that it is one."""
    for at, row in enumerate(table.rows[:3]):
        kinds = [column(view.view[a:z]) for a, z in row]
        if "task" in kinds and {"lead", "support", "time", "product"} & set(kinds):
            return _rows(view, table.rows[at + 1 :], kinds)
    return []


def _rows(view: View, rows: tuple[tuple[tuple[int, int], ...], ...], kinds: list[str]) -> list[Row]:
    out: list[Row] = []
    group: str | None = None
    for row in rows:
        words = [view.view[a:z].strip() for a, z in row]
        filled = [word for word in words if word]
        if not filled or (filled[0].isdigit() and len(filled) == 1):
            continue
        numbered = re.fullmatch(r"[IVXA-H]+\.?", words[0]) if kinds[0] == "number" else None
        if len(filled) == 1 or (len(filled) == 2 and numbered):
            group = " ".join(" ".join(filled).split())
            continue
        if len(row) == len(kinds) - 1 and kinds[0] == "number":
            row = ((row[0][0], row[0][0]), *row)
        if all(re.fullmatch(r"\(?\d+\)?", word) for word in filled):
            continue
        cells = {kind: cell for kind, cell in zip(kinds, row, strict=False) if kind and cell[1] > cell[0]}
        if "task" in cells:
            label = view.view[slice(*cells["number"])].strip(" .") if "number" in cells else str(len(out) + 1)
            out.append(Row(label, cells, group))
    return out
