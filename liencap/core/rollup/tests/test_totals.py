"""Adding reports to totals one at a time."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liencap.core.rollup import Layout, Measure, pack
from liencap.core.rollup.layout import BLANK, NOT_APPLICABLE, Problem, State
from liencap.core.rollup.tests.samples import FORM, figures, reports
from liencap.core.rollup.totals import (
    TotalCell,
    add,
    empty,
    merge,
    rate,
    read,
    replace,
    subtract,
    take_back,
    with_expected,
)


def total(layout: Layout, parts: list[bytes]) -> bytes:
    result: bytes | Problem = empty(layout)
    for part in parts:
        assert isinstance(result, bytes)
        result = add(layout, result, part)
    assert isinstance(result, bytes)
    return result


def cells(parts: list[bytes]) -> tuple[TotalCell, ...]:
    return read(FORM, total(FORM, parts)).cells


@given(st.lists(reports(), max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_reports_does_not_matter(parts: list[bytes], rng: object) -> None:
    shuffled = parts[:]
    rng.shuffle(shuffled)  # type: ignore[attr-defined]  # a Random
    assert total(FORM, shuffled) == total(FORM, parts)


@given(st.lists(reports(), max_size=4), reports(), reports())
def test_what_was_added_can_be_taken_back_and_replaced(parts: list[bytes], one: bytes, new: bytes) -> None:
    before = total(FORM, parts)
    after = total(FORM, [*parts, one])
    assert subtract(FORM, after, one) == before
    assert replace(FORM, after, one, new) == total(FORM, [*parts, new])


@given(st.lists(reports(), max_size=3), st.lists(reports(), max_size=3), st.lists(reports(), max_size=3))
def test_merging_is_adding_in_any_grouping(a: list[bytes], b: list[bytes], c: list[bytes]) -> None:
    x, y, z = (total(FORM, part) for part in (a, b, c))
    xy, yz = merge(FORM, x, y), merge(FORM, y, z)
    assert isinstance(xy, bytes)
    assert isinstance(yz, bytes)
    assert xy == merge(FORM, y, x)
    assert merge(FORM, xy, z) == merge(FORM, x, yz) == total(FORM, a + b + c)
    assert merge(FORM, x, empty(FORM)) == x
    assert take_back(FORM, xy, y) == x


@given(st.lists(reports(), max_size=6))
def test_everyone_who_reported_is_counted_once_in_each_cell(parts: list[bytes]) -> None:
    totals = read(FORM, total(FORM, parts))
    assert totals.received == len(parts)
    assert all(c.values + c.blank + c.not_applicable == len(parts) for c in totals.cells)


def test_a_ratio_of_sums_is_not_an_average_of_averages() -> None:
    small = figures(turnout__numerator=1, turnout__denominator=1)
    large = figures(turnout__numerator=1, turnout__denominator=99)
    assert rate(cells([small, large]), "turnout") == Fraction(2, 100)


def test_a_weighted_mean_weighs() -> None:
    one = figures(score__value=Decimal("2.5"), score__weight=Decimal("1.0"))
    three = figures(score__value=Decimal("4.5"), score__weight=Decimal("3.0"))
    assert rate(cells([one, three]), "score") == Fraction(4)


def test_without_a_denominator_there_is_no_rate() -> None:
    assert rate(cells([figures(meetings__value=1)]), "turnout") is None
    assert rate(cells([figures(meetings__value=1)]), "meetings") is None


ONE = Layout((Measure("n", signed=True),))


@pytest.mark.parametrize(
    ("given_figures", "state", "sums"),
    [
        ([], State.BLANK, 0),
        ([BLANK], State.BLANK, 0),
        ([NOT_APPLICABLE], State.NOT_APPLICABLE, 0),
        ([NOT_APPLICABLE, BLANK], State.BLANK, 0),
        ([0, BLANK], State.ZERO, 0),
        ([5, -5], State.ZERO, 0),
        ([5, NOT_APPLICABLE, BLANK], State.VALUE, 5),
    ],
)
def test_totals_tell_blank_from_zero_from_not_applicable(
    given_figures: list[int | State], state: State, sums: int
) -> None:
    cell = read(ONE, total(ONE, [pack(ONE, {("n", "value"): f}) for f in given_figures])).cells[0]
    assert (cell.state, cell.sum) == (state, sums)


def test_a_measure_that_does_not_add_has_counts_and_no_sum() -> None:
    cell = next(c for c in read(FORM, total(FORM, [figures(note__value=5)])).cells if c.code == "note")
    assert (cell.sum, cell.values) == (None, 1)


def test_overflow_is_a_problem_and_not_a_wrap() -> None:
    most = pack(ONE, {("n", "value"): (1 << 63) - 1})
    one = pack(ONE, {("n", "value"): 1})
    assert add(ONE, total(ONE, [most]), one) == Problem("overflow", "n", "value")
    # What passes the limit only on the way is right in the end.
    minus = pack(ONE, {("n", "value"): -1})
    assert replace(ONE, total(ONE, [most]), minus, pack(ONE, {})) == Problem("overflow", "n", "value")
    assert isinstance(add(ONE, total(ONE, [most]), minus), bytes)


def test_taking_back_what_was_not_added_is_refused() -> None:
    with pytest.raises(ValueError, match="had not been added"):
        subtract(ONE, empty(ONE), pack(ONE, {}))


def test_expected_is_set_and_merged_and_kept_by_adding() -> None:
    totals = with_expected(ONE, total(ONE, [pack(ONE, {})]), 4)
    assert read(ONE, totals)[:2] == (4, 1)
    both = merge(ONE, totals, empty(ONE, expected=3))
    assert isinstance(both, bytes)
    assert read(ONE, both)[:2] == (7, 1)


def test_bytes_that_are_not_totals_are_refused() -> None:
    with pytest.raises(ValueError, match="not totals"):
        read(ONE, pack(ONE, {}))
