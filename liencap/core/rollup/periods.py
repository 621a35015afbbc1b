"""Combine the figures or the totals of several periods, each measure by its own axis."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from liencap.core.rollup.figures import FIGURES_VERSION, raw_figures
from liencap.core.rollup.layout import VALUED, Layout, Measure, State
from liencap.core.rollup.totals import contributions, read

# A mean rarely ends; it is rounded half to even this many places after the figure's own.
MEAN_PLACES = 4


class Combined(NamedTuple):
    """One cell over several periods, and how many periods had a value."""

    code: str
    cell: str
    state: State
    value: Decimal | None
    periods: int


def over_time(layout: Layout, parts: Sequence[bytes]) -> tuple[Combined, ...]:
    """Combine packed figures, or packed totals, of periods in order.

    Blank periods are left out, not taken for zero. A measure that does not add over time has a
    value only when one period is given. The value cell of a weighted measure is the sum of products.
    """
    periods = [_cells(layout, part) for part in parts]
    combined: list[Combined] = []
    for measure in layout.measures:
        first = len(combined)
        rows = [cells[first : first + len(measure.cells)] for cells in periods]
        combined += _combine(measure, rows)
    return tuple(combined)


Cell = tuple[State, Decimal | None]


def _cells(layout: Layout, part: bytes) -> list[Cell]:
    """Read the state and the amount of each cell of figures or totals."""
    if part[:1] != bytes([FIGURES_VERSION]):
        return [(c.state, c.sum if c.values else None) for c in read(layout, part).cells]
    amounts, _ = raw_figures(layout, part)
    sums, states = contributions(layout, part)
    cells: list[Cell] = []
    for place, measure in enumerate(layout.measure_at):
        # What does not add over the tree may still add over the unit's own periods.
        amount = amounts[place] if measure.tree_axis == "none" else sums[place]
        number = Decimal(amount).scaleb(-layout.total_scales[place])
        state = State(states[place])
        cells.append((state, number if state.value in VALUED else None))
    return cells


def _combine(measure: Measure, rows: list[list[Cell]]) -> list[Combined]:
    """Combine the cells of one measure, given a row a period."""
    filled = [row for row in rows if any(number is not None for _, number in row)]
    if measure.time_axis == "last":
        filled = filled[-1:]
    open_ended = measure.time_axis == "none" and len(rows) > 1
    result = []
    for place, cell in enumerate(measure.cells):
        numbers = [row[place][1] for row in filled]
        known = [number for number in numbers if number is not None]
        value = None if open_ended or not known else _by_axis(measure, known)
        state = _state(value, [row[place][0] for row in rows])
        result.append(Combined(measure.code, cell, state, value, len(known)))
    return result


def _by_axis(measure: Measure, known: list[Decimal]) -> Decimal:
    if measure.time_axis == "max":
        return max(known)
    total = sum(known, Decimal(0))
    if measure.time_axis == "average":
        return round(total / len(known), measure.scale + MEAN_PLACES)
    return total


def _state(value: Decimal | None, states: list[State]) -> State:
    if value is not None:
        return State.VALUE if value else State.ZERO
    skipped = bool(states) and all(state is State.NOT_APPLICABLE for state in states)
    return State.NOT_APPLICABLE if skipped else State.BLANK
