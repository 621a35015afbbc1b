"""Read an uploaded sheet into lines of text; runs in the child process, so it knows no Django."""

import csv
import datetime
import io
import zipfile
from typing import Any

from liencap.core.text import fold

MAX_ROWS = 20_000
MAX_UNPACKED = 100 << 20
MAX_CELL = 400

# The columns we know, each with the headers it goes by, folded.
COLUMNS: dict[str, tuple[str, ...]] = {
    "unit_code": ("unit code", "ma don vi"),
    "unit_name": ("unit name", "ten don vi"),
    "unit_name_en": ("unit name en", "unit name in english", "ten don vi tieng anh", "ten tieng anh"),
    "tier": ("tier", "cap"),
    "parent_code": ("parent code", "ma don vi cap tren", "ma cap tren"),
    "since": ("since", "tu ngay"),
    "role": ("role", "chuc danh", "chuc vu"),
    "seat_key": ("seat key", "ma vi tri"),
    "person_name": ("person name", "ho ten", "ho va ten"),
    "phone": ("phone", "phone number", "dien thoai", "so dien thoai"),
    "email": ("email", "e-mail", "thu dien tu"),
    "attributes": ("attributes", "attribute", "dac diem"),
}
_KNOWN = {header: column for column, headers in COLUMNS.items() for header in headers}


class SheetRefused(Exception):
    """The file as a whole cannot be imported: a code, and the detail it concerns."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.message = message


def prepare_children() -> None:
    """Load what reading a workbook needs, before any file is there."""
    import openpyxl  # noqa: F401


def read_sheet(data: bytes) -> dict[str, Any]:
    """Return {"rows": [{"line", "given", "problem"}]}; the type is told by the content."""
    if data.startswith(b"PK\x03\x04"):
        lines = _xlsx_lines(data)
    elif data.startswith(b"\xd0\xcf\x11\xe0"):
        raise SheetRefused("old-excel")
    else:
        lines = _csv_lines(data)
    if not lines:
        raise SheetRefused("empty")
    columns = _columns(lines[0][1])
    rows = [_row(line, cells, columns) for line, cells in lines[1:] if any(text for text, _bad in cells)]
    if not rows:
        raise SheetRefused("empty")
    return {"rows": rows}


def _columns(header: list[tuple[str, bool]]) -> list[str]:
    """Name the column of each header cell; an unknown or doubled one refuses the file."""
    named = []
    for text, _bad in header:
        column = _KNOWN.get(fold(text).replace("_", " "), "") if text else ""
        if text and not column:
            raise SheetRefused("unknown-column", text[:80])
        if column and column in named:
            raise SheetRefused("double-column", text[:80])
        named.append(column)
    if "unit_code" not in named:
        raise SheetRefused("no-code-column")
    return named


def _row(line: int, cells: list[tuple[str, bool]], columns: list[str]) -> dict[str, Any]:
    given, problem = {}, ""
    for place, (text, bad) in enumerate(cells):
        column = columns[place] if place < len(columns) else ""
        if not column and text:
            problem = problem or "?"
        elif column:
            given[column] = text
            problem = problem or (column if bad or len(text) > MAX_CELL else "")
    return {"line": line, "given": {c: t[:MAX_CELL] for c, t in given.items() if t}, "problem": problem}


def _xlsx_lines(data: bytes) -> list[tuple[int, list[tuple[str, bool]]]]:
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
                raise SheetRefused("too-large")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        lines: list[tuple[int, list[tuple[str, bool]]]] = []
        for line, row in enumerate(sheet.iter_rows(max_col=64), start=1):
            cells = [_cell(cell.value, cell.data_type == "f") for cell in row]
            if lines or any(text for text, _bad in cells):
                lines.append((line, cells))
            _count(line)
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError) as error:
        raise SheetRefused("broken") from error
    return lines


def _cell(value: object, formula: bool) -> tuple[str, bool]:
    """Write a cell as text; a formula is marked, since its value is not ours to compute."""
    if value is None:
        return "", False
    if isinstance(value, datetime.datetime):
        return value.date().isoformat(), formula
    if isinstance(value, float) and value.is_integer():
        return str(int(value)), formula
    return " ".join(str(value).split()), formula


def _csv_lines(data: bytes) -> list[tuple[int, list[tuple[str, bool]]]]:
    try:
        wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise SheetRefused("encoding") from error
    if "\0" in text:
        raise SheetRefused("broken")
    head = text.partition("\n")[0]
    mark = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    lines: list[tuple[int, list[tuple[str, bool]]]] = []
    try:
        for cells in reader:
            if lines or any(cells):
                lines.append((reader.line_num, [_cell(c, c.lstrip().startswith(("=", "@"))) for c in cells]))
            _count(reader.line_num)
    except csv.Error as error:
        raise SheetRefused("broken") from error
    return lines


def _count(line: int) -> None:
    if line > MAX_ROWS + 1:
        raise SheetRefused("too-many-rows", str(MAX_ROWS))
