"""The compiled loops; importing this costs numba, so only whole-tree work does."""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]

# Above this a product may not fit; the exact way decides.
_PRODUCT_MAX = 9.0e18


def _compiled(function: Callable[..., None]) -> Any:
    """Compile with a cache on disk: beside the source, or NUMBA_CACHE_DIR, or the user's cache folder.

    An account that can write to none of these compiles in each process.
    """
    try:
        return numba.njit(cache=True)(function)
    except RuntimeError:
        return numba.njit(function)


def _sweep(
    parent: Small,
    present: Bytes,
    values: Ints,
    states: Bytes,
    roles: Bytes,
    partners: Small,
    sums: Ints,
    counts: Small,
    flags: Bytes,
) -> None:
    """Add each unit's own cells to its sums, and its sums to its parent's, from below.

    A sum or product that may have wrapped sets the flag of its cell.
    """
    size = values.shape[1]
    for i in range(parent.shape[0] - 1, -1, -1):
        if present[i]:
            for j in range(size):
                state = states[i, j]
                valued = state == 1 or state == 2
                if valued and (states[i, partners[j]] == 1 or states[i, partners[j]] == 2):
                    counts[i, j] += 1
                    amount = values[i, j]
                    if roles[j] == 2:
                        other = values[i, partners[j]]
                        if abs(float(amount) * float(other)) > _PRODUCT_MAX:
                            flags[j] = 1
                        amount = amount * other
                    if roles[j] != 0:
                        before = sums[i, j]
                        after = before + amount
                        if ((before ^ after) & (amount ^ after)) < 0:
                            flags[j] = 1
                        sums[i, j] = after
                elif state == 3:
                    counts[i, 2 * size + j] += 1
                else:
                    counts[i, size + j] += 1
        above = parent[i]
        if above >= 0:
            for j in range(size):
                amount = sums[i, j]
                before = sums[above, j]
                after = before + amount
                if ((before ^ after) & (amount ^ after)) < 0:
                    flags[j] = 1
                sums[above, j] = after
            for j in range(3 * size):
                counts[above, j] += counts[i, j]


def _sweep_counts(parent: Small, counts: Small) -> None:
    """Add each unit's row of counts to its parent's, from below."""
    for i in range(parent.shape[0] - 1, -1, -1):
        above = parent[i]
        if above >= 0:
            for j in range(counts.shape[1]):
                counts[above, j] += counts[i, j]


sweep = _compiled(_sweep)
sweep_counts = _compiled(_sweep_counts)
