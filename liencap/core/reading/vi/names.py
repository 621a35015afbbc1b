"""People with their offices, bodies, and the words by which directions and tasks meet."""

from __future__ import annotations

import re
from itertools import pairwise

from liencap.core.reading.model import Body, Person
from liencap.core.reading.vi.units import _STOPS
from liencap.core.reading.view import View, clean, lazy

_UP = "A-ZĐÁÀẢÃẠĂẮẰẲẶÂẤẦẨẪẬÉÈẺẼẸÊẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢÚÙỦŨỤƯỨỪỬỮỰÝỲỶỸỴ"
_NAME = rf"[{_UP}][^\W\d_]*(?: [{_UP}][^\W\d_]*){{1,4}}"
_OFFICE = (
    "Ủy viên|Bí thư|Phó Bí thư|Chủ tịch|Phó Chủ tịch|Trưởng|Phó Trưởng|Giám đốc|Phó Giám đốc|Chánh|Phó Chánh|Tổng Bí thư|Thủ tướng|Phó Thủ tướng"
    "|Bộ trưởng|Thứ trưởng|Tổng Giám đốc|Viện trưởng|Hiệu trưởng|Chủ nhiệm|Thường trực|nguyên|Nguyên|Cục trưởng|Vụ trưởng|Đại tướng|Thượng tướng|Tổng Biên tập"
)
_TITLED = rf"(?:đồng chí|Đồng chí|đ/c|Đ/c|ông|Ông|bà|Bà|TS\.|PGS\.TS\.?|Đ/C)[ .]+(?P<name>{_NAME}) *(?:[,(]|-) *(?P<role>(?:{_OFFICE})(?!\w)[^.;:()\n]*)"
_BODY = (
    r"(?P<name>(?:Ban Chỉ đạo|Tổ [Gg]iúp việc|Tổ công tác|Tổ Công tác|Tiểu ban|Hội đồng Bầu cử|Ủy ban bầu cử|Ủy ban Bầu cử|Ban Tổ chức cuộc|Hội đồng Thi đua|Tổ biên tập|Tổ Biên tập|Ban bầu cử"
    r"|Ban Tổ chức Hội|ban tuyên giáo đảng ủy|Hội đồng thẩm định|Ban soạn thảo|Ban Soạn thảo)(?: [^,;.():\n“”\"]{1,80})?)"
)
_END = (
    r" (?=(?:về|để|chỉ đạo|thực hiện|tiếp tục|các cấp|sau|trước|trong|và (?:tăng|các)|có|được|là|chịu|phối|tham mưu|chủ trì|theo|xây dựng|hướng dẫn|tổ chức|ban hành|do|khi|tại"
    r"|họp|giúp|nhằm|đã|sẽ|phải|cần|triển khai|kiểm tra|đôn đốc|theo dõi|báo cáo|thành lập)(?!\w)).*"
)
_COMMON = frozenset(
    [
        "và",
        "của",
        "các",
        "về",
        "thực",
        "hiện",
        "công",
        "tác",
        "trong",
        "tiến",
        "hành",
        "kết",
        "quả",
        "cấp",
        "theo",
        "cho",
        "với",
        "những",
        "việc",
        "nhiệm",
        "vụ",
        "một",
        "số",
        "là",
        "có",
        "để",
        "đội",
        "ngũ",
        "tiếp",
        "tục",
        "tăng",
        "cường",
        "đẩy",
        "mạnh",
        "tốt",
    ]
)


def people(view: View, start: int, end: int) -> list[Person]:
    """Return the named persons to whom the text gives an office, each once."""
    out: dict[str, Person] = {}
    for m in lazy(_TITLED).finditer(view.view, start, end):
        role = re.split(
            r",? (?=(?:dự|chủ trì|khẳng định|nhấn mạnh|phát biểu|cho biết|đã|trình bày|yêu cầu|đề nghị|chỉ đạo|thực hiện|làm|kết luận|và đồng chí|cùng|là|báo cáo|ghi nhận|đánh giá|thông tin|đồng chủ trì|điều hành|quán triệt|khai mạc|tham dự|phụ trách|trực tiếp|đến dự|thay mặt|lưu ý)(?!\w))",
            m.group("role"),
        )[0]
        role = lazy(rf" (?:{_STOPS})(?!\w)").split(role, maxsplit=1)[0]
        name = _name(m.group("name"))
        if len(role) < 160 and name not in out:
            out[name] = Person(name, clean(role).strip(" ,-"), m.start("name"), m.start("role") + len(role))
    return sorted(out.values(), key=lambda person: person.start)


def _name(raw: str) -> str:
    """Return a name with the blank that a careless page lost: "Nguyễn ĐứcMạnh"."""
    return clean(re.sub(rf"(?<=[^\W\d_{_UP}])(?=[{_UP}])", " ", raw))


def _cut(raw: str) -> str:
    """Return a body's name without the words that begin to say what it does."""
    head = lazy(r"(?:Tổ [Gg]iúp việc|Tổ công tác|Tổ Công tác|Ban Chỉ đạo)(?: Ban Chỉ đạo)?").match(raw)
    at = head.end() if head else 0
    return raw[:at] + re.sub(_END, "", raw[at:])


def bodies(view: View, start: int, end: int, issuer: str | None) -> list[Body]:
    """Return the committees and boards the text names, each once, but not the issuer."""
    out: dict[str, Body] = {}
    for m in lazy(_BODY).finditer(view.view, start, end):
        raw = _cut(m.group("name"))
        name = clean(raw).strip(" -")
        bare = lazy(r"Ban Chỉ đạo|Tổ(?: [Gg]iúp việc)?|Tiểu ban|Tổ công").fullmatch(name)
        if name.lower() == (issuer or "").lower() or bare or name.lower() in out:
            continue
        out[name.lower()] = Body(name, m.start("name"), m.start("name") + len(raw.rstrip()))
    return list(out.values())


_SAME = (
    ("sơ kết", "đánh giá"),
    ("tổng kết", "đánh giá"),
    ("phổ biến", "quán triệt"),
    ("bồi dưỡng", "tập huấn"),
)


def link_words(text: str) -> list[str]:
    """Return the pairs of neighbouring words that carry a text's matter, in order, like things alike."""
    low = text.lower()
    for word, same in _SAME:
        low = low.replace(word, same)
    words = re.findall(r"[^\W_]+", low)
    return [f"{a} {b}" for a, b in pairwise(words) if a not in _COMMON and b not in _COMMON]
