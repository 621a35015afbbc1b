"""Packing the figures of one report."""

import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from liencap.core.rollup import Layout, Measure, check, pack, unpack
from liencap.core.rollup.figures import figures_long
from liencap.core.rollup.layout import BLANK, NOT_APPLICABLE, Problem, State
from liencap.core.rollup.tests.samples import FORM, reports

TWO = Layout((Measure("count"), Measure("cost", scale=2, kind="money", signed=True)))


def test_bytes_are_a_version_amounts_and_states() -> None:
    packed = pack(TWO, {("count", "value"): 3, ("cost", "value"): Decimal("-1.50")})
    assert packed == b"\x01" + (3).to_bytes(8, "little") + (-150).to_bytes(8, "little", signed=True) + b"\1\1"


@pytest.mark.parametrize(
    ("figure", "state", "back"),
    [
        (Decimal("7"), State.VALUE, Decimal(7)),
        (Decimal("0"), State.ZERO, Decimal(0)),
        (BLANK, State.BLANK, None),
        (NOT_APPLICABLE, State.NOT_APPLICABLE, None),
    ],
)
def test_blank_zero_and_not_applicable_stay_apart(
    figure: Decimal | State, state: State, back: Decimal | None
) -> None:
    rows = {(c, n): (s, v) for c, n, s, v in figures_long(TWO, pack(TWO, {("count", "value"): figure}))}
    assert rows["count", "value"] == (state, back)
    assert rows["cost", "value"] == (State.BLANK, None)


@given(reports())
def test_what_is_unpacked_packs_to_the_same_bytes(packed: bytes) -> None:
    cells = unpack(FORM, packed)
    day = cells["held_on", "value"]
    as_given = {
        **cells,
        ("held_on", "value"): date.fromordinal(int(day)) if isinstance(day, Decimal) else day,
    }
    assert pack(FORM, as_given) == packed


ONE = ("one", "value")


@pytest.mark.parametrize(
    ("measure", "figures", "problem"),
    [
        (Measure("one"), {("other", "value"): 1}, ("wrong_cell", "other", "value")),
        (Measure("one"), {("one", "weight"): 1}, ("wrong_cell", "one", "weight")),
        (Measure("one"), {ONE: Decimal("0.5")}, ("scale_loss", *ONE)),
        (Measure("one", scale=2), {ONE: Decimal("0.005")}, ("scale_loss", *ONE)),
        (Measure("one"), {ONE: Decimal("1E-999999")}, ("scale_loss", *ONE)),
        (Measure("one"), {ONE: 1 << 63}, ("overflow", *ONE)),
        (Measure("one", scale=9), {ONE: 10**10}, ("overflow", *ONE)),
        (Measure("one"), {ONE: Decimal("1E+999999")}, ("overflow", *ONE)),
        (Measure("one"), {ONE: -1}, ("negative", *ONE)),
        (Measure("one"), {ONE: Decimal("NaN")}, ("not_a_number", *ONE)),
        (Measure("one"), {ONE: Decimal("-Infinity")}, ("not_a_number", *ONE)),
        (Measure("one", kind="yes_no"), {ONE: 2}, ("not_yes_no", *ONE)),
        (Measure("one"), {ONE: date(2025, 1, 1)}, ("wrong_kind", *ONE)),
        (Measure("one", kind="date", tree_axis="none", time_axis="last"), {ONE: 5}, ("wrong_kind", *ONE)),
    ],
)
def test_a_figure_that_does_not_fit_is_a_problem(
    measure: Measure, figures: dict[tuple[str, str], Decimal | int], problem: tuple[str, str, str]
) -> None:
    layout = Layout((measure,))
    assert check(layout, figures) == (Problem(*problem),)
    with pytest.raises(ValueError, match="not checked"):
        pack(layout, figures)


@pytest.mark.parametrize(
    ("figures", "problem"),
    [
        ({"numerator": 1}, ("half_pair", "denominator")),
        ({"denominator": 1, "numerator": NOT_APPLICABLE}, ("half_pair", "numerator")),
        ({"numerator": 1, "denominator": 0}, ("zero_denominator", "denominator")),
        ({"numerator": 0, "denominator": 0}, None),
        ({"numerator": 0, "denominator": 4}, None),
        ({"numerator": BLANK, "denominator": BLANK}, None),
    ],
)
def test_a_ratio_needs_both_its_parts(
    figures: dict[str, int | State], problem: tuple[str, str] | None
) -> None:
    layout = Layout((Measure("r", ("numerator", "denominator"), tree_axis="ratio"),))
    found = check(layout, {("r", cell): figure for cell, figure in figures.items()})
    assert found == ((Problem(problem[0], "r", problem[1]),) if problem else ())


@pytest.mark.parametrize(
    "definition",
    [
        {"cells": ()},
        {"cells": ("a", "a")},
        {"scale": 10},
        {"kind": "guess"},
        {"tree_axis": "ratio"},
        {"tree_axis": "weighted", "cells": ("weight", "value")},
        {"time_axis": "max", "cells": ("a", "b")},
        {"kind": "date"},
    ],
)
def test_a_measure_that_cannot_add_up_is_refused(definition: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="x:"):
        Measure("x", **definition)  # type: ignore[arg-type]  # wrong on purpose


def test_a_layout_survives_json() -> None:
    import json

    assert Layout.from_plain(json.loads(json.dumps(FORM.plain()))) == FORM
    with pytest.raises(ValueError, match="same code"):
        Layout((Measure("a"), Measure("a")))


@pytest.mark.parametrize("packed", [b"", b"\x01", pack(TWO, {})[:-1], b"\x02" + pack(TWO, {})[1:]])
def test_bytes_of_another_form_are_refused(packed: bytes) -> None:
    with pytest.raises(ValueError, match="not figures"):
        unpack(TWO, packed)


def test_the_single_report_path_loads_neither_numpy_nor_numba() -> None:
    code = (
        "import sys, liencap.core.rollup, liencap.core.rollup.totals, liencap.core.rollup.periods, "
        "liencap.core.rollup.sweep, liencap.core.tree; print({'numpy', 'numba'} & set(sys.modules))"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "set()"
