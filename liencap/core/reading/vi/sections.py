"""What the title of a Vietnamese section says about its items."""

from __future__ import annotations

import re

from liencap.core.reading.view import lazy

_FUNDING = "(?:nguồn )?(?:kinh phí|tài chính thực hiện|dự toán)"
_REPORT = (
    "đánh giá|kết quả|tình hình|thực trạng|ưu điểm|tồn tại|hạn chế|khuyết điểm|nguyên nhân|bài học|bối cảnh"
    "|đặc điểm|khái quát|nhận xét|một số kết quả|những kết quả|kiểm điểm|tổng kết|công tác .{0,40}năm qua"
)
_OTHER = (
    "mục đích|yêu cầu|quan điểm|nguyên tắc|đối tượng|phạm vi|thành phần|thời gian|thời hạn|địa điểm|căn cứ"
    "|sự cần thiết|cơ sở|khẩu hiệu|chủ đề|phương châm|giải thích từ ngữ|hiệu lực|điều khoản|dự báo|khen thưởng"
    "|tiêu chuẩn|điều kiện|hồ sơ|phương pháp"
)
_TARGET = "mục tiêu|chỉ tiêu|các chỉ tiêu|một số chỉ tiêu|các mục tiêu|tầm nhìn"
_DUTY = (
    "(?:công tác )?(?:tổ chức thực hiện|tổ chức triển khai|triển khai thực hiện)(?= *$| *[:,]| (?:kế hoạch|nghị quyết|chỉ thị|chương trình|hướng dẫn|và))|phân công|trách nhiệm|điều khoản thi hành"
    "|giao nhiệm vụ|các đơn vị|tổ chức và phân công|phân công nhiệm vụ|chế độ báo cáo|kiểm tra, giám sát"
    "|biện pháp thực hiện|biện pháp tổ chức"
)
_WORK = (
    "nhiệm vụ|giải pháp|nội dung|tiến độ|công việc|biện pháp|phương hướng|các hoạt động|chương trình công tác"
    "|kế hoạch thực hiện|công tác trọng tâm|lộ trình|hoạt động"
)


def classify(title: str) -> str:
    """Return what a title sets: tasks, duties, funding, targets, other, or "" where it does not say."""
    words = " ".join(title.lower().split()).strip(" .:-*")
    if lazy(r"[^.]{0,120}có hiệu lực").match(words):
        return "other"
    if lazy(r"[^.]{0,400}chịu trách nhiệm (?:thi hành|thực hiện)").match(words):
        return "duties"
    if not words or len(words) > 160:
        return ""
    if lazy(rf"(?:về )?(?:{_FUNDING})\b").match(words):
        return "funding"
    if lazy(rf"(?:{_REPORT})\b").match(words):
        return "report"
    if lazy(rf"(?:công tác |về )?(?:{_DUTY})\b").match(words):
        return "duties"
    if lazy(rf"(?:{_TARGET})\b(?!.*\b(?:nhiệm vụ|giải pháp))").match(words):
        return "targets"
    if lazy(r"(?:tiến độ|lộ trình|thời gian biểu)\b(?!.*\b(?:nhiệm vụ|giải pháp|nội dung))").match(words):
        return "schedule"
    if lazy(rf"(?:các |những |một số )?(?:{_OTHER})\b").match(words):
        return "tasks" if lazy(r"\b(?:nhiệm vụ|giải pháp|nội dung)\b").search(words) else "other"
    if lazy(rf"\b(?:{_WORK})\b").search(words):
        return "tasks"
    return "duties" if lazy(r"tổ chức thực hiện$").search(words) else ""


def announces() -> re.Pattern[str]:
    """Return the pattern of the words, in lower case, by which a sentence announces what is to be done."""
    return lazy(
        r"(?<!\w)(?:yêu cầu|đề nghị|chỉ đạo|giao|nhiệm vụ|như sau|nội dung sau|các việc|kết luận)(?!\w)"
    )


def optional() -> re.Pattern[str]:
    """Return the pattern of words that make a task one to do only where it applies."""
    return lazy(r"\((?:nếu có|nếu cần|khi cần|nếu đủ điều kiện)\)")
