"""Citations by the key they get."""

import pytest

from liencap.core.reading import read_text
from liencap.core.reading.en import GRAMMAR as ENGLISH
from liencap.core.reading.vi import GRAMMAR
from liencap.core.reading.view import make_view


def keys(text, grammar=GRAMMAR):
    return [c.key for c in grammar.citations(make_view(text, grammar.line_start())) if not c.short]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kế hoạch số 172/KH-UBND", ["ke-hoach:172/KH-UBND"]),
        ("Hướng dẫn số 37-HD/BTGDVTW", ["huong-dan:37-HD/BTGDVTW"]),
        ("Hướng dẫn sổ 06-HD/BTCTW", ["huong-dan:06-HD/BTCTW"]),
        ("Chỉ thị 05-CT/TW của Bộ Chính trị", ["chi-thi:05-CT/TW"]),
        ("Quy định số 339-QĐ/TW", ["quy-dinh:339-QĐ/TW"]),
        ("Quyết định số 907-QĐ/BTGDVTW", ["quyet-dinh:907-QĐ/BTGDVTW"]),
        ("Nghị định số 278/2025/NĐ-CP", ["nghi-dinh:278/2025/NĐ-CP"]),
        ("Luật số 60/2024/QH15", ["luat:60/2024/QH15"]),
        ("Nghị quyết số 76/2025/UBTVQH15", ["nghi-quyet:76/2025/UBTVQH15"]),
        ("Quyết định số 2623/QĐ-TTg", ["quyet-dinh:2623/QĐ-TTg"]),
        ("Quyết định số 2623/QĐ-\nTTg ngày 01/02/2025", ["quyet-dinh:2623/QĐ-TTg"]),
        ("Công văn số 513/TLĐ-QHLĐ", ["cong-van:513/TLĐ-QHLĐ"]),
        ("Chương trình hành động số 10-CTr/TU", ["chuong-trinh:10-CTr/TU"]),
        ("Nghị định số 15/2020/NĐ-СР", ["nghi-dinh:15/2020/NĐ-CP"]),
        (
            "Nghị quyết liên tịch số 102/2025/NQLT-UBTVQH15-CP",
            ["nghi-quyet-lien-tich:102/2025/NQLT-UBTVQH15-CP"],
        ),
        ("Hướng dẫn 120/HD-TLĐ, Kế hoạch 22/KH-TLĐ năm 2025", ["huong-dan:120/HD-TLĐ", "ke-hoach:22/KH-TLĐ"]),
        ("Thông tư số 12/2024/TT-BTC", ["thong-tu:12/2024/TT-BTC"]),
        ("Tờ trình số 88/TTr-SVHTTDL", ["to-trinh:88/TTr-SVHTTDL"]),
        ("Kết luận số 150-KL/TW, ngày 14/4/2025", ["ket-luan:150-KL/TW"]),
        ("Nghị quyết Trung ương 4 (khóa XII)", ["nghi-quyet:trung-uong:4:XII"]),
        ("Nghị quyết Trung ương 4 khóa XII", ["nghi-quyet:trung-uong:4:XII"]),
        ("Nghị quyết Hội nghị Trung ương 11 khoá XIII", ["nghi-quyet:trung-uong:11:XIII"]),
        (
            "Nghị quyết Hội nghị lần thứ tám Ban Chấp hành Trung ương Đảng khóa XIII",
            ["nghi-quyet:trung-uong:8:XIII"],
        ),
        ("Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIV của Đảng", ["nghi-quyet:dai-hoi:XIV:dang"]),
        (
            "Nghị quyết Đại hội XII của Đảng bộ Khối và của Đảng, các nghị quyết",
            ["nghi-quyet:dai-hoi:XII:dang-bo-khoi", "nghi-quyet:dai-hoi:XII:dang"],
        ),
        ("Nghị quyết Đại hội Đoàn toàn quốc lần thứ XII được quán triệt", ["nghi-quyet:dai-hoi:XII:doan"]),
        ("Nghị quyết Đại hội X Công đoàn tỉnh.", ["nghi-quyet:dai-hoi:X:cong-doan-tinh"]),
        (
            "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh lần thứ XX, nhiệm kỳ 2025 - 2030",
            ["nghi-quyet:dai-hoi:XX:dang-bo-tinh"],
        ),
        ("Luật Người cao tuổi số 39/2009/QH12 ngày 23/11/2009;", ["luat:39/2009/QH12"]),
        ("Luật Việc làm.", ["luat:viec-lam"]),
        ("Luật Công đoàn 2024", ["luat:cong-doan"]),
        ("Hiến pháp năm 2013", ["hien-phap:2013"]),
        ("Điều lệ Đảng.", ["dieu-le:dang"]),
        ("Điều lệ Công đoàn Việt Nam;", ["dieu-le:cong-doan-viet-nam"]),
        ("khoản 2 Điều 59 Luật Đất đai;", ["luat:dat-dai"]),
        ("theo Mẫu số 01/BCĐBHĐND-MT ban hành kèm theo", []),
        ("tỷ lệ 30/100, đạt 5.200 đoàn viên", []),
        ("Báo cáo kết quả về Sở Nội vụ", []),
    ],
)
def test_a_citation_gets_its_key(text, expected):
    assert keys(text) == expected


def test_the_date_after_a_symbol_is_the_citation_s():
    view = make_view("Kết luận số 150-KL/TW, ngày 14/4/2025 của Bộ Chính trị", GRAMMAR.line_start())
    assert [c.date for c in GRAMMAR.citations(view)] == ["2025-04-14"]


def test_a_pinpoint_is_attached_and_not_counted():
    view = make_view("theo khoản 2 Điều 59 Luật Đất đai;", GRAMMAR.line_start())
    assert [(c.key, c.pinpoint) for c in GRAMMAR.citations(view)] == [("luat:dat-dai", "khoản 2 Điều 59")]


def test_a_bare_short_form_counts_for_its_item_alone():
    plan = read_text(
        "Thực hiện Nghị quyết số 18-NQ/TW, các đơn vị:\n1. Quán triệt Nghị quyết 18.\n2. Báo cáo."
    )
    assert [c.key for c in plan.citations] == ["nghi-quyet:18-NQ/TW"]
    assert plan.tasks[0].citations == ("nghi-quyet:18-NQ/TW",)
    assert plan.tasks[1].citations == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Evidence Act requires", ["act:evidence-act"]),
        ("CFO Act agencies", []),
        ("the Clean Air Act of 1970 protects", ["act:clean-air-act:1970"]),
        ("(see OMB M-19-23)", ["omb:M-19-23"]),
        ("Executive Order 13960 directs", ["executive-order:13960"]),
        ("Public Law 115-435", ["public-law:115-435"]),
        ("44 U.S.C. § 3520", ["usc:44:3520"]),
        ("Regulation (EU) 2016/679", ["regulation:2016/679"]),
        ("A/RES/70/1", ["resolution:A/RES/70/1"]),
        ("supported by Actions 6 and 17", []),
    ],
)
def test_an_english_citation_gets_its_key(text, expected):
    assert keys(text, ENGLISH) == expected
