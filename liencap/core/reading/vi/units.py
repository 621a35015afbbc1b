"""Names of units in Vietnamese: where one begins, where it ends, and how a list of them is cut."""

from __future__ import annotations

import re
from dataclasses import dataclass

from liencap.core.reading.known import Names
from liencap.core.reading.view import View, clean, lazy

HEADS = (
    "ban thường trực|ban thường vụ|ban chấp hành|ban chỉ đạo|ban tổ chức|ban tuyên giáo|ban dân vận|ban nội chính|ban kinh tế"
    "|ban xây dựng|ban quản lý|ban dân tộc|ban công tác|ban(?! hành)|bộ chỉ huy|bộ tư lệnh|bộ|sở|cục|tổng cục|chi cục|vụ|văn phòng"
    "|ủy ban|ubnd|ubmttq|ubkt|hội đồng|hđnd|đảng ủy|đảng bộ|chi ủy|chi bộ|tỉnh ủy|thành ủy|huyện ủy|quận ủy|quân ủy|thường trực"
    "|học viện|viện|trường|trung tâm|hội|liên hiệp|liên minh|liên đoàn|lđlđ|tổng liên đoàn|hiệp hội|đoàn|công đoàn|tỉnh đoàn"
    "|thành đoàn|huyện đoàn|trung ương đoàn|công an|thanh tra|kho bạc|ngân hàng|bảo hiểm|tòa án|mặt trận|mttq|đài|báo|tạp chí|cổng thông tin"
    "|nhà xuất bản|thông tấn xã|quân khu|phòng|tổ chức (?:đảng|chính trị|đoàn|công đoàn|cơ sở|thành viên|xã hội)|tổ(?! chức)|tổng công ty|tập đoàn|công ty|bhxh|cơ quan|các|đơn vị|cấp ủy|doanh nghiệp|chính phủ|quốc hội"
    "|chi đoàn|đoàn thanh niên|ngành|khối|xã|phường|chi hội|thuế|hải quan|bệnh viện|kiểm toán|đảng đoàn|ban cán sự|tiểu ban|cụm|nhà văn hóa|thư viện|bảo tàng|hợp tác xã|tổ hợp tác|liên hiệp hợp tác xã|quỹ|câu lạc bộ|nghiệp đoàn|đội"
)
_CLASS = (
    "huyện đoàn|thành đoàn|tỉnh đoàn|quận đoàn|sở|ban|bộ|ngành|xã|phường|thị trấn|đặc khu|huyện|thị xã|thành phố|tỉnh|quận|đoàn thể|cơ quan|đơn vị|địa phương|tổ chức"
    "|tỉnh ủy|thành ủy|huyện ủy|đảng ủy|chi bộ|đảng bộ|hội|đoàn|doanh nghiệp|cơ sở|trường|cấp ủy|các|khu phố|thôn|chi đoàn|hiệp hội"
    "|viện|cá nhân|công đoàn|phòng"
)
_COMMA_NAMES = (
    "văn hóa, thể thao và du lịch|văn hóa, thể thao|lao động, thương binh và xã hội|lao động - thương binh và xã hội|mặt trận tổ quốc, các đoàn thể trung ương"
    "|mặt trận tổ quốc, các đoàn thể|phát thanh, truyền hình|khoa học, công nghệ|văn hóa, khoa học và thông tin|tài chính, kế hoạch"
    "|hđnd, ubnd|hđnd và ubnd|các cơ quan đảng|kinh tế, hạ tầng và đô thị|văn hóa, xã hội"
    "|báo và phát thanh, truyền hình|sự nghiệp công lập"
)
_PAIRS = (
    "khoa học và công nghệ|giáo dục và đào tạo|nông nghiệp và môi trường|nông nghiệp và phát triển nông thôn|tài nguyên và môi trường"
    "|thông tin và truyền thông|kế hoạch và đầu tư|dân tộc và tôn giáo|tuyên giáo và dân vận|văn hóa và thể thao|báo và phát thanh"
    "|báo và đài|xã hội và nhân văn|nhỏ và vừa|thanh niên và|thể thao và du lịch|thương binh và xã hội|quốc phòng và an ninh"
)
_STOPS = (
    "chủ trì|chủ động|phối hợp|tham mưu|xây dựng(?! đảng)|hướng dẫn|tổ chức(?! (?:trung ương|tỉnh ủy|thành ủy|đảng|chính trị|thành viên|cán bộ|hội|liên quan|đoàn|xã hội|cơ sở))|thực hiện|triển khai"
    "|có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|khẩn trương|căn cứ|theo dõi|đôn đốc|tổng hợp|rà soát|tăng cường|lập |ban hành|bố trí"
    "|thẩm định|tuyên truyền(?! viên)|đẩy mạnh|quán triệt|trình |nghiên cứu|chỉ đạo(?! \\d| tỉnh| trung ương| xã)|lãnh đạo|tiếp tục|tập trung|thường xuyên|kịp thời"
    "|chuẩn bị|báo cáo(?! viên)|là |được |đã |sẽ |phải |cần |để |trong|trước|sau|khi |từ |theo|do |nhằm|tại |về |đến |ở (?!trung ương)|giúp|đề xuất"
    "|(?<!ủy ban )kiểm tra(?! trung ương| tỉnh| thành| đảng| các| cấp| xã| huyện)|giám sát|hoàn thiện|hoàn thành|hỗ trợ|cung cấp|đăng tải|gửi|(?<!bầu )cử |mở |yêu cầu|đề nghị|dự kiến|nắm |tiến hành|quan tâm|động viên"
    "|vận động|phát động|bảo đảm|đảm bảo|quản lý (?:chặt|tốt)|huy động|đưa |thông tin, |thông báo|phân công|giao |làm |đánh giá|tích cực|nghiêm túc|thống nhất"
    "|cụ thể|xem xét|quyết định|phê duyệt|đầu tư xây|sử dụng|cân đối|định hướng|tiếp nhận|biên soạn|tư vấn|khảo sát|bám sát|nâng cao|phổ biến|phát huy|lồng ghép"
    "|nhất là|đặc biệt|và (?=chịu|phối|tổ chức thực|các (?:văn bản|nội dung))|thành lập|lựa chọn|công bố|cập nhật|tự |duy trì|hằng |hàng |định kỳ|thống kê|ký |rút |phát hành|đăng ký|xin |cùng (?!cấp)|với |không |chấp hành"
    "|(?<!đào )tạo |mời |dự |góp |nêu |khai thác|chấm|trao |kết nối|bồi dưỡng|đào tạo (?:cho|nâng)|tập huấn|sưu tầm|số hóa|vận hành|in ấn|xử lý|giải quyết|tháo gỡ|thanh tra, kiểm tra|đồng chủ|bên cạnh|kết hợp|vào |nâng cấp|mở rộng|tham gia |nhân rộng|chi trả|thu thập|thu hút|phát triển (?!nông thôn|đô thị|công nghệ)|đổi mới (?!sáng tạo)|giới thiệu|lấy ý kiến|bàn |họp |đặt |in |phân bổ|cấp (?:kinh phí|bổ sung)|thiết kế|hoạt động|đấu tranh|xác định|xác minh|quy định|phối kết hợp|đồng thời|rồi |hay |sớm |nhanh chóng|quyết liệt|kiên quyết|tuyệt đối|nghiêm cấm|công khai|niêm yết|phát sóng|đưa tin|biểu dương|khen thưởng"
)
_PERSONS = "bộ trưởng|thứ trưởng|viện trưởng|hiệu trưởng|cục trưởng|chánh|chuyên viên|đồng chí|cán bộ|công chức|đảng viên|kế toán|thủ trưởng|người|đại biểu|bí thư|chủ tịch|giám đốc|trưởng|phó|các đồng chí|nhân viên|hội nghị|đại hội|báo cáo"

_OFFICE = (
    "(?:(?:các )?đồng chí )?(?:bộ trưởng|thứ trưởng|thống đốc|tổng thanh tra|tổng kiểm toán|chủ nhiệm|tổng giám đốc|(?:phó )?giám đốc|(?:phó )?chủ tịch|chánh"
    "|(?:phó )?trưởng|viện trưởng|hiệu trưởng|cục trưởng|vụ trưởng|chi cục trưởng|(?:phó )?bí thư|thủ trưởng|người đứng đầu|lãnh đạo|tổng biên tập) "
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of a list: its place, its whole name, and whether it only stands for a class."""

    start: int
    end: int
    name: str
    placeholder: bool
    key: str | None = None


def is_head(view: View, at: int, end: int) -> bool:
    """Say whether a unit's name begins here."""
    m = lazy(rf"(?:(?:các|những|mỗi|từng|lãnh đạo|tất cả(?: các)?) )?(?:{HEADS})(?!\w)").match(
        view.low, at, end
    )
    return bool(m) and not lazy(rf"(?:các )?(?:{_PERSONS})(?!\w)").match(view.low, at, end)


_SHARED = r"(?P<all>[Cc]ác |[Nn]hững )?(?P<head>(?:[Đđ]ảng ủy )?(?:[Đđ]ảng ủy|[Bb]ộ|[Ss]ở|[Bb]an|[Tt]ỉnh|[Hh]ội|[Pp]hòng|[Đđ]ảng bộ|[Tt]rường)) ?(?P<colon>:)?"
_AMONG = (  # "Ủy ban nhân dân các tỉnh Sông Lam, Hòa Giang" names one of each
    r"(?P<of>[^:]{2,80}? )(?:các|những) (?P<class>tỉnh|thành phố|huyện|quận|thị xã|xã|phường|đặc khu)(?: ?:)? (?=[A-ZĐÁÀẢẠÂẤẦĂÊẾÔƠƯÝ])"
)
_MORE = r" ?(?:[,;]|và|,? ?cùng|,? ?với(?= các))(?: và)? +"


def units_at(view: View, at: int, end: int, names: Names) -> tuple[list[Unit], int]:
    """Return the units of the list that begins at a place, and where the list ends."""
    out: list[Unit] = []
    begin = at
    prefix = ""
    while at < end and len(out) < 60:
        own = names.match(view, at, end)
        if own:
            unit = Unit(at, own[0], own[2], placeholder=False, key=own[1])
        elif prefix.lower() == "đảng ủy bộ " and lazy(r"Bộ ").match(view.view, at, end):
            stop = _name_end(view, at, end)  # "các Đảng ủy Bộ Tài chính, Bộ Nội vụ"
            unit = _unit(at, stop, "Đảng ủy " + clean(view.view[at:stop]))
        elif office := _office(view, at, end):
            unit, prefix = _held(view, at, office, end, names)
        elif is_head(view, at, end):
            unit, prefix = _headed(view, at, end)
        elif prefix and view.view[at].isupper():  # "các Bộ: Tài chính, Nội vụ"
            stop = _name_end(view, at, end)
            unit = _unit(at, stop, prefix + clean(view.view[at:stop]))
        else:
            break
        out.append(unit)
        begin = unit.end
        more = lazy(_MORE).match(view.view, begin, end)
        if not more or more.end() >= end:
            break
        at = more.end()
    return out, begin


def _office(view: View, at: int, end: int) -> int:
    """Return where the unit begins whose head of office is named here: "Giám đốc Sở Y tế"; 0 where none is."""
    m = lazy(_OFFICE).match(view.low, at, end)
    return m.end() if m and is_head(view, m.end(), end) else 0


def _held(view: View, at: int, inner: int, end: int, names: Names) -> tuple[Unit, str]:
    """Return the unit named by who heads it, as written; its key is that of the unit."""
    own = names.match(view, inner, end)
    office = clean(view.view[at:inner]) + " "
    if own:
        return Unit(at, own[0], office + own[2], placeholder=False, key=own[1]), ""
    unit, prefix = _headed(view, inner, end)
    return Unit(at, unit.end, office + unit.name, unit.placeholder), office + prefix if prefix else ""


def _headed(view: View, at: int, end: int) -> tuple[Unit, str]:
    """Return the unit whose head stands here, and the head that the names after it may share."""
    stop = _name_end(view, at, end)
    text = clean(view.view[at:stop])
    shared = lazy(_SHARED).match(text)
    among = lazy(_AMONG).match(text)
    if among:
        prefix = f"{among.group('of')}{among.group('class')} "
        return _unit(at, stop, prefix + text[among.end() :].strip()), prefix
    prefix = f"{shared.group('head')} " if shared and (shared.group("all") or shared.group("colon")) else ""
    rest = text[shared.end() :].strip() if shared else ""
    return _unit(at, stop, f"{prefix}{rest}" if prefix and _proper(rest) else text), prefix


def _proper(text: str) -> bool:
    return bool(text) and text[0].isupper()


def _unit(start: int, end: int, name: str) -> Unit:
    bare = lazy(r"(?:(?:[Cc]ác|[Nn]hững|[Mm]ỗi|[Tt]ừng) )").match(name)
    rest = name[bare.end() :] if bare else name
    generic = not rest[:1].isupper() if rest else True
    if lazy(
        r"(?:các )?(?:cơ quan|đơn vị|sở|ban|bộ|ngành|địa phương|tổ chức|cấp ủy|doanh nghiệp|đoàn thể|chi bộ|đảng ủy|tỉnh ủy|đảng bộ|ngành chức năng|phòng|các)(?:,| và| liên quan| trực thuộc|$| có| các)"
    ).match(name.lower()):
        generic = True
    return Unit(start, end, name, generic)


def _name_end(view: View, at: int, end: int) -> int:
    """Return where the name that begins at a place ends: at a verb, a stop, or the next unit's head."""
    low = view.low
    words = lazy(
        rf"(?P<colon>:)|(?P<halt>[.;()\n|\"”“!?/]|- |…)|(?P<comma>,) *|(?P<and>và|hoặc)(?!\w) *|(?P<stop>(?<!\w)(?:{_STOPS})(?:(?<=[ ,])|(?!\w)))|[\w&+'-]+|."
    )
    head = lazy(rf"(?:các |những )?(?:{HEADS})(?!\w)").match(low, at, end)
    pos = head.end() if head else at
    stop = pos
    limit = min(end, at + 240)
    while pos < limit:
        m = words.match(low, pos, limit)
        if not m or (m.group("halt") and not _dash(view, m)):
            break
        if m.group("colon"):
            if not lazy(r"(?:các |những )?(?:đảng ủy|bộ|sở|ban|tỉnh|hội|phòng|đảng bộ|trường) ?$").match(
                low[at:pos]
            ):
                break
            pos = m.end()
            continue
        if m.group("stop") and not view.view[m.start()].isupper():
            break
        if m.group("comma") or m.group("and"):
            nxt = m.end()
            if not _goes_on(view, at, pos, nxt, limit, bool(m.group("comma"))):
                break
            pos = nxt
            continue
        if m.group().strip():
            stop = m.end()
        pos = m.end()
    return stop


def _dash(view: View, m: re.Match[str]) -> bool:
    """Say whether a dash stands inside a name: "Dân chủ - Pháp luật", "chính trị - xã hội"."""
    if not m.group().startswith("-"):
        return False
    return view.view[m.end() : m.end() + 1].isupper() or view.low[
        max(0, m.start() - 12) : m.start()
    ].endswith("chính trị ")


def _goes_on(view: View, at: int, pos: int, nxt: int, limit: int, comma: bool) -> bool:
    """Say whether a comma or "and" stands inside a name."""
    window = view.low[at : min(limit, nxt + 50)]
    here = pos - at
    for m in lazy(f"(?:{_COMMA_NAMES}|{_PAIRS})(?!\\w)").finditer(window):
        if m.start() < here < m.end():
            return True
    upper = view.view[nxt : nxt + 1].isupper()
    if upper and lazy(rf"(?:{_OFFICE})|(?:{HEADS})(?!\w)").match(view.low, nxt, limit):
        return False
    before = view.low[at:pos]
    if upper:
        return not comma and not lazy(
            r"(?:các |những )?(?:đảng ủy )?(?:bộ|sở|ban|tỉnh|hội) ?:|(?:các|những) "
        ).match(before)
    tail = lazy(rf"(?:{_CLASS})(?!\w)").match(view.low, nxt, limit)
    if not tail:
        return False
    if lazy(r"\w+(?: \w+)? (?:các|những) ").match(view.low, nxt, limit) and not lazy(r"(?<!\w)các ").search(
        before
    ):
        return False
    if tail.group() == "các":
        return not view.view[at].isupper() and "liên quan" not in view.low[nxt : nxt + 40]
    return bool(
        lazy(
            r"\b(?:các|những|mỗi|từng|xã|phường|huyện|tỉnh|sở|ban|bộ|tỉnh ủy|cơ quan|hđnd|đảng ủy|đơn vị)\b"
        ).search(before)
    )
