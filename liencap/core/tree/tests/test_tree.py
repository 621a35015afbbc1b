"""The tree of a day out of dated edges."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liencap.core.text import next_prefix
from liencap.core.tree import ancestors, path_of, path_step, subtree, tree_as_of
from liencap.core.tree.values import Edge, Tree, TreeProblem

DAY = date(2025, 7, 1)
BEFORE = date(2025, 6, 30)
START = date(2020, 1, 1)

# 1 ┬ 2 ┬ 4        on 1 July 2025 unit 5 moves from 2 to 3, 4 closes and 6 opens.
#   │   └ 5
#   └ 3 ─ (5, 6)
MOVES = [
    Edge(1, None, START),
    Edge(2, 1, START),
    Edge(3, 1, START),
    Edge(4, 2, START, DAY),
    Edge(5, 2, START, DAY),
    Edge(5, 3, DAY),
    Edge(6, 3, DAY),
]


def test_a_move_shows_from_its_day_on() -> None:
    old, new = tree_as_of(MOVES, BEFORE), tree_as_of(MOVES, DAY)
    assert ancestors(old, 5) == (2, 1)
    assert ancestors(new, 5) == (3, 1)
    assert old.units.tolist() == [1, 2, 3, 4, 5]
    assert new.units.tolist() == [1, 2, 3, 5, 6]
    assert new.parent.tolist() == [-1, 0, 0, 2, 2]
    assert new.depth.tolist() == [0, 1, 1, 2, 2]
    assert new.levels == (0, 1, 3, 5)
    assert old.problems == new.problems == ()


def test_nothing_stands_before_the_first_edge() -> None:
    tree = tree_as_of(MOVES, date(2019, 12, 31))
    assert (len(tree), tree.levels, tree.problems) == (0, (0,), ())


def test_subtree_holds_the_unit_and_all_below() -> None:
    tree = tree_as_of(MOVES, DAY)
    assert subtree(tree, 1) == (1, 2, 3, 5, 6)
    assert subtree(tree, 3) == (3, 5, 6)
    assert subtree(tree, 6) == (6,)
    with pytest.raises(KeyError):
        subtree(tree, 4)


def test_siblings_stand_together_and_plain_tuples_serve() -> None:
    rows = [(10, None, START, None), (20, 10, START, None), (11, 10, START, None)]
    rows += [(30, 11, START, None), (12, 20, START, None), (13, 11, START, None)]
    assert tree_as_of(rows, DAY).units.tolist() == [10, 11, 20, 13, 30, 12]


@pytest.mark.parametrize(
    ("edges", "placed", "problems"),
    [
        ([(1, None), (2, 9), (3, 2)], [1], {("orphan", 2, 9), ("cut_off", 3, 2)}),
        ([(1, None), (2, 2)], [1], {("cycle", 2, 2)}),
        (
            [(1, None), (2, 4), (3, 2), (4, 3), (5, 4), (6, 5)],
            [1],
            {("cycle", 2, 4), ("cycle", 3, 2), ("cycle", 4, 3), ("cut_off", 5, 4), ("cut_off", 6, 5)},
        ),
        ([(1, 2), (2, 1)], [], {("cycle", 1, 2), ("cycle", 2, 1)}),
        ([(1, None), (2, None), (3, 2)], [1, 2, 3], set()),
    ],
)
def test_what_cannot_stand_is_named(
    edges: list[tuple[int, int | None]], placed: list[int], problems: set[tuple[str, int, int]]
) -> None:
    tree = tree_as_of([Edge(unit, parent, START) for unit, parent in edges], DAY)
    assert tree.units.tolist() == placed
    assert set(tree.problems) == problems


def test_of_two_placements_on_a_day_the_later_holds() -> None:
    edges = [Edge(1, None, START), Edge(2, None, START), Edge(3, 1, DAY), Edge(3, 2, START)]
    tree = tree_as_of(edges, DAY)
    assert ancestors(tree, 3) == (1,)
    assert tree.problems == (TreeProblem("overlap", 3, 2),)


@pytest.mark.parametrize("unit", [0, -1, 1 << 32])
def test_an_id_that_does_not_fit_a_step_is_refused(unit: int) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        path_step(unit)


def test_path_is_fixed_width_from_the_root() -> None:
    tree = tree_as_of([Edge(1, None, START), Edge(258, 1, START)], DAY)
    assert path_of(tree, 258) == b"\0\0\0\1\0\0\1\2"


@st.composite
def forests(draw: st.DrawFn) -> tuple[list[Edge], random.Random]:
    size = draw(st.integers(1, 40))
    rng = draw(st.randoms(use_true_random=False))
    names = list(range(1, size + 1))
    rng.shuffle(names)
    edges = []
    for i, unit in enumerate(names):
        parent = None if i == 0 or rng.random() < 0.1 else names[rng.randrange(i)]
        edges.append(Edge(unit, parent, START + timedelta(days=rng.randrange(100))))
    rng.shuffle(edges)
    return edges, random.Random(draw(st.integers(0, 999)))


def check_laws(tree: Tree) -> None:
    places = range(len(tree))
    assert all(int(tree.parent[i]) < i for i in places)
    assert all(int(tree.depth[i]) == len(ancestors(tree, int(tree.units[i]))) for i in places)
    assert tree.levels[-1] == len(tree)


@given(forests())
def test_any_forest_stands_parents_first_whatever_the_order_of_edges(
    forest: tuple[list[Edge], random.Random],
) -> None:
    edges, rng = forest
    tree = tree_as_of(edges, DAY)
    check_laws(tree)
    assert len(tree) == len(edges)
    again = edges[:]
    rng.shuffle(again)
    assert tree_as_of(again, DAY).units.tolist() == tree.units.tolist()


@given(forests())
def test_a_path_range_is_the_subtree(forest: tuple[list[Edge], random.Random]) -> None:
    tree = tree_as_of(forest[0], DAY)
    paths = {int(u): path_of(tree, int(u)) for u in tree.units}
    for unit, path in paths.items():
        end = next_prefix(path)
        assert end is not None
        assert {u for u, p in paths.items() if path <= p < end} == set(subtree(tree, unit))


@given(st.lists(st.tuples(st.integers(1, 12), st.none() | st.integers(1, 14)), max_size=30))
def test_every_edge_is_placed_or_named(rows: list[tuple[int, int | None]]) -> None:
    tree = tree_as_of([Edge(unit, parent, START) for unit, parent in rows], DAY)
    check_laws(tree)
    overlaps = [p for p in tree.problems if p.code == "overlap"]
    assert len(tree) + len(tree.problems) == len(rows)
    assert len({unit for unit, _ in rows}) == len(rows) - len(overlaps)
