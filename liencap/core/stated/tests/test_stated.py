"""A number that contradicts the table is found; what is no figure of this table is left alone."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liencap.core.stated import Fact, contradictions, name_candidates, readings
from liencap.core.stated.numerals import in_words

VI = [
    Fact("classes", "Số lớp đã mở", (Decimal(12), Decimal(14)), frozenset({Decimal(5), Decimal(7)})),
    Fact("trees", "Số cây đã trồng", (Decimal("1250"),)),
    Fact("members", "Số hội viên mới", (Decimal(40),)),
    Fact("money", "Số tiền đóng góp (triệu đồng)", (Decimal("85.4"),)),
    Fact("joined", "Thành viên dự học trên tổng số thành viên", (Decimal("87.5"),), percent=True),
    Fact("blank", "Số buổi nói chuyện", ()),
]
EN = [
    Fact("classes", "Classes held", (Decimal(12),)),
    Fact("trees", "Trees planted", (Decimal("1250"),)),
    Fact("money", "Money given (million dong)", (Decimal("85.4"),)),
    Fact("joined", "Members who took part, of all members", (Decimal("87.5"),), percent=True),
]
WRONG_VI = [
    ("Toàn tỉnh đã mở 15 lớp tập huấn.", "15", "classes"),
    ("Đã mở 13 lớp, mọi xã đều tham gia.", "13", "classes"),
    ("Số lớp đã mở là 20.", "20", "classes"),
    ("Tổng số lớp đã mở: 21, tăng nhiều.", "21", "classes"),
    ("Đã mở mười lăm lớp cho cán bộ.", "mười lăm", "classes"),
    ("Kết quả: trồng được 1.520 cây quanh trụ sở.", "1.520", "trees"),
    ("Trồng hơn 2.000 cây.", "2.000", "trees"),
    ("Kết nạp 45 hội viên mới.", "45", "members"),
    ("Các đơn vị đóng góp 95 triệu đồng.", "95", "money"),
    ("Có 78,5 % thành viên dự học nghị quyết.", "78,5", "joined"),
    ("Tỷ lệ thành viên dự học đạt 91%.", "91", "joined"),
    ("Đã trồng 1 350 cây.", "1 350", "trees"),
    ("Đã trồng hơn 2 nghìn cây.", "2", "trees"),
    ("Đã trồng gần hai nghìn cây.", "hai nghìn", "trees"),
    ("Đã trồng một nghìn ba trăm cây.", "một nghìn ba trăm", "trees"),
    ("Đã trồng 1,2 triệu cây.", "1,2", "trees"),
    ("Đã trồng một triệu cây.", "một triệu", "trees"),
]
RIGHT_VI = [
    "Đã mở 12 lớp.", "Đã mở 14 lớp kể cả báo cáo chưa chấp nhận.", "Xã Đông Hà mở 5 lớp.",
    "Đã mở mười hai lớp.", "Trồng 1.250 cây.", "Trồng 1250 cây.", "Trồng hơn 1.200 cây.", "Trồng gần 1.300 cây.",
    "Trồng khoảng 1.200 cây.", "Trồng được 1,25 nghìn cây.", "Đóng góp 85,4 triệu đồng.",
    "Trồng 1 250 cây.", "Trồng một nghìn hai trăm năm mươi cây.", "Trồng hơn một nghìn cây.", "Trồng 1,3 nghìn cây.",
    "Trồng hơn 1 nghìn cây.", "Trồng trên 1,2 nghìn cây.", "Trồng gần một nghìn ba trăm cây.",
    "Các đơn vị đóng góp 85.400.000 đồng.", "Đóng góp hơn 85 triệu đồng.",
    "Tỷ lệ thành viên dự học đạt 87,5%.", "Tỷ lệ thành viên dự học đạt 88 %.",
    "Theo Kế hoạch số 15-KH/LH ngày 20/3/2026 về mở lớp.", "Thực hiện Điều 15 Điều lệ và khoản 3.",
    "Ngày 15 tháng 3 năm 2026, mở lớp đầu tiên.", "Trong đó 3 lớp cho thanh niên.", "Mỗi xã mở 2 lớp.",
    "Riêng xã An Hòa trồng 300 cây.", "Kế hoạch cả năm là 30 lớp.", "Cùng kỳ năm trước mở 9 lớp.",
    "Tăng 3 lớp so với quý I.", "Quý tới sẽ mở 4 lớp.", "Còn thiếu 2 lớp.", "Đại hội lần thứ 15 đã thành công.",
    "1. Mở lớp tập huấn\n2. Trồng cây", "Lúc 8h30, 15 đại biểu có mặt.", "Có 15 hội nghị chuyên đề.",
    "Nhiệm kỳ 2025-2030 trồng nhiều cây.", "Năm 2026 là năm trồng cây.", "Mở được 12/15 lớp.",
    "Một lớp tổ chức ở xã vùng xa.", "Mở lớp trong năm lớp học mới.", "Có 6 buổi nói chuyện.",
    "Đạt 104 % kế hoạch trồng cây.", "Bình quân 3 lớp một xã.", "Từ 10 đến 15 lớp.", "",
]  # fmt: skip
WRONG_EN = [
    ("We held 15 classes in the quarter.", "15", "classes"),
    ("In all 15 training classes took place.", "15", "classes"),
    ("The number of classes held was 20.", "20", "classes"),
    ("Fifteen classes were held.", "Fifteen", "classes"),
    ("Units planted 1,520 trees.", "1,520", "trees"),
    ("The units gave 95 million dong as money.", "95", "money"),
    ("78.5% of members took part.", "78.5", "joined"),
]
RIGHT_EN = [
    "We held 12 classes.", "Twelve classes were held.", "Units planted 1,250 trees.", "Over 1,200 trees were planted.",
    "About 1,300 trees were planted.", "87.5% of members took part.", "88 percent of members took part.",
    "On 15 March 2026 the first class began.", "Article 15 asks for classes.", "Of which 3 classes for the young.",
    "Each commune held 2 classes.", "The plan is 30 classes.", "3 classes more than last year, an increase.",
    "In 2026 classes continue.", "Plan No. 15 names classes.", "One class was held far away.",
]  # fmt: skip


@pytest.mark.parametrize(("text", "typed", "key"), WRONG_VI)
def test_a_number_that_contradicts_the_table_is_found(text, typed, key):
    [found] = contradictions(text, VI)
    assert (found.typed, found.key) == (typed, key)
    assert text[found.start : found.end] == typed
    assert found.value == next(fact.values[0] for fact in VI if fact.key == key)


@pytest.mark.parametrize("text", RIGHT_VI)
def test_what_agrees_or_is_no_figure_is_left_alone(text):
    assert contradictions(text, VI) == []


@pytest.mark.parametrize(("text", "typed", "key"), WRONG_EN)
def test_the_same_in_english(text, typed, key):
    [found] = contradictions(text, EN, "en")
    assert (found.typed, found.key) == (typed, key)


@pytest.mark.parametrize("text", RIGHT_EN)
def test_english_that_agrees_is_left_alone(text):
    assert contradictions(text, EN, "en") == []


@pytest.mark.parametrize(
    ("text", "language", "meant"),
    [
        ("1.250", "vi", ["1250", "1.250"]), ("1,250", "vi", ["1.250", "1250"]), ("1,250", "en", ["1250", "1.250"]),
        ("12,5", "vi", ["12.5"]), ("12.5", "vi", ["12.5"]), ("1.250,75", "vi", ["1250.75"]), ("7", "en", ["7"]),
        ("1.250.000", "en", ["1250000"]), ("1.2.3", "vi", []),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_can_be_meant(text, language, meant):
    assert readings(text, language) == tuple(map(Decimal, meant))


def test_names_are_runs_of_capitals():
    text = "Đồng chí Nguyễn Văn An phát biểu; xã Đông Hà vắng."
    found = [text[a:b] for a, b in name_candidates(text)]
    assert "Nguyễn Văn An" in found
    assert "Đông Hà" in found
    assert not any(";" in one for one in found)


@given(st.text(max_size=200))
def test_any_text_is_read_and_every_find_stands_where_it_says(text):
    for language, facts in (("vi", VI), ("en", EN)):
        for one in contradictions(text, facts, language):
            assert text[one.start : one.end] == one.typed


@pytest.mark.parametrize(
    ("text", "taken", "value"),
    [
        ("mot nghin hai tram nam muoi cay", 6, 1250),
        ("hai nghin khong tram linh nam cay", 6, 2005),
        ("ba trieu hai tram nghin dong", 5, 3_200_000),
        ("muoi lam lop", 2, 15),
        ("two thousand three hundred trees", 4, 2300),
        ("mot trieu", 2, 1_000_000),
        ("cay", 0, 0),
        ("nghin cay", 0, 0),
    ],
)
def test_numbers_in_words_are_read_with_their_thousands(text, taken, value):
    assert in_words(text.split()) == (taken, value)
