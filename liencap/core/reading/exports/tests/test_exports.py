"""What other tools get: a table, a calendar and a page, each safe against what a document holds."""

import csv
import io
import re

import pytest
from openpyxl import load_workbook

from liencap.core.reading import read_document
from liencap.core.reading.exports import to_case, to_csv, to_html, to_ics, to_outline, to_xlsx

PLAN = """KẾ HOẠCH
Công tác năm 2026

I. NHIỆM VỤ
1. Mở lớp tập huấn <script>alert("1")</script> & kế toán; hoàn thành trước ngày 30/6/2026. \
Giao Ban Kinh tế chủ trì, phối hợp với Ban Tài chính.
2. Tổ chức đại hội các cấp (đại hội chi bộ vào quý 1/2026).
3. =HYPERLINK("x") tổng kết phong trào; hoàn thành trong tháng 12/2026.
"""


@pytest.fixture(scope="module")
def plan():
    return read_document(PLAN.encode(), "a.txt")


def test_the_table_has_a_row_a_task_with_its_units_and_days(plan):
    rows = list(csv.reader(io.StringIO(to_csv(plan).removeprefix("\ufeff"))))
    assert rows[0] == ["TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời hạn", "Căn cứ"]
    assert [row[0] for row in rows[1:]] == [item.label for item in plan.tasks]
    assert rows[1][2:5] == ["Ban Kinh tế", "Ban Tài chính", "2026-06-30"]
    assert rows[2][4] == "2026-01-01 – 2026-03-31"


def test_no_cell_is_a_formula(plan):
    formula = next(item for item in plan.tasks if item.text.startswith("="))
    assert f"'{' '.join(formula.text.split())[:8]}" in to_csv(plan)
    book = load_workbook(io.BytesIO(to_xlsx(plan)))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s", "inlineStr"}
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)


def test_the_calendar_folds_escapes_and_has_no_clock(plan):
    made = to_ics(plan)
    assert made == to_ics(plan)
    assert made.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in made.split("\r\n"))
    whole = made.replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20260630\r\nDTEND;VALUE=DATE:20260701" in whole
    assert "DTSTART;VALUE=DATE:20260101\r\nDTEND;VALUE=DATE:20260401" in whole
    assert "\\;" in whole
    assert len(re.findall("^UID:(.*)$", whole, re.MULTILINE)) == len(set(re.findall("UID:(.*)", whole))) == 3


def test_the_page_marks_every_kind_and_runs_nothing(plan):
    page = to_html(plan)
    assert "<script" not in page
    assert "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; kế toán" in re.sub(
        "</?mark[^>]*>", "", page
    )
    assert "default-src 'none'" in page
    for kind in ("task", "deadline", "owner"):
        assert f'<mark class="{kind}">' in page
    text = re.sub("<[^>]*>", "", page.split("<pre>")[1].split("</pre>")[0])
    import html

    assert html.unescape(text) == plan.text


def test_a_text_without_tasks_gives_an_empty_table_calendar_and_a_page():
    plan = read_document("Không có gì ở đây.".encode(), "a.txt")
    assert to_csv(plan).count("\r\n") == 1
    assert "BEGIN:VEVENT" not in to_ics(plan)
    assert "Không có gì" in to_html(plan)
    assert load_workbook(io.BytesIO(to_xlsx(plan))).active.max_row == 1


WOODS = """KẾ HOẠCH
Chăm sóc rừng năm 2026

Sông Lam, ngày 12 tháng 1 năm 2026

I. NHIỆM VỤ
1. Trồng cây
- Giao Ban Kinh tế chủ trì, phối hợp với Đoàn Thanh niên trồng cây trước ngày 30/4/2026.
2. Báo cáo kết quả\x1b[2J trong quý IV/2026 (nếu có).
"""


def test_the_outline_says_what_by_whom_and_by_when():
    lines = to_outline(read_document(WOODS.encode(), "a.txt"), width=80).splitlines()
    assert lines[0] == "Chăm sóc rừng năm 2026"
    assert "NHIỆM VỤ (2)" in lines
    assert "  I.1 Trồng cây" in lines
    text = "\n".join(lines)
    for words in ("chủ trì: Ban Kinh tế", "phối hợp: Đoàn Thanh niên", "◷ trước 30/4/2026", "nếu có"):
        assert words in text
    assert "◷ từ 1/10/2026 đến 31/12/2026" in text
    assert all(len(line) <= 80 for line in lines)
    assert "\x1b" not in text


def test_colour_adds_nothing_but_colour():
    plan = read_document(WOODS.encode(), "a.txt")
    bright = to_outline(plan, colour=True)
    assert "\x1b[" in bright
    assert re.sub("\x1b\\[[0-9;]*m", "", bright) == to_outline(plan)


def test_a_case_is_what_an_annotation_of_the_text_would_say():
    case = to_case(read_document(WOODS.encode(), "a.txt"), "rung")
    assert case["id"] == "rung"
    assert case["document"]["date"] == "2026-01-12"
    assert [task["starts_with"] for task in case["tasks"]] == [
        "Trồng cây - Giao Ban Kinh",
        "Báo cáo kết quả\x1b[2J trong quý",
    ]
    assert {"unit": "Ban Kinh tế", "role": "lead", "task": "I.1.-1"} in case["responsible"]
