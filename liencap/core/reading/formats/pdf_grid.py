"""Tables from the rules that are drawn around their cells."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from liencap.core.reading.formats.pdf_page import Glyph, Rule, Sheet

_NEAR = 3.0
_RULES_MAX = 600
_CELLS_MAX = 20_000


@dataclass(slots=True)
class GridCell:
    """A cell: its first row and column, how many it covers, its letters."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    glyphs: list[Glyph] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """A ruled table: where its columns and rows end, its cells, when in the page's order it comes."""

    edges: list[float]
    levels: list[float]  # from the top down
    cells: dict[tuple[int, int], GridCell]
    order: int = 0

    def cell_at(self, x: float, y: float) -> GridCell | None:
        """Return the cell over a point, None outside the table."""
        column = bisect_right(self.edges, x) - 1
        row = bisect_right([-level for level in self.levels], -y) - 1
        return self.cells.get((row, column))


def grids_of(sheet: Sheet) -> list[Grid]:
    """Return the tables of a page that have at least two cells."""
    across, down = _merged(sheet.across), _merged(sheet.down)
    if not across or not down or len(across) + len(down) > _RULES_MAX:
        return []
    return [grid for group in _touching(across, down) if (grid := _grid(*group)) is not None]


def _merged(rules: list[Rule]) -> list[Rule]:
    """Join rules that go on from one another, and the two sides of a thick one."""
    lines: list[list[Rule]] = []
    for rule in sorted(rules):
        if lines and rule[0] - lines[-1][0][0] <= 2.5:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    done: list[Rule] = []
    for line in lines:
        at = line[0][0]
        spans = sorted((start, end) for _, start, end in line)
        low, high = spans[0]
        for start, end in spans[1:]:
            if start <= high + _NEAR:
                high = max(high, end)
            else:
                done.append((at, low, high))
                low, high = start, end
        done.append((at, low, high))
    return done


def _touching(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Group rules that meet."""
    owner = list(range(len(across) + len(down)))

    def head(place: int) -> int:
        while owner[place] != place:
            owner[place] = owner[owner[place]]
            place = owner[place]
        return place

    for i, (y, x0, x1) in enumerate(across):
        for j, (x, y0, y1) in enumerate(down, start=len(across)):
            if x0 - _NEAR <= x <= x1 + _NEAR and y0 - _NEAR <= y <= y1 + _NEAR:
                owner[head(i)] = head(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate(across):
        groups.setdefault(head(i), ([], []))[0].append(rule)
    for j, rule in enumerate(down, start=len(across)):
        groups.setdefault(head(j), ([], []))[1].append(rule)
    return [group for group in groups.values() if len(group[0]) >= 2 and group[1]]


def _places(values: list[float]) -> list[float]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return places


def _grid(across: list[Rule], down: list[Rule]) -> Grid | None:
    # A table open at its sides ends where its level rules end.
    edges = _places([x for x, _, _ in down] + [min(r[1] for r in across), max(r[2] for r in across)])
    levels = _places([y for y, _, _ in across] + [min(r[1] for r in down), max(r[2] for r in down)])[::-1]
    rows, columns = len(levels) - 1, len(edges) - 1
    if rows < 1 or columns < 1 or not 2 <= rows * columns <= _CELLS_MAX:
        return None
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(rows):
        for column in range(columns):
            middle_x = (edges[column] + edges[column + 1]) / 2
            middle_y = (levels[row] + levels[row + 1]) / 2
            home = (row, column)
            if column and not _ruled(down, edges[column], middle_y):
                home = owner[row, column - 1]
            elif row and not _ruled(across, levels[row], middle_x):
                home = owner[row - 1, column]
            owner[row, column] = home
    homes: dict[tuple[int, int], GridCell] = {}
    for (row, column), home in owner.items():
        cell = homes.setdefault(home, GridCell(*home))
        cell.rows = max(cell.rows, row - home[0] + 1)
        cell.columns = max(cell.columns, column - home[1] + 1)
    if len(homes) < 2:
        return None
    return Grid(edges, levels, {place: homes[home] for place, home in owner.items()})


def _ruled(rules: list[Rule], at: float, middle: float) -> bool:
    return any(abs(place - at) <= _NEAR and low - 1 <= middle <= high + 1 for place, low, high in rules)


def take_cells(sheet: Sheet) -> tuple[list[tuple[int, Glyph]], list[Grid]]:
    """Give the letters inside tables to their cells; return the others with their order, and the tables."""
    grids = grids_of(sheet)
    for grid in grids:
        grid.order = -1
    left: list[tuple[int, Glyph]] = []
    last: GridCell | None = None
    for order, glyph in enumerate(sheet.glyphs):
        if glyph[0].isspace():
            # A space may be given no place of its own: it stays with the letter before it.
            if last is not None:
                last.glyphs.append(glyph)
            else:
                left.append((order, glyph))
            continue
        x, y = (glyph[1] + glyph[3]) / 2, (glyph[2] + glyph[4]) / 2
        for grid in grids:
            cell = grid.cell_at(x, y)
            if cell is not None:
                cell.glyphs.append(glyph)
                last = cell
                if grid.order < 0:
                    grid.order = order
                break
        else:
            last = None
            left.append((order, glyph))
    return left, [grid for grid in grids if grid.order >= 0]
