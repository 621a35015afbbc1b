"""Whole trees at once: the same bytes as report by report."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liencap.core.rollup import Layout, Measure, pack
from liencap.core.rollup.layout import Problem
from liencap.core.rollup.sweep import Period, PeriodTotals, roll_up
from liencap.core.rollup.tests.samples import DAY, FORM, START, reports, trees
from liencap.core.rollup.totals import add, empty, merge, read, with_expected
from liencap.core.tree import ancestors, subtree, tree_as_of
from liencap.core.tree.values import Edge, Tree

CLASSES = st.sampled_from(["on_time", "late", "missing"])


@st.composite
def periods(draw: st.DrawFn) -> Period:
    tree = draw(trees())
    units = tree.units.tolist()
    reported = draw(st.dictionaries(st.sampled_from(units), reports(), max_size=8))
    owed = draw(st.dictionaries(st.sampled_from(units), CLASSES))
    return Period(tree, reported, owed)


def one_by_one(period: Period) -> dict[int, bytes]:
    """Add each report to its unit and all above it, in pure Python."""
    totals = {}
    for unit in period.tree.units.tolist():
        below = set(subtree(period.tree, unit))
        totals[unit] = empty(FORM, expected=len(below & set(period.owed)))
    for unit, packed in period.figures.items():
        for above in (unit, *ancestors(period.tree, unit)):
            after = add(FORM, totals[above], packed)
            assert isinstance(after, bytes)
            totals[above] = after
    return totals


def swept(period: Period) -> PeriodTotals:
    return roll_up(FORM, [period])[0]


@given(st.lists(periods(), min_size=1, max_size=2))
def test_both_ways_agree_bit_by_bit(given_periods: list[Period]) -> None:
    for period, totals in zip(given_periods, roll_up(FORM, given_periods), strict=True):
        assert totals.problems == ()
        assert dict(totals.packed()) == one_by_one(period)


@given(periods())
def test_a_subtree_is_its_own_report_and_its_children(period: Period) -> None:
    packed = dict(swept(period).packed())
    for unit in packed:
        own = empty(FORM, expected=int(unit in period.owed))
        total = add(FORM, own, period.figures[unit]) if unit in period.figures else own
        for child in packed:
            if ancestors(period.tree, child)[:1] == (unit,):
                assert isinstance(total, bytes)
                total = merge(FORM, total, packed[child])
        assert total == packed[unit]


@given(periods(), st.data())
def test_a_move_keeps_the_total_of_the_whole(period: Period, data: st.DataObject) -> None:
    units = period.tree.units.tolist()
    unit = data.draw(st.sampled_from(units))
    below = set(subtree(period.tree, unit))
    goals = [None, *(u for u in units if u not in below)]
    goal = data.draw(st.sampled_from(goals))
    edges = [
        Edge(u, goal if u == unit else next(iter(ancestors(period.tree, u)), None), START) for u in units
    ]
    moved = Period(tree_as_of(edges, DAY), period.figures, period.owed)
    assert whole(moved) == whole(period)


def whole(period: Period) -> bytes:
    packed = dict(swept(period).packed())
    total: bytes | Problem = empty(FORM)
    for root in period.tree.units[: period.tree.levels[1]].tolist():
        assert isinstance(total, bytes)
        total = merge(FORM, total, packed[root])
    assert isinstance(total, bytes)
    return total


@given(periods())
def test_completeness_counts_each_expected_report_once(period: Period) -> None:
    totals = swept(period)
    for unit in period.tree.units.tolist():
        below = set(subtree(period.tree, unit))
        counted = totals.completeness(unit)
        for name in totals.classes:
            assert counted[name] == sum(period.owed.get(u) == name for u in below)
        place = period.tree.place[unit]
        assert sum(counted.values()) == totals.expected[place] == len(below & set(period.owed))
        assert totals.received[place] == len(below & set(period.figures))


def chain(length: int) -> Tree:
    return tree_as_of([Edge(u, u - 1 or None, START) for u in range(1, length + 1)], DAY)


SIGNED = Layout((Measure("n", signed=True), Measure("w", ("value", "weight"), tree_axis="weighted")))
MOST = (1 << 63) - 1


@pytest.mark.parametrize(
    ("amounts", "overflowed"),
    [
        ([0, 0, MOST], []),
        ([0, 1, MOST], [1, 2]),
        ([-1, 1, MOST], [2]),
        ([1, -1, MOST], []),
        ([-1, -1, -MOST], [1]),
    ],
)
def test_overflow_names_the_units_and_leaves_the_others(amounts: list[int], overflowed: list[int]) -> None:
    reported = {u: pack(SIGNED, {("n", "value"): a}) for u, a in enumerate(amounts, start=1)}
    totals = roll_up(SIGNED, [Period(chain(3), reported, {})])[0]
    assert [p.unit for p in totals.problems] == overflowed
    assert {p.code for p in totals.problems} <= {"overflow"}
    packed = dict(totals.packed())
    assert sorted(packed) == [u for u in (1, 2, 3) if u not in overflowed]
    for unit, bytes_ in packed.items():
        assert read(SIGNED, bytes_).cells[0].sum == sum(amounts[unit - 1 :])


@pytest.mark.parametrize(("weight", "fits"), [(1 << 31, True), (1 << 32, False), (MOST >> 31, True)])
def test_a_product_that_does_not_fit_is_a_problem(weight: int, fits: bool) -> None:
    report = pack(SIGNED, {("w", "value"): 1 << 31, ("w", "weight"): weight})
    totals = roll_up(SIGNED, [Period(chain(1), {1: report}, {})])[0]
    assert totals.problems == (() if fits else (Problem("overflow", "w", "value", 1),))
    assert isinstance(add(SIGNED, empty(SIGNED), report), bytes) == fits


def test_a_date_is_counted_and_never_added_however_many_there_are() -> None:
    report = pack(FORM, {("held_on", "value"): DAY})
    totals = roll_up(FORM, [Period(chain(3), dict.fromkeys((1, 2, 3), report), {})])[0]
    place = FORM.place["held_on", "value"]
    assert totals.sums[place].tolist() == [0, 0, 0]
    assert totals.valued[place].tolist() == [3, 2, 1]


def test_what_has_no_place_or_another_form_is_named() -> None:
    tree = chain(2)
    good = pack(SIGNED, {("n", "value"): 7})
    totals = roll_up(SIGNED, [Period(tree, {1: good, 2: b"?", 9: good}, {8: "late"})])[0]
    assert {(p.code, p.unit) for p in totals.problems} == {
        ("wrong_bytes", 2),
        ("not_in_tree", 9),
        ("not_in_tree", 8),
    }
    assert read(SIGNED, dict(totals.packed())[1]).received == 1


def test_each_period_keeps_its_own_tree() -> None:
    day = date(2025, 1, 1)
    edges = [Edge(1, None, START), Edge(2, None, START), Edge(3, 1, START, day), Edge(3, 2, day)]
    report = {3: pack(SIGNED, {("n", "value"): 5})}
    before, after = (Period(tree_as_of(edges, d), report, {3: "late"}) for d in (date(2024, 12, 31), day))
    old, new = (dict(t.packed()) for t in roll_up(SIGNED, [before, after]))
    assert old[1] == new[2]
    assert old[2] == new[1] == empty(SIGNED)
    assert old[1] == with_expected(SIGNED, old[1], 1)


def test_no_reports_and_no_units_total_to_nothing() -> None:
    totals = roll_up(FORM, [Period(tree_as_of([], DAY), {}, {}), Period(chain(2), {}, {})])
    assert dict(totals[0].packed()) == {}
    assert dict(totals[1].packed()) == {1: empty(FORM), 2: empty(FORM)}
