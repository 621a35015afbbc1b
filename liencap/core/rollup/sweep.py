"""Recompute the totals of every unit of whole trees; the same bytes as adding report by report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from liencap.core.rollup.figures import FIGURES_VERSION
from liencap.core.rollup.layout import CELL_MAX, CELL_MIN, VALUED, Layout, Problem, Role
from liencap.core.rollup.totals import TOTALS_VERSION
from liencap.core.tree.values import Tree

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Small = npt.NDArray[np.int32]
    Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Period:
    """What one period knows: its tree, the packed figures of who reported, the class of who is expected.

    `owed` holds the units that count in the denominator; a class is any short name ("late", "missing").
    """

    tree: Tree
    figures: Mapping[int, bytes]
    owed: Mapping[int, str]


@dataclass(frozen=True, eq=False)
class PeriodTotals:
    """The totals of every unit over its subtree, by the tree's places; its own report included."""

    layout: Layout
    tree: Tree
    sums: Ints
    counts: Small
    expected: Small
    received: Small
    classes: tuple[str, ...]
    class_counts: Small
    problems: tuple[Problem, ...]

    def completeness(self, unit: int) -> dict[str, int]:
        """Count the expected reports of a subtree by class."""
        row = self.class_counts[self.tree.place[unit]].tolist()
        return dict(zip(self.classes, row, strict=True))

    def packed(self) -> Iterator[tuple[int, bytes]]:
        """Write the totals of each unit as `totals` does; a unit whose sum overflowed is left out."""
        import numpy as np

        size = len(self.layout.keys)
        rows = np.zeros(len(self.tree), _totals_dtype(size))
        rows["version"] = TOTALS_VERSION
        rows["expected"], rows["received"] = self.expected, self.received
        rows["sums"], rows["counts"] = self.sums, self.counts
        data, step = rows.tobytes(), rows.dtype.itemsize
        overflowed = {p.unit for p in self.problems if p.code == "overflow"}
        for place, unit in enumerate(self.tree.units.tolist()):
            if unit not in overflowed:
                yield unit, data[place * step : (place + 1) * step]


def roll_up(layout: Layout, periods: Sequence[Period]) -> tuple[PeriodTotals, ...]:
    """Total each period over its own tree.

    Problems: not_in_tree, wrong_bytes (the report is left out), overflow (the unit's sum is left out).
    """
    return tuple(_roll_up_one(layout, period) for period in periods)


def sweep_arrays(
    layout: Layout, parent: Small, present: Bytes, values: Ints, states: Bytes
) -> tuple[Ints, Small, list[tuple[int, int]]]:
    """Total arrays of (place, cell): the sums, the counts, and the (place, cell) that overflowed.

    A cell whose sum may have wrapped on the way is done again in exact integers.
    """
    import numpy as np

    from liencap.core.rollup.kernels import sweep

    size = len(layout.keys)
    sums = np.zeros((len(parent), size), np.int64)
    counts = np.zeros((len(parent), 3 * size), np.int32)
    flags = np.zeros(size, np.uint8)
    roles = np.array(layout.roles, np.uint8)
    partners = np.array(layout.partners, np.int32)
    sweep(parent, present, values, states, roles, partners, sums, counts, flags)
    overflowed: list[tuple[int, int]] = []
    for cell in np.flatnonzero(flags).tolist():
        exact = _exact(layout, cell, parent, present, values, states)
        for place, amount in enumerate(exact):
            fits = CELL_MIN <= amount <= CELL_MAX
            sums[place, cell] = amount if fits else 0
            if not fits:
                overflowed.append((place, cell))
    return sums, counts, overflowed


def _roll_up_one(layout: Layout, period: Period) -> PeriodTotals:
    import numpy as np

    from liencap.core.rollup.kernels import sweep_counts

    tree = period.tree
    present, values, states, problems = _matrix(layout, period)
    sums, counts, overflowed = sweep_arrays(layout, tree.parent, present, values, states)
    problems += [Problem("overflow", *layout.keys[c], int(tree.units[p])) for p, c in overflowed]
    classes = tuple(sorted(set(period.owed.values())))
    column = {name: place for place, name in enumerate(classes)}
    tally = np.zeros((len(tree), len(classes) + 2), np.int32)
    tally[:, -1] = present
    for unit, name in period.owed.items():
        if unit in tree.place:
            tally[tree.place[unit], column[name]] += 1
            tally[tree.place[unit], -2] += 1
        else:
            problems.append(Problem("not_in_tree", "", "", unit))
    sweep_counts(tree.parent, tally)
    return PeriodTotals(
        layout=layout,
        tree=tree,
        sums=sums,
        counts=counts,
        expected=tally[:, -2],
        received=tally[:, -1],
        classes=classes,
        class_counts=tally[:, :-2],
        problems=tuple(problems),
    )


def _matrix(layout: Layout, period: Period) -> tuple[Bytes, Ints, Bytes, list[Problem]]:
    """Spread the packed figures over the places of the tree: present, amounts, states."""
    import numpy as np

    size, total = len(layout.keys), len(period.tree)
    places, parts, problems = [], [], []
    for unit, packed in period.figures.items():
        if len(packed) != layout.figures_struct.size or packed[0] != FIGURES_VERSION:
            problems.append(Problem("wrong_bytes", "", "", unit))
        elif unit not in period.tree.place:
            problems.append(Problem("not_in_tree", "", "", unit))
        else:
            places.append(period.tree.place[unit])
            parts.append(packed)
    rows = np.frombuffer(b"".join(parts), _figures_dtype(size))
    present = np.zeros(total, np.uint8)
    values = np.zeros((total, size), np.int64)
    states = np.zeros((total, size), np.uint8)
    if places:
        present[places] = 1
        values[places] = rows["amounts"]
        states[places] = rows["states"]
    return present, values, states, problems


def _exact(
    layout: Layout, cell: int, parent: Small, present: Bytes, values: Ints, states: Bytes
) -> list[int]:
    """Total one cell in Python's integers, which do not wrap."""
    partner = layout.partners[cell]
    amounts, others = values[:, cell].tolist(), values[:, partner].tolist()
    state, other_state = states[:, cell].tolist(), states[:, partner].tolist()
    totals = [0] * len(parent)
    for place, above in reversed(list(enumerate(parent.tolist()))):
        if present[place] and state[place] in VALUED and other_state[place] in VALUED:
            factor = others[place] if layout.roles[cell] is Role.PRODUCT else 1
            totals[place] += amounts[place] * factor
        if above >= 0:
            totals[above] += totals[place]
    return totals


def _figures_dtype(size: int) -> np.dtype[Any]:
    import numpy as np

    return np.dtype([("version", "u1"), ("amounts", "<i8", (size,)), ("states", "u1", (size,))])


def _totals_dtype(size: int) -> np.dtype[Any]:
    import numpy as np

    fields = [("version", "u1"), ("expected", "<i4"), ("received", "<i4")]
    return np.dtype([*fields, ("sums", "<i8", (size,)), ("counts", "<i4", (3 * size,))])
