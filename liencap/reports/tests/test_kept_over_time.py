"""Whoever looks again and again, and adds up what is declared a sum, still computes no small figure."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from liencap.core.rollup import Layout, Measure
from liencap.core.rollup.cells import HIDDEN, SMALL, YES, Shown, tied
from liencap.core.rollup.checks import Check
from liencap.core.rollup.totals import TotalCell
from liencap.reports.queries.kept import Veil
from liencap.reports.queries.made import Made
from liencap.reports.queries.totals import OWN

ROOT = 1
Figures = tuple[int, ...]
Var = tuple[int, str, int]  # a unit's own figure: unit, indicator, the step at which it was sent


@dataclass(frozen=True)
class Row:
    """Stands for the row that holds a part's figures; another one as soon as anything below changed."""

    pk: int


@dataclass
class World:
    """A tree of units with what each says, step by step; every change is carried to the top at once."""

    parents: list[int]  # of the units 2, 3, …
    said: list[dict[int, Figures]]  # by step, all units
    moment: int
    codes: tuple[str, ...]

    def below(self, unit: int) -> list[int]:
        return [n for n, parent in enumerate(self.parents, ROOT + 1) if parent == unit]

    def within(self, unit: int) -> Iterator[int]:
        yield unit
        for one in self.below(unit):
            yield from self.within(one)

    def line(self, unit: int) -> list[int]:
        return [*self.line(self.parents[unit - ROOT - 1]), unit] if unit != ROOT else [ROOT]

    def sent(self, unit: int, step: int) -> int:
        """Return the step at which a unit said what it says at a step."""
        while step and self.said[step - 1].get(unit) == self.said[step].get(unit):
            step -= 1
        return step

    def sum(self, unit: int, code: str, step: int) -> int:
        at = self.codes.index(code)
        return sum(self.said[step][one][at] for one in self.within(unit) if one in self.said[step])

    def made(self, unit: int, step: int) -> Made:
        held, brought, deep = {}, {}, set()
        if unit in self.said[step]:
            held[OWN] = Row(self.sent(unit, step))
            brought[OWN] = cells({c: self.said[step][unit][at] for at, c in enumerate(self.codes)})
        for one in self.below(unit):
            there = [x for x in self.within(one) if x in self.said[step]]
            if there:
                held[one] = Row(max(self.sent(x, step) for x in there))
                brought[one] = cells({code: self.sum(one, code, step) for code in self.codes})
                if there != [one]:
                    deep.add(one)
        return Made(held, brought, frozenset(deep))


def cells(numbers: dict[str, int]) -> dict[tuple[str, str], TotalCell]:
    return {(code, "value"): TotalCell(code, "value", n, 1, 0, 0) for code, n in numbers.items()}


class Watched(Veil):
    """The veil over such a world at a step, without a database."""

    def __init__(self, world: World, step: int, ties: tuple[frozenset[tuple[str, str]], ...]) -> None:
        self.world, self.step, self.reader, self.on_paper = world, step, ROOT, False
        self.layout = Layout(tuple(Measure(code, personal=True) for code in world.codes))
        self.keys, self.ties = self.layout.personal, ties
        self.bound = frozenset(key for tie in ties for key in tie)
        self._makings, self._bases, self._late, self._levels = {}, {}, {}, {}

    def level(self, unit):
        self._decide([self.world.line(unit)])
        return self._levels[unit]

    def _read(self, units):
        """There is nothing to read."""

    def _official(self, unit):
        return cells({code: self.world.sum(unit, code, self.step) for code in self.world.codes})

    def _made(self, unit, above):
        settled = self.step >= self.world.moment
        return self.world.made(unit, self.world.moment) if settled else None, self.world.made(unit, self.step)


class Known:
    """What an observer of all steps has seen: sums of own figures, and bounds of sums."""

    def __init__(self, world: World, ties: tuple[frozenset[tuple[str, str]], ...]) -> None:
        self.world, self.sums, self.bounds = world, [], []
        for step in range(len(world.said)):
            veil = Watched(world, step, ties)
            for unit in world.within(ROOT):
                level = veil.level(unit)
                for code in world.codes:
                    key, bound = (code, "value"), (code, "value") in veil.bound
                    self.see(world.within(unit), code, step, level.total[key], bound)
                    self.see([unit], code, step, level.parts[key].get(OWN, HIDDEN), bound)
                    for one in world.below(unit):
                        self.see(world.within(one), code, step, level.parts[key].get(one, HIDDEN), bound)
            for unit, figures in world.said[step].items():
                if unit == ROOT:
                    for at, code in enumerate(world.codes):
                        self.sums.append(({self.var(unit, code, step): 1}, figures[at]))
                if ties:  # members are women and men
                    women, men, members = (self.var(unit, code, step) for code in world.codes)
                    self.sums.append(({women: 1, men: 1, members: -1}, 0))

    def var(self, unit: int, code: str, step: int) -> Var:
        return unit, code, self.world.sent(unit, step)

    def see(self, units, code: str, step: int, shown: Shown, bound: bool) -> None:
        there = [unit for unit in units if unit in self.world.said[step]]
        at = self.world.codes.index(code)
        value = sum(self.world.said[step][unit][at] for unit in there)
        terms = {self.var(unit, code, step): 1 for unit in there}
        if terms and (shown is YES or (not value and not bound)):
            self.sums.append((terms, value))
        elif terms and shown is SMALL:
            self.bounds.append(terms)

    def told(self) -> list[tuple[Var, int]]:
        """Return the small figures of other units that can have one value only."""
        values = {
            self.var(unit, code, step): figures[at]
            for step, said in enumerate(self.world.said)
            for unit, figures in said.items()
            for at, code in enumerate(self.world.codes)
        }
        ranges = bounded(list(values), self.sums, self.bounds)
        return [
            (var, n)
            for var, n in values.items()
            if var[0] != ROOT and 0 < n < 10 and var[1] != "members" and ranges[var][0] == ranges[var][1]
        ]


def bounded(names: list[Var], sums, small) -> dict:
    """Bound each figure by what was seen: elimination first, then bounds through every row until nothing moves."""
    columns = [*names, *(("small", n) for n in range(len(small)))]
    place = {name: at for at, name in enumerate(columns)}
    rows = [({place[v]: Fraction(c) for v, c in terms.items()}, Fraction(total)) for terms, total in sums]
    rows += [
        ({**{place[v]: Fraction(1) for v in terms}, place["small", n]: Fraction(-1)}, Fraction(0))
        for n, terms in enumerate(small)
    ]
    low = [Fraction(0)] * len(names) + [Fraction(1)] * len(small)
    high = [math.inf] * len(names) + [Fraction(9)] * len(small)
    rows += eliminated(rows)
    for _round in range(40):
        before = (low[:], high[:])
        for terms, total in rows:
            narrow(terms, total, low, high)
        if before == (low, high):
            break
    return {name: (low[at], high[at]) for name, at in place.items()}


def eliminated(rows):
    """Return the reduced rows of the sums."""
    found = []
    for terms, total in rows:
        terms = dict(terms)
        for pivot, other, value in found:
            if factor := terms.get(pivot, Fraction(0)):
                terms = {k: v for k in {*terms, *other} if (v := terms.get(k, 0) - factor * other.get(k, 0))}
                total -= factor * value
        if not terms:
            continue
        pivot = next(iter(terms))
        scale = terms[pivot]
        terms, total = {k: v / scale for k, v in terms.items()}, total / scale
        for n, (at, other, value) in enumerate(found):
            if factor := other.get(pivot, Fraction(0)):
                reduced = {
                    k: v for k in {*other, *terms} if (v := other.get(k, 0) - factor * terms.get(k, 0))
                }
                found[n] = (at, reduced, value - factor * total)
        found.append((pivot, terms, total))
    return [(terms, total) for _pivot, terms, total in found]


def narrow(terms, total, low, high) -> None:
    """Bound each term of a sum by the others."""
    for at, factor in terms.items():
        least = most = total
        for other, by in terms.items():
            if other != at:
                ends = (by * low[other] if low[other] or by > 0 else 0, by * high[other])
                least, most = least - max(ends), most - min(ends)
        ends = sorted((least / factor, most / factor))
        low[at] = max(low[at], ends[0])
        high[at] = min(high[at], ends[1])


FIGURE = st.one_of(st.integers(0, 12), st.integers(0, 60))


@st.composite
def worlds(draw, codes: tuple[str, ...] = ("women",)) -> World:
    parents = [ROOT]
    for n in range(draw(st.integers(1, 6))):
        parents.append(draw(st.integers(1, min(n + 2, 4))))

    def figures() -> Figures:
        if len(codes) == 1:
            return (draw(FIGURE),)
        women, men = draw(FIGURE), draw(FIGURE)
        return women, men, women + men

    units = range(ROOT, len(parents) + 2)
    said = [{unit: figures() for unit in units if draw(st.booleans()) or unit == ROOT}]
    for _step in range(draw(st.integers(0, 5))):
        said.append({**said[-1], draw(st.sampled_from(units)): figures()})
    return World(parents, said, draw(st.integers(0, len(said) - 1)), codes)


SUMS = tied(
    [(code, "value") for code in ("women", "men", "members")],
    [Check("members", "parts", parts=("women", "men"))],
)


@settings(max_examples=400, deadline=None)
@given(worlds())
@example(World([ROOT, ROOT], [{1: (0,), 2: (20,)}, {1: (0,), 2: (20,), 3: (3,)}], 0, ("women",)))
@example(World([ROOT, ROOT], [{1: (0,), 2: (14,), 3: (20,)}, {1: (0,), 2: (3,), 3: (20,)}], 0, ("women",)))
@example(World([ROOT, ROOT], [{1: (0,), 2: (3,), 3: (20,)}, {1: (0,), 2: (14,), 3: (20,)}], 0, ("women",)))
def test_nobody_who_looks_at_different_times_computes_a_small_figure(world: World) -> None:
    assert not Known(world, ()).told()


@settings(max_examples=400, deadline=None)
@given(worlds(("women", "men", "members")))
@example(
    World([ROOT, ROOT], [{1: (0, 0, 0), 2: (3, 20, 23), 3: (30, 0, 30)}], 0, ("women", "men", "members"))
)
def test_nor_does_whoever_adds_up_what_is_declared_a_sum(world: World) -> None:
    assert not Known(world, SUMS).told()


def test_the_observer_is_not_blind() -> None:
    """What is shown without the rule over time, or without the sums declared, is found by the same arithmetic."""
    world = World([ROOT, ROOT], [{1: (0,), 2: (20,)}, {1: (0,), 2: (20,), 3: (3,)}], 0, ("women",))
    known = Known(world, ())
    known.see([1, 2, 3], "women", 1, YES, False)
    assert known.told() == [((3, "women", 1), 3)]


def test_what_changed_by_what_is_shown_is_shown() -> None:
    world = World(
        [ROOT, ROOT, ROOT],
        [{1: (0,), 2: (20,), 3: (30,)}, {1: (0,), 2: (25,), 3: (30,), 4: (40,)}],
        0,
        ("women",),
    )  # fmt: skip
    level = Watched(world, 1, ()).level(ROOT)
    assert level.total["women", "value"] is YES
    assert {*level.parts["women", "value"].values()} == {YES}


def test_tied_figures_are_found_through_chains_of_sums() -> None:
    keys = [(code, "value") for code in "abcdexy"]
    checks = [Check("a", "parts", parts=("b", "c")), Check("c", "parts", parts=("d",)), Check("x", "range")]
    assert tied(keys, checks) == (frozenset((code, "value") for code in "abcd"),)
