"""Open what came back, in the child process; knows no Django and believes no name.

A spreadsheet's own XML is read here, so that formulas, merged cells, dates and the digits of numbers are seen as they
stand in the file.
"""

import json
import re
import zipfile
from decimal import Decimal, InvalidOperation
from typing import Any
from xml.etree import ElementTree as ET

from liencap.core.reading.formats import secrecy_mark, sniff
from liencap.core.reading.formats.archive import open_archive, read_entry
from liencap.core.reading.formats.errors import UnreadableFile
from liencap.core.reading.formats.xml import parse_xml

MARK = "LIENCAP1."
PROPERTY = "liencap-form"
LINES_MAX = 50_000
FILES_MAX = 2_000
TEXT_MAX = 32_767  # what a cell holds in a spreadsheet program
ANSWER = 4  # the column that is typed in
HEAD = 6  # the first line that may hold an answer
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_DAY_FORMATS = {*range(14, 23), 45, 46, 47}


class Unusable(Exception):
    """The file as a whole cannot be used: a stable code, and the detail it concerns."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.message = message


def look(data: bytes) -> dict[str, Any]:
    """Say what a file is: a ZIP of files, or a workbook with its key and the cells that hold something."""
    if not data:
        raise Unusable("empty")
    try:
        kind = sniff(data)
        if kind == "zip":
            return {"kind": "zip"}
        if kind != "xlsx":
            raise Unusable(kind if kind in ("empty", "locked-office") else "wrong-type")
        return _workbook(data)
    except UnreadableFile as error:
        raise Unusable(error.code) from error


def unpack(data: bytes) -> bytes:
    """Return the files of a ZIP: eight bytes of length, a JSON list of names and sizes, then their bytes."""
    try:
        archive = open_archive(data)
        entries = [e for e in archive.infolist() if not e.is_dir() and not _of_a_mac(e.filename)]
        if len(entries) > FILES_MAX:
            raise Unusable("too-many-files", str(FILES_MAX))
        bodies = [read_entry(archive, e.filename) or b"" for e in entries]
    except UnreadableFile as error:
        raise Unusable(error.code) from error
    names = [[_named(e), len(body)] for e, body in zip(entries, bodies, strict=True)]
    head = json.dumps(names).encode()
    return len(head).to_bytes(8, "big") + head + b"".join(bodies)


def _of_a_mac(name: str) -> bool:
    """Say whether an entry is what some systems add beside the files."""
    last = name.rpartition("/")[2]
    return name.startswith("__MACOSX/") or last in (".DS_Store", "Thumbs.db")


def _named(entry: zipfile.ZipInfo) -> str:
    return entry.filename.replace("\\", "/").rpartition("/")[2][:200]


def _workbook(data: bytes) -> dict[str, Any]:
    archive = open_archive(data)
    names = set(archive.namelist())
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unusable("macros")
    if any(name.startswith(("xl/externalLinks/", "xl/embeddings/", "xl/activeX/")) for name in names):
        raise Unusable("embedded")
    shared = _shared_strings(archive)
    formats = _formats(archive)
    noted = _property(archive)
    book, texts = None, []
    for title, path in _sheets(archive):
        cells, merged = _cells(archive, path, shared, formats)
        texts += [text for _kind, text in cells.values() if _kind == "s"][:200]
        key = cells.get((1, 1), ("", ""))[1]
        if book is None and key.startswith(MARK):
            book = {"kind": "book", "key": key, "noted": noted, "sheet": title, **_answers(cells, merged)}
    if mark := secrecy_mark("\n".join(texts)):
        raise Unusable("secrecy-mark", mark)
    if book is None and noted:
        raise Unusable("key-broken")
    if book is None:
        raise Unusable("foreign")
    return book


def _answers(cells: dict[tuple[int, int], tuple[str, str]], merged: list[str]) -> dict[str, Any]:
    """Return the keyed lines, the answers that stand on no line, and what stands beside the form."""
    lines, loose = [], []
    for line in sorted({line for line, _column in cells}):
        key = cells.get((line, 1), ("", ""))[1] if line > 1 else ""
        kind, text = cells.get((line, ANSWER), ("", ""))
        if key:
            lines.append([line, key[:200], kind, text])
        elif kind and line >= HEAD:
            loose.append([line, kind, text[:100]])
    beside = [f"{_letter(column)}{line}" for line, column in sorted(cells) if column > ANSWER + 1]
    return {"lines": lines, "loose": loose, "beside": beside[:200], "merged": merged}


def _sheets(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Return the titles of the sheets and where they lie."""
    book, links = _xml(archive, "xl/workbook.xml"), _xml(archive, "xl/_rels/workbook.xml.rels")
    if book is None or links is None:
        raise Unusable("broken")
    targets = {link.get("Id", ""): link.get("Target", "") for link in links}
    found = []
    for sheet in book.iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_LINK, ""), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if "worksheets/" in path:
            found.append((sheet.get("name", ""), path))
    return found[:20]


def _cells(
    archive: zipfile.ZipFile, path: str, shared: list[str], formats: list[str]
) -> tuple[dict[tuple[int, int], tuple[str, str]], list[str]]:
    """Return what each filled cell holds, by line and column, and the merged ranges."""
    root = _xml(archive, path)
    if root is None:
        raise Unusable("broken")
    cells: dict[tuple[int, int], tuple[str, str]] = {}
    for n, row in enumerate(root.iter(f"{_MAIN}row"), start=1):
        if n > LINES_MAX:
            raise Unusable("too-many-rows", str(LINES_MAX))
        for cell in row.iter(f"{_MAIN}c"):
            place = _PLACE.fullmatch(cell.get("r", ""))
            held = _held(cell, shared, formats)
            if place and held[0]:
                cells[int(place[2]), _number(place[1])] = held
    merged = [merge.get("ref", "") for merge in root.iter(f"{_MAIN}mergeCell")]
    return cells, merged[:LINES_MAX]


def _held(cell: ET.Element, shared: list[str], formats: list[str]) -> tuple[str, str]:
    """Return what a cell holds: f formula, s text, n number, b yes or no, e error, d date, p per cent, or nothing."""
    formula, value, kind = cell.find(f"{_MAIN}f"), cell.findtext(f"{_MAIN}v") or "", cell.get("t", "n")
    if formula is not None:
        return "f", f"={formula.text or ''}"[:200]
    if kind == "s":
        text = shared[int(value)] if value.isdecimal() and int(value) < len(shared) else ""
        return ("s", text) if text else ("", "")
    if kind in ("inlineStr", "str"):
        inline = cell.find(f"{_MAIN}is")
        text = _text(inline) if inline is not None else _unescaped(value)
        return ("s", text[:TEXT_MAX]) if text else ("", "")
    if not value:
        return "", ""
    if kind in ("b", "e", "d"):
        return kind, value[:100]
    style = cell.get("s", "0")
    form = formats[int(style)] if style.isdecimal() and int(style) < len(formats) else ""
    return (form or "n"), _digits(value)


def _digits(value: str) -> str:
    """Return a number's digits as a person typed them: spreadsheet programs keep it as a double."""
    if re.fullmatch(r"-?\d{1,40}", value):
        return value
    try:
        number = Decimal(repr(float(value)))
        plain = format(number, "f")
        return plain if len(plain) <= 60 else str(number)
    except (ValueError, InvalidOperation, OverflowError):
        return value[:100]


def _shared_strings(archive: zipfile.ZipFile) -> list[str]:
    root = _xml(archive, "xl/sharedStrings.xml")
    return [] if root is None else [_text(item)[:TEXT_MAX] for item in root.iter(f"{_MAIN}si")]


def _text(item: ET.Element) -> str:
    """Return a string's words, whatever its runs look like; readings beside the words are none of them."""
    phonetic = {t for ruby in item.iter(f"{_MAIN}rPh") for t in ruby.iter(f"{_MAIN}t")}
    return _unescaped("".join(t.text or "" for t in item.iter(f"{_MAIN}t") if t not in phonetic))


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def _formats(archive: zipfile.ZipFile) -> list[str]:
    """Return for each cell style whether its numbers are days ("d"), shares ("p") or plain ("")."""
    root = _xml(archive, "xl/styles.xml")
    styles = root.find(f"{_MAIN}cellXfs") if root is not None else None
    if root is None or styles is None:
        return []
    own = {f.get("numFmtId", ""): f.get("formatCode", "") for f in root.iter(f"{_MAIN}numFmt")}
    return [_format(style.get("numFmtId", "0"), own) for style in styles.iter(f"{_MAIN}xf")]


def _format(number: str, own: dict[str, str]) -> str:
    code = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", own.get(number, ""))
    if number in ("9", "10") or "%" in code:
        return "p"
    named = number.isdecimal() and int(number) in _DAY_FORMATS
    return "d" if named or re.search(r"[dmyh]", code, re.IGNORECASE) else ""


def _property(archive: zipfile.ZipFile) -> str:
    """Return the key that the document's own properties carry."""
    root = _xml(archive, "docProps/custom.xml")
    if root is None:
        return ""
    for item in root:
        if item.get("name") == PROPERTY:
            return "".join(item.itertext()).strip()[:200]
    return ""


def _xml(archive: zipfile.ZipFile, path: str) -> ET.Element | None:
    data = read_entry(archive, path)
    return None if data is None else parse_xml(data)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letter(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
