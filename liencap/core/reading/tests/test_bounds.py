"""Texts made to exhaust a reader: read in a time that grows with their length, or refused with a sentence.

Each takes well under a second; a step that grew with the square of the length would take minutes.
"""

import pytest

from liencap.core.reading import read_document, read_text
from liencap.core.reading.formats import UnreadableFile, text

HOSTILE = {
    "labels one after the other": "KẾ HOẠCH\nX\n"
    + "".join(f"{n % 90 + 1}. Việc {n}.\n" for _ in range(30) for n in range(100)),
    "labels inside a line": "KẾ HOẠCH\nX\n1. " + "".join(f"({n}) việc; " for n in range(1, 7_000)),
    "commas": "Giao các sở, " * 10_000,
    "dates": "1. " + "30/6/2026, " * 5_000,
    "the word for a day": "ngày " * 20_000,
    "blanks": "1. a" + " " * 100_000 + "b",
    "empty lines": "\n" * 100_000,
    "bars": "|\n" * 20_000,
    "a row of bars": "|" * 100_000,
    "a law without an end": "Luật A" + " b" * 33_333,
    "congresses": "Nghị quyết Đại hội " * 10_000,
    "resolved clauses": "be it resolved, that " * 5_000,
    "capital words": "The Act of Department And The " * 3_333,
    "symbols": "1-1-1-1-1-1/" * 10_000,
    "signatures": "KẾ HOẠCH\nX\n1. a\n" + "TM. BAN A\n" * 6_666,
    "digits": "1" * 100_000,
    "numbers with dots": "1." * 50_000,
    "heads of units": "ban bộ sở " * 10_000,
    "words cut by lines": "a-\n" * 20_000,
    "offices": "Giám đốc Giám đốc " * 6_666,
    "opening brackets": "(" * 66_666,
    "one long word": "a" * 100_000,
}

BOTH, ENGLISH = ["vi", "en"], ["en"]
ENGLISH_TOO = {
    "digits": BOTH, "dates": BOTH, "blanks": BOTH, "one long word": BOTH, "numbers with dots": BOTH, "symbols": BOTH,
    "resolved clauses": ENGLISH, "capital words": ENGLISH,
}  # fmt: skip


@pytest.mark.timeout(15)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_read_in_bounded_time(name):
    for language in ENGLISH_TOO.get(name, ["vi"]):
        assert read_text(HOSTILE[name], language=language).text


@pytest.mark.timeout(60)
def test_a_hundred_thousand_labels_nested_as_deep_as_labels_go_are_read():
    pattern = ["I. A\n", "1. B\n", "1.1. C\n", "a) D\n", "(1) đ\n", "- e\n", "+ g\n"]
    plan = read_text("KẾ HOẠCH\nX\n" + "".join(pattern) * (100_000 // len(pattern)))
    assert len(plan.tasks) == 100_000 // len(pattern)
    assert plan.as_dict()["tasks"][-1]["subtasks"]


def test_a_text_too_long_to_read_in_bounded_time_is_refused_with_a_sentence(monkeypatch):
    monkeypatch.setattr(text, "CHARACTERS_MAX", 1000)
    with pytest.raises(UnreadableFile) as refusal:
        read_document(("Giao Sở Tài chính chủ trì. " * 50).encode(), "a.txt")
    assert refusal.value.code == "too-long"
    assert "send its parts" in refusal.value.message


def test_a_line_of_fifty_megabytes_is_refused_before_it_is_read():
    with pytest.raises(UnreadableFile) as refusal:
        read_document(b"a" * 50_000_000, "a.txt")
    assert refusal.value.code == "too-long"
