"""Combining periods, each measure by its own axis."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liencap.core.rollup import Layout, Measure, pack
from liencap.core.rollup.layout import BLANK, NOT_APPLICABLE, State, TimeAxis
from liencap.core.rollup.periods import Combined, over_time
from liencap.core.rollup.tests.samples import FORM, figures, reports
from liencap.core.rollup.totals import add, empty

Given = Decimal | int | State


@pytest.mark.parametrize(
    ("axis", "values", "expected"),
    [
        ("sum", [1, BLANK, 2], (State.VALUE, 3, 2)),
        ("sum", [0, BLANK], (State.ZERO, 0, 1)),
        ("sum", [BLANK, BLANK], (State.BLANK, None, 0)),
        ("sum", [NOT_APPLICABLE, NOT_APPLICABLE], (State.NOT_APPLICABLE, None, 0)),
        ("sum", [NOT_APPLICABLE, BLANK], (State.BLANK, None, 0)),
        ("sum", [], (State.BLANK, None, 0)),
        ("last", [5, 3, BLANK], (State.VALUE, 3, 1)),
        ("last", [5, 0], (State.ZERO, 0, 1)),
        ("average", [1, BLANK, 2], (State.VALUE, Decimal("1.5"), 2)),
        ("average", [1, 1, 0], (State.VALUE, Decimal("0.6667"), 3)),
        ("max", [4, 9, 2], (State.VALUE, 9, 3)),
        ("max", [-4, BLANK, -9], (State.VALUE, -4, 2)),
        ("none", [4], (State.VALUE, 4, 1)),
        ("none", [4, 5], (State.BLANK, None, 2)),
    ],
)
@pytest.mark.parametrize("as_totals", [False, True])
def test_each_axis_combines_its_way(
    axis: TimeAxis, values: list[Given], expected: tuple[State, Given | None, int], as_totals: bool
) -> None:
    layout = Layout((Measure("n", time_axis=axis, signed=True),))
    parts = [pack(layout, {("n", "value"): value}) for value in values]
    if as_totals:
        parts = [_total(layout, part) for part in parts]
    assert over_time(layout, parts) == (Combined("n", "value", *expected),)


def _total(layout: Layout, packed: bytes) -> bytes:
    total = add(layout, empty(layout), packed)
    assert isinstance(total, bytes)
    return total


def test_a_ratio_over_time_keeps_both_parts_of_one_period() -> None:
    old = figures(score__value=2, score__weight=3)
    new = figures(score__value=4, score__weight=5)
    blank = figures(meetings__value=1)
    cells = {(c.code, c.cell): c.value for c in over_time(FORM, [old, new, blank])}
    assert (cells["score", "value"], cells["score", "weight"]) == (20, 5)


def test_what_does_not_add_over_the_tree_still_counts_for_the_unit_itself() -> None:
    cells = {c.code: c.value for c in over_time(FORM, [figures(note__value=5)])}
    assert cells["note"] == 5
    assert {c.code: c.value for c in over_time(FORM, [_total(FORM, figures(note__value=5))])}["note"] is None


@given(st.lists(reports(), max_size=5))
def test_a_sum_over_time_does_not_depend_on_the_order(parts: list[bytes]) -> None:
    sums = {m.code for m in FORM.measures if m.time_axis in ("sum", "max", "average")}
    one, other = ([c for c in over_time(FORM, order) if c.code in sums] for order in (parts, parts[::-1]))
    assert one == other
