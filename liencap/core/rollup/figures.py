"""Pack the figures of one report version into bytes, and read them back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from liencap.core.rollup.layout import CELL_MAX, CELL_MIN, VALUED, Layout, Measure, Problem, State

FIGURES_VERSION = 1
Figure = Decimal | int | date | State
Figures = Mapping[tuple[str, str], Figure]


def check(layout: Layout, figures: Figures) -> tuple[Problem, ...]:
    """Find the figures that cannot be packed as they stand.

    wrong_cell, wrong_kind, not_a_number, scale_loss, overflow, negative, not_yes_no, half_pair,
    zero_denominator, not_one_choice.
    """
    problems = []
    for key, figure in figures.items():
        if key not in layout.place:
            problems.append(Problem("wrong_cell", *key))
        elif not isinstance(figure, State):
            scaled = _scaled(layout.measure_at[layout.place[key]], figure)
            if isinstance(scaled, str):
                problems.append(Problem(scaled, *key))
    for measure in layout.measures:
        problems += _pair_problems(measure, figures)
        problems += _choice_problems(measure, figures)
    return tuple(problems)


def pack(layout: Layout, figures: Figures) -> bytes:
    """Write figures as bytes; a cell that is not given is blank. Unchecked figures raise ValueError."""
    problems = check(layout, figures)
    if problems:
        raise ValueError(f"figures were not checked: {problems}")
    size = len(layout.keys)
    amounts, states = [0] * size, [State.BLANK.value] * size
    for key, figure in figures.items():
        place = layout.place[key]
        if isinstance(figure, State):
            states[place] = figure.value
            continue
        amount = _scaled(layout.measure_at[place], figure)
        assert isinstance(amount, int)
        amounts[place] = amount
        states[place] = (State.VALUE if amount else State.ZERO).value
    return layout.figures_struct.pack(FIGURES_VERSION, *amounts, *states)


def unpack(layout: Layout, packed: bytes) -> dict[tuple[str, str], Decimal | State]:
    """Read every cell: its number, or that it is blank or not applicable."""
    return {
        (code, cell): state if number is None else number
        for code, cell, state, number in figures_long(layout, packed)
    }


def figures_long(layout: Layout, packed: bytes) -> Iterator[tuple[str, str, State, Decimal | None]]:
    """List the cells as (code, cell, state, number); a date's number is its ordinal day."""
    amounts, states = raw_figures(layout, packed)
    for place, (code, cell) in enumerate(layout.keys):
        number = None
        if states[place] in VALUED:
            number = Decimal(amounts[place]).scaleb(-layout.measure_at[place].scale)
        yield code, cell, State(states[place]), number


def raw_figures(layout: Layout, packed: bytes) -> tuple[list[int], list[int]]:
    """Read the scaled amounts and the state bytes; bytes of another form raise ValueError."""
    if len(packed) != layout.figures_struct.size or packed[0] != FIGURES_VERSION:
        raise ValueError("these bytes are not figures of this form")
    _, *cells = layout.figures_struct.unpack(packed)
    return cells[: len(layout.keys)], cells[len(layout.keys) :]


def _scaled(measure: Measure, figure: Decimal | int | date) -> int | str:
    """Scale a figure to an integer, or return the code of its problem."""
    # A decimal is a day as `unpack` gives it, an integer is a number that somebody typed.
    is_day = isinstance(figure, date) or (measure.kind == "date" and isinstance(figure, Decimal))
    if is_day != (measure.kind == "date"):
        return "wrong_kind"
    number = Decimal(figure.toordinal() if isinstance(figure, date) else figure)
    if not number.is_finite():
        return "not_a_number"
    # Before a fraction is made: 1E+999999 would fill the memory.
    if number and number.adjusted() > 30:
        return "overflow"
    if number and number.adjusted() < -30:
        return "scale_loss"
    exact = Fraction(number) * 10**measure.scale
    if exact.denominator != 1:
        return "scale_loss"
    if not CELL_MIN <= exact.numerator <= CELL_MAX:
        return "overflow"
    if exact < 0 and not measure.signed:
        return "negative"
    if measure.kind == "date" and not 1 <= exact <= date.max.toordinal():
        return "wrong_kind"
    if measure.kind == "yes_no" and number not in (0, 1):
        return "not_yes_no"
    return int(exact.numerator)


def _pair_problems(measure: Measure, figures: Figures) -> list[Problem]:
    """Find a numerator without its denominator, a value without its weight."""
    if measure.tree_axis not in ("ratio", "weighted"):
        return []
    above, below = (figures.get((measure.code, cell), State.BLANK) for cell in measure.cells)
    if isinstance(above, State) != isinstance(below, State):
        missing = measure.cells[0 if isinstance(above, State) else 1]
        return [Problem("half_pair", measure.code, missing)]
    if measure.tree_axis == "ratio" and above != below and below == 0:
        return [Problem("zero_denominator", measure.code, measure.cells[1])]
    return []


def _choice_problems(measure: Measure, figures: Figures) -> list[Problem]:
    """Find a choice that is not made of one cell with 1 and zeros, or of one state in all cells."""
    if measure.kind != "choice":
        return []
    said = [figures.get((measure.code, cell), State.BLANK) for cell in measure.cells]
    if isinstance(said[0], State):
        whole = all(figure is said[0] for figure in said)
    else:
        whole = all(figure in (0, 1) for figure in said) and sum(figure == 1 for figure in said) == 1
    return [] if whole else [Problem("not_one_choice", measure.code, measure.cells[0])]
