"""Walk a tree up and down."""

from __future__ import annotations

from liencap.core.tree.values import Tree


def ancestors(tree: Tree, unit: int) -> tuple[int, ...]:
    """List the units above a unit, the nearest first; a unit without a place raises KeyError."""
    above = []
    place = int(tree.parent[tree.place[unit]])
    while place >= 0:
        above.append(int(tree.units[place]))
        place = int(tree.parent[place])
    return tuple(above)


def subtree(tree: Tree, unit: int) -> tuple[int, ...]:
    """List a unit and all below it, parents before children; a unit without a place raises KeyError."""
    import numpy as np

    top = tree.place[unit]
    inside = np.zeros(len(tree), bool)
    inside[top] = True
    for depth in range(int(tree.depth[top]) + 1, len(tree.levels) - 1):
        tier = slice(tree.levels[depth], tree.levels[depth + 1])
        inside[tier] = inside[tree.parent[tier]]
        if not inside[tier].any():
            break
    return tuple(tree.units[inside].tolist())
