"""Checks find what they say and nothing else; an indicator is followed back through renames, factors and breaks."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liencap.core.rollup import Layout, Measure, check, pack
from liencap.core.rollup.checks import Check, judge
from liencap.core.rollup.layout import BLANK, NOT_APPLICABLE
from liencap.core.rollup.lineage import Link, lineage, rescaled
from liencap.core.rollup.totals import add, empty, merge, read

FORM = Layout(
    (
        Measure("all"),
        Measure("women"),
        Measure("men"),
        Measure("share", ("numerator", "denominator"), kind="percentage", tree_axis="ratio"),
        Measure("how", ("well", "ill"), kind="choice", time_axis="last"),
    )
)
V = "value"


def said(**numbers):
    return {
        (code, V): number if not isinstance(number, int) else Decimal(number)
        for code, number in numbers.items()
    }


@pytest.mark.parametrize(
    ("rule", "figures", "against"),
    [
        (Check("all", "range", low=Decimal(1)), said(all=0), 1),
        (Check("all", "range", high=Decimal(9)), said(all=10), 9),
        (Check("all", "range", low=Decimal(1)), said(all=BLANK), None),
        (Check("all", "range", low=Decimal(1)), said(all=NOT_APPLICABLE), None),
        (Check("all", "rises"), said(all=4), 5),
        (Check("all", "rises"), said(all=5), None),
        (Check("women", "rises"), said(women=0), None),
        (Check("all", "parts", parts=("women", "men")), said(all=7, women=3, men=3), 6),
        (Check("all", "parts", parts=("women", "men")), said(all=6, women=3, men=3), None),
        (Check("all", "parts", parts=("women", "men")), said(all=3, women=3, men=NOT_APPLICABLE), None),
        (Check("all", "parts", parts=("women", "men")), said(all=9, women=3, men=BLANK), None),
        (
            Check("share", "range", high=Decimal(100)),
            {("share", "numerator"): 3, ("share", "denominator"): 2},
            100,
        ),
        (Check("gone", "required"), {}, None),
    ],
)
def test_a_check_finds_what_it_says(rule, figures, against):
    found = judge(FORM, [rule], figures, {"all": Decimal(5)})
    assert [f.against for f in found] == ([] if against is None else [against])


def test_required_misses_blanks_alone():
    rule = Check("all", "required", "block")
    assert judge(FORM, [rule], {})
    assert not judge(FORM, [rule], said(all=0))
    assert not judge(FORM, [rule], said(all=NOT_APPLICABLE))


@given(st.builds(
    Check, st.just("all"), st.sampled_from(["range", "rises", "parts", "required"]), st.sampled_from(["warn", "block"]),
    st.none() | st.decimals(-9, 9, places=2), st.none() | st.decimals(-9, 9, places=2), st.just(("women",)),
))  # fmt: skip
def test_a_check_is_read_as_it_was_written(rule):
    assert Check.from_plain(rule.plain()) == rule


CHOSEN = st.sampled_from(["well", "ill", BLANK, NOT_APPLICABLE])


@given(st.lists(CHOSEN, max_size=9))
def test_a_choice_is_counted_per_option_and_the_counts_add_up(answers):
    totals = empty(FORM)
    for answer in answers:
        cells = {("how", c): int(answer == c) if isinstance(answer, str) else answer for c in ("well", "ill")}
        assert not check(FORM, cells)
        totals = merge(FORM, totals, add(FORM, empty(FORM), pack(FORM, cells)))
    cells = {c.cell: c for c in read(FORM, totals).cells if c.code == "how"}
    for option in ("well", "ill"):
        assert cells[option].sum == answers.count(option)
        assert cells[option].blank == answers.count(BLANK)
        assert cells[option].not_applicable == answers.count(NOT_APPLICABLE)
    assert cells["well"].sum + cells["ill"].sum == cells["well"].values == cells["ill"].values


@pytest.mark.parametrize("cells", [(1, 1), (0, 0), (2, 0), (1, BLANK), (BLANK, NOT_APPLICABLE)])
def test_half_a_choice_is_none(cells):
    figures = dict(zip((("how", "well"), ("how", "ill")), cells, strict=True))
    assert [p.code for p in check(FORM, figures)] == ["not_one_choice"]


FACTORS = st.fractions(Fraction(1, 10**4), 10**4, max_denominator=10**4).filter(lambda f: f > 0)


@given(st.lists(st.tuples(FACTORS, st.booleans()), min_size=1, max_size=6))
def test_factors_multiply_and_breaks_are_counted_on_the_way_back(steps):
    versions = [{f"c{i}": Link(f"c{i + 1}", factor, breaks)} for i, (factor, breaks) in enumerate(steps)]
    versions.append({f"c{len(steps)}": Link()})
    found = lineage(versions, "c0")
    factor, breaks = Fraction(1), 0
    for i, origin in enumerate(found):
        assert origin == (f"c{i}", factor, breaks)
        if i < len(steps):
            factor, breaks = factor * steps[i][0], breaks + steps[i][1]


def test_an_indicator_that_was_left_out_once_does_not_reach_behind_the_gap():
    same = {"a": Link()}
    assert lineage([same, {}, same], "a") == [("a", 1, 0), None, None]


@given(st.decimals(0, 10**9, places=3), FACTORS)
def test_a_rescaled_number_is_exact_where_it_ends_and_near_where_it_does_not(number, factor):
    exact = Fraction(number) * factor
    assert abs(Fraction(rescaled(number, factor, 6)) - exact) <= Fraction(1, 2 * 10**6)
    assert Fraction(rescaled(number, Fraction(1000), 0)) == Fraction(number) * 1000
