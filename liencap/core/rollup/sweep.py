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


# The state byte of a unit that did not report; it never stands in packed figures.
ABSENT = 255


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
    """The totals of every unit over its subtree, its own report included; arrays of (cell, place).

    Whoever reported gave a value, or said not applicable, or left blank: blanks are what remains.
    """

    layout: Layout
    tree: Tree
    sums: Ints
    valued: Small
    skipped: Small
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
        blank = self.received - self.valued - self.skipped
        rows["sums"] = self.sums.T
        rows["counts"] = np.concatenate((self.valued, blank, self.skipped)).T
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
    layout: Layout, parent: Small, values: Ints, states: Bytes
) -> tuple[Ints, Small, Small, list[tuple[int, int]]]:
    """Total arrays of (cell, place) over a tree's `parent`: sums, counts of values and of not applicable.

    Last come the (cell, place) that overflowed. A cell whose sums may have wrapped is done again in exact
    integers. The state of a unit that did not report is ABSENT.
    """
    from liencap.core.rollup.kernels import sweep

    roles = tuple(int(role) for role in layout.roles)
    sums, valued, skipped, doubtful = sweep(parent, values, states, roles, layout.partners)
    overflowed: list[tuple[int, int]] = []
    for cell in doubtful:
        for place, amount in enumerate(_exact(layout, cell, parent, values, states)):
            fits = CELL_MIN <= amount <= CELL_MAX
            sums[cell, place] = amount if fits else 0
            if not fits:
                overflowed.append((cell, place))
    return sums, valued, skipped, overflowed


def _roll_up_one(layout: Layout, period: Period) -> PeriodTotals:
    import numpy as np

    from liencap.core.rollup.kernels import sweep_counts

    tree = period.tree
    present, values, states, problems = _matrix(layout, period)
    sums, valued, skipped, overflowed = sweep_arrays(layout, tree.parent, values, states)
    problems += [Problem("overflow", *layout.keys[c], int(tree.units[p])) for c, p in overflowed]
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
        valued=valued,
        skipped=skipped,
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
    values = np.zeros((size, total), np.int64)
    states = np.full((size, total), ABSENT, np.uint8)
    if places:
        present[places] = 1
        values[:, places] = rows["amounts"].T
        states[:, places] = rows["states"].T
    return present, values, states, problems


def _exact(layout: Layout, cell: int, parent: Small, values: Ints, states: Bytes) -> list[int]:
    """Total one cell in Python's integers, which do not wrap."""
    role, partner = layout.roles[cell], layout.partners[cell]
    amounts, others = values[cell].tolist(), values[partner].tolist()
    state, other_state = states[cell].tolist(), states[partner].tolist()
    totals = [0] * len(parent)
    for place, above in reversed(list(enumerate(parent.tolist()))):
        if role is not Role.NOTHING and state[place] in VALUED and other_state[place] in VALUED:
            factor = others[place] if role is Role.PRODUCT else 1
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
