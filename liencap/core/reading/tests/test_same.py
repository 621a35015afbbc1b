"""The same text gives the same reading in every process, whatever its seed, clock, zone, tongue and folder."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
GOLD = Path(__file__).parent / "gold"
READ = """
import json, socket, sys, time

def refuse(*_args, **_more):
    raise AssertionError("the reader asked for the clock or the network")

from liencap.core.reading import read_document
from pathlib import Path
read_document(b"1. Giao So Y te chu tri.", "warm.txt")
time.time = time.localtime = time.monotonic = refuse
socket.socket = refuse
for path in sorted(Path(sys.argv[1]).glob("*.txt")):
    print(json.dumps(read_document(path.read_bytes(), path.name).as_dict(), sort_keys=False))
"""


def reading(tmp_path, **env):
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON", "TZ"))}
    done = subprocess.run(
        [sys.executable, "-c", READ, str(GOLD)], capture_output=True, cwd=tmp_path,
        env={**plain, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **env}, check=True,
    )  # fmt: skip
    return done.stdout


def test_no_seed_zone_locale_or_folder_changes_a_reading(tmp_path):
    one = reading(tmp_path, PYTHONHASHSEED="1", TZ="Asia/Ho_Chi_Minh", LC_ALL="C.UTF-8")
    two = reading(GOLD, PYTHONHASHSEED="4242", TZ="America/Anchorage", LC_ALL="C")
    assert one == two
    assert len(one.splitlines()) == len(list(GOLD.glob("*.txt")))
    assert json.loads(one.splitlines()[0])["tasks"]
