"""Name the measures of a form and the place of each cell in the packed bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import Enum, IntEnum
from functools import cached_property
from struct import Struct
from typing import Any, Literal, NamedTuple, get_args

Kind = Literal["number", "percentage", "money", "yes_no", "choice", "date"]
TimeAxis = Literal["sum", "last", "average", "max", "none"]
TreeAxis = Literal["sum", "weighted", "ratio", "none"]

CELL_MAX = (1 << 63) - 1
CELL_MIN = -(1 << 63)
SCALE_MAX = 9
# Axes that need two cells, so that a total is never an average of averages.
PAIRS = {"ratio": ("numerator", "denominator"), "weighted": ("value", "weight")}


class State(Enum):
    """What a cell says; not an integer, so that blank can never equal zero."""

    BLANK = 0
    VALUE = 1
    ZERO = 2
    NOT_APPLICABLE = 3


BLANK = State.BLANK
NOT_APPLICABLE = State.NOT_APPLICABLE
VALUED = frozenset({State.VALUE.value, State.ZERO.value})


class Role(IntEnum):
    """What a cell adds to the total of its parent."""

    NOTHING = 0
    ITSELF = 1
    PRODUCT = 2  # the value times its weight


class Problem(NamedTuple):
    """What is wrong with a figure or a total, and where."""

    code: str
    measure: str
    cell: str
    unit: int | None = None


@dataclass(frozen=True)
class Measure:
    """One indicator of a form: its cells, decimal places, and how it adds over time and tree.

    `personal` says that it counts people by a personal attribute, so that small figures are kept back.
    """

    code: str
    cells: tuple[str, ...] = ("value",)
    scale: int = 0
    kind: Kind = "number"
    time_axis: TimeAxis = "sum"
    tree_axis: TreeAxis = "sum"
    signed: bool = False
    personal: bool = False

    def __post_init__(self) -> None:
        """Refuse a definition that cannot be added up as it says."""
        for value, known in ((self.kind, Kind), (self.time_axis, TimeAxis), (self.tree_axis, TreeAxis)):
            if value not in get_args(known):
                raise ValueError(f"{self.code}: unknown {value!r}")
        if not self.cells or len(set(self.cells)) != len(self.cells):
            raise ValueError(f"{self.code}: cells must be there and differ")
        if not 0 <= self.scale <= SCALE_MAX:
            raise ValueError(f"{self.code}: scale must be 0 to {SCALE_MAX}")
        if self.tree_axis in PAIRS and self.cells != PAIRS[self.tree_axis]:
            raise ValueError(f"{self.code}: {self.tree_axis} needs the cells {PAIRS[self.tree_axis]}")
        if self.time_axis == "max" and len(self.cells) > 1:
            raise ValueError(f"{self.code}: a maximum over time needs a single cell")
        if self.kind == "date" and (
            self.scale or self.tree_axis != "none" or self.time_axis in ("sum", "average")
        ):
            raise ValueError(f"{self.code}: dates cannot be added")


@dataclass(frozen=True)
class Layout:
    """The measures of one immutable form, in order; packed bytes mean nothing without it."""

    measures: tuple[Measure, ...]

    def __post_init__(self) -> None:
        """Refuse two measures of one code."""
        if len({m.code for m in self.measures}) != len(self.measures):
            raise ValueError("two measures have the same code")

    @classmethod
    def from_plain(cls, rows: Iterable[Mapping[str, Any]]) -> Layout:
        """Read a layout from the plain values that `plain` wrote, as JSON keeps them."""
        return cls(tuple(Measure(**{**row, "cells": tuple(row.get("cells", ("value",)))}) for row in rows))

    def plain(self) -> list[dict[str, Any]]:
        """Write the measures as plain values for JSON."""
        return [{**asdict(m), "cells": list(m.cells)} for m in self.measures]

    @cached_property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """The (code, cell) of each place."""
        return tuple((m.code, cell) for m in self.measures for cell in m.cells)

    @cached_property
    def place(self) -> dict[tuple[str, str], int]:
        """The place of each (code, cell)."""
        return {key: place for place, key in enumerate(self.keys)}

    @cached_property
    def measure_at(self) -> tuple[Measure, ...]:
        """The measure of each place."""
        return tuple(m for m in self.measures for _ in m.cells)

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """What the cell in each place adds to a total."""
        return tuple(_role(m, cell) for m in self.measures for cell in m.cells)

    @cached_property
    def partners(self) -> tuple[int, ...]:
        """The place of the other cell of a pair, or the cell's own: a half pair counts as blank."""
        places: list[int] = []
        for measure in self.measures:
            first = len(places)
            pair = measure.tree_axis in PAIRS
            places += [first + 1, first] if pair else list(range(first, first + len(measure.cells)))
        return tuple(places)

    @cached_property
    def total_scales(self) -> tuple[int, ...]:
        """The decimal places of each cell in a total; a product has those of both its factors."""
        return tuple(
            m.scale * (2 if role is Role.PRODUCT else 1)
            for m, role in zip(self.measure_at, self.roles, strict=True)
        )

    @cached_property
    def personal(self) -> frozenset[tuple[str, str]]:
        """The (code, cell) of each figure that counts people by a personal attribute."""
        return frozenset((m.code, cell) for m in self.measures if m.personal for cell in m.cells)

    @cached_property
    def figures_struct(self) -> Struct:
        """A version byte, an int64 a cell, a state byte a cell."""
        return Struct(f"<B{len(self.keys)}q{len(self.keys)}B")

    @cached_property
    def totals_struct(self) -> Struct:
        """A version byte, expected, received, an int64 sum a cell, then counts of values, blank, n/a."""
        return Struct(f"<Bii{len(self.keys)}q{3 * len(self.keys)}i")


def _role(measure: Measure, cell: str) -> Role:
    if measure.tree_axis == "none":
        return Role.NOTHING
    return Role.PRODUCT if (measure.tree_axis, cell) == ("weighted", "value") else Role.ITSELF
