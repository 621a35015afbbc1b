"""The sample plan, an invention of ours: a Word file with automatic numbering and a task table."""

from io import BytesIO
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH


class NotThere(Exception):
    """Refuse a plan file that cannot be opened."""


GOALS = (
    "Giúp mọi hợp tác xã thành viên nắm vững phương hướng của Đại hội Liên hiệp và có việc làm cụ thể trong năm.",
    "Việc được giao phải rõ đơn vị, rõ thời hạn, rõ kết quả; không phát sinh mẫu biểu mới.",
)
DIRECTIONS = (
    "Học tập và đưa Nghị quyết Đại hội Liên hiệp vào việc làm của từng hợp tác xã",
    "Tổ chức đại hội thành viên các cấp",
    "Giới thiệu việc làm hay của các hợp tác xã trên bản tin và tại hội nghị",
)
TASKS = (
    "Tổ chức học tập Nghị quyết Đại hội Liên hiệp lần thứ VI tới toàn thể thành viên; hoàn thành trước ngày 31/3/2026.",
    "Rà soát, cập nhật danh sách thành viên và vốn góp của từng hợp tác xã; hằng tháng ghi biến động vào sổ.",
    (
        "Tổ chức đại hội thành viên các cấp (đại hội tổ hợp tác vào quý I/2026, đại hội hợp tác xã vào quý II/2026, "
        "đại hội liên hiệp khu vực vào quý III/2026). Gửi biên bản lên cấp trên trong thời hạn 15 ngày kể từ "
        "ngày đại hội."
    ),
    "Mở lớp bồi dưỡng kế toán hợp tác xã, mỗi khu vực ít nhất hai lớp; hoàn thành trước ngày 30/9/2026.",
    "Vận động thành viên trồng mới cây xanh quanh trụ sở, kho bãi và đường nội đồng; định kỳ hằng quý báo cáo kết quả.",
    "Sưu tầm tư liệu lịch sử của từng hợp tác xã, gửi về phòng truyền thống của Liên hiệp trước ngày 15/11/2026.",
)
ROWS = (
    ("Xây dựng cổng thông tin giá nông sản", "Ban Kinh tế", "Ban Tuyên huấn", "Trước ngày 30/6/2026"),
    ("Lập quỹ hỗ trợ thành viên gặp thiên tai", "Ban Tài chính", "Ban Kiểm tra", "Quý II/2026"),
    ("Tổng kết năm công tác và bình chọn điển hình", "Văn phòng", "Ban Kinh tế", "Trước ngày 15/12/2026"),
)


def sample_plan() -> bytes:
    """Return the sample plan as a DOCX."""
    document = Document()
    head = document.add_table(rows=1, cols=2).rows[0].cells
    head[0].text = "LIÊN HIỆP HỢP TÁC XÃ SÔNG XANH\nBAN CHẤP HÀNH\nSố: 12/KH-LHSX"
    head[
        1
    ].text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nBình Minh, ngày 12 tháng 01 năm 2026"
    for line in ("KẾ HOẠCH", "Thực hiện Nghị quyết Đại hội Liên hiệp lần thứ VI trong năm 2026"):
        document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph(
        "Căn cứ Luật Hợp tác xã số 17/2023/QH15; Ban Chấp hành Liên hiệp ban hành Kế hoạch như sau:"
    )
    listed = " ".join(f"({n}) {text}." for n, text in enumerate(DIRECTIONS, 1))
    document.add_paragraph(f"Phương hướng công tác năm 2026 là: {listed}")
    document.add_paragraph("I. MỤC ĐÍCH, YÊU CẦU")
    for text in GOALS:
        document.add_paragraph(text, style="List Bullet")
    document.add_paragraph("II. NHIỆM VỤ TRỌNG TÂM")
    for text in TASKS:
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("III. PHÂN CÔNG NHIỆM VỤ")
    table = document.add_table(rows=1, cols=5)
    table.style = "Table Grid"
    titles = ("TT", "Nội dung", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành")
    for cell, title in zip(table.rows[0].cells, titles, strict=True):
        cell.text = title
    for number, row in enumerate(ROWS, 1):
        for cell, value in zip(table.add_row().cells, (str(number), *row), strict=True):
            cell.text = value
    document.add_paragraph("IV. TỔ CHỨC THỰC HIỆN")
    document.add_paragraph(
        "Văn phòng Liên hiệp theo dõi, đôn đốc và tổng hợp kết quả, báo cáo Ban Chấp hành hằng quý."
    )
    document.add_paragraph(
        "TM. BAN CHẤP HÀNH\nCHỦ TỊCH\n\nTrần Minh Khôi"
    ).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def given_plan(path: str) -> tuple[bytes, str]:
    """Return the bytes and name of the user's own document."""
    try:
        return Path(path).read_bytes(), Path(path).name
    except OSError as error:
        raise NotThere(f"{path} cannot be opened: {error.strerror}.") from None
