"""A form with every axis, and ways to draw trees and reports for it."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from liencap.core.rollup import Layout, Measure, pack
from liencap.core.rollup.layout import BLANK, NOT_APPLICABLE
from liencap.core.tree import tree_as_of
from liencap.core.tree.values import Edge, Tree

START, DAY = date(2020, 1, 1), date(2025, 1, 1)
FORM = Layout(
    (
        Measure("meetings"),
        Measure("budget", scale=2, kind="money", signed=True, time_axis="average"),
        Measure("turnout", ("numerator", "denominator"), kind="percentage", tree_axis="ratio"),
        Measure("score", ("value", "weight"), scale=1, tree_axis="weighted", time_axis="last"),
        Measure("answer", ("for", "against", "abstained"), kind="choice"),
        Measure("held_on", kind="date", tree_axis="none", time_axis="last"),
        Measure("peak", time_axis="max"),
        Measure("note", tree_axis="none", time_axis="none"),
    )
)

_STATES = st.sampled_from([BLANK, NOT_APPLICABLE])
_COUNTS = st.integers(0, 10**6) | st.just(0)
_MONEY = st.decimals(-(10**9), 10**9, places=2)
_POSITIVE = st.integers(1, 10**6)


@st.composite
def reports(draw: st.DrawFn) -> bytes:
    """Draw the packed figures of one report."""
    figures: dict[tuple[str, str], object] = {
        ("meetings", "value"): draw(_COUNTS | _STATES),
        ("budget", "value"): draw(_MONEY | _STATES),
        ("peak", "value"): draw(_COUNTS | _STATES),
        ("note", "value"): draw(_COUNTS | _STATES),
        ("held_on", "value"): draw(st.dates(START, DAY) | _STATES),
    }
    options = ("for", "against", "abstained")
    chosen = draw(st.sampled_from(options) | _STATES)
    for option in options:
        figures["answer", option] = int(chosen == option) if chosen in options else chosen
    for code, cells in (("turnout", ("numerator", "denominator")), ("score", ("value", "weight"))):
        state = draw(st.none() | _STATES)
        for cell in cells:
            figures[code, cell] = draw(_POSITIVE) if state is None else state
    return pack(FORM, figures)  # type: ignore[arg-type]  # drawn values are of the right kinds


@st.composite
def trees(draw: st.DrawFn, max_size: int = 12) -> Tree:
    """Draw a tree of units 1 to n, some with several roots."""
    size = draw(st.integers(1, max_size))
    parents = [draw(st.integers(0, unit - 1)) if unit > 1 else 0 for unit in range(1, size + 1)]
    return tree_as_of([Edge(u, p or None, START) for u, p in enumerate(parents, start=1)], DAY)


def figures(**cells: Decimal | int) -> bytes:
    """Pack a report from `code__cell=figure`."""
    return pack(FORM, {tuple(name.split("__")): figure for name, figure in cells.items()})  # type: ignore[misc]  # two parts each
