"""Add reports to the totals of a unit one at a time, in pure Python.

A sent report changes about five totals; this needs neither NumPy nor numba. Sums and counts only are
kept, so that every total can be taken back exactly. A maximum over periods is not in here: it cannot be
taken back, and `periods.over_time` computes it from the totals of each period.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from liencap.core.rollup.cells import YES, Shown
from liencap.core.rollup.figures import raw_figures
from liencap.core.rollup.layout import CELL_MAX, CELL_MIN, VALUED, Layout, Problem, Role, State

TOTALS_VERSION = 65


class TotalCell(NamedTuple):
    """The total of one cell: its sum if it adds over the tree, and how many said what.

    Where it is kept back from a reader its sum is not there, and `shown` says why.
    """

    code: str
    cell: str
    sum: Decimal | None
    values: int
    blank: int
    not_applicable: int
    shown: Shown = YES

    @property
    def state(self) -> State:
        """Blank when a value is still open, not applicable when it is so for all who answered."""
        if self.values:
            return State.ZERO if self.sum == 0 else State.VALUE
        return State.NOT_APPLICABLE if self.not_applicable and not self.blank else State.BLANK


class Totals(NamedTuple):
    """The totals of one unit and period: who was expected, who reported, the sum of each cell."""

    expected: int
    received: int
    cells: tuple[TotalCell, ...]


def empty(layout: Layout, expected: int = 0) -> bytes:
    """Write totals that nothing was added to yet, of so many expected reports."""
    return layout.totals_struct.pack(TOTALS_VERSION, expected, 0, *[0] * (4 * len(layout.keys)))


def add(layout: Layout, totals: bytes, figures: bytes) -> bytes | Problem:
    """Add one report; an overflow is returned as a problem and nothing changes."""
    return _write(layout, _sum(_read(layout, totals), _one(layout, figures), 1))


def subtract(layout: Layout, totals: bytes, figures: bytes) -> bytes | Problem:
    """Take back one report that was added; ValueError when it cannot have been."""
    return _write(layout, _sum(_read(layout, totals), _one(layout, figures), -1))


def replace(layout: Layout, totals: bytes, old: bytes, new: bytes) -> bytes | Problem:
    """Put a corrected version in the place of the one that was added."""
    without = _sum(_read(layout, totals), _one(layout, old), -1)
    return _write(layout, _sum(without, _one(layout, new), 1))


def merge(layout: Layout, totals: bytes, other: bytes) -> bytes | Problem:
    """Add the totals of another subtree."""
    return _write(layout, _sum(_read(layout, totals), _read(layout, other), 1))


def take_back(layout: Layout, totals: bytes, other: bytes) -> bytes | Problem:
    """Take back the totals of another subtree that were merged; ValueError when they cannot have been."""
    return _write(layout, _sum(_read(layout, totals), _read(layout, other), -1))


def mixed(layout: Layout, old: bytes, new: bytes, taken: frozenset[int]) -> bytes:
    """Take the cells in the places `taken` from the new totals, all others from the old ones.

    How many reports were received is the new number once every cell that differs is taken, the old one before.
    """
    before, after = _read(layout, old), _read(layout, new)
    size = len(layout.keys)
    numbers = before[:2]
    for part in range(4):
        for place in range(size):
            numbers.append((after if place in taken else before)[2 + part * size + place])
    if numbers[2:] == after[2:]:
        numbers[:2] = after[:2]
    return layout.totals_struct.pack(TOTALS_VERSION, *numbers)


def with_expected(layout: Layout, totals: bytes, expected: int) -> bytes:
    """Set how many reports are expected."""
    numbers = _read(layout, totals)
    return layout.totals_struct.pack(TOTALS_VERSION, expected, *numbers[1:])


def read(layout: Layout, totals: bytes) -> Totals:
    """Read totals as numbers."""
    expected, received, *rest = _read(layout, totals)
    size = len(layout.keys)
    cells = []
    for place, (code, cell) in enumerate(layout.keys):
        amount = None
        if layout.roles[place] is not Role.NOTHING:
            amount = Decimal(rest[place]).scaleb(-layout.total_scales[place])
        values, blank, skipped = (rest[part * size + place] for part in (1, 2, 3))
        cells.append(TotalCell(code, cell, amount, values, blank, skipped))
    return Totals(expected, received, tuple(cells))


def rate(cells: Iterable[TotalCell], code: str) -> Fraction | None:
    """Divide the sums of a pair: the ratio of sums or the weighted mean; None without a denominator."""
    pair = [cell for cell in cells if cell.code == code]
    if len(pair) != 2 or pair[0].sum is None or not pair[1].sum:
        return None
    return Fraction(pair[0].sum) / Fraction(pair[1].sum)


def contributions(layout: Layout, figures: bytes) -> tuple[list[int], list[int]]:
    """Say what one report adds to the sum of each cell, and the state that is counted for it."""
    amounts, states = raw_figures(layout, figures)
    sums, counted = [0] * len(amounts), list(states)
    for place, partner in enumerate(layout.partners):
        if states[place] not in VALUED:
            continue
        if states[partner] not in VALUED:
            counted[place] = State.BLANK.value
        elif layout.roles[place] is Role.PRODUCT:
            sums[place] = amounts[place] * amounts[partner]
        elif layout.roles[place] is Role.ITSELF:
            sums[place] = amounts[place]
    return sums, counted


def _one(layout: Layout, figures: bytes) -> list[int]:
    """Write one report as the totals of itself alone, not expected here."""
    sums, states = contributions(layout, figures)
    values = [int(state in VALUED) for state in states]
    blank = [int(state == State.BLANK.value) for state in states]
    skipped = [int(state == State.NOT_APPLICABLE.value) for state in states]
    return [0, 1, *sums, *values, *blank, *skipped]


def _read(layout: Layout, totals: bytes) -> list[int]:
    """Read expected, received, sums and counts; bytes of another form raise ValueError."""
    if len(totals) != layout.totals_struct.size or totals[0] != TOTALS_VERSION:
        raise ValueError("these bytes are not totals of this form")
    return list(layout.totals_struct.unpack(totals)[1:])


def _sum(one: list[int], other: list[int], sign: int) -> list[int]:
    return [a + sign * b for a, b in zip(one, other, strict=True)]


def _write(layout: Layout, numbers: list[int]) -> bytes | Problem:
    """Write totals unless a sum does not fit; counts below zero are the caller's mistake."""
    size = len(layout.keys)
    if min(numbers[:2] + numbers[2 + size :]) < 0:
        raise ValueError("a report was taken back that had not been added")
    for place, amount in enumerate(numbers[2 : 2 + size]):
        if not CELL_MIN <= amount <= CELL_MAX:
            return Problem("overflow", *layout.keys[place])
    return layout.totals_struct.pack(TOTALS_VERSION, *numbers)
