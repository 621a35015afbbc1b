"""Put the edges of one day in order, and say which of them cannot be placed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from liencap.core.tree.values import Tree, TreeProblem

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Places = npt.NDArray[np.int64]

_ROOT, _MISSING = -1, -2


def tree_as_of(edges: Iterable[tuple[int, int | None, date, date | None]], day: date) -> Tree:
    """Build the tree that held on a day: an edge holds from `since` until the day before `until`."""
    import numpy as np

    valid = [e for e in edges if e[2] <= day and (e[3] is None or day < e[3])]
    units, parents, problems = _one_place_each(valid)
    parent_row = _rows_of(parents, units)
    levels = _levels(parent_row)
    rows = np.concatenate(levels) if levels else np.zeros(0, np.int64)
    place_of_row = np.full(len(units) + 1, -1, np.int64)  # the last entry answers for a root's -1
    place_of_row[rows] = np.arange(len(rows))
    place_of_row[-1] = -1
    sizes = np.array([len(level) for level in levels], np.int64)
    ordered = units[rows]
    return Tree(
        units=ordered,
        parent=place_of_row[parent_row[rows]].astype(np.int32),
        depth=np.repeat(np.arange(len(levels), dtype=np.int32), sizes),
        levels=(0, *np.cumsum(sizes).tolist()),
        place=dict(zip(ordered.tolist(), range(len(ordered)), strict=True)),
        problems=(*problems, *_unplaced(units, parents, parent_row, place_of_row)),
    )


def _one_place_each(
    edges: Sequence[tuple[int, int | None, date, date | None]],
) -> tuple[Places, Places, list[TreeProblem]]:
    """Keep the latest placement of each unit, by unit; return the others as problems."""
    import numpy as np

    count = len(edges)
    units = np.fromiter((e[0] for e in edges), np.int64, count)
    parents = np.fromiter((_ROOT if e[1] is None else e[1] for e in edges), np.int64, count)
    since = np.fromiter((e[2].toordinal() for e in edges), np.int64, count)
    order = np.lexsort((parents, since, units))
    units, parents = units[order], parents[order]
    last = np.ones(count, bool)
    last[:-1] = units[1:] != units[:-1]
    problems = [
        TreeProblem("overlap", unit, _parent_id(parent))
        for unit, parent in zip(units[~last].tolist(), parents[~last].tolist(), strict=True)
    ]
    return units[last], parents[last], problems


def _parent_id(parent: int) -> int | None:
    return None if parent == _ROOT else parent


def _rows_of(parents: Places, units: Places) -> Places:
    """Find each parent's row among the sorted units: -1 for none, -2 for one that is not there."""
    import numpy as np

    if not len(units):
        return np.zeros(0, np.int64)
    row = np.minimum(np.searchsorted(units, parents), len(units) - 1)
    found = np.where(units[row] == parents, row, _MISSING)
    return np.where(parents == _ROOT, _ROOT, found)


def _levels(parent_row: Places) -> list[Places]:
    """List the rows of each tier from the top, children in the order of their parents."""
    import numpy as np

    by_parent = np.argsort(parent_row, kind="stable")
    sorted_parents = parent_row[by_parent]
    rows = np.arange(len(parent_row))
    first = np.searchsorted(sorted_parents, rows, side="left")
    count = np.searchsorted(sorted_parents, rows, side="right") - first
    level = np.flatnonzero(parent_row == _ROOT)
    levels = []
    while len(level):
        levels.append(level)
        sizes = count[level]
        before = np.cumsum(sizes) - sizes
        level = by_parent[np.repeat(first[level] - before, sizes) + np.arange(int(sizes.sum()))]
    return levels


def _unplaced(units: Places, parents: Places, parent_row: Places, place_of_row: Places) -> list[TreeProblem]:
    """Say for each unit without a place whether it is an orphan, in a cycle or below one of these."""
    import numpy as np

    lost = np.flatnonzero(place_of_row[:-1] == -1).tolist()
    above = {row: int(parent_row[row]) for row in lost}
    code = {row: "orphan" for row in lost if above[row] == _MISSING}
    for start in lost:
        way: dict[int, int] = {}
        row = start
        while row not in code and row not in way:
            way[row] = len(way)
            row = above[row]
        cycle_from = way.get(row, len(way))
        for step, place in way.items():
            code[step] = "cycle" if place >= cycle_from else "cut_off"
    return [TreeProblem(code[row], int(units[row]), _parent_id(int(parents[row]))) for row in lost]
