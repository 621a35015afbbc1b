"""Who is made responsible, by which words."""

import pytest

from liencap.core.reading import read_text

HEAD = "KẾ HOẠCH\nphát triển hợp tác xã\n\nBan Thường vụ ban hành kế hoạch như sau:\nI. NHIỆM VỤ\n"


def who(sentence, **more):
    plan = read_text(HEAD + "1. " + sentence, **more)
    return [(r.unit, r.role) for r in plan.responsible]


CASES = [
    ("Giao Sở Tài chính chủ trì, phối hợp với Sở Nội vụ thẩm định.", "Sở Tài chính+ Sở Nội vụ-"),
    ("Sở Y tế chủ trì, phối hợp với Công an tỉnh kiểm tra.", "Sở Y tế+ Công an tỉnh-"),
    ("Sở Y tế chủ trì phối hợp với Công an tỉnh kiểm tra.", "Sở Y tế+ Công an tỉnh-"),
    ("Giao Sở Tư pháp là cơ quan đầu mối, theo dõi việc thực hiện.", "Sở Tư pháp+"),
    ("Văn phòng Tỉnh ủy là cơ quan thường trực, tổng hợp báo cáo.", "Văn phòng Tỉnh ủy+"),
    ("Biên soạn tài liệu. Đơn vị chủ trì: Ban Tuyên giáo. Đơn vị phối hợp: Tỉnh đoàn.", "Ban Tuyên giáo+ Tỉnh đoàn-"),
    ("Biên soạn tài liệu. Cơ quan chủ trì: Sở Nội vụ; cơ quan phối hợp: Sở Tài chính.", "Sở Nội vụ+ Sở Tài chính-"),
    ("Rà soát quy định. Cơ quan thực hiện: Sở Xây dựng.", "Sở Xây dựng+"),
    ("Sở Xây dựng có trách nhiệm rà soát quy định.", "Sở Xây dựng+"),
    ("Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh đẩy mạnh tuyên truyền.", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh+"),
    ("Đề nghị Hội Nông dân tỉnh phối hợp vận động hội viên.", "Hội Nông dân tỉnh-"),
    ("Các Bộ: Tài chính, Nội vụ, Khoa học và Công nghệ khẩn trương thực hiện.",
     "Bộ Tài chính+ Bộ Nội vụ+ Bộ Khoa học và Công nghệ+"),
    ("Các Đảng uỷ Bộ Tài chính, Bộ Nội vụ khẩn trương thực hiện.", "Đảng ủy Bộ Tài chính+ Đảng ủy Bộ Nội vụ+"),
    ("Sở Văn hóa, Thể thao và Du lịch chủ trì tổ chức.", "Sở Văn hóa, Thể thao và Du lịch+"),
    ("Bộ Nông nghiệp và Môi trường chủ trì, phối hợp với Bộ Giáo dục và Đào tạo hướng dẫn.",
     "Bộ Nông nghiệp và Môi trường+ Bộ Giáo dục và Đào tạo-"),
    ("Giao Ban Tổ chức Tỉnh ủy chủ trì, phối hợp với Đảng ủy Sở Nội vụ và Trường Chính trị tỉnh xây dựng đề án.",
     "Ban Tổ chức Tỉnh ủy+ Đảng ủy Sở Nội vụ- Trường Chính trị tỉnh-"),
    ("Giao Đảng ủy Quốc hội chủ trì, phối hợp với Đảng ủy Chính phủ và các cơ quan liên quan: thực hiện.",
     "Đảng ủy Quốc hội+ Đảng ủy Chính phủ-"),
    ("Đồng chí Nguyễn Văn An dự và chủ trì Hội nghị.", ""),
    ("Sở Nội vụ chủ trì Hội nghị tổng kết.", ""),
    ("Đơn vị được giao chủ trì báo cáo kết quả.", ""),
    ("Giao đồng chí Nguyễn Văn An theo dõi.", ""),
    ("Các cơ quan, đơn vị liên quan triển khai thực hiện.", ""),
    ("Lập danh sách đề nghị Ban Thường vụ quyết định công nhận.", ""),
    ("Xây dựng đề án do Sở Công Thương chủ trì.", "Sở Công Thương+"),
    ("Trên cơ sở kế hoạch này, Sở Tư pháp tham mưu ban hành quy chế.", "Sở Tư pháp+"),
    ("Chậm nhất ngày 10/4/2025, Bộ Y tế hoàn thành việc rà soát.", "Bộ Y tế+"),
    ("Giao Học viện Chính trị quốc gia Hồ Chí Minh chủ trì, phối hợp với Đảng uỷ Mặt trận Tổ quốc, các đoàn thể Trung ương xây dựng nội dung.",
     "Học viện Chính trị quốc gia Hồ Chí Minh+ Đảng uỷ Mặt trận Tổ quốc, các đoàn thể Trung ương-"),
    ("Ủy ban nhân dân các xã, phường bố trí cán bộ.", "Ủy ban nhân dân các xã, phường+"),
    ("Bộ trưởng Bộ Y tế khẩn trương hoàn thiện hướng dẫn.", "Bộ trưởng Bộ Y tế+"),
    ("Giám đốc Sở Tài chính chủ trì, phối hợp với Công an tỉnh thẩm định.", "Giám đốc Sở Tài chính+ Công an tỉnh-"),
    ("Giao Chủ tịch Ủy ban nhân dân các xã, phường báo cáo kết quả.", "Chủ tịch Ủy ban nhân dân các xã, phường+"),
    ("Về nguồn vật liệu: Ủy ban nhân dân các tỉnh Sông Lam, Hòa Giang khẩn trương bàn giao.",
     "Ủy ban nhân dân tỉnh Sông Lam+ Ủy ban nhân dân tỉnh Hòa Giang+"),
    ("Ban Xây dựng Đảng, Văn phòng Đảng ủy theo chức năng, nhiệm vụ theo dõi, đôn đốc.",
     "Ban Xây dựng Đảng+ Văn phòng Đảng ủy+"),
    ("Công đoàn đăng ký số suất quà; Ban Tài chính thẩm định, trình duyệt.", "Công đoàn+ Ban Tài chính+"),
    ("Biên soạn tài liệu. Cơ quan chủ trì: Sở Y tế.", "Sở Y tế+"),
    ("Hợp tác xã Hoa Sen chủ trì tổ chức.", "Hợp tác xã Hoa Sen+"),
    ("Tổ chức đại hội thành viên các cấp trong quý II.", ""),
    ("Tổ chức hội nghị chủ trì bàn tròn.", ""),
    ("Ủy ban Mặt trận xã phối hợp với Ủy ban nhân dân cùng cấp lập danh sách.",
     "Ủy ban Mặt trận xã+ Ủy ban nhân dân cùng cấp-"),
    ("Bộ trưởng, Thủ trưởng cơ quan ngang bộ nghiêm túc thực hiện.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), CASES)
def test_a_sentence_names_its_units(sentence, expected):
    named = [f"{unit}{'+' if role == 'lead' else '-'}" for unit, role in who(sentence)]
    assert " ".join(named) == expected


def test_a_placeholder_stays_with_its_item_and_out_of_the_list():
    plan = read_text(
        HEAD + "1. Sở Y tế chủ trì, phối hợp với Công an tỉnh và các cơ quan liên quan kiểm tra."
    )
    assert [r.unit for r in plan.responsible] == ["Sở Y tế", "Công an tỉnh"]
    assert [r.unit for r in plan.tasks[0].responsible if r.placeholder] == ["các cơ quan liên quan"]


def test_a_heading_that_is_a_unit_leads_what_stands_below_it():
    plan = read_text(
        HEAD
        + "1. Xây dựng.\nII. TỔ CHỨC THỰC HIỆN\n1. Sở Tài chính\na) Cân đối ngân sách.\n2. Sở Nội vụ\nTheo dõi."
    )
    assert [(r.unit, r.task) for r in plan.responsible] == [("Sở Tài chính", "II.1"), ("Sở Nội vụ", "II.2")]
    assert [item.text for item in plan.implementation] == ["Sở Tài chính", "Sở Nội vụ"]
    assert plan.implementation[1].subtasks[0].text == "Theo dõi."


def test_who_cooperates_under_a_unit_s_heading_is_that_unit():
    plan = read_text(
        HEAD
        + "1. Xây dựng.\nII. TỔ CHỨC THỰC HIỆN\n1. Hội Nông dân tỉnh\na) Phối hợp với Sở Công Thương đánh giá."
    )
    assert [(r.unit, r.role) for r in plan.responsible] == [("Hội Nông dân tỉnh", "lead")]


def test_the_longest_of_the_organisation_s_names_wins_and_gives_its_key():
    names = [
        ("a", "Hợp tác xã"),
        ("b", "Hợp tác xã Hoa Sen"),
        ("c", "Hợp tác xã Hoa Sen, Đồi Chè và Suối Bạc"),
    ]
    plan = read_text(
        HEAD + "1. Giao Hợp tác xã Hoa Sen, Đồi Chè và Suối Bạc chủ trì, phối hợp với Hợp tác xã Hoa Sen.",
        unit_names=names,
    )
    assert [(r.unit_key, r.role) for r in plan.responsible] == [("c", "lead"), ("b", "support")]


def test_a_known_name_is_found_whatever_its_tone_marks():
    plan = read_text(
        HEAD + "1. Giao Đảng uỷ Khối Hoà Bình chủ trì.", unit_names=[("k", "Đảng ủy Khối Hòa Bình")]
    )
    assert [(r.unit, r.unit_key) for r in plan.responsible] == [("Đảng ủy Khối Hòa Bình", "k")]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("By May 2025, all agencies will publish the plan.", "all agencies+"),
        ("The Department of Labor shall report.", "Department of Labor+"),
        ("The Executive Board shall act, in coordination with the Education Committee.", "Executive Board+ Education Committee-"),
        ("The Federation directs the Treasurer to pay.", "Treasurer+"),
        ("The Committee, in consultation with the Research Department, shall publish.", "Committee+ Research Department-"),
        ("The President, the Treasurer and the Clerk shall sign.", "President+ Treasurer+ Clerk+"),
        ("The Secretary-Treasurer and the Research Department shall publish a report.",
         "Secretary-Treasurer+ Research Department+"),
        ("The Department of Labor and Industry must report.", "Department of Labor and Industry+"),
        ("The number of members shall be counted.", ""),
        ("Then the agency must contemplate what data it needs.", ""),
        ("This action can serve as input, in coordination with Evaluation Officers.", ""),
    ],
)  # fmt: skip
def test_an_english_sentence_names_its_units(sentence, expected):
    plan = read_text(f"Action plan of the union\n\nAction 1: Plan the work\n{sentence}\n")
    named = [f"{r.unit}{'+' if r.role == 'lead' else '-'}" for r in plan.responsible]
    assert " ".join(named) == expected


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("That the State Federation of Teachers establish a task force", ["State Federation of Teachers"]),
        ("That locals be urged to bargain", ["locals"]),
        ("That the Federation directs the Treasurer to pay", ["Treasurer"]),
        ("That this convention go on record in support of libraries", []),
        (
            "That the Executive Board, through its Education Committee, be directed to report",
            ["Executive Board"],
        ),
    ],
)
def test_who_a_resolved_clause_wishes_to_act(clause, expected):
    plan = read_text(
        f"Resolution of the union\n\nWhereas, work is hard; Therefore be it resolved, {clause}.\n"
    )
    assert [r.unit for r in plan.responsible if r.role == "lead"] == expected


def test_a_class_of_units_owns_what_the_section_on_implementation_gives_it():
    plan = read_text(
        HEAD
        + "1. Các huyện ủy, thành ủy rà soát.\nII. TỔ CHỨC THỰC HIỆN\n1. Các huyện ủy, thành ủy xây dựng kế hoạch."
    )
    assert [(r.unit, r.task) for r in plan.responsible] == [("Các huyện ủy, thành ủy", "II.1")]


def test_each_sub_item_keeps_its_own_owner():
    plan = read_text(HEAD + "1. Rà soát\na) Giao Sở Y tế chủ trì.\nb) Giao Sở Y tế chủ trì.")
    assert [(r.unit, r.task) for r in plan.responsible] == [("Sở Y tế", "I.1.a"), ("Sở Y tế", "I.1.b")]
