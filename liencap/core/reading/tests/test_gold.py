"""Annotated documents: our own, each value exactly; those beside the project, by the scorer's bars."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from liencap.core.reading import read_text
from liencap.core.reading.exports import to_case

OWN = Path(__file__).parent / "gold"
ROOT = Path(__file__).resolve().parents[4]
SHARED = ROOT.parent / "shared"
BARS = (
    "document=.98,citations=.98,tasks=.97,table_tasks=.98,deadlines=.98,bounds=.95,deadline_task=.95,"
    "responsible=.92,responsible_task=.88"
)
READ = (
    "import json,sys; from liencap.core.reading import read_text; "
    "print(json.dumps(read_text(open(sys.argv[1], encoding='utf-8').read()).as_dict()))"
)


@pytest.mark.parametrize("path", sorted(OWN.glob("*.txt")), ids=lambda path: path.stem)
def test_our_own_document_is_read_as_it_was_annotated(path):
    want = json.loads(path.with_suffix(".json").read_text("utf-8"))
    assert to_case(read_text(path.read_text("utf-8")), path.stem) == want


@pytest.mark.shared
def test_the_six_annotated_documents_reach_the_bars(tmp_path):
    scorer = SHARED / "tools" / "score_reading.py"
    if not scorer.exists():
        pytest.skip("the annotated documents do not stand beside the project")
    script = tmp_path / "read.py"
    script.write_text(READ, encoding="utf-8")
    command = [sys.executable, str(scorer), str(SHARED / "reading/gold"), str(SHARED / "reading/text")]
    done = subprocess.run(
        [*command, "--command", f"{sys.executable} {script}", "--min", BARS],
        capture_output=True, text=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.shared
def test_the_seed_reads_as_it_must():
    path = SHARED / "seeds" / "000_5b986df0c86a1ccc.txt"
    if not path.exists():
        pytest.skip("the seed does not stand beside the project")
    plan = read_text(path.read_text("utf-8"))
    order = ["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám"]
    assert [task.label for task in plan.tasks] == [f"Thứ {word}" for word in order]
    (directions,) = plan.lists
    assert [bool(item.tasks) for item in directions.items] == [True, True, True, False, True]
    assert [p.code for p in plan.problems] == ["direction-without-task"]
    windows = [d for d in plan.deadlines if d.start_date]
    assert [(d.kind, d.start_date, d.end_date) for d in windows] == [
        ("event-window", "2020-01-01", "2020-03-31"),
        ("event-window", "2020-04-01", "2020-06-30"),
        ("event-window", "2020-07-01", "2020-09-30"),
        ("event-window", "2020-10-01", "2020-10-31"),
    ]
    assert [d.event for d in windows][1:3] == ["đại hội cấp cơ sở", "đại hội cấp trên cơ sở"]
    assert plan.document.byline == "Thu Hằng"
    assert plan.document.theme.startswith("Tăng cường khối đại đoàn kết")
    assert [person.name for person in plan.people] == ["Đỗ Ngọc An", "Nguyễn Minh Chung"]
    assert [task.label for task in plan.tasks if task.optional] == ["Thứ bảy"]
    assert max(task.end for task in plan.tasks) < plan.text.index("Thu Hằng")
