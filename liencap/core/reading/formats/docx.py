"""Word documents, by the standard library alone: what a reader of the printed page would call their text.

Tracked changes are read as accepted, running heads and feet are left out, merged cells stand once, text
boxes after the paragraph that holds them, footnotes at the end.
"""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from liencap.core.reading.formats.archive import open_archive, read_entry
from liencap.core.reading.formats.build import OpenCell, OpenTable, Page, Piece, Words
from liencap.core.reading.formats.errors import UnreadableFile
from liencap.core.reading.formats.lookalikes import repair_lookalikes
from liencap.core.reading.formats.numbering import Numbering, W, read_numbering
from liencap.core.reading.formats.runs import Fonts, Runs, read_runs
from liencap.core.reading.formats.styles import Style, list_of, read_styles, switch
from liencap.core.reading.formats.xml import parse_xml
from liencap.core.reading.model import Problem, SourceText

_WRAPPERS = {f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}
_MAIN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_NEST_MAX = 30


@dataclass(slots=True)
class Reader:
    """What is known while the body is walked."""

    styles: dict[str, Style]
    default: str
    numbering: Numbering
    notes: dict[str, ET.Element]
    cited: list[str] = field(default_factory=list)
    contents_dropped: bool = False
    struck: bool = False


def read_docx(data: bytes) -> SourceText:
    """Return the text of a Word document."""
    archive = open_archive(data)
    with archive:
        main = _main_part(archive)
        body = _part(archive, main)
        if body is None:
            raise UnreadableFile("broken-zip")
        folder = posixpath.dirname(main)
        styles, default = read_styles(_part(archive, f"{folder}/styles.xml"))
        reader = Reader(styles, default, read_numbering(_part(archive, f"{folder}/numbering.xml")), {})
        for name in ("footnotes", "endnotes"):
            _collect_notes(_part(archive, f"{folder}/{name}.xml"), name[:-1], reader.notes)
    page = Page()
    root = body.find(f"{W}body")
    for piece in read_pieces(root if root is not None else body, reader):
        page.add(piece)
    _add_notes(page, reader)
    return _finished(page, reader)


def _finished(page: Page, reader: Reader) -> SourceText:
    problems: list[Problem] = []
    if reader.contents_dropped:
        problems.append(
            Problem("contents-dropped", "A table of contents was left out: it repeats the headings.")
        )
    if reader.struck:
        problems.append(Problem("struck-out-dropped", "Words that are struck out were left out."))
    source = page.finish("docx", tuple(problems))
    if not source.text.strip():
        raise UnreadableFile("scan-without-text")
    text, repaired = repair_lookalikes(source.text)
    return SourceText(
        text, "docx", source.problems + repaired, (), source.tables, source.grids, source.blocks
    )


def _main_part(archive: zipfile.ZipFile) -> str:
    """Return the name of the main part: where the package says, else where it always is."""
    links = _part(archive, "_rels/.rels")
    for link in [] if links is None else links:
        if link.get("Type", "").endswith("/officeDocument") and link.get("TargetMode") != "External":
            name = link.get("Target", "").lstrip("/")
            if name in archive.NameToInfo:
                return name
    return "word/document.xml"


def _part(archive: zipfile.ZipFile, name: str) -> ET.Element | None:
    data = read_entry(archive, name)
    if data is None:
        return None
    # The strict edition of the format differs in the name of its vocabulary.
    return parse_xml(data.replace(_STRICT, W[1:-1].encode()))


def _collect_notes(root: ET.Element | None, name: str, notes: dict[str, ET.Element]) -> None:
    for note in [] if root is None else root.findall(f"{W}{name}"):
        if note.get(f"{W}type", "normal") == "normal":
            notes[f"{name}:{note.get(f'{W}id', '')}"] = note


def _add_notes(page: Page, reader: Reader) -> None:
    """Write the notes that the text refers to, in their order."""
    for place, key in enumerate(dict.fromkeys(reader.cited), start=1):
        note = reader.notes.get(key)
        if note is None:
            continue
        pieces = read_pieces(note, reader)
        words = " ".join(piece.text.strip() for piece in pieces if isinstance(piece, Words))
        page.add(Words(words, label=f"[{place}]", kind="footnote"))


def read_pieces(parent: ET.Element, reader: Reader, depth: int = 0) -> list[Piece]:
    """Return the paragraphs and tables below an element, in order."""
    pieces: list[Piece] = []
    if depth > _NEST_MAX:
        return pieces
    joined: list[ET.Element] = []
    for child in parent:
        if child.tag == f"{W}p":
            joined.append(child)
            if not _mark_deleted(child):
                pieces += _paragraph(joined, reader, depth)
                joined = []
        elif child.tag == f"{W}tbl":
            pieces.append(_table(child, reader, depth))
        elif child.tag in _WRAPPERS:
            pieces += read_pieces(child, reader, depth + 1)
    if joined:
        pieces += _paragraph(joined, reader, depth)
    return pieces


def _mark_deleted(paragraph: ET.Element) -> bool:
    """Tell whether the end of the paragraph is a deletion: accepted, the next one joins it."""
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None)


def _paragraph(parts: list[ET.Element], reader: Reader, depth: int) -> list[Piece]:
    # Joined paragraphs take the properties of the last, whose end is the one that stays.
    properties = parts[-1].find(f"{W}pPr")
    named = None if properties is None else properties.find(f"{W}pStyle")
    key = reader.default if named is None else named.get(f"{W}val", "")
    style = reader.styles.get(key, Style())
    if style.name.startswith("toc ") and style.name[4:].isdecimal():
        reader.contents_dropped = True
        return []
    runs = Runs(Fonts(style, reader.styles))
    for part in parts:
        read_runs(part, runs)
    reader.cited += runs.notes
    reader.struck = reader.struck or runs.struck
    text = runs.finished()
    label, level = "", 0
    if len(parts) == 1 or text.strip():
        label, level = _label(properties, style, key, reader)
    if (
        label
        and not text.strip()
        and (switch(None if properties is None else properties.find(f"{W}rPr"), "vanish"))
    ):
        label = ""
    pieces: list[Piece] = [Words(text, label, level)]
    for box in runs.boxes:
        pieces += read_pieces(box, reader, depth + 1)
    return pieces


def _label(properties: ET.Element | None, style: Style, key: str, reader: Reader) -> tuple[str, int]:
    """Return the automatic label of a paragraph; list 0 says that it has none."""
    list_id, place = list_of(properties)
    if list_id is None:
        list_id = style.list_id
        if list_id is not None and place is None:
            place = style.place
            if place is None:
                place = reader.numbering.level_of_style(list_id, style.list_style or key)
    if list_id is None or list_id == "0":
        return "", 0
    place = place or 0
    return reader.numbering.next_label(list_id, place), place


def _table(table: ET.Element, reader: Reader, depth: int) -> OpenTable:
    made = OpenTable()
    above: dict[int, OpenCell] = {}
    for row in _rows(table, 0):
        column = _skipped(row)
        cells: list[OpenCell] = []
        last: OpenCell | None = None
        for cell in _cells(row, 0):
            properties = cell.find(f"{W}tcPr")
            columns = _span(properties)
            going_on = _goes_on(properties, "vMerge")
            if going_on and column in above:
                above[column].rows += 1
            elif _goes_on(properties, "hMerge") and last is not None:
                last.columns += columns
            else:
                last = OpenCell(column, columns)
                last.paragraphs = read_pieces(cell, reader, depth + 1)
                cells.append(last)
                above[column] = last
            column += columns
        made.rows.append(cells)
    return made


def _rows(parent: ET.Element, depth: int) -> list[ET.Element]:
    """Return the rows that stay when changes are accepted."""
    found: list[ET.Element] = []
    for child in parent:
        if child.tag == f"{W}tr":
            if child.find(f"{W}trPr/{W}del") is None:
                found.append(child)
        elif child.tag in _WRAPPERS and depth < _NEST_MAX:
            found += _rows(child, depth + 1)
    return found


def _cells(parent: ET.Element, depth: int) -> list[ET.Element]:
    found: list[ET.Element] = []
    for child in parent:
        if child.tag == f"{W}tc":
            found.append(child)
        elif child.tag in _WRAPPERS and depth < _NEST_MAX:
            found += _cells(child, depth + 1)
    return found


def _span(properties: ET.Element | None) -> int:
    span = None if properties is None else properties.find(f"{W}gridSpan")
    return _count("1" if span is None else span.get(f"{W}val", "1"), 1)


def _skipped(row: ET.Element) -> int:
    skipped = row.find(f"{W}trPr/{W}gridBefore")
    return 0 if skipped is None else _count(skipped.get(f"{W}val", "0"), 0)


def _count(text: str, least: int) -> int:
    return min(max(int(text), least), 1000) if text.isascii() and text.isdigit() and len(text) < 6 else least


def _goes_on(properties: ET.Element | None, name: str) -> bool:
    """Tell whether a cell continues the merged one above or before it."""
    merge = None if properties is None else properties.find(f"{W}{name}")
    return merge is not None and merge.get(f"{W}val", "continue") == "continue"
