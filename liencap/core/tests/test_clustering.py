"""Questions that say the same stand together; a negation or a number keeps them apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liencap.core.clustering import group_texts, merge_texts, normal_form

SAME = [
    ("Mức đóng góp tính từ năm nào?", "mức đóng góp tính từ năm nào"),
    ("Mức đóng góp tính từ năm nào?", "Vậy mức đóng góp tính từ năm nào?"),
    ("When does the new rule begin for small units?", "When does the new rule begin for the small units?"),
    ("Kinh phí cấp chậm, chưa mở được lớp.", "kinh phi cap cham, chua mo duoc lop"),
    ("Đã trồng 1.250 cây ven đường xã", "Đã trồng 1250 cây ven đường xã"),
    ("Đã mở ba lớp cho hội viên của xã", "Đã mở 3 lớp cho hội viên của xã"),
]
APART = [
    ("Tổ hợp tác có phải đóng góp quỹ chung không?", "Ai giữ sổ quỹ của hợp tác xã?"),
    ("Hợp tác xã được chia lãi trong năm đầu", "Hợp tác xã không được chia lãi trong năm đầu"),
    ("The unit may keep the surplus this year", "The unit may not keep the surplus this year"),
    (
        "Đóng góp 5 phần trăm tính trên lãi hay doanh thu?",
        "Đóng góp 7 phần trăm tính trên lãi hay doanh thu?",
    ),
    ("Đã có mẫu biểu cho tổ hợp tác nhỏ ở xã", "Chưa có mẫu biểu cho tổ hợp tác nhỏ ở xã"),
    ("Đã mở hai lớp tập huấn cho hội viên của xã", "Đã mở ba lớp tập huấn cho hội viên của xã"),
    ("Each branch held two meetings in the quarter", "Each branch held three meetings in the quarter"),
    ("Tổ chức 2 lớp và 3 buổi nói chuyện ở xã", "Tổ chức 3 lớp và 2 buổi nói chuyện ở xã"),
    ("Số hội viên tăng so với cùng kỳ của quý trước", "Số hội viên giảm so với cùng kỳ của quý trước"),
    ("Không họp tổ mà đã nộp báo cáo đúng hạn", "Đã họp tổ mà không nộp báo cáo đúng hạn"),
    ("Đạt 5 % kế hoạch trồng cây của cả năm", "Đạt 5 kế hoạch trồng cây của cả năm"),
    (
        "Đã hoàn thành kế hoạch thu hội phí của năm nay",
        "Đã cơ bản hoàn thành kế hoạch thu hội phí của năm nay",
    ),
    ("Các tổ tham gia đầy đủ hội nghị thường kỳ", "Một số tổ tham gia đầy đủ hội nghị thường kỳ"),
    ("Đã trồng 1.250 cây ven đường xã", "Đã trồng 125 cây ven đường xã"),
    ("Each branch held 1.25 meetings in the quarter", "Each branch held 125 meetings in the quarter"),
    ("Chua mo lop cho hoi vien trong quy nay", "Da mo lop cho hoi vien trong quy nay"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_question_in_other_words_is_one_group(one, other):
    assert group_texts([one, other]) == [[0, 1]]


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_differs_in_meaning_stays_apart(one, other):
    assert group_texts([one, other]) == [[0], [1]]


def test_words_without_marks_that_two_others_could_be_join_neither():
    texts = ["Đã hội họp mới", "Đã hỏi họp mới", "Da hoi hop moi"]
    assert group_texts(texts) == [[0], [1], [2]]


def test_merging_keeps_each_sentence_once_and_none_that_differs():
    one = "Đã mở 2 lớp tập huấn. Kinh phí được cấp chậm so với kế hoạch."
    other = "Kinh phí được cấp chậm so với kế hoạch! Đã mở 3 lớp tập huấn."
    assert merge_texts([one, other]) == f"{one} Đã mở 3 lớp tập huấn."
    assert merge_texts([]) == ""


def test_the_largest_group_comes_first():
    texts = ["Ai giữ sổ?", "Khi nào nộp?", "khi nào nộp", "KHI NÀO NỘP!"]
    assert group_texts(texts) == [[1, 2, 3], [0]]
    assert group_texts([]) == []


@given(st.lists(st.text(max_size=40), max_size=30))
def test_every_text_stands_in_exactly_one_group(texts):
    groups = group_texts(texts)
    assert sorted(index for group in groups for index in group) == list(range(len(texts)))
    where = {index: n for n, group in enumerate(groups) for index in group}
    for a, one in enumerate(texts):
        for b, other in enumerate(texts):
            if normal_form(one) == normal_form(other):
                assert where[a] == where[b]
