"""Run every benchmark in an environment of its own, where the peers are installed."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv-bench"
PYTHON = FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PINS = ROOT / "requirements" / "bench.txt"


def prepare() -> None:
    """Make .venv-bench when it is absent or older than its pins."""
    mark = FOLDER / ".installed"
    if mark.exists() and mark.stat().st_mtime >= PINS.stat().st_mtime:
        return
    print("Installing the benchmarks' peers into .venv-bench", flush=True)
    subprocess.run([sys.executable, "-m", "venv", str(FOLDER)], check=True)
    install = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, "--require-hashes", "-r", str(PINS)], check=True)
    mark.touch()


def main(names: list[str]) -> int:
    """Run the benchmarks that are named, or all; return how many failed."""
    prepare()
    files = sorted((ROOT / "benchmarks").glob("*.py"))
    failed = 0
    for file in files:
        if names and file.stem not in names:
            continue
        print(f"== {file.stem}", flush=True)
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        failed += subprocess.run([str(PYTHON), str(file)], cwd=ROOT, env=env, check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
