# ruff: noqa: E501 - markup and tables of cases are easier to read unbroken
"""PDF with a text layer."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import typst
from PIL import Image

from liencap.core.reading.formats import UnreadableFile, sniff, to_text
from liencap.core.reading.formats.tests.files import pdf

SETUP = """#set page(paper:"a4",margin:(top:2cm,bottom:2cm,left:3cm,right:1.5cm),
  header:align(center)[Kế hoạch số 12],footer:context align(center)[#counter(page).display()])
#set text(size:13pt,lang:"vi")
#set par(justify:true,first-line-indent:1cm)
"""
HEADER = """#grid(columns:(1fr,1.3fr),align:center,[LIÊN HIỆP HỢP TÁC XÃ\\\\ *TỈNH BÌNH AN*],
[*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM*\\\\ *Độc lập - Tự do - Hạnh phúc*],[Số: 12/KH-LH],[_Bình An, ngày 01 tháng 12 năm 2026_])
""".replace("\\\\", "\\")
SENTENCE = (
    "Thực hiện Nghị quyết số {n}-NQ/TW ngày 22/12/2024 về phát triển khoa học, công nghệ, đổi mới sáng tạo "
    "và chuyển đổi số trên địa bàn tỉnh, các đơn vị thứ {n} triển khai kế hoạch với các nội dung cụ thể."
)


def test_paragraphs_are_whole_again_over_pages_without_running_heads() -> None:
    sentences = [SENTENCE.format(n=place) for place in range(60)]
    source = to_text(pdf(SETUP + HEADER + "\n\n".join(sentences)))
    assert source.text.splitlines() == [
        "LIÊN HIỆP HỢP TÁC XÃ", "TỈNH BÌNH AN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Số: 12/KH-LH", "Bình An, ngày 01 tháng 12 năm 2026", *sentences,
    ]  # fmt: skip


def test_labels_begin_paragraphs() -> None:
    body = (
        "*I. MỤC ĐÍCH, YÊU CẦU*\n\n*1. Mục đích*\n\na) " + SENTENCE + "\n\n\\- " + SENTENCE + "\n\nb) Ngắn.\n"
    )
    lines = to_text(pdf(SETUP.replace("Kế hoạch số 12", "") + body)).text.splitlines()
    assert lines == ["I. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích", f"a) {SENTENCE}", f"- {SENTENCE}", "b) Ngắn."]


def test_a_table_over_pages_is_one_table() -> None:
    rows = "".join(
        f"[{n}],[Triển khai nhiệm vụ số {n} về đào tạo trực tuyến cho người dân],[Sở Nội vụ],[Quý I/2026],"
        for n in range(1, 80)
    )
    head = "table.header([TT],[Nội dung],[Chủ trì],[Thời hạn]),table.cell(colspan:4)[I. NHẬN THỨC],"
    source = to_text(pdf(SETUP + f"Trước.\n#table(columns:(1cm,1fr,3cm,3cm),{head}{rows})\nSau.\n"))
    (grid,) = source.grids
    assert [cell.text for cell in grid.rows[0]] == ["TT", "Nội dung", "Chủ trì", "Thời hạn"]
    assert [cell.text for cell in grid.rows[1]] == ["I. NHẬN THỨC"]
    assert [row[0].text for row in grid.rows[2:]] == [str(n) for n in range(1, 80)]
    assert grid.rows[50][1].text == "Triển khai nhiệm vụ số 49 về đào tạo trực tuyến cho người dân"
    assert source.text.startswith("Trước.\n|\nTT\n|\n")
    assert source.text.endswith("|\n\nSau.\n")
    assert all(source.text[cell.start : cell.end] == cell.text for row in grid.rows for cell in row)


def test_what_is_no_text_says_so() -> None:
    blank = pdf("#set page(width:5cm,height:5cm)\n#rect(width:3cm,height:2cm)")
    for data, code in (
        (blank, "scan-without-text"),
        (b"%PDF-1.7\nnothing", "broken"),
        (pdf("Chữ")[:300], "broken"),
    ):
        assert sniff(data) == "pdf"
        with pytest.raises(UnreadableFile) as caught:
            to_text(data)
        assert caught.value.code == code


def test_words_cut_by_a_line_end_are_whole_and_compounds_keep_their_hyphen() -> None:
    words = "Each cooperative implements organizational interoperability considerations. " * 6
    source = '#set text(lang:"en",hyphenate:true)\n#set page(width:7cm,height:25cm)\n#set par(justify:true)\n'
    assert to_text(pdf(source + words)).text == words.strip() + "\n"
    symbols = "Theo Quyết định số 2623/QĐ-TTg ngày 2/3/2026, Hướng dẫn số 06-HD/BTCTW-BTGTW và giai đoạn 2026 - 2030. "
    for width in (7, 8, 9, 10, 12):
        source = (
            f"#set text(hyphenate:false)\n#set page(width:{width}cm,height:29cm)\n#set par(justify:true)\n"
        )
        assert to_text(pdf(source + symbols * 3)).text == (symbols * 3).strip() + "\n"


def test_two_columns_are_read_one_after_the_other() -> None:
    words = " ".join(SENTENCE.format(n=place) for place in range(6))
    source = to_text(
        pdf("#set page(width:20cm,height:14cm)\n#set par(justify:true)\n#columns(2)[" + words + "]")
    )
    assert source.text == words + "\n"


def test_a_scan_with_a_stamp_is_a_scan(tmp_path: Path) -> None:
    Image.new("L", (400, 550), 200).save(tmp_path / "scan.png")
    picture = '#set page(margin:0cm)\n#image("scan.png",width:100%,height:100%)\n'
    (tmp_path / "one.typ").write_text(picture + "#place(top+left)[Người ký: An]", encoding="utf-8")
    with pytest.raises(UnreadableFile) as caught:
        to_text(typst.compile(str(tmp_path / "one.typ")))
    assert caught.value.code == "scan-without-text"
    (tmp_path / "two.typ").write_text(
        picture + "#pagebreak()\n" + "Kế hoạch năm 2026. " * 30, encoding="utf-8"
    )
    source = to_text(typst.compile(str(tmp_path / "two.typ")))
    assert [problem.code for problem in source.problems] == ["page-without-text"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_locked_pdf_asks_for_the_password(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Kế hoạch", encoding="utf-8")
    lock = '{"EncryptFile":{"type":"boolean","value":"true"},"DocumentOpenPassword":{"type":"string","value":"x"}}'
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        home,
        "--headless",
        "--convert-to",
        f"pdf:writer_pdf_Export:{lock}",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*command, str(tmp_path / "a.txt")], check=True, capture_output=True, timeout=120)
    with pytest.raises(UnreadableFile) as caught:
        to_text((tmp_path / "a.pdf").read_bytes())
    assert caught.value.code == "password"


def test_a_signature_set_with_tabs_comes_left_half_first() -> None:
    source = to_text(
        pdf(
            "Nơi nhận: #h(1fr) TM. BAN QUẢN TRỊ\n\n- Như trên; #h(1fr) CHỦ TỊCH\n\n- Lưu. #h(1fr) Nguyễn Văn An\n"
        )
    )
    assert source.text.splitlines() == [
        "Nơi nhận:",
        "• Như trên;",
        "• Lưu.",
        "TM. BAN QUẢN TRỊ",
        "CHỦ TỊCH",
        "Nguyễn Văn An",
    ]
