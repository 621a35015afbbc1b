"""Settle what a filled template leaves open: the widths of repeated columns and an empty last page."""

import copy
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
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
    """Divide the one column that the template repeats among its copies, when together they are too wide."""
    rows = table.findall(_W + "tr")
    if not rows or rows[0].find(f"{_W}trPr/{_W}tblHeader") is None:
        return
    widths = [_width(cell) for cell in rows[0].findall(_W + "tc")]
    copies = len(widths) - _FIXED
    if room <= 0 or copies < 1 or not all(widths) or sum(widths) <= room + 20:
        return
    fixed = widths[:_FIXED]
    each = max(1, (room - sum(fixed)) // copies)
    wanted = [*fixed, *[each] * copies]
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
