"""What holds for any text: places cut their words, nothing raises, the same text reads the same."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from liencap.core.reading import read_text

PIECES = [
    "KẾ HOẠCH\n", "Số: 12/KH-UBND\n", "Số: /KH-UBND\n", "An Sơn, ngày tháng 01 năm 2026\n", "I. NỘI DUNG\n", "II- TỔ CHỨC THỰC HIỆN\n",
    "1. ", "2.", "a) ", "đ) ", "(1) ", "(2) ", "- ", "+ ", "1.1. ", "Thứ nhất, ", "Hai là, ", "Điều 3. ", "\n", "\n\n", "|\n", "| a | b |\n",
    "|---|---|\n", "| TT | Nội dung | Cơ quan chủ trì | Thời gian |\n", "Giao Sở Tài chính chủ trì, phối hợp với ", "các Bộ: Tài chính, Nội vụ ",
    "Ủy ban nhân dân các xã, phường", "trước ngày 30/6/2025", "ngày 31/02/2025 ", "từ ngày 01 - 05/4/2025", "quý IV/2025 ", "hằng năm",
    "Nghị quyết số 18-NQ/TW ngày 25/10/2017 ", "Nghị quyết 18 ", "Nghị quyết Đại hội XII của Đảng bộ Khối và của Đảng. ", "Luật Đất đai ",
    "đại hội chi bộ vào quý 1/2020, cấp cơ sở quý 2/2020 ", "Nơi nhận:\n- Lưu.\n", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLê Văn A\n", "PHỤ LỤC\n",
    "Có thể bạn quan tâm\n", "**", "# ", "…", "“chủ đề: ”", "İ", "ﬁ", "e\u0301", "НĐ-СР", "\u200b", "\r\n", "uỷ", "(nếu có)", ". ", "; ", ": ",
    "THEREFORE BE IT RESOLVED, that the Board shall act by June 1, 2025; ", "Action 2: ", "WHEREAS, ", "the Clean Air Act of 1970 ", "0" * 30, "9999 ",
]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=40).map("".join)


def every_object(plan):
    for kind in (plan.tasks, plan.implementation, plan.other_items, plan.table_tasks):
        for item in kind:
            yield from item.walk()
    for listed in plan.lists:
        yield from listed.items
    yield from (*plan.citations, *plan.deadlines, *plan.periods, *plan.responsible)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from([None, "vi", "en"]))
def test_any_text_is_read_and_every_place_cuts_its_words(text, language):
    plan = read_text(text, language=language)
    assert plan.text == unicodedata.normalize("NFC", text)
    for one in every_object(plan):
        assert plan.text[one.start : one.end] == one.text
    for one in (*plan.people, *plan.bodies, *plan.problems, plan.document):
        assert 0 <= one.start <= one.end <= len(plan.text)
    assert plan == read_text(text, language=language)
    assert plan.as_dict()["text"] == plan.text


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_decomposed_text_reads_like_composed_text(text):
    composed = unicodedata.normalize("NFC", text)
    assert read_text(unicodedata.normalize("NFD", composed)) == read_text(composed)


def test_labels_nested_without_end_are_read_to_a_bounded_depth():
    plan = read_text("KẾ HOẠCH\n\n" + "1. a\n1.1. b\na) c\n(1) d\n- e\n+ g\n" * 2000)
    assert plan.as_dict()["tasks"]


def test_an_empty_text_says_so():
    assert [problem.code for problem in read_text(" \n").problems] == ["empty"]
