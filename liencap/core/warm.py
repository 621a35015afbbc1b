"""Compile the kernels into their cache, so that no request and no job waits for it.

Run as `python -m liencap.core.warm`. The cache stands beside the source; where that cannot be written
numba takes the user's cache folder, or the folder that NUMBA_CACHE_DIR names.
"""

import sys


def warm() -> bool:
    """Run each kernel once on a tree of two units; return whether all came from the cache."""
    import numpy as np

    from liencap.core.rollup.kernels import KERNELS, sweep_counts
    from liencap.core.rollup.layout import Layout, Measure
    from liencap.core.rollup.sweep import sweep_arrays

    parent = np.array([-1, 0], np.int32)
    layout = Layout((Measure("one"), Measure("two", ("value", "weight"), tree_axis="weighted")))
    ones = np.ones((3, 2), np.int64)
    sums, *_ = sweep_arrays(layout, parent, ones, ones.astype(np.uint8))
    assert sums[:, 0].tolist() == [2, 2, 2]
    sweep_counts(parent, np.ones((2, 1), np.int32))
    return not any(kernel.stats.cache_misses for kernel in KERNELS)


if __name__ == "__main__":
    cached = warm()
    sys.stdout.write("Kernels were compiled already.\n" if cached else "Kernels are compiled.\n")
