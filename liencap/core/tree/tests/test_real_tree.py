"""Trees of a real country in three vintages, read from beside the project."""

import csv
import gzip
from datetime import date
from pathlib import Path

import pytest

import liencap
from liencap.core.tree import ancestors, path_of, subtree, tree_as_of
from liencap.core.tree.values import Edge

DATA = Path(liencap.__file__).resolve().parents[2] / "shared" / "data"
VINTAGES = {2022: 91_281, 2023: 91_591, 2025: 91_599}

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not DATA.is_dir(), reason="the folder shared/data does not stand beside the project"),
]


def codes(year: int) -> list[str]:
    with gzip.open(DATA / f"units-indonesia-{year}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return [row["code"] for row in csv.DictReader(file)]


@pytest.fixture(scope="module")
def names() -> dict[str, int]:
    """Give each code of any vintage an id of our own."""
    return {code: i for i, code in enumerate(sorted({c for y in VINTAGES for c in codes(y)}), start=1)}


@pytest.fixture(scope="module")
def edges(names: dict[str, int]) -> list[Edge]:
    ends = {2022: date(2023, 1, 1), 2023: date(2025, 1, 1), 2025: None}
    return [
        Edge(
            names[code], names[code.rpartition(".")[0]] if "." in code else None, date(year, 1, 1), ends[year]
        )
        for year in VINTAGES
        for code in codes(year)
    ]


@pytest.mark.parametrize("year", VINTAGES)
def test_each_vintage_stands_whole(year: int, edges: list[Edge], names: dict[str, int]) -> None:
    tree = tree_as_of(edges, date(year, 6, 30))
    assert len(tree) == VINTAGES[year]
    assert tree.problems == ()
    assert len(tree.levels) - 1 == 4
    assert (tree.parent < range(len(tree))).all()
    tiers = [sum(code.count(".") == d for code in codes(year)) for d in range(4)]
    assert [b - a for a, b in zip(tree.levels, tree.levels[1:], strict=False)] == tiers


def test_a_subtree_is_what_shares_the_code(edges: list[Edge], names: dict[str, int]) -> None:
    tree = tree_as_of(edges, date(2025, 6, 30))
    below = {names[c] for c in codes(2025) if c == "11.01" or c.startswith("11.01.")}
    assert set(subtree(tree, names["11.01"])) == below
    assert ancestors(tree, names["11.01.01"]) == (names["11.01"], names["11"])
    assert path_of(tree, names["11.01.01"]).startswith(path_of(tree, names["11.01"]))
