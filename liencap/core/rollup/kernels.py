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
# A cell's absolute amounts are summed without these low bits, so that the sum itself cannot wrap.
_BULK_BITS = 24
_BULK_MAX = 1 << (63 - _BULK_BITS)


def _compiled(function: Callable[..., object]) -> Any:
    """Compile with a cache on disk: beside the source, or NUMBA_CACHE_DIR, or the user's cache folder.

    An account that can write to none of these compiles in each process.
    """
    try:
        return numba.njit(cache=True)(function)
    except RuntimeError:
        return numba.njit(function)


def _own(values: Ints, states: Bytes, adds: bool, sums: Ints, valued: Small, skipped: Small) -> int:
    """Write each unit's own amount and counts; return the bulk of the amounts.

    Masks and no branches, so that the compiler can take several units in one step.
    """
    mask = -1 if adds else 0
    bulk = 0
    for i in range(values.shape[0]):
        says = np.int64(states[i] == 1) | np.int64(states[i] == 2)
        amount = values[i] & -says & mask
        sums[i] = amount
        valued[i] = says
        skipped[i] = states[i] == 3
        bulk += (amount ^ (amount >> 63)) >> _BULK_BITS
    return int(bulk + values.shape[0])


def _own_pair(
    values: Ints,
    states: Bytes,
    others: Ints,
    other_states: Bytes,
    product: bool,
    sums: Ints,
    valued: Small,
    skipped: Small,
) -> int:
    """Do as `_own` for a cell that counts only with its other half; a product takes that as a factor."""
    bulk = 0
    for i in range(values.shape[0]):
        whole = (states[i] == 1 or states[i] == 2) and (other_states[i] == 1 or other_states[i] == 2)
        amount = values[i] if whole else 0
        if product and whole:
            if abs(float(amount) * float(others[i])) > _PRODUCT_MAX:
                bulk = _BULK_MAX
            amount = amount * others[i]
        sums[i] = amount
        valued[i] = whole
        skipped[i] = states[i] == 3
        bulk += (amount ^ (amount >> 63)) >> _BULK_BITS
    return int(bulk + values.shape[0])


def _climb(parent: Small, starts: Ints, sums: Ints, valued: Small, skipped: Small) -> None:
    """Add each group of siblings to its parent, from below; the groups begin at `starts`."""
    end = parent.shape[0]
    for k in range(starts.shape[0] - 1, -1, -1):
        start = starts[k]
        above = parent[start]
        if above >= 0:
            total, count, skip = 0, 0, 0
            for i in range(start, end):
                total += sums[i]
                count += valued[i]
                skip += skipped[i]
            sums[above] += total
            valued[above] += count
            skipped[above] += skip
        end = start


def _sweep_counts(parent: Small, counts: Small) -> None:
    """Add each unit's row of counts to its parent's, from below."""
    for i in range(parent.shape[0] - 1, -1, -1):
        above = parent[i]
        if above >= 0:
            for j in range(counts.shape[1]):
                counts[above, j] += counts[i, j]


own = _compiled(_own)
own_pair = _compiled(_own_pair)
climb = _compiled(_climb)
sweep_counts = _compiled(_sweep_counts)
KERNELS = (own, own_pair, climb, sweep_counts)


def sweep(
    parent: Small,
    values: Ints,
    states: Bytes,
    roles: tuple[int, ...],
    partners: tuple[int, ...],
) -> tuple[Ints, Small, Small, list[int]]:
    """Total every cell over the tree: sums, counts of values and of not applicable, cells in doubt.

    A cell is in doubt when all its amounts together may not fit, or a product did not.
    """
    sums = np.empty(values.shape, np.int64)
    valued, skipped = np.empty(values.shape, np.int32), np.empty(values.shape, np.int32)
    starts = np.flatnonzero(np.diff(parent, prepend=np.int32(-2)))
    doubtful = []
    for j, (role, partner) in enumerate(zip(roles, partners, strict=True)):
        if partner == j:
            bulk = own(values[j], states[j], role != 0, sums[j], valued[j], skipped[j])
        else:
            other = (values[partner], states[partner], role == 2)
            bulk = own_pair(values[j], states[j], *other, sums[j], valued[j], skipped[j])
        if bulk >= _BULK_MAX:
            doubtful.append(j)
        climb(parent, starts, sums[j], valued[j], skipped[j])
    return sums, valued, skipped, doubtful
