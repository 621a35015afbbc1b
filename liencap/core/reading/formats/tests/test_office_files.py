"""An official document made in Word, printed as PDF and saved as a page by LibreOffice, reads the same."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from docx.table import _Cell

from liencap.core.reading.formats import to_text

SENTENCE = (
    "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 về đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo "
    "và chuyển đổi số, Liên hiệp hợp tác xã tỉnh ban hành Kế hoạch với các nội dung sau"
)
HEAD = ["TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành"]


def _put(cell: _Cell, *lines: str) -> None:
    for place, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.text = line
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def official() -> bytes:
    """Write a plan as an office does: two-column header, running head, indents, task table, signature."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.header.paragraphs[0].text = "Kế hoạch 12/KH-LH"
    section.footer.paragraphs[0].text = "Lưu hành nội bộ"
    document.styles["Normal"].font.name = "Liberation Serif"
    document.styles["Normal"].font.size = Pt(13)
    header = document.add_table(2, 2)
    _put(header.cell(0, 0), "LIÊN HIỆP HỢP TÁC XÃ", "TỈNH BÌNH AN", "-------")
    _put(
        header.cell(0, 1),
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "---------------",
    )
    _put(header.cell(1, 0), "Số: 12/KH-LH")
    _put(header.cell(1, 1), "Bình An, ngày 01 tháng 12 năm 2026")
    for place in range(14):
        for words in (
            f"{place + 1}. {SENTENCE}; lần {place}.",
            f"{SENTENCE}, mục {place}",
            f"- Ban Quản trị làm phần việc thứ {place}.",
        ):
            paragraph = document.add_paragraph(words)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            paragraph.paragraph_format.first_line_indent = Cm(1.27)
    tasks = document.add_table(1, 5)
    tasks.style = "Table Grid"
    for cell, name in zip(tasks.rows[0].cells, HEAD, strict=True):
        cell.text = name
    group = tasks.add_row().cells
    group[0].merge(group[4]).text = "I. NÂNG CAO NHẬN THỨC VÀ ĐỔI MỚI TƯ DUY"
    for place in range(1, 31):
        words = [
            str(place),
            f"Triển khai đào tạo trực tuyến mở đại trà về kỹ năng số lần {place}",
            "Ban Tuyên huấn",
            "Các ban; hợp tác xã cơ sở",
            "Thường xuyên",
        ]
        for cell, text in zip(tasks.add_row().cells, words, strict=True):
            cell.text = text
    document.add_paragraph("Giao Văn phòng theo dõi./.")
    foot = document.add_table(1, 2)
    _put(foot.cell(0, 0), "Nơi nhận:", "- Như trên;", "- Lưu: VP.")
    _put(foot.cell(0, 1), "TM. BAN QUẢN TRỊ", "CHỦ TỊCH", "Nguyễn Văn An")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.timeout(180)
@pytest.mark.parametrize("kind", ["pdf", "html"])
def test_what_libreoffice_makes_of_a_document_reads_like_the_document(kind: str, tmp_path: Path) -> None:
    (tmp_path / "plan.docx").write_bytes(official())
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        home,
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(tmp_path),
        str(tmp_path / "plan.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    ours = to_text((tmp_path / "plan.docx").read_bytes())
    theirs = to_text((tmp_path / f"plan.{kind}").read_bytes())
    assert theirs.text.splitlines() == ours.text.splitlines()
    assert [[c.text for c in row] for row in theirs.grids[-1 if kind == "pdf" else 1].rows] == [
        [c.text for c in row] for row in ours.grids[1].rows
    ]
