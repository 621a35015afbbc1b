"""Write a unit's way from the root as bytes, so that a subtree is one index range.

Steps are of one width and big-endian: bytewise order is the order of ids on every database, and the
subtree of a path is the range from it up to `liencap.core.text.next_prefix`.
"""

from __future__ import annotations

from liencap.core.tree.values import Tree
from liencap.core.tree.walking import ancestors

STEP_BYTES = 4


def path_step(unit: int) -> bytes:
    """Write one id as four bytes; an id that does not fit raises ValueError."""
    if not 0 < unit < 1 << (8 * STEP_BYTES):
        raise ValueError(f"unit id {unit} does not fit a path step")
    return unit.to_bytes(STEP_BYTES, "big")


def path_of(tree: Tree, unit: int) -> bytes:
    """Write the steps from the root down to a unit, its own the last."""
    return b"".join(path_step(u) for u in (*reversed(ancestors(tree, unit)), unit))
