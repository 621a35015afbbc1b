"""What the titles of sections say, how labels nest, and what is a task."""

import pytest

from liencap.core.reading import read_text
from liencap.core.reading.en.sections import classify as english
from liencap.core.reading.vi.sections import classify

TITLES = [
    ("NỘI DUNG", "tasks"), ("NHIỆM VỤ", "tasks"), ("NHIỆM VỤ, GIẢI PHÁP", "tasks"), ("NỘI DUNG, TIẾN ĐỘ", "tasks"),
    ("NHIỆM VỤ TRỌNG TÂM", "tasks"), ("CÁC NHIỆM VỤ, GIẢI PHÁP CHỦ YẾU", "tasks"), ("NỘI DUNG THỰC HIỆN", "tasks"),
    ("PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2026", "tasks"), ("CÔNG TÁC TRỌNG TÂM", "tasks"), ("MỘT SỐ GIẢI PHÁP", "tasks"),
    ("ĐỐI TƯỢNG, NỘI DUNG", "tasks"), ("NỘI DUNG VÀ PHÂN CÔNG THỰC HIỆN", "tasks"),
    ("TỔ CHỨC THỰC HIỆN", "duties"), ("PHÂN CÔNG NHIỆM VỤ", "duties"), ("PHÂN CÔNG", "duties"),
    ("TRÁCH NHIỆM CỦA CÁC CƠ QUAN", "duties"), ("TỔ CHỨC TRIỂN KHAI", "duties"),
    ("MỤC ĐÍCH, YÊU CẦU", "other"), ("MỤC ĐÍCH - YÊU CẦU", "other"), ("QUAN ĐIỂM", "other"), ("ĐÁNH GIÁ CHUNG", "report"),
    ("ĐỐI TƯỢNG", "other"), ("KẾT QUẢ THỰC HIỆN NHIỆM VỤ NĂM 2024", "report"), ("TÌNH HÌNH", "report"),
    ("NGUYÊN TẮC CHUNG", "other"), ("THÀNH PHẦN HỘI NGHỊ", "other"), ("THỜI GIAN, ĐỊA ĐIỂM", "other"),
    ("THỜI GIAN THỰC HIỆN", "other"), ("CĂN CỨ", "other"), ("PHẠM VI ĐIỀU CHỈNH", "other"), ("TIẾN ĐỘ THỰC HIỆN", "schedule"),
    ("ƯU ĐIỂM", "report"), ("HẠN CHẾ, NGUYÊN NHÂN", "report"), ("BÀI HỌC KINH NGHIỆM", "report"),
    ("KINH PHÍ", "funding"), ("KINH PHÍ THỰC HIỆN", "funding"), ("NGUỒN KINH PHÍ", "funding"),
    ("VỀ KINH PHÍ", "funding"), ("MỤC TIÊU", "targets"), ("CHỈ TIÊU", "targets"), ("MỤC TIÊU, ĐỐI TƯỢNG", "targets"),
    ("MỤC TIÊU, NHIỆM VỤ", "tasks"), ("QUY ĐỊNH CƠ CẤU", ""), ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("title", "kind"), TITLES)
def test_a_title_says_what_its_section_sets(title, kind):
    assert classify(title) == kind


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Purpose", "other"), ("Background", "other"), ("Agency Actions", "tasks"), ("Recommendations", "tasks"),
        ("Implementation", "duties"), ("Roles and Responsibilities", "duties"), ("Budget", "funding"),
        ("Targets", "targets"), ("Work plan", "tasks"), ("Next steps", "tasks"),
    ],
)  # fmt: skip
def test_an_english_title_says_what_its_section_sets(title, kind):
    assert english(title) == kind


def labels(text):
    return [task.label for task in read_text(text).tasks]


HEAD = "KẾ HOẠCH\nphát triển hợp tác xã\n\nBan Thường vụ ban hành kế hoạch như sau:\n"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("I. NỘI DUNG\n1. Xây dựng.\n2. Tổ chức.", ["I.1", "I.2"]),
        ("I- NỘI DUNG\n1- Xây dựng.\n2- Tổ chức.", ["I.1", "I.2"]),
        ("I. MỤC ĐÍCH\n1. Một.\nII. NỘI DUNG\n1. Xây dựng.\n1. Tổ chức.\n3. Báo cáo.", ["II.1", "II.1", "II.3"]),
        ("1. Xây dựng đề án.\na) Lập.\nb) Trình.\n2. Tổ chức.", ["1", "2"]),
        ("1 .\nQuan tâm đời sống.\n2 .\nTổ chức.", ["1", "2"]),
        ("Thứ nhất, xây dựng.\nThứ hai, tổ chức.", ["Thứ nhất", "Thứ hai"]),
        ("Một là, xây dựng.\nHai là, tổ chức.\nBa là, báo cáo.", ["Một là", "Hai là", "Ba là"]),
        ("Nhiệm vụ 1: Xây dựng.\nNhiệm vụ 2: Tổ chức.", ["Nhiệm vụ 1", "Nhiệm vụ 2"]),
        ("Điều 1. Ban hành quy chế.\nĐiều 2. Giao Sở Nội vụ chủ trì.", ["Điều 1", "Điều 2"]),
        ("A. NỘI DUNG\nI. CHUẨN BỊ\n1. Lập.\n2. Trình.\nB. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ", ["A.I.1", "A.I.2"]),
        ("như sau:**1. Xây dựng đề án.**\n\n**2. Tổ chức.**", ["1", "2"]),
        ("1. Xây dựng đề án.2. Tổ chức thực hiện tốt.3. Báo cáo.", ["1", "2", "3"]),
        ("1. Mục đích\n- Nâng cao.\n2. Nội dung\na) Lập.\nb) Trình.\n3. Tổ chức thực hiện\na) Sở Nội vụ", ["2.a", "2.b"]),
        ("I. NỘI DUNG\n- Xây dựng.\n- Tổ chức.", ["I.-1", "I.-2"]),
        ("I. ĐÁNH GIÁ TÌNH HÌNH\n1. Đạt được.\n2. Hạn chế.", []),
    ],
)  # fmt: skip
def test_labels_nest_by_kind_and_name_the_tasks(body, expected):
    assert labels(HEAD + body) == expected


def test_letters_follow_the_vietnamese_order_and_hang_below_their_number():
    text = HEAD + "1. Xây dựng.\na) Một.\nb) Hai.\nc) Ba.\nd) Bốn.\nđ) Năm.\ne) Sáu.\ng) Bảy.\n2. Tổ chức."
    first = read_text(text).tasks[0]
    assert [item.label for item in first.subtasks] == ["1.a", "1.b", "1.c", "1.d", "1.đ", "1.e", "1.g"]


def test_a_repeated_number_is_not_written_twice_in_a_path():
    first = read_text(HEAD + "I. NỘI DUNG\n1. Xây dựng.\n1.1. Lập.\n1.1.1. Trình.").tasks[0]
    assert [item.label for item in first.walk()] == ["I.1", "I.1.1", "I.1.1.1"]


def test_a_list_inside_a_sentence_is_below_its_task():
    first = read_text(
        HEAD + "1. Xây dựng đề án gồm: (1) khảo sát; (2) lập dự toán; (3) trình.\n2. Báo cáo."
    ).tasks[0]
    assert [item.label for item in first.subtasks] == ["1.(1)", "1.(2)", "1.(3)"]


def test_especially_is_no_label():
    assert labels(HEAD + "1. Xây dựng, nhất là ở xã.\n2. Tổ chức, nhất\nlà ở thôn.") == ["1", "2"]


def test_a_wrapped_number_is_no_label():
    text = HEAD + "1. Thực hiện Nghị quyết của Tỉnh ủy và Kế hoạch số\n71/KH-UBND của tỉnh.\n2. Báo cáo."
    assert labels(text) == ["1", "2"]


def test_resolved_clauses_are_tasks_and_whereas_is_not():
    text = "WHEREAS, it rains; and\nTHEREFORE BE IT RESOLVED, that the Board shall act; and be it further resolved that we meet."
    assert labels(text) == ["Resolved 1", "Resolved 2"]


def test_named_actions_are_tasks():
    text = "Action plan of the federation\n\nAction 1: Plan the work\nDo it.\n\nAction 2: Work the plan\nDo it too."
    assert labels(text) == ["Action 1", "Action 2"]
