"""PDF with a text layer, read by pdfium: paragraphs, ruled tables across pages, no running heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from liencap.core.reading.formats.build import OpenCell, OpenTable, Page, Piece, Words
from liencap.core.reading.formats.errors import UnreadableFile
from liencap.core.reading.formats.legacy import from_tcvn3, from_vni, repair_fonts
from liencap.core.reading.formats.lookalikes import repair_lookalikes
from liencap.core.reading.formats.pdf_flow import Joiner, in_columns, running_lines, set_margins
from liencap.core.reading.formats.pdf_grid import Grid, GridCell, take_cells
from liencap.core.reading.formats.pdf_page import Segment, Sheet, read_sheet, segments_of
from liencap.core.reading.model import Problem, SourceText

PAGES_MAX = 3000
_PASSWORD = 4
_FEW = 25  # letters: a page number or a stamp over a scan
_STAMPED = 400  # letters that a signature stamp may put on a scanned page

Item = Segment | Grid


def read_pdf(data: bytes) -> SourceText:
    """Return the text of a PDF."""
    sheets = _sheets(data)
    scanned = [sheet.number for sheet in sheets if _is_scan(sheet)]
    if len(scanned) == len(sheets) or sum(len(sheet.glyphs) for sheet in sheets) < 3:
        raise UnreadableFile("scan-without-text")
    problems = tuple(
        Problem("page-without-text", f"Page {number + 1} is a picture without text and was not read.")
        for number in scanned[:50]
    )
    items = _items(sheets)
    words = Counter(
        word.lower()
        for item in items
        if isinstance(item, Segment)
        for word in re.findall(r"\w[\w-]*\w", item.text)
    )
    pieces = _pieces(items, words)
    problems += _repair(pieces)
    page = Page()
    for piece in pieces:
        page.add(piece)
    made = page.finish("pdf")
    if not made.text.strip():
        raise UnreadableFile("scan-without-text")
    text, lookalikes = repair_lookalikes(made.text)
    return SourceText(text, "pdf", problems + lookalikes, (), made.tables, made.grids, made.blocks)


def _sheets(data: bytes) -> list[Sheet]:
    import pypdfium2

    document: Any = None
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
        if count > PAGES_MAX:
            raise UnreadableFile("too-large")
        if count == 0:
            raise UnreadableFile("empty")
        return [read_sheet(document, number) for number in range(count)]
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD
        raise UnreadableFile("password" if locked else "broken") from error
    finally:
        if document is not None:
            document.close()


def _is_scan(sheet: Sheet) -> bool:
    letters = sum(1 for glyph in sheet.glyphs if not glyph[0].isspace())
    return sheet.pictured > 0.5 and letters < (_STAMPED if sheet.pictured > 0.8 else _FEW)


def _items(sheets: list[Sheet]) -> list[Item]:
    """Return lines and tables in reading order, without what only repeats on every page."""
    pages: list[list[tuple[int, Segment]]] = []
    tables: list[list[Grid]] = []
    for sheet in sheets:
        outside, grids = take_cells(sheet)
        pages.append(_ordered_segments(outside, grids))
        set_margins(sheet.width, [line for _, line in pages[-1]])
        tables.append(grids)
    running = running_lines(
        [(s.height, [line for _, line in page]) for s, page in zip(sheets, pages, strict=True)]
    )
    items: list[Item] = []
    for number, (page, grids) in enumerate(zip(pages, tables, strict=True)):
        waiting = sorted(grids, key=lambda grid: grid.order)
        block: list[Segment] = []
        for place, (order, line) in enumerate(page):
            while waiting and waiting[0].order < order:
                items += in_columns(block)
                block = []
                _add_grid(items, waiting.pop(0))
            if (number, place) not in running:
                block.append(line)
        items += in_columns(block)
        for grid in waiting:
            _add_grid(items, grid)
    return items


def _ordered_segments(outside: list[tuple[int, Any]], grids: list[Grid]) -> list[tuple[int, Segment]]:
    """Return the lines with their order; a table between two letters ends a line."""
    cuts = sorted(grid.order for grid in grids)
    found: list[tuple[int, Segment]] = []
    start = 0
    bounds = [next((i for i, (order, _) in enumerate(outside) if order > cut), len(outside)) for cut in cuts]
    for end in [*bounds, len(outside)]:
        part = outside[start:end]
        if part:
            found += [(part[0][0], segment) for segment in segments_of([glyph for _, glyph in part])]
        start = max(start, end)
    return found


def _add_grid(items: list[Item], grid: Grid) -> None:
    """Add a table, or go on with the one that the page before ended with."""
    last = items[-1] if items else None
    if not isinstance(last, Grid) or len(last.edges) != len(grid.edges):
        items.append(grid)
        return
    if any(abs(a - b) > 6 for a, b in zip(last.edges, grid.edges, strict=True)):
        items.append(grid)
        return
    _continue(last, grid)


def _continue(table: Grid, more: Grid) -> None:
    height = len(table.levels) - 1
    first = _texts(more, 0)
    skip = 1 if len(more.levels) > 2 and any(first) and first == _texts(table, 0) else 0
    rows = len(more.levels) - 1 - skip
    moved: dict[int, GridCell] = {}
    for (row, column), cell in more.cells.items():
        if row < skip:
            continue
        if id(cell) not in moved:
            moved[id(cell)] = GridCell(
                max(cell.row - skip, 0) + height, cell.column, cell.rows, cell.columns, cell.glyphs
            )
        table.cells[row - skip + height, column] = moved[id(cell)]
    lowest = table.levels[-1]
    table.levels += [lowest - 1 - step for step in range(rows)]
    _close_split_row(table, height)


def _close_split_row(table: Grid, row: int) -> None:
    """Join a row cut by the end of a page: its number stands on the page before, the rest goes on."""
    columns = range(len(table.edges) - 1)
    upper, lower = [table.cells[row - 1, c] for c in columns], [table.cells[row, c] for c in columns]
    alone = all(cell.columns == 1 and cell.rows == 1 for cell in upper + lower)
    if not alone or len(upper) < 3 or _words(lower[0]) or not _words(upper[0]):
        return
    for above, below in zip(upper, lower, strict=True):
        # The letters go on below the last line, as if the page had no end.
        above.glyphs += _shifted(above, below)
        below.glyphs = []
    for column in columns:
        table.cells[row, column] = table.cells[row - 1, column]


def _shifted(above: GridCell, below: GridCell) -> list[Any]:
    if not above.glyphs or not below.glyphs:
        return below.glyphs
    height = max(below.glyphs[0][4] - below.glyphs[0][2], 1.0)
    shift = min(glyph[2] for glyph in above.glyphs) - max(glyph[4] for glyph in below.glyphs) - 0.1 * height
    return [(letter, x0, y0 + shift, x1, y1 + shift) for letter, x0, y0, x1, y1 in below.glyphs]


def _words(cell: GridCell) -> str:
    return "".join(glyph[0] for glyph in cell.glyphs if not glyph[0].isspace())


def _texts(grid: Grid, row: int) -> list[str]:
    return [_words(grid.cells[row, column]) for column in range(len(grid.edges) - 1)]


def _pieces(items: list[Item], words: Counter[str]) -> list[Piece]:
    pieces: list[Piece] = []
    lines = [item for item in items if isinstance(item, Segment)]
    joiner = Joiner(lines, words)
    block: list[Segment] = []
    for item in items:
        if isinstance(item, Segment):
            block.append(item)
            continue
        pieces += [Words(text) for text in joiner.paragraphs(block)]
        block = []
        pieces.append(_table(item, words))
    pieces += [Words(text) for text in joiner.paragraphs(block)]
    return pieces


def _table(grid: Grid, words: Counter[str]) -> OpenTable:
    made = OpenTable()
    seen: set[int] = set()
    for row in range(len(grid.levels) - 1):
        cells: list[OpenCell] = []
        for column in range(len(grid.edges) - 1):
            cell = grid.cells[row, column]
            if id(cell) in seen:
                continue
            seen.add(id(cell))
            open_cell = OpenCell(cell.column, cell.columns, cell.rows)
            lines = segments_of(cell.glyphs)
            open_cell.paragraphs = [
                Words(text) for text in Joiner(lines, words, ragged=True).paragraphs(lines)
            ]
            cells.append(open_cell)
        made.rows.append(cells)
    return made


def _all_words(pieces: list[Piece]) -> list[Words]:
    found: list[Words] = []
    for piece in pieces:
        if isinstance(piece, Words):
            found.append(piece)
        else:
            found += [words for row in piece.rows for cell in row for words in _all_words(cell.paragraphs)]
    return found


def _repair(pieces: list[Piece]) -> tuple[Problem, ...]:
    """Turn text drawn with an old font into Unicode."""
    every = _all_words(pieces)
    name = repair_fonts("\n".join(words.text for words in every))[1]
    if not name:
        return ()
    convert: Callable[[str], str] = from_tcvn3 if name == "tcvn3" else from_vni
    for words in every:
        words.text = convert(words.text)
    return (
        Problem(
            "encoding-guessed", f"The document was typed with an old font; it was read as {name.upper()}."
        ),
    )
