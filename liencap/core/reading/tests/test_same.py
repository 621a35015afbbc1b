"""The same text gives the same reading in every process, whatever its seed, clock, zone, tongue and folder."""

import json
import os
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

from liencap.core.reading.formats.tests.test_same_reading import as_docx, as_html

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


ALONE = """
import sys
sys.path.append(sys.argv[1])
from liencap.core.reading import read_document
for name in sys.argv[2:]:
    plan = read_document(open(name, "rb").read(), name)
    print(len(plan.tasks))
"""


def test_text_word_and_web_pages_need_nothing_but_python(tmp_path):
    text = (GOLD / "nghi-quyet-dang-uy.txt").read_text("utf-8")
    files = {"a.txt": text.encode(), "a.docx": as_docx(text), "a.html": as_html(text)}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    command = [sys.executable, "-I", "-S", "-c", ALONE, str(ROOT), *(str(tmp_path / name) for name in files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["3", "3", "3"]


def test_what_reading_pdf_needs_besides_stays_small():
    files = distribution("pypdfium2").files or []
    assert files
    assert sum(file.locate().stat().st_size for file in files if file.locate().is_file()) < 120_000_000
