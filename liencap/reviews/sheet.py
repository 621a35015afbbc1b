"""Read a sheet of earlier years in the child process: every filled cell with its place. It knows no Django."""

import datetime
import io
import zipfile
from typing import Any

from liencap.core.reading.formats import secrecy_mark

MAX_LINES, MAX_COLUMNS = 5_000, 200
MAX_UNPACKED = 100 << 20
FIRST = 3  # the first line below the codes and the names
HEAD = ("unit", "name", "year")


class SheetRefused(Exception):
    """The file as a whole cannot be used: a code, and the detail it concerns."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.message = message


def prepare_children() -> None:
    """Load what reading a workbook needs, before any file is there."""
    import openpyxl  # noqa: F401


def read_figures(data: bytes) -> dict[str, Any]:
    """Return {"head": [[column, code]], "lines": [[line, unit, year, [[column, kind, text]]]]}.

    Kinds of cells: n number, s text, f formula, d date, b yes or no, e error.
    """
    if not data:
        raise SheetRefused("empty")
    if not data.startswith(b"PK\x03\x04"):
        raise SheetRefused("old-excel" if data.startswith(b"\xd0\xcf\x11\xe0") else "wrong-type")
    rows = _rows(data)
    texts = [text for row in rows for kind, text in row if kind == "s"]
    if mark := secrecy_mark("\n".join(texts[:2000])):
        raise SheetRefused("secrecy-mark", mark)
    codes = [text for _kind, text in rows[0]] if rows else []
    if tuple(codes[: len(HEAD)]) != HEAD:
        raise SheetRefused("foreign")
    head = [[n, code] for n, code in enumerate(codes) if n >= len(HEAD) and code]
    lines = []
    for number, row in enumerate(rows[FIRST - 1 :], FIRST):
        cells = [[n, kind, text] for n, (kind, text) in enumerate(row) if n >= len(HEAD) and kind]
        if cells:
            lines.append([number, _text(row, 0), _text(row, 2), cells])
    if not lines:
        raise SheetRefused("no-figures")
    return {"head": head, "lines": lines}


def _text(row: list[tuple[str, str]], column: int) -> str:
    return row[column][1] if column < len(row) else ""


def _rows(data: bytes) -> list[list[tuple[str, str]]]:
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
                raise SheetRefused("too-large")
            if any(name.lower().endswith("vbaproject.bin") for name in packed.namelist()):
                raise SheetRefused("macros")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        rows = []
        for line, row in enumerate(book.worksheets[0].iter_rows(max_col=MAX_COLUMNS), 1):
            if line > MAX_LINES:
                raise SheetRefused("too-many-rows", str(MAX_LINES))
            rows.append([_cell(cell.value, cell.data_type) for cell in row])
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError) as error:
        raise SheetRefused("broken") from error
    return rows


def _cell(value: object, kind: str) -> tuple[str, str]:
    """Write a cell as its kind and text; a formula is none of our numbers."""
    if value is None or value == "":
        return "", ""
    if kind == "f":
        return "f", str(value)[:100]
    if isinstance(value, bool):
        return "b", str(value)
    if isinstance(value, (datetime.date, datetime.time)):
        return "d", value.isoformat()[:100]
    if isinstance(value, int):
        return "n", str(value)[:100]
    if isinstance(value, float):
        return "n", (str(int(value)) if value.is_integer() else repr(value))[:100]
    text = " ".join(str(value).split())
    return ("e" if kind == "e" else "s", text[:100]) if text else ("", "")
