"""A third language is added by a folder alone, without a line of the engine."""

import sys

import pytest

import liencap.core.reading as reading
from liencap.core.reading import read_text
from liencap.core.reading.grammar import detect, languages

FOLDER = """
import re
from dataclasses import replace

from liencap.core.reading import en
from liencap.core.reading.outline import Found, LabelRules
from liencap.core.reading.times import Time, day
from liencap.core.reading.view import lazy

MONTHS = ["januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november", "desember"]
LABEL = r"(?P<order>(?:Pertama|Kedua|Ketiga),)"


def recognises(sample):
    return 0.9 if len(re.findall(r"\\b(?:yang|dan|untuk|dengan|oleh)\\b", sample)) > 3 else 0.0


def labels(view, skip):
    for line in view.lines:
        found = lazy(LABEL).match(view.view, line.start, line.end)
        if found:
            text = found.end() + 1
            word = found.group().strip(",")
            yield Found("order", ["Pertama", "Kedua", "Ketiga"].index(word) + 1, word, line.start, text)


def times(low, start, end, year):
    for found in lazy(r"paling lambat (?P<d>\\d{1,2}) (?P<m>" + "|".join(MONTHS) + r") (?P<y>\\d{4})").finditer(low, start, end):
        last = day(int(found["y"]), MONTHS.index(found["m"]) + 1, int(found["d"]))
        yield Time(found.start(), found.end(), None, last, "by")


GRAMMAR = replace(
    en.GRAMMAR, language="id", recognises=recognises, labels=labels, times=times,
    rules=lambda: LabelRules(lazy(LABEL), lazy("(?!)"), {"order": 3}, frozenset(), frozenset()),
    line_start=lambda: lazy(LABEL),
)
"""
TEXT = """Rencana kerja koperasi

Dewan koperasi menetapkan tugas yang akan dijalankan dengan anggota dan untuk cabang:

Pertama, mendata anggota yang aktif paling lambat 31 Maret 2026.

Kedua, melatih pengurus cabang dengan bantuan pusat dan oleh dinas.
"""


@pytest.fixture
def third(tmp_path, monkeypatch):
    (tmp_path / "id").mkdir()
    (tmp_path / "id" / "__init__.py").write_text(FOLDER, encoding="utf-8")
    monkeypatch.setattr(reading, "__path__", [*reading.__path__, str(tmp_path)])
    yield
    sys.modules.pop("liencap.core.reading.id", None)


def test_a_language_is_a_folder(third):
    assert languages() == ["en", "id", "vi"]
    plan = read_text(TEXT)
    assert plan.language == "id"
    assert [task.label for task in plan.tasks] == ["Pertama", "Kedua"]
    assert [(d.end_date, d.bound, d.task) for d in plan.deadlines] == [("2026-03-31", "by", "Pertama")]


def test_the_others_read_their_own_texts_as_before(third):
    assert detect("Kế hoạch của Ban Thường vụ") == "vi"
    assert detect("The Board shall report by June 2026.") == "en"
