"""The values of the tree: a dated edge, the tree of a day, what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


class Edge(NamedTuple):
    """A unit under a parent from `since` until the day before `until`; a plain tuple serves as well."""

    unit: int
    parent: int | None
    since: date
    until: date | None = None


class TreeProblem(NamedTuple):
    """What keeps an edge out of the tree.

    overlap: the unit has a later placement on that day. orphan: its parent has no place on that day.
    cycle: the unit stands above itself. cut_off: something above it is an orphan or in a cycle.
    """

    code: str
    unit: int
    parent: int | None


@dataclass(frozen=True, eq=False)
class Tree:
    """The tree of one day: arrays by place, tier by tier from the top, siblings together.

    `parent` holds the place of the parent, -1 at a root. Tier d stands in places
    `levels[d]` up to `levels[d + 1]`. Units that have a problem have no place.
    """

    units: npt.NDArray[np.int64]
    parent: npt.NDArray[np.int32]
    depth: npt.NDArray[np.int32]
    levels: tuple[int, ...]
    place: Mapping[int, int]
    problems: tuple[TreeProblem, ...]

    def __len__(self) -> int:
        """Count the units that have a place."""
        return len(self.units)
