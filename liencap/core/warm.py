"""Compile the kernels into their cache, so that no request and no job waits for it.

Run as `python -m liencap.core.warm`. The cache stands beside the source; where that cannot be written
numba takes the user's cache folder, or the folder that NUMBA_CACHE_DIR names.
"""

import sys


def warm() -> bool:
    """Run each kernel once on a tree of two units; return whether all came from the cache."""
    import numpy as np

    from liencap.core.rollup.kernels import sweep, sweep_counts
    from liencap.core.rollup.layout import Layout, Measure
    from liencap.core.rollup.sweep import sweep_arrays

    parent = np.array([-1, 0], np.int32)
    ones = np.ones((2, 1), np.int64)
    marks = np.ones((2, 1), np.uint8)
    sums, _, _ = sweep_arrays(Layout((Measure("one"),)), parent, marks[:, 0].copy(), ones, marks)
    assert sums[0, 0] == 2
    sweep_counts(parent, np.ones((2, 1), np.int32))
    return not any(kernel.stats.cache_misses for kernel in (sweep, sweep_counts))


if __name__ == "__main__":
    cached = warm()
    sys.stdout.write("Kernels were compiled already.\n" if cached else "Kernels are compiled.\n")
