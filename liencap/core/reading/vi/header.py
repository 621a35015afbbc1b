"""The head and foot of a Vietnamese document: number, date, issuer, title; recipients, signature, byline."""

from __future__ import annotations

import re
from dataclasses import dataclass

from liencap.core.reading.grammar import Frame
from liencap.core.reading.model import Document, Problem
from liencap.core.reading.times import day
from liencap.core.reading.vi import issuer
from liencap.core.reading.vi.citations import _SYMBOL, TYPES, ascii_key, type_of
from liencap.core.reading.vi.labels import rules
from liencap.core.reading.view import View, clean, lazy

_OWN = {
    **{name: ascii_key(name) for name in TYPES},
    "quy định": "quy-dinh",
    "thông cáo": "thong-cao",
    "thư": "thu",
}
_TYPE_LINE = "|".join(sorted((name.upper() for name in _OWN), key=len, reverse=True))
_NATION = r"CỘNG HÒA XÃ HỘI|ĐẢNG CỘNG SẢN|Độc lập|ĐỘC LẬP"
_PLACE_DATE = r"(?:^|[\n|]| {3}) *(?:[^\n|,]{2,40}, ?)?(?:ngày|Ngày) *(?P<d>\d{1,2}|)[ ./]*(?:tháng *(?P<m>\d{1,2})? *năm *(?P<y>\d{4})|/ ?(?P<m2>\d{1,2}) ?/ ?(?P<y2>\d{4}))"
_ATTACHED = rf"(?:[Kk]èm theo|[Bb]an hành (?:kèm )?theo) (?P<type>[^\W\d_]+(?: [^\W\d_]+){{1,2}}) (?:số )?(?P<symbol>{_SYMBOL}),? (?:ngày (?P<d>\d{{1,2}})[ /]*(?:tháng )?(?P<m>\d{{1,2}})[ /]*(?:năm )?(?P<y>\d{{4}}))?(?: của (?P<who>[^)\n]+))?"
_FOOT = r"(?:^|[\n|]) *(?P<foot>(?:Nơi nhận|NƠI NHẬN) ?:?|(?:T/M|TM\.|TM |KT\.|K/T|TL\.|T/L|TUQ\.|Q\. ?)[ ]*(?=[A-ZĐỦÚƯỞỨBCH])|CHỦ TỊCH *\n|BÍ THƯ *\n|GIÁM ĐỐC *\n|TRƯỞNG BAN *\n|THỦ TƯỚNG *\n|PHỤ LỤC)"
_FURNITURE = (
    r"(?:^|\n) *(?P<web>Có thể bạn quan tâm|Phản hồi|Các tin khác|Tin liên quan|Tin cùng chuyên mục|Tin khác|Tin mới|Bài viết liên quan"
    r"|Các bài viết khác|Xem thêm|Từ khóa|Tags?\b|Bình luận|Ý kiến bạn đọc|Chia sẻ|Liên kết website|Xem nhiều nhất|Gửi phản hồi|Đọc nhiều|Tin đọc nhiều"
    r"|Lượt xem|In bài viết|Quay lại|Trở lại|Mới nhất|TIN LIÊN QUAN|CÁC TIN KHÁC|Tin bài liên quan|Bài liên quan)(?= *(?:[:\n(.]|$)[^\n]{0,60})"
)
_NAME = r"[A-ZĐÁÀẢÂẤẦĂÊÔƠƯÝỦỨÚÍỊẤẨÓỒÔỨỨ]\w*(?:[. ]+[A-ZĐÁÀẢÂẤẦĂÊÔƠƯÝỦỨÚÍỊẤẨÓỒỐÒÒỂỨ]\w*){1,5}"
_ROLE = (
    r"(?:T/M|TM\b|KT\.|K/T|TL\.|T/L|TUQ|Q\.)|(?:PHÓ |THỨ )?(?:CHỦ TỊCH|BÍ THƯ|TRƯỞNG BAN|GIÁM ĐỐC|BỘ TRƯỞNG|TRƯỞNG|CHÁNH"
    r"|THỦ TƯỚNG|TỔNG|CHỦ NHIỆM|HIỆU TRƯỞNG|CỤC TRƯỞNG|VỤ TRƯỞNG)"
)
_CLOSING = (
    r"Trên đây là |(?:Văn phòng|Ban|Bộ|Sở|Ủy ban)[^\n.;,]{3,80} (?:xin )?(?:trân trọng )?thông báo (?:để|đến|tới)|(?:Kế hoạch|Hướng dẫn|Chỉ thị|Nghị quyết|Kết luận|Quyết định|Chương trình|Công văn|Thông tri|Quy định|Quy chế|Đề án|Kế hoạch này|Chỉ thị này)(?: số \S+)? này(?= |,)"
    r"|Trong quá trình (?:tổ chức |triển khai )?(?:tổ chức |triển khai )?thực hiện|Đề nghị |Yêu cầu |Nhận được |Căn cứ (?:Kế hoạch|Hướng dẫn|Chỉ thị|nội dung)[^\n]{0,20} này|Nếu có (?:khó khăn|vướng mắc)|Quá trình (?:tổ chức |triển khai )?thực hiện"
)


@dataclass(slots=True)
class _Identity:
    """What a document says of itself at its head: its title's span, type, subject, number, day and issuer."""

    title: tuple[int, int]
    kind: str | None
    subject: str | None
    number: str | None = None
    date: str | None = None
    issuer: str | None = None


_NO_SUBJECT = r"Căn cứ |Thực hiện |Theo |Để |Nhằm |Kính gửi|Trong |Tại |Ngày |Sau khi |CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|THỦ TƯỚNG|BAN THƯỜNG"


def frame(view: View) -> Frame:
    """Read head and foot; a blank number or day is said, and never overwrites one that is filled."""
    stop = _furniture(view)
    foot = _foot(view, stop)
    head = _head_end(view, foot)
    problems: list[Problem] = []
    own = _identity(view, head, foot, problems)
    news, title = own.kind is None, own.title
    byline, byline_at = _byline(view, stop) if news else (None, stop)
    signer, role = (None, None) if news else _signer(view, foot, stop)
    document = Document(
        type=own.kind or "tin-hoi-nghi", number=own.number, date=own.date, issuer=issuer.as_written(view, own.issuer, head),
        subject=own.subject, byline=byline, signer=signer, signer_role=role, theme=_theme(view),
        recipients=_recipients(view, foot, stop), start=title[0], end=max(title[1], title[0]),
    )  # fmt: skip
    end = min(foot, byline_at) if news else foot
    body, base = head if news else title[1], _base(view, own.date, end)
    annex = None if news else _annexed(view, foot, stop)
    gap = (foot, annex) if annex else None
    end = _foot(view, stop, annex) if annex else end
    return Frame(document, body, end, stop, base, title, tuple(problems), gap)


def _identity(view: View, head: int, foot: int, problems: list[Problem]) -> _Identity:
    """Read the head; what it leaves blank may stand in the caption of an annex, or be named in the title."""
    own = _Identity(*_title(view, head))
    own.number = _number(view, head, problems)
    own.date = _date(view, head, problems)
    if own.kind is None and own.number and _below_nation(view):
        own.kind = type_of(own.number)
        if own.kind:
            own.title, own.subject = (own.title[0], own.title[0]), None
    if own.kind is None and own.date is None:
        own.date = _dateline(view, head)
    own.issuer, own.subject = issuer.in_head_or_title(view, head, own.subject)
    attached = lazy(_ATTACHED).search(view.view, max(head, foot))
    if attached:
        own.number = own.number or "".join(attached.group("symbol").split())
        if own.date is None and attached.group("y"):
            own.date = day(int(attached.group("y")), int(attached.group("m")), int(attached.group("d")))
        own.issuer = own.issuer or (clean(attached.group("who")) if attached.group("who") else None)
    own.number = own.number or _title_number(view, own.title)
    if own.issuer is None:
        own.issuer = issuer.in_title(view, own.title, news=own.kind is None)
    return own


def _annexed(view: View, foot: int, stop: int) -> int | None:
    """Return where the body of the plan begins that is attached to a decision, below the decision's signature."""
    typed = lazy(rf"(?:{_TYPE_LINE})(?!\w)")
    caption = lazy(
        r"[(|* ]*(?:[Bb]an hành |[Đđ]ược phê duyệt )?(?:[Kk]èm )?theo (?:Quyết định|Nghị quyết|Công văn|Thông báo|Kế hoạch|QĐ)"
    )
    for i, line in enumerate(view.lines):
        if not foot < line.start < stop or not typed.match(view.view, line.start, line.end):
            continue
        for one in view.lines[i : i + 8]:
            if caption.match(view.view, one.start, one.end):
                return max(one.end, view.paragraph(one.start)[1])
    return None


def _furniture(view: View) -> int:
    """Return where the page's own furniture begins below the text; the end of the text where there is none."""
    half = len(view.view) // 4
    m = lazy(_FURNITURE).search(view.view, half)
    return m.start("web") if m else len(view.view)


def _foot(view: View, stop: int, start: int | None = None) -> int:
    begin = min(len(view.view) // 5, 1500) if start is None else start
    m = lazy(_FOOT).search(view.view, begin, stop)
    return m.start("foot") if m else stop


def _below_nation(view: View) -> int:
    """Return the number of the line below the nation's name, past a page's own title and table of data; or 0."""
    for i, line in enumerate(view.lines[:40]):
        if lazy(rf"(?:[^\n]*[| ])?(?:{_NATION})").match(view.view, line.start, line.end):
            return i + 1
    return 0


def _head_end(view: View, foot: int) -> int:
    """Return where the head ends: at the first long sentence or label of the text."""
    for line in view.lines[_below_nation(view) : 60]:
        if line.start > foot:
            break
        words = view.view[line.start : line.end]
        if lazy(
            r"- |Căn cứ |Thực hiện |Theo |Kính gửi|I\.|1\.|Để |Nhằm |Trong |Ngày |Sáng |Chiều |Tại |Xét "
        ).match(words):
            return line.start
        if len(words) > 160:
            return line.start
    return min(foot, view.lines[60].start if len(view.lines) > 60 else foot)


def _is_subject(words: str) -> bool:
    """Say whether a first line below the type that begins like a basis is the subject: "Thực hiện Nghị quyết ..."."""
    basis = lazy(r"Căn cứ |Kính gửi|[^a-z]{8}").match(words) or words[-1] in ";,:." or "như sau" in words
    return not basis and len(words) <= 200


def _title(view: View, head: int) -> tuple[tuple[int, int], str | None, str | None]:
    """Return the title's span, the type of the document, and the subject."""
    lines = [line for line in view.lines[:60] if line.start < head + 1]
    for i, line in enumerate(lines):
        words = view.view[line.start : line.end].strip(" |*")
        m = lazy(rf"(?:TOÀN VĂN ?:? ?)?(?P<type>{_TYPE_LINE})(?!\w)").match(words)
        if not m or not words[: m.end()].isupper():
            continue
        kind = _OWN[" ".join(m.group("type").lower().split())]
        rest = [one for one in lines[i + 1 :] if not set(view.view[one.start : one.end]) <= set("-=* ")][:6]
        own = lazy(rf"(?:SỐ )?{_SYMBOL} ").sub("", words[m.end() :].strip(" :-"), count=1)
        end = line.end
        parts = [own] if len(own) > 3 else []
        for one in rest:
            if one.gap and parts:
                break
            words = view.view[one.start : one.end]
            if rules().at_line.match(words):
                break
            if lazy(_NO_SUBJECT).match(words) and not (not parts and _is_subject(words)):
                break
            if len(words) > 240 or (parts and words.endswith(":")):
                break
            if view.view[one.start] in "|(" or lazy(_NATION).match(view.view, one.start):
                break
            parts.append(view.view[one.start : one.end])
            end = one.end
        return (line.start, end), kind, clean(" ".join(parts)) or None
    if lines:
        first = lines[0]
        text = clean(view.view[first.start : first.end])
        letter = lazy(r"(?:V/v|Về việc|v/v) ?:? ?(?P<about>[^\n|]+)").search(view.view, 0, head)
        if letter:
            return (letter.start(), letter.end()), "cong-van", clean(letter.group("about"))
        return (first.start, first.end), None, text.partition(": ")[2] or text
    return (0, 0), None, None


def _number(view: View, head: int, problems: list[Problem]) -> str | None:
    m = lazy(rf"(?:^|[\n|]) *(?:Số|SỐ) ?:? ?(?P<symbol>{_SYMBOL})").search(view.view, 0, head)
    if m:
        return "".join(m.group("symbol").split())
    loose = r"(?:^|[\n|]) *(?:Số|SỐ) ?:? ?(?P<n>\d{1,4}) (?P<rest>[A-ZĐ][A-Za-zĐ]{1,4}/[A-ZĐ][\w&-]{1,30})"
    m = lazy(loose).search(view.view, 0, head)
    if m:
        return f"{m.group('n')}-{m.group('rest')}"
    blank = lazy(r"(?:^|[\n|]) *(?P<no>(?:Số|SỐ) ?:?[ .…]*[/-] ?[A-ZĐ][\w&/-]*)").search(view.view, 0, head)
    if blank:
        problems.append(
            Problem("number-blank", "The document's number is blank.", blank.start("no"), blank.end("no"))
        )
    return None


def _title_number(view: View, title: tuple[int, int]) -> str | None:
    own = rf"(?:(?i:toàn văn) ?:? )?(?i:{_TYPE_LINE})(?i: số)? (?P<symbol>{_SYMBOL})"
    m = lazy(own).match(view.view, title[0], title[1])
    return "".join(m.group("symbol").split()) if m else None


def _date(view: View, head: int, problems: list[Problem]) -> str | None:
    for m in lazy(_PLACE_DATE).finditer(view.view, 0, head):
        y, mo = m.group("y") or m.group("y2"), m.group("m") or m.group("m2")
        if m.group("d") and mo:
            return day(int(y), int(mo), int(m.group("d")))
        problems.append(Problem("date-blank", "The document's day is blank.", m.start(), m.end()))
        return f"{y}-{int(mo):02}" if mo else y
    return None


def _dateline(view: View, head: int) -> str | None:
    """Return the day a page says it was published: a line of nothing but a date and an hour."""
    for line in view.lines[:12]:
        if line.start > head + 1500:
            break
        m = lazy(
            r"[(| -]*(?:cập nhật|đăng (?:ngày|lúc)|ngày đăng|thời gian)?[: ]*(?:thứ \w+|chủ nhật)?,? *(?:ngày )?(?P<d>\d{1,2}) ?[/.-] ?(?P<m>\d{1,2}) ?[/.-] ?(?P<y>\d{4})"
            r"[ ,|-]*(?:lúc )?(?:\d{1,2} ?[:hg] ?\d{2}(?::\d{2})?)?(?: ?(?:am|pm|sa|ch|gmt ?\+ ?7))?[ )|]*$"
            r"|[(| ]*\d{1,2}[:hg]\d{2}[ ,|-]+(?:ngày )?(?P<d2>\d{1,2})/(?P<m2>\d{1,2})/(?P<y2>\d{4})[ )|]*$"
        ).match(view.low, line.start, line.end)
        if m:
            d, mo, y = (
                (m.group("d"), m.group("m"), m.group("y")) if m.group("d") else m.group("d2", "m2", "y2")
            )
            return day(int(y), int(mo), int(d))
    return None


def _byline(view: View, stop: int) -> tuple[str | None, int]:
    """Return the author named on the last line of a page's text, and where that line begins."""
    inside = [line for line in view.lines if line.end <= stop][-3:]
    for line in reversed(inside):
        words = view.view[line.start : line.end].strip(" ./()")
        m = lazy(
            rf"(?:(?:Tin,? ảnh|Tin và ảnh|Tin|Bài,? ảnh|Bài|Theo|Tác giả|Ảnh|Nguồn) ?:? ?)*(?P<name>{_NAME}|[A-ZĐ]\.[A-ZĐ]\w*)"
        ).fullmatch(words)
        if m and len(words) < 60 and line.gap:
            return clean(m.group("name")), line.start
    return None, stop


def _signer(view: View, foot: int, stop: int) -> tuple[str | None, str | None]:
    roles: list[str] = []
    annex = view.view.find("PHỤ LỤC", foot + 8, stop)
    end = min(annex if annex > 0 else stop, foot + 8000)
    for words in re.split(r" {2,}|\||\n", view.view[foot:end]):
        words = re.sub(r" *\((?i:đã )?(?i:ký)[^)]*\)", "", words).strip()
        if lazy(_ROLE).match(words) and words.upper() == words:
            roles.append(clean(words))
        elif roles and lazy(_NAME).fullmatch(words) and len(words.split()) in (2, 3, 4, 5, 6):
            return clean(words).title() if words.isupper() else clean(words), ", ".join(roles)
    return None, ", ".join(roles) or None


def _recipients(view: View, foot: int, stop: int) -> tuple[str, ...]:
    m = lazy(r"Nơi nhận ?:?").match(view.view, foot)
    if not m:
        return ()
    out: list[str] = []
    for line in view.lines:
        if m.end() <= line.start < min(stop, m.end() + 4000):
            words = view.view[line.start : line.end].strip(" -;.,|")
            if not view.view[line.start : line.end].startswith("-") or len(out) > 60:
                if out:
                    break
                continue
            out.append(clean(words))
    return tuple(out)


def _theme(view: View) -> str | None:
    m = lazy(r"(?:chuyên đề|chủ đề)(?: [^\n“\".;]{0,60})? ?:? ?[“\"](?P<theme>[^”\"\n]{15,400})[”\"]").search(
        view.low
    )
    return clean(view.view[m.start("theme") : m.end("theme")]) if m else None


def _base(view: View, date: str | None, end: int) -> str | None:
    """Return the day the text speaks on: its date, else the meeting's, else what the head can say."""
    if date and len(date) == 10:
        return date
    m = lazy(
        r"(?:phiên họp|cuộc họp|hội nghị|sáng|chiều|hôm nay|(?:\n|\) ?-|^) *ngày)[^\n\d]{0,12}? ?(?:ngày )?(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})"
    ).search(view.low, 0, min(end, 2500))
    if m and not date:
        return day(int(m.group("y")), int(m.group("m")), int(m.group("d")))
    return date


def closing() -> re.Pattern[str]:
    """Return the pattern of a paragraph that closes a document and belongs to no item."""
    return lazy(rf"(?:{_CLOSING})")
