"""What the columns of Vietnamese task tables hold."""

from __future__ import annotations

from liencap.core.reading.view import lazy

_COLUMNS = (
    ("number", r"(?:tt|stt|số tt|số thứ tự)$"),
    ("support", r".*phối hợp"),
    ("lead", r"(?:cơ quan|đơn vị|bộ phận|phòng|ban|cấp|người|cá nhân|tổ chức)?[^|]{0,20}(?:chủ trì|phụ trách|thực hiện|đầu mối|chịu trách nhiệm|tham mưu)"
     r"(?! kế hoạch)|(?:phân công|đơn vị|cơ quan)"),
    ("time", r"thời gian|thời hạn|tiến độ|hoàn thành|thời điểm|hạn hoàn thành|ngày hoàn thành"),
    ("product", r"sản phẩm|kết quả|đầu ra|hình thức văn bản"),
    ("task", r"(?:tên |danh mục |các |nhóm )?(?:nhiệm vụ|nội dung|công việc|hoạt động|giải pháp|đề án|hạng mục|tên văn bản)"),
    ("note", r"ghi chú|kinh phí|nguồn"),
)  # fmt: skip


def column(head: str) -> str:
    """Return what a column holds by its heading, or ""."""
    words = " ".join(head.lower().split()).strip(" .:*")
    if len(words) > 90:
        return ""
    if lazy(r"thời (?:gian|hạn)|tiến độ").match(words):
        return "time"
    return next((kind for kind, pattern in _COLUMNS if lazy(pattern).match(words)), "")
