"""Small figures are kept back, and none of them can be computed from what is shown."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from liencap.core.rollup.cells import HIDDEN, SMALL, YES, Shown, paper, parts, top

SIGNS = {"y": YES, "s": SMALL, "h": HIDDEN}


def decided(total: Shown, numbers: list[int]) -> str:
    found = parts(total, {place: Decimal(n) for place, n in enumerate(numbers)})
    return "".join(shown.name[0].lower() for shown in found.values())


@pytest.mark.parametrize(
    ("total", "numbers", "expected"),
    [
        ("y", [], ""),
        ("y", [12, 30, 0], "yyy"),
        ("y", [3, 20, 30], "shy"),  # the next smallest goes with it
        ("y", [30, 20, 3], "yhs"),
        ("y", [3, 0, 20], "syh"),  # a zero says nothing and hides nothing
        ("y", [3, 4, 20], "ssy"),
        ("y", [9, 9, 20], "ssh"),  # both at their most: their sum would tell them
        ("y", [1, 1, 20], "ssh"),
        ("y", [9, 9], "hh"),  # nothing left to hide: they are not called small
        ("y", [1] * 10, "h" * 10),
        ("y", [20], "y"),
        ("s", [4], "s"),  # the total by another name
        ("s", [4, 3], "hh"),
        ("h", [40, 20, 30], "yhy"),  # their sum would tell the total
        ("h", [40, 2, 3], "yhh"),
        ("h", [40], "h"),
    ],
)
def test_parts_of_a_total(total: str, numbers: list[int], expected: str) -> None:
    assert decided(SIGNS[total], numbers) == expected


@pytest.mark.parametrize(
    ("total", "own", "on_paper", "expected"),
    [
        (40, 0, False, YES),
        (5, 5, False, YES),  # one's own figure
        (5, 5, True, SMALL),  # but others read the paper
        (9, 0, False, SMALL),
        (10, 0, False, YES),
        (0, 0, True, YES),
        (23, 20, False, HIDDEN),  # what is left of it is small
        (7, 3, False, HIDDEN),  # that fewer than ten are meant would bound what is left
        (9, 8, True, HIDDEN),
    ],
)
def test_the_total_at_the_top(total: int, own: int, on_paper: bool, expected: Shown) -> None:
    assert top(Decimal(total), Decimal(own), paper=on_paper) is expected


@dataclass
class Node:
    """A unit with its own figure, the units below, and what was decided of both its cells."""

    own: int
    below: list["Node"] = field(default_factory=list)
    of_own: Shown = YES
    of_all: Shown = YES

    @property
    def all(self) -> int:
        return self.own + sum(node.all for node in self.below)


def trees(depth: int = 3) -> st.SearchStrategy[Node]:
    figure = st.one_of(st.integers(0, 12), st.integers(0, 60))
    leaves = st.builds(Node, figure)
    if not depth:
        return leaves
    return st.builds(Node, figure, st.lists(trees(depth - 1), max_size=4))


def decide(root: Node, on_paper: bool) -> None:
    root.of_all = top(Decimal(root.all), Decimal(root.own), paper=on_paper)
    below = {place: Decimal(node.all) for place, node in enumerate(root.below)}
    if on_paper:
        root.of_own, found = paper(root.of_all, Decimal(root.own), below)
    else:
        found = parts(root.of_all, below)
    for place, node in enumerate(root.below):
        node.of_all = found[place]
        descend(node)


def descend(node: Node) -> None:
    numbers = {-1: Decimal(node.own)} | {i: Decimal(one.all) for i, one in enumerate(node.below)}
    found = parts(node.of_all, numbers)
    node.of_own = found[-1]
    for place, one in enumerate(node.below):
        one.of_all = found[place]
        descend(one)


Range = tuple[float, float]


def known(value: int, shown: Shown) -> Range:
    return (value, value) if shown is YES else (1, 9) if shown is SMALL else (0, math.inf)


def upward(node: Node, ranges: dict[tuple[int, str], Range]) -> Range:
    """Bound a total by its parts and by what is said of itself."""
    terms = [known(node.own, node.of_own), *(upward(one, ranges) for one in node.below)]
    low, high = known(node.all, node.of_all)
    ranges[id(node), "own"] = terms[0]
    ranges[id(node), "all"] = max(low, sum(t[0] for t in terms)), min(high, sum(t[1] for t in terms))
    return ranges[id(node), "all"]


def downward(node: Node, ranges: dict[tuple[int, str], Range]) -> Iterator[tuple[Shown, Range]]:
    """Bound each part by the total and the other parts; in a tree of sums these bounds are reached."""
    low, high = ranges[id(node), "all"]
    yield node.of_all, (low, high)
    keys = [(id(node), "own"), *((id(one), "all") for one in node.below)]
    had = [ranges[key] for key in keys]
    for place, key in enumerate(keys):
        others = [one for at, one in enumerate(had) if at != place]
        most, least = sum(one[1] for one in others), sum(one[0] for one in others)
        ranges[key] = max(had[place][0], low - most), min(had[place][1], high - least)
    yield node.of_own, ranges[id(node), "own"]
    for one in node.below:
        yield from downward(one, ranges)


def told(root: Node) -> list[tuple[Shown, Range]]:
    """Return the cells that are kept back and nevertheless have one value only."""
    ranges: dict[tuple[int, str], Range] = {}
    upward(root, ranges)
    return [one for one in downward(root, ranges) if one[0] is not YES and one[1][0] == one[1][1]]


def small_and_shown(node: Node, top_of_all: bool = False) -> bool:
    return (
        (0 < node.own < 10 and node.of_own is YES and not top_of_all)
        or (0 < node.all < 10 and node.of_all is YES and (not top_of_all or node.own == 0))
        or any(small_and_shown(one) for one in node.below)
    )


@settings(max_examples=600, deadline=None)
@given(trees())
@example(Node(8, [Node(1)]))
def test_nothing_kept_back_can_be_computed_by_the_unit_at_the_top(root: Node) -> None:
    decide(root, on_paper=False)
    assert not small_and_shown(root, top_of_all=True)
    assert not told(root)


@settings(max_examples=600, deadline=None)
@given(trees())
def test_nothing_on_paper_can_be_computed_by_those_who_read_it(root: Node) -> None:
    decide(root, on_paper=True)
    assert not small_and_shown(root)
    assert not told(root)


@settings(max_examples=400, deadline=None)
@given(trees(1))
@example(Node(8, [Node(1)]))
def test_nor_by_the_unit_that_knows_its_own_part_of_the_paper(root: Node) -> None:
    decide(root, on_paper=True)
    root.of_own = YES
    ranges: dict[tuple[int, str], Range] = {}
    upward(root, ranges)
    small = [*downward(root, ranges)]
    # A large figure that was hidden beside the unit's own small one is no secret from the unit itself.
    kept = [one for shown, one in small[1:] if shown is not YES]
    assert not [one for one in kept if one[0] == one[1] and one[0] < 10]


def test_the_solver_finds_a_lonely_gap() -> None:
    root = Node(0, [Node(3, of_own=SMALL, of_all=SMALL), Node(20)])
    assert told(root)
