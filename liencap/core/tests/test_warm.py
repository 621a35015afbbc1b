"""Compiling ahead of the first request."""

import os
import subprocess
import sys
from pathlib import Path


def test_warming_twice_compiles_once(tmp_path: Path) -> None:
    env = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    said = [
        subprocess.run(
            [sys.executable, "-m", "liencap.core.warm"], env=env, capture_output=True, text=True, check=True
        ).stdout
        for _ in range(2)
    ]
    assert said == ["Kernels are compiled.\n", "Kernels were compiled already.\n"]
    assert list(tmp_path.rglob("*.nbc"))
