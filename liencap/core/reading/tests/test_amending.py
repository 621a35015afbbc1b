"""What an amending document does, by tables: its words, and what is found in them."""

import pytest

from liencap.core.reading.amending import label_path, read_amendments

HEAD = "LIÊN HIỆP BÌNH MINH\nSố: 45/QĐ-LH\n\nBình Minh, ngày 02 tháng 6 năm 2026\n\nQUYẾT ĐỊNH\nSửa đổi Kế hoạch\n\nĐiều 1. Sửa đổi Kế hoạch số 12/KH-LH như sau:\n\n"
HEAD_EN = "GREEN RIVER FEDERATION\n\nRESOLUTION\nNo. 11/R-GRF\nAdopted on 1 June 2026\n\n"
VI = [
    ("1. Sửa đổi nhiệm vụ thứ ba như sau:\n“Thứ ba, mở lớp.”", [("words", (3,), "mở lớp.")]),
    ("1. Sửa đổi, bổ sung điểm 2 mục II như sau: “2. Mở hai lớp.”", [("words", (2, 2), "Mở hai lớp.")]),
    ("1. Điểm 4 mục II được sửa đổi như sau: “Mở lớp.”", [("words", (2, 4), "Mở lớp.")]),
    ("1. Điều chỉnh nội dung khoản 1 Điều 3 như sau: “Lập quỹ.”", [("words", (3, 1), "Lập quỹ.")]),
    ("1. Bổ sung nhiệm vụ 2 như sau: “Mở lớp và thi.”", [("words", (2,), "Mở lớp và thi.")]),
    ("1. Thay thế nhiệm vụ 3 bằng nhiệm vụ sau: “Trồng cây.”", [("replaced", (3,), "Trồng cây.")]),
    ("1. Nhiệm vụ thứ tư được thay thế bằng: “Trồng cây.”", [("replaced", (4,), "Trồng cây.")]),
    ("1. Bãi bỏ nhiệm vụ thứ năm.", [("rescinded", (5,), "")]),
    ("1. Thu hồi nhiệm vụ số 7 mục III.", [("rescinded", (3, 7), "")]),
    ("1. Không thực hiện nhiệm vụ 2.", [("rescinded", (2,), "")]),
    ("1. Nhiệm vụ thứ hai bị bãi bỏ.", [("rescinded", (2,), "")]),
    ("1. Bãi bỏ các nhiệm vụ 3, 4 và 5 mục II.", [("rescinded", (2, n), "") for n in (3, 4, 5)]),
    ("1. Bãi bỏ nhiệm vụ thứ hai và nhiệm vụ thứ mười một.", [("rescinded", (n,), "") for n in (2, 11)]),
    ("1. Bãi bỏ điểm 2 mục II và điểm 1 mục III.", [("rescinded", p, "") for p in ((2, 2), (3, 1))]),
    ("1. Bãi bỏ nhiệm vụ 2.1.", [("rescinded", (2, 1), "")]),
    (
        "1. Bổ sung nhiệm vụ sau đây vào sau nhiệm vụ thứ tư:\n“Thứ năm, lập sổ.”",
        [("added", (), "lập sổ.")],
    ),
    ("1. Bổ sung điểm 7 vào mục II như sau: “7. Lập sổ.”", [("added", (7,), "Lập sổ.")]),
    (
        "1. Bổ sung các nhiệm vụ sau:\n“7. Lập sổ.\n8. Mở lớp.”",
        [("added", (7,), "Lập sổ."), ("added", (8,), "Mở lớp.")],
    ),
    # Words that are quoted give no instruction, nor do the announcing ones.
    ("1. Sửa đổi nhiệm vụ 2 như sau: “Bãi bỏ nhiệm vụ 3.”", [("words", (2,), "Bãi bỏ nhiệm vụ 3.")]),
    ("1. Sửa đổi, bổ sung một số nhiệm vụ như sau:\n", []),
    ("1. Các đơn vị tiếp tục thực hiện nhiệm vụ 3.", []),
    ("1. Không được bãi bỏ các chế độ hiện hành.", []),
    # Without quotation marks the new words end before the next instruction or what closes the text.
    (
        "1. Sửa đổi nhiệm vụ 2 như sau:\n2. Mở hai lớp.\n2. Bãi bỏ nhiệm vụ 3.\nĐiều 2. Quyết định này có hiệu lực từ ngày ký.",
        [("words", (2,), "Mở hai lớp."), ("rescinded", (3,), "")],
    ),
]
EN = [
    ("1. Task 3 is amended to read: “Hold three days.”", [("words", (3,), "Hold three days.")]),
    ("1. Amend paragraph 2 of section 3 to read: “Hold one day.”", [("words", (3, 2), "Hold one day.")]),
    (
        "1. Task 2 is replaced by the following:\n“2. Publish a handbook.”",
        [("replaced", (2,), "Publish a handbook.")],
    ),
    ("1. Replace task 4 with: “Visit a neighbour.”", [("replaced", (4,), "Visit a neighbour.")]),
    ("1. Task 5 is rescinded.", [("rescinded", (5,), "")]),
    ("1. Tasks 5 and 6 are deleted.", [("rescinded", (5,), ""), ("rescinded", (6,), "")]),
    ("1. Rescind actions 2.1 and 2.2.", [("rescinded", (2, 1), ""), ("rescinded", (2, 2), "")]),
    ("1. Insert after task 4: “Keep a calendar.”", [("added", (), "Keep a calendar.")]),
    ("1. The following task is added after task 4: “Keep a calendar.”", [("added", (), "Keep a calendar.")]),
    ("1. Provincial federations shall continue with task 3.", []),
]


@pytest.mark.parametrize(("text", "expected"), VI)
def test_vietnamese_instructions(text, expected):
    assert [
        (i.deed, i.path, (HEAD + text)[i.new_start : i.new_end]) for i in read_amendments(HEAD + text)
    ] == expected


@pytest.mark.parametrize(("text", "expected"), EN)
def test_english_instructions(text, expected):
    whole = HEAD_EN + text
    found = read_amendments(whole, language="en")
    assert [(i.deed, i.path, whole[i.new_start : i.new_end]) for i in found] == expected


DATES = [
    (
        "vi",
        "Điều chỉnh thời hạn hoàn thành nhiệm vụ thứ hai từ ngày 30/6/2026 sang ngày 31/8/2026.",
        (2,),
        "2026-08-31",
    ),
    ("vi", "Gia hạn thực hiện nhiệm vụ 3 đến hết ngày 15/9/2026.", (3,), "2026-09-15"),
    ("vi", "Lùi thời hạn báo cáo của nhiệm vụ 4 mục II đến trước ngày 01/10.", (2, 4), "2026-10-01"),
    ("vi", "Tại nhiệm vụ 4, điều chỉnh thời gian hoàn thành sang quý III năm 2026.", (4,), "2026-09-30"),
    ("vi", "Thời hạn hoàn thành nhiệm vụ 6 được điều chỉnh thành ngày 31/10/2026.", (6,), "2026-10-31"),
    (
        "en",
        "The deadline of task 4 is extended from 31 October 2026 to 30 November 2026.",
        (4,),
        "2026-11-30",
    ),
    ("en", "The deadline for task 2 is brought forward to 1 May 2026.", (2,), "2026-05-01"),
    ("en", "Extend the deadline for task 3 to 30 June 2026.", (3,), "2026-06-30"),
]


@pytest.mark.parametrize(("language", "text", "path", "day"), DATES)
def test_the_new_day_is_the_last_that_is_stated(language, text, path, day):
    whole = (HEAD if language == "vi" else HEAD_EN) + "1. " + text
    (one,) = read_amendments(whole, language=language)
    assert (one.deed, one.path, one.date) == ("date", path, day)


PHRASES = [
    ("vi", "Thay cụm từ “ba lớp” bằng cụm từ “hai lớp” tại điểm 2 mục II.", (2, 2), "ba lớp", "hai lớp"),
    ("vi", "Tại nhiệm vụ 4, thay thế cụm từ “năm” bằng cụm từ “sáu”.", (4,), "năm", "sáu"),
    ("vi", "Bỏ cụm từ “và tổ hợp tác” tại nhiệm vụ thứ nhất.", (1,), "và tổ hợp tác", ""),
    ("vi", "Bổ sung cụm từ “và vốn góp” vào sau cụm từ “danh sách” tại nhiệm vụ 1.", (1,), "danh sách", "danh sách và vốn góp"),
    ("vi", "Bổ sung cụm từ “toàn bộ” vào trước cụm từ “danh sách” tại nhiệm vụ 1.", (1,), "danh sách", "toàn bộ danh sách"),
    ("en", "In task 6, the words “a person” are replaced by “two persons”.", (6,), "a person", "two persons"),
    ("en", "In task 1, after the words “in charge” insert “and a deputy”.", (1,), "in charge", "in charge and a deputy"),
    ("en", "In task 1, delete the words “if possible”.", (1,), "if possible", ""),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "path", "old", "new"), PHRASES)
def test_a_phrase_gives_way_to_another(language, text, path, old, new):
    whole = (HEAD if language == "vi" else HEAD_EN) + "1. " + text
    (one,) = read_amendments(whole, language=language)
    assert (one.deed, one.path, one.old, one.new) == ("phrase", path, old, new)


LABELS = [
    ("II.2", "vi", (2, 2)), ("Thứ ba", "vi", (3,)), ("Một là", "vi", (1,)), ("Thứ mười hai", "vi", (12,)),
    ("1", "vi", (1,)), ("II.1.a", "vi", (2, 1, 1)), ("Nhiệm vụ 4", "vi", (4,)), ("đ", "vi", (5,)), ("", "vi", ()),
    ("Task 4", "en", (4,)), ("Action 2.1", "en", (2, 1)), ("Resolved 3", "en", (3,)), ("First", "en", (1,)),
]  # fmt: skip


@pytest.mark.parametrize(("label", "language", "path"), LABELS)
def test_a_label_has_its_numbers(label, language, path):
    assert label_path(label, language) == path


def test_every_instruction_keeps_its_place():
    text = HEAD + VI[0][0] + "\n2. Bãi bỏ nhiệm vụ 7.\n"
    first, second = read_amendments(text)
    assert text[first.start : first.end] == "Sửa đổi nhiệm vụ thứ ba như sau:\n“Thứ ba, mở lớp.”"
    assert text[second.start : second.end] == "Bãi bỏ nhiệm vụ 7."


@pytest.mark.parametrize(
    "text", ["", "   ", "“", '"""', "Bãi bỏ", "Sửa đổi nhiệm vụ 2 như sau:", "1. 2. 3.", "”“«", "\n" * 50]
)
def test_odd_texts_give_nothing_and_break_nothing(text):
    assert read_amendments(text, language="vi") == ()


def test_time_grows_with_the_text_alone():
    many = HEAD + "".join(f"{n}. Bãi bỏ nhiệm vụ {n % 90 + 1}.\n" for n in range(1, 3000))
    assert len(read_amendments(many)) == 2999
