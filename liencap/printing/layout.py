"""Settle what a filled template leaves open: the widths of repeated columns and an empty last page."""

import copy
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORDY = 40  # letters; numbers and their names are shorter
_FIXED = 2  # the order and the unit's name keep the width the template gives them


def settle(body: Any) -> None:
    """Share widths section by section, then drop a last section that holds nothing."""
    waiting: list[Any] = []
    for child in list(body):
        if child.tag == _W + "tbl":
            waiting.append(child)
        section = child if child.tag == _W + "sectPr" else child.find(f"{_W}pPr/{_W}sectPr")
        if section is not None:
            room = _room(section)
            for table in waiting:
                _share(table, room)
            waiting = []
    _drop_empty_end(body)


def _room(section: Any) -> int:
    """Return the width between the margins, in twentieths of a point."""
    page, margin = section.find(_W + "pgSz"), section.find(_W + "pgMar")
    if page is None or margin is None:
        return 0
    return int(page.get(_W + "w")) - int(margin.get(_W + "left")) - int(margin.get(_W + "right"))


def _share(table: Any, room: int) -> None:
    """Divide the one column that the template repeats among its copies, when together they are too wide.

    A copy that holds words, as on a page of errata, gets three times the room of one that holds numbers.
    """
    rows = table.findall(_W + "tr")
    if not rows or rows[0].find(f"{_W}trPr/{_W}tblHeader") is None:
        return
    widths = [_width(cell) for cell in rows[0].findall(_W + "tc")]
    copies = len(widths) - _FIXED
    if room <= 0 or copies < 1 or not all(widths):
        return
    wordy = [any(len(_text(row, n)) > _WORDY for row in rows[1:]) for n in range(_FIXED, len(widths))]
    for n, words in enumerate(wordy, _FIXED):
        if words or _worded([_text(row, n) for row in rows[1:]]):
            for row in rows[1:]:
                _begin_left(row.findall(_W + "tc")[n : n + 1])
    if sum(widths) <= room + 20 and not any(wordy):
        return
    fixed, parts = widths[:_FIXED], [3 if words else 1 for words in wordy]
    each = max(1, (min(room, sum(widths)) - sum(fixed)) // sum(parts))
    wanted = [*fixed, *(each * part for part in parts)]
    grid = table.find(_W + "tblGrid")
    pattern = grid[0]
    for column in list(grid):
        grid.remove(column)
    for width in wanted:
        column = copy.copy(pattern)
        column.set(_W + "w", str(width))
        grid.append(column)
    for row in rows:
        for cell, width in zip(row.findall(_W + "tc"), wanted, strict=False):
            held = cell.find(f"{_W}tcPr/{_W}tcW")
            if held is not None:
                held.set(_W + "w", str(width))
                held.set(_W + "type", "dxa")


def _worded(texts: list[str]) -> bool:
    """Say whether every cell of a column that says anything begins with a letter: such are words, not numbers."""
    said = [text for text in texts if text not in ("", "–")]
    return bool(said) and all(text[0].isalpha() for text in said)


def _text(row: Any, place: int) -> str:
    cells = row.findall(_W + "tc")
    return "".join(text.text or "" for text in cells[place].iter(_W + "t")) if place < len(cells) else ""


def _begin_left(cells: list[Any]) -> None:
    """Let the words of cells begin on the left, whatever their style says of numbers."""
    for paragraph in (p for cell in cells for p in cell.iter(_W + "p")):
        held = paragraph.find(_W + "pPr")
        if held is None:
            held = paragraph.makeelement(_W + "pPr", {})
            paragraph.insert(0, held)
        for old in held.findall(_W + "jc"):
            held.remove(old)
        side = held.makeelement(_W + "jc", {_W + "val": "left"})
        # The schema wants it before the marks of the paragraph itself.
        after = [e for e in held if e.tag in {_W + "rPr", _W + "sectPr", _W + "pPrChange"}]
        after[0].addprevious(side) if after else held.append(side)


def _width(cell: Any) -> int:
    held = cell.find(f"{_W}tcPr/{_W}tcW")
    return int(held.get(_W + "w")) if held is not None and held.get(_W + "type") == "dxa" else 0


def _drop_empty_end(body: Any) -> None:
    """Let the lying pages be the end when nothing follows them: else Word adds a blank page."""
    if len(body) < 2:
        return
    last, final = body[-2], body[-1]
    section = last.find(f"{_W}pPr/{_W}sectPr") if last.tag == _W + "p" else None
    if section is None or final.tag != _W + "sectPr" or last.find(f".//{_W}t") is not None:
        return
    body.remove(final)
    body.append(section)
    body.remove(last)
