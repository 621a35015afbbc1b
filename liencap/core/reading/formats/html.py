"""Web pages, and documents that Word saved as one."""

from __future__ import annotations

import email
import re
from collections.abc import Callable

from liencap.core.reading.formats.build import OpenCell, OpenTable, Page, Piece, Words
from liencap.core.reading.formats.errors import UnreadableFile
from liencap.core.reading.formats.legacy import repair_fonts
from liencap.core.reading.formats.lookalikes import repair_lookalikes
from liencap.core.reading.formats.main_text import (
    Weight,
    find_main,
    is_furniture,
    is_hidden,
    is_link_list,
    is_plain_document,
    is_tail,
    weigh,
)
from liencap.core.reading.formats.markup import BLOCK, Node, parse_markup
from liencap.core.reading.formats.numbering import written_number
from liencap.core.reading.formats.sniff import sniff
from liencap.core.reading.formats.txt import decode
from liencap.core.reading.model import Problem, SourceText

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_STRUCK = frozenset({"s", "strike", "del"})
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_ROWS = frozenset({"tr", "tbody", "thead", "tfoot"})


def read_html(data: bytes) -> SourceText:
    """Return the main text of a page."""
    if sniff(data) == "mhtml":
        data = _page_of(data)
    source, problems = _decoded(data)
    source, repaired = repair_fonts(source)
    if repaired:
        problems += (
            Problem("encoding-guessed", f"The page is not in Unicode; it was read as {repaired.upper()}."),
        )
    root = parse_markup(source)
    writer = Writer(weigh(root), is_plain_document(root, source))
    main = _body(root) if writer.plain else find_main(_body(root), writer.weights)
    page = Page()
    title = None if writer.plain else _lost_title(root, main)
    for piece in ([] if title is None else writer.block(title)) + _without_tail(
        writer.block(main), writer.plain
    ):
        page.add(piece)
    if writer.struck:
        problems += (Problem("struck-out-dropped", "Words that are struck out were left out."),)
    made = page.finish("html", problems)
    if not made.text.strip():
        raise UnreadableFile("empty")
    text, lookalikes = repair_lookalikes(made.text)
    return SourceText(text, "html", problems + lookalikes, (), made.tables, made.grids, made.blocks)


def _page_of(data: bytes) -> bytes:
    """Return the page inside a web archive that Word or a browser saved."""
    try:
        for part in email.message_from_bytes(data).walk():
            if part.get_content_type() == "text/html":
                payload = part.get_payload(decode=True)
                if isinstance(payload, bytes):
                    return payload
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError) as error:
        raise UnreadableFile("broken") from error
    raise UnreadableFile("broken")


def _decoded(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """Believe a mark, then UTF-8 that decodes, then what the page says, then the letters themselves."""
    named = _CHARSET.search(data[:8192])
    if named and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-8"), ()
        except UnicodeDecodeError:
            pass
        name = named.group(1).decode("ascii", "replace").lower()
        # "windows-1252" and its like are what programs write without looking.
        if name.startswith(("windows-1258", "cp1258")):
            return data.decode("cp1258", "replace"), ()
    text, problems = decode(data)
    # Places in the source of a page are none in its text.
    return text, tuple(Problem(problem.code, problem.message) for problem in problems)


def _body(root: Node) -> Node:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.tag == "body":
            return node
        waiting += [child for child in node.children if isinstance(child, Node)]
    return root


def _lost_title(root: Node, main: Node) -> Node | None:
    """Return the heading of the page when the main part does not hold one."""
    if _first(main, "h1") is not None:
        return None
    return _first(root, "h1")


def _first(root: Node, tag: str) -> Node | None:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.tag == tag:
            return node
        waiting += reversed(
            [child for child in node.children if isinstance(child, Node) and not is_furniture(child)]
        )
    return None


def _without_tail(pieces: list[Piece], plain: bool) -> list[Piece]:
    """Cut the text where the page goes on to other matters, once most of it has been read."""
    if plain:
        return pieces
    sizes = [len(piece.text) if isinstance(piece, Words) else 200 for piece in pieces]
    total, read = sum(sizes), 0
    kept: list[Piece] = []
    for piece, size in zip(pieces, sizes, strict=True):
        if isinstance(piece, Words) and is_tail(piece.text):
            if read * 2 >= total:
                break
        else:
            kept.append(piece)
        read += size
    return kept


class Writer:
    """Turns elements into paragraphs and tables, in order."""

    def __init__(self, weights: dict[int, Weight], plain: bool) -> None:
        self.weights, self.plain = weights, plain
        self.struck = False

    def block(self, node: Node, label: str = "") -> list[Piece]:
        """Return what a block element holds; the label goes to its first words."""
        pieces: list[Piece] = []
        line: list[str] = []

        def flush() -> None:
            nonlocal label
            # Blanks around a break in the page's source are none of the words.
            text = re.sub(r" {2,}", " ", "".join(line).replace("\xa0", " "))
            text = re.sub(r" *\n *", "\n", text).strip(" \n")
            line.clear()
            if text or (label and node.tag == "li"):
                pieces.append(Words(text, label))
                label = ""

        self._inline(node, line, pieces, flush)
        if line:
            flush()
        return pieces

    def _inline(self, node: Node, line: list[str], pieces: list[Piece], flush: Callable[[], None]) -> None:
        count = _start_of(node)
        for child in node.children:
            if isinstance(child, str):
                line.append(child if node.tag == "pre" else _BLANKS.sub(" ", child))
            elif self._left_out(child):
                continue
            elif child.tag == "br":
                line.append("\n")
            elif child.tag == "table" and self._is_grid(child):
                flush()
                pieces.append(self._table(child))
            elif child.tag == "li":
                flush()
                if child.get("value").isascii() and child.get("value")[:9].isdigit():
                    count = int(child.get("value")[:9])
                pieces += self.block(child, _label(node, count))
                count += 1
            elif child.tag in BLOCK:
                flush()
                pieces += self.block(child)
            else:
                self._inline(child, line, pieces, flush)

    def _left_out(self, node: Node) -> bool:
        if node.tag in _STRUCK:
            self.struck = True
            return True
        if self.plain:
            return is_hidden(node) or node.tag in ("head", "button", "input", "title")
        return is_furniture(node) or (node.tag in BLOCK and is_link_list(node, self.weights))

    def _is_grid(self, table: Node) -> bool:
        """Tell a table from a frame that a page is laid out with."""
        if _first_inside(table, "table") is not None:
            return False
        rows = _rows_of(table)
        if len(rows) == 1 and not self.plain:
            return False
        return max((len(_cells_of(row)) for row in rows), default=0) >= 2

    def _table(self, table: Node) -> OpenTable:
        made = OpenTable()
        taken: dict[int, int] = {}
        for row in _rows_of(table):
            cells: list[OpenCell] = []
            column = 0
            started: dict[int, int] = {}
            for cell in _cells_of(row):
                while taken.get(column, 0) > 0:
                    column += 1
                columns, rows = _number(cell.get("colspan")), _number(cell.get("rowspan"))
                open_cell = OpenCell(column, columns, rows)
                open_cell.paragraphs = self.block(cell)
                cells.append(open_cell)
                started.update(dict.fromkeys(range(column, column + columns), rows))
                column += columns
            taken = {place: left - 1 for place, left in taken.items() if left > 1}
            taken.update({place: rows - 1 for place, rows in started.items() if rows > 1})
            made.rows.append(cells)
        return made


def _rows_of(table: Node) -> list[Node]:
    rows: list[Node] = []
    for child in table.children:
        if isinstance(child, Node) and not is_hidden(child):
            rows += [child] if child.tag == "tr" else _rows_of(child) if child.tag in _ROWS else []
    return rows


def _cells_of(row: Node) -> list[Node]:
    return [child for child in row.children if isinstance(child, Node) and child.tag in ("td", "th")]


def _first_inside(table: Node, tag: str) -> Node | None:
    for child in table.children:
        found = _first(child, tag) if isinstance(child, Node) else None
        if found is not None:
            return found
    return None


def _number(text: str) -> int:
    return min(max(int(text), 1), 100) if text.isascii() and text.isdigit() and len(text) < 5 else 1


def _start_of(node: Node) -> int:
    start = node.get("start")
    return int(start) if node.tag == "ol" and start.isascii() and start.isdigit() and len(start) < 7 else 1


def _label(parent: Node, count: int) -> str:
    if parent.tag == "ol":
        return f"{written_number(count, _FORMS.get(parent.get('type'), 'decimal'))}."
    return "-" if parent.tag == "ul" else ""
