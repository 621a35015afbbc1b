"""What the reader asks a person to look at, and where it points."""

import pytest

from liencap.core.reading import read_text

HEAD = "KẾ HOẠCH\nphát triển hợp tác xã\n\nSông Lam, ngày 12 tháng 9 năm 2025\n\nBan hành như sau:\nI. NHIỆM VỤ\n"
TABLE = (
    "1. Rà soát quy chế hoạt động của ban kiểm tra, hoàn thành trước ngày 30/6/2026.\n2. Họp.\n\n"
    "| TT | Nội dung | Chủ trì | Thời hạn |\n| 1 | Rà soát quy chế hoạt động | Sở Nội vụ | Trước ngày {day} |\n"
    "| 2 | Họp giao ban | Sở Y tế | 01/8/2026 |\n"
)
CASES = [
    ("1. Nộp trước ngày 31/02/2026.\n2. Họp.", [("date-impossible", "31/02/2026")]),
    ("1. Nộp trước ngày 28/02/2026.\n2. Họp.", []),
    ("1. Tổ chức từ ngày 15/10/2026 đến ngày 10/10/2026.\n2. Họp.",
     [("window-reversed", "từ ngày 15/10/2026 đến ngày 10/10/2026")]),
    ("1. Họp.\n3. Nộp báo cáo.", [("label-missing", "3.")]),
    ("1. Họp.\n2. Nộp báo cáo.\n2. Gửi.", [("label-repeated", "2.")]),
    ("a) Họp.\nb) Nộp.\nc) Gửi.\nd) In.\nđ) Lưu.\ne) Khen.", []),
    ("1. Giai đoạn 1 (từ ngày 01/3/2026 đến ngày 31/5/2026)\n- Nộp trước ngày 15/6/2026.\n- Họp ngày 10/4/2026.",
     [("date-outside-phase", "trước ngày 15/6/2026")]),
    (TABLE.format(day="31/7/2026"), [("table-differs", "Trước ngày 31/7/2026")]),
    (TABLE.format(day="30/6/2026"), []),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), CASES)
def test_a_doubt_is_said_where_it_stands(body, expected):
    plan = read_text(HEAD + body)
    assert [(p.code, plan.text[p.start : p.end].strip()) for p in plan.problems] == expected


def test_a_day_without_a_year_in_a_document_without_a_date_is_left_open_and_said():
    plan = read_text(
        "KẾ HOẠCH\nphát triển\n\nBan hành như sau:\nI. NHIỆM VỤ\n1. Nộp trước ngày 15/6.\n2. Họp."
    )
    assert [p.code for p in plan.problems] == ["year-missing"]
    assert [(d.start_date, d.end_date) for d in plan.deadlines] == [(None, None)]


def test_a_day_without_a_year_is_the_first_one_after_the_document():
    plan = read_text(HEAD + "1. Nộp trước ngày 15/6.\n2. Gửi trước ngày 15/12.")
    assert [d.end_date for d in plan.deadlines] == ["2026-06-15", "2025-12-15"]


def test_a_blank_number_and_day_are_said_and_never_filled():
    plan = read_text(
        "ỦY BAN NHÂN DÂN\nXÃ ĐỒI CHÈ\nSố:     /KH-UBND\nĐồi Chè, ngày    tháng 01 năm 2026\nKẾ HOẠCH\nTrồng cây\n"
        "I. NỘI DUNG\n1. Trồng cây.\n2. Chăm sóc."
    )
    assert [p.code for p in plan.problems] == ["number-blank", "date-blank"]
    assert (plan.document.number, plan.document.date) == (None, "2026-01")
