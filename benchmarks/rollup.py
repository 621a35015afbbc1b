"""Total 300,000 units over several periods, against NumPy, DuckDB, Polars and SQLite level by level.

Every peer gets the figures in the shape it likes best before its clock starts, takes turns with ours,
and must return the same sums and counts. Ratios are its best time over our best time.
"""

import sqlite3
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np

from liencap.core.rollup import Layout, Measure
from liencap.core.rollup.sweep import sweep_arrays
from liencap.core.tree import tree_as_of
from liencap.core.tree.values import Edge, Tree

UNITS, CELLS, ROUNDS, SEED = 300_000, 4, 3, 20_25
DAYS = (date(2025, 6, 30), date(2025, 12, 31))
LAYOUT = Layout(tuple(Measure(f"m{j}", signed=True) for j in range(CELLS)))
NAMES = [f"v{j}" for j in range(CELLS)]
COUNTS = [f"n{j}" for j in range(CELLS)]

Result = list[tuple[np.ndarray, np.ndarray]]
Run = Callable[[], Result]


def make_trees() -> list[Tree]:
    """Build two trees of five tiers; a hundredth of the units moves in mid-year."""
    rng = np.random.default_rng(SEED)
    sizes = [1, 34, 700, 11_000]
    bounds = np.cumsum([0, *sizes, UNITS - sum(sizes)]) + 1
    start, move = date(2020, 1, 1), date(2025, 7, 1)
    edges = [Edge(1, None, start)]
    for tier in range(1, len(bounds) - 1):
        for unit in range(bounds[tier], bounds[tier + 1]):
            old, new = (int(p) for p in rng.integers(bounds[tier - 1], bounds[tier], 2))
            if rng.random() < 0.01:
                edges += [Edge(unit, old, start, move), Edge(unit, new, move)]
            else:
                edges.append(Edge(unit, old, start))
    begun = time.perf_counter()
    trees = [tree_as_of(edges, day) for day in DAYS]
    print(f"trees of {UNITS:,} units: {time.perf_counter() - begun:.3f} s for {len(trees)}")
    return trees


def make_figures(trees: list[Tree]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Draw amounts and states for every unit that reported; some cells are blank."""
    rng = np.random.default_rng(SEED + 1)
    made = []
    for tree in trees:
        states = rng.choice(np.array([0, 1, 3], np.uint8), (len(tree), CELLS), p=[0.1, 0.85, 0.05])
        values = rng.integers(-(10**9), 10**9, (len(tree), CELLS))
        made.append((np.where(states == 1, values, 0), states))
    return made


def ours(trees: list[Tree], data: list[tuple[np.ndarray, np.ndarray]]) -> Run:
    """Total with the kernel of the house."""

    columns = [tuple(np.ascontiguousarray(array.T) for array in pair) for pair in data]

    def run() -> Result:
        result = []
        for tree, (values, states) in zip(trees, columns, strict=True):
            sums, valued, _, _ = sweep_arrays(LAYOUT, tree.parent, values, states)
            result.append((sums.T, valued.T))
        return result

    return run


def numpy_reduceat(trees: list[Tree], data: list[tuple[np.ndarray, np.ndarray]]) -> Run:
    """Total tier by tier; siblings stand together, as reduceat needs them."""

    def run() -> Result:
        result = []
        for tree, (values, states) in zip(trees, data, strict=True):
            sums, counts = values.copy(), (states == 1).astype(np.int32)
            for depth in range(len(tree.levels) - 2, 0, -1):
                tier = slice(tree.levels[depth], tree.levels[depth + 1])
                parents = tree.parent[tier]
                starts = np.flatnonzero(np.r_[True, parents[1:] != parents[:-1]])
                sums[parents[starts]] += np.add.reduceat(sums[tier], starts)
                counts[parents[starts]] += np.add.reduceat(counts[tier], starts)
            result.append((sums, counts))
        return result

    return run


def rows_of(trees: list[Tree], data: list[tuple[np.ndarray, np.ndarray]]) -> dict[str, np.ndarray]:
    """Write the figures as columns: period, place, parent, depth, then amounts and counts."""
    rows: dict[str, list[np.ndarray]] = {}
    for period, (tree, (values, states)) in enumerate(zip(trees, data, strict=True)):
        columns = {
            "period": np.full(len(tree), period, np.int32),
            "place": np.arange(len(tree), dtype=np.int32),
            "parent": tree.parent,
            "depth": tree.depth,
            **{name: values[:, j] for j, name in enumerate(NAMES)},
            **{name: (states[:, j] == 1).astype(np.int64) for j, name in enumerate(COUNTS)},
        }
        for name, column in columns.items():
            rows.setdefault(name, []).append(np.ascontiguousarray(column))
    return {name: np.concatenate(parts) for name, parts in rows.items()}


def level_sql(depth: int, whole: str) -> str:
    """Total one tier: its own rows and the totals of the tier below."""
    both = ", ".join(f"b.{c} + coalesce(s.{c}, 0) AS {c}" for c in NAMES + COUNTS)
    sums = ", ".join(f"{whole.format(c)} AS {c}" for c in NAMES + COUNTS)
    return (
        f"CREATE TEMP TABLE t{depth} AS SELECT b.period, b.place, b.parent, {both} FROM figures b LEFT JOIN "
        f"(SELECT period, parent AS above, {sums} FROM t{depth + 1} GROUP BY period, parent) s "
        f"ON s.period = b.period AND s.above = b.place WHERE b.depth = {depth}"
    )


def by_level(execute: Callable[[str], Any], depths: int, whole: str) -> list[str]:
    """Make a table a tier from below; return their names."""
    columns = ", ".join(NAMES + COUNTS)
    first = f"SELECT period, place, parent, {columns} FROM figures WHERE depth = {depths - 1}"
    execute(f"CREATE TEMP TABLE t{depths - 1} AS {first}")
    for depth in range(depths - 2, -1, -1):
        execute(level_sql(depth, whole))
    return [f"t{depth}" for depth in range(depths)]


def as_result(columns: dict[str, np.ndarray]) -> Result:
    """Put rows in any order back into arrays by period and place."""
    result = []
    for period in range(len(DAYS)):
        mine = columns["period"] == period
        order = np.argsort(columns["place"][mine])
        pick = [np.stack([columns[c][mine][order] for c in names], 1) for names in (NAMES, COUNTS)]
        result.append((pick[0].astype(np.int64), pick[1].astype(np.int32)))
    return result


def duckdb_levels(rows: dict[str, np.ndarray], depths: int) -> Run:
    """Total in DuckDB with its own threads, the figures loaded before."""
    import duckdb

    base = duckdb.connect()
    base.register("given", rows)
    base.execute("CREATE TABLE figures AS SELECT * FROM given")

    def run() -> Result:
        for depth in range(depths):
            base.execute(f"DROP TABLE IF EXISTS t{depth}")
        tables = by_level(base.execute, depths, "sum({})::BIGINT")
        union = " UNION ALL ".join(f"SELECT * FROM {name}" for name in tables)
        return as_result(base.execute(union).fetchnumpy())

    return run


def polars_levels(rows: dict[str, np.ndarray], depths: int) -> Run:
    """Total in Polars, one frame a tier made before."""
    import polars as pl

    frame = pl.DataFrame(rows)
    tiers = [frame.filter(pl.col("depth") == depth).drop("depth") for depth in range(depths)]
    columns = NAMES + COUNTS

    def run() -> Result:
        done = [tiers[-1]]
        for tier in reversed(tiers[:-1]):
            sums = done[-1].group_by("period", "parent").agg(pl.col(columns).sum())
            sums = sums.rename({"parent": "place"})
            both = tier.join(sums, on=["period", "place"], how="left", suffix="_below")
            done.append(
                both.select(
                    "period",
                    "place",
                    "parent",
                    *[pl.col(c) + pl.col(f"{c}_below").fill_null(0) for c in columns],
                )
            )
        whole = pl.concat(done)
        return as_result({name: whole[name].to_numpy() for name in ("period", "place", *columns)})

    return run


def sqlite_levels(rows: dict[str, np.ndarray], depths: int) -> Run:
    """Total in SQLite, in memory, the figures loaded and indexed before."""
    base = sqlite3.connect(":memory:")
    names = ", ".join(rows)
    base.execute(f"CREATE TABLE figures ({names})")
    marks = ", ".join("?" * len(rows))
    base.executemany(
        f"INSERT INTO figures VALUES ({marks})", zip(*(c.tolist() for c in rows.values()), strict=True)
    )
    base.execute("CREATE INDEX by_depth ON figures (depth, period, place)")
    base.execute("ANALYZE")

    def run() -> Result:
        for depth in range(depths):
            base.execute(f"DROP TABLE IF EXISTS t{depth}")
        tables = by_level(base.execute, depths, "sum({})")
        columns = ["period", "place", *NAMES, *COUNTS]
        picked = " UNION ALL ".join(f"SELECT {', '.join(columns)} FROM {name}" for name in tables)
        found = np.array(base.execute(picked).fetchall(), np.int64)
        return as_result({name: found[:, place] for place, name in enumerate(columns)})

    return run


def same(one: Result, other: Result) -> bool:
    """Compare sums and counts of every unit, cell and period."""
    return all(
        np.array_equal(a, b) for x, y in zip(one, other, strict=True) for a, b in zip(x, y, strict=True)
    )


def clocked(run: Run) -> tuple[float, Result]:
    """Time one run."""
    begun = time.perf_counter()
    result = run()
    return time.perf_counter() - begun, result


def main() -> int:
    """Run ours and each peer in turns; print the ratios last."""
    trees = make_trees()
    data = make_figures(trees)
    rows, depths = rows_of(trees, data), len(trees[0].levels) - 1
    house = ours(trees, data)
    house()  # the kernel is compiled or loaded before any clock starts
    peers: dict[str, Callable[[], Run]] = {
        "numpy-reduceat": lambda: numpy_reduceat(trees, data),
        "duckdb": lambda: duckdb_levels(rows, depths),
        "polars": lambda: polars_levels(rows, depths),
        "sqlite": lambda: sqlite_levels(rows, depths),
    }
    bars, wrong = [], 0
    for name, make in peers.items():
        try:
            peer = make()
        except ImportError as error:
            print(f"peer {name} is missing: {error}")
            continue
        best_ours = best_peer = float("inf")
        for _ in range(1 if name == "sqlite" else ROUNDS):
            seconds, mine = clocked(house)
            best_ours = min(best_ours, seconds)
            seconds, theirs = clocked(peer)
            best_peer = min(best_peer, seconds)
            if not same(mine, theirs):
                print(f"peer {name} returned another result")
                wrong += 1
        print(f"{name}: {best_peer:.3f} s, ours {best_ours:.3f} s, {len(rows['place']) * CELLS:,} figures")
        bars.append(f"BAR rollup-{name} {best_peer / best_ours:.1f}")
    print("\n".join(bars))
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
