"""Who does what in Vietnamese: assignments, leads, supports, headings that are a unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from liencap.core.reading.known import Names
from liencap.core.reading.model import Responsible
from liencap.core.reading.vi.units import Unit, units_at
from liencap.core.reading.view import View, lazy

_GIVE = (
    r"(?<!\w)(?P<give>(?:giao|phân công)(?: nhiệm vụ)?(?: cho)?|(?:yêu cầu|đề nghị|kính đề nghị|chỉ đạo)(?: ?:)?) +"
    r"(?=(?:các |những )?\w)"
)
_MEETING = (
    "(?! (?:và điều hành )?(?:hội nghị|cuộc họp|phiên|buổi|lễ|họp|hội thảo|tọa đàm|đại hội|kỳ họp|giao ban))"
)
_LEADS = rf"(?<!\w)chủ trì(?!:| ?: ){_MEETING}"
_WITH = r"(?<!\w)phối hợp(?: (?:chặt chẽ|thường xuyên|đồng bộ|hiệu quả|tốt|kịp thời|chủ động))?(?:,? với|,? cùng(?: với)?) +"
_LABELLED = (
    r"(?<!\w)(?:(?:đơn vị|cơ quan|bộ phận|phòng|ban|tổ chức|cấp)(?: (?:được giao|tham mưu))? )?"
    r"(?P<role>chủ trì(?:,? tham mưu)?|đầu mối|chịu trách nhiệm chính|phối hợp(?: thực hiện)?|thực hiện|phụ trách)(?: thực hiện| tham mưu)? ?: *"
)
_BY = r"(?<!\w)do +(?=(?:ban|bộ|sở|văn phòng|ủy ban|ubnd|đảng ủy|hội|đoàn|phòng|công đoàn|liên đoàn)(?!\w))"
_VERBS = (
    f"chủ trì{_MEETING}|có trách nhiệm|chịu trách nhiệm|khẩn trương|tiếp tục|tập trung|chủ động|tham mưu|hướng dẫn|xây dựng|tổ chức|theo dõi|chỉ đạo|lãnh đạo"
    "|thực hiện|triển khai|đôn đốc|kiểm tra|rà soát|tăng cường|tổng hợp|căn cứ|quan tâm|đẩy mạnh|bố trí|phối hợp|là cơ quan|là đơn vị|là đầu mối|thường xuyên"
    "|cân đối|thẩm định|tuyên truyền|nghiên cứu|kịp thời|trên cơ sở|hoàn thiện|hoàn thành|lập|quán triệt|cụ thể hóa|đảm bảo|bảo đảm|cung cấp|hỗ trợ|giúp|giám sát|phát huy|vận động"
    "|thành lập|báo cáo(?! về)|đăng ký|ban hành|gửi|cử|mở|tạo điều kiện|phân công|chuẩn bị|phát động|quyết định|xem xét|phê duyệt|giải quyết|ký|công bố|tiếp nhận|phổ biến"
    "|huy động|cập nhật|quản lý|duy trì|nâng cao|phát triển|vận hành|cấp|sửa đổi|bổ sung|khảo sát|đánh giá|sơ kết|tổng kết|khen thưởng|biểu dương|thông tin|đăng tải"
    "|đưa tin|mời|ứng dụng|lồng ghép|lựa chọn|tiến hành|đề xuất|trình|kiện toàn|củng cố|đổi mới|khuyến khích|giới thiệu|tham gia|tập huấn|bồi dưỡng|đào tạo|định kỳ|hằng|hàng"
    "|học tập|bám sát|sử dụng|điều phối|điều hành|giao|chấp hành|thông báo|đầu tư|sắp xếp|phân bổ|chịu sự|tự|thống nhất|xử lý|niêm yết|công khai|ưu tiên|làm|chỉ định|có văn bản|có kế hoạch"
)
_OFFICE_OF = r"(?:theo|căn cứ|trong phạm vi|với) (?:chức năng|thẩm quyền|nhiệm vụ|phân công|trách nhiệm|quyền hạn)[^.;:\n]{0,60}?,?(?= )"
_SKIP = r"(?:(?:trên cơ sở|căn cứ|theo|để|nhằm|trong|trước|sau|chậm nhất|từ)[^,;.\n]{0,120}, )"


def find(
    view: View, start: int, end: int, names: Names, *, led: bool, heading: bool, under_unit: bool, duty: bool
) -> Iterator[Responsible]:
    """Yield the units that text[start:end] makes responsible.

    `led`: an item above names a lead, so that "phối hợp với X" names a support. `heading`: the first paragraph
    may be nothing but units. `under_unit`: the heading above is the unit that cooperates. `duty`: the section says
    who carries out the plan, so that a class of units which opens a sentence is its owner.
    """
    first = _heading(view, start, end, names) if heading else []
    for unit in first:
        yield _made(view, unit, "lead", heading=True)
    begin = first[-1].end if first else start
    for a, z in _sentences(view, begin, end):
        yield from _sentence(
            view, a, z, names, led=led or bool(first), under_unit=under_unit or bool(first), duty=duty
        )


def _sentences(view: View, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for m in lazy(r"[.](?=[ \n])|\n|;(?= *(?:giao|đề nghị|yêu cầu|phân công) )").finditer(
        view.low, start, end
    ):
        if m.start() > at:
            yield at, m.start()
        at = m.end()
    if at < end:
        yield at, end


def _heading(view: View, start: int, end: int, names: Names) -> list[Unit]:
    """Return the units that make up an item's first paragraph, or its part before a colon."""
    stop = min(view.paragraph(start)[1], end)
    m = lazy(r"(?:(?:đề nghị|giao|yêu cầu|đối với|trách nhiệm của|các) ?:? )").match(view.low, start, stop)
    at = m.end() if m and view.low[m.start() : m.end()].strip() != "các" else start
    found, last = units_at(view, at, stop, names)
    rest = view.low[last:stop].strip(" .")
    if found and (not rest or rest[0] == ":" or lazy(r"\([^)]*\) *(?::|$)").match(rest)):
        return found
    return []


def is_heading(view: View, start: int, end: int, names: Names) -> bool:
    """Say whether the first paragraph of view[start:end] is nothing but units."""
    stop = min(view.paragraph(start)[1], end)
    found = _heading(view, start, end, names)
    return bool(found) and not view.low[found[-1].end : stop].strip(" .:")


def _made(view: View, unit: Unit, role: str, *, heading: bool = False) -> Responsible:
    return Responsible(
        unit=_as_written(view, unit), role=role, text=view.source[unit.start : unit.end], start=unit.start, end=unit.end,
        unit_key=unit.key, placeholder=unit.placeholder and not heading,
    )  # fmt: skip


def _as_written(view: View, unit: Unit) -> str:
    """Return the unit's name with the tone marks of the text, where the name stands there whole."""
    raw = " ".join(view.source[unit.start : unit.end].replace("*", "").replace("_", "").split())
    return raw if unit.key is None and len(raw) == len(unit.name) else unit.name


def _sentence(
    view: View, a: int, z: int, names: Names, *, led: bool, under_unit: bool, duty: bool
) -> Iterator[Responsible]:
    taken: list[tuple[int, int]] = []
    found = [*_labelled(view, a, z, names), *_given(view, a, z, names)]
    meant = bool(found) or bool(lazy(_LEADS).search(view.low, a, z))
    found += [
        (unit, "lead")
        for m in lazy(_LEADS).finditer(view.low, a, z)
        for unit in _before(view, a, m.start(), names)
    ]
    first = [unit for at in _clauses(view, a, z) for unit in _opening(view, at, z, names)]
    found += [(_owning(unit) if duty else unit, "lead") for unit in first]
    for m in lazy(_BY).finditer(view.low, a, z):
        units, last = units_at(view, m.end(), z, names)
        if lazy(r" *(?:chủ trì|chịu trách nhiệm|đảm nhiệm|thực hiện)").match(view.low, last, z):
            found += [(unit, "lead") for unit in units]
    if meant or first or (led and not under_unit):
        for m in lazy(_WITH).finditer(view.low, a, z):
            found += [(unit, "support") for unit in units_at(view, m.end(), z, names)[0]]
    for unit, role in found:
        if not any(x < unit.end and unit.start < y for x, y in taken):
            taken.append((unit.start, unit.end))
            yield _made(view, unit, role)


def _owning(unit: Unit) -> Unit:
    return unit if "liên quan" in unit.name else replace(unit, placeholder=False)


def _labelled(view: View, a: int, z: int, names: Names) -> Iterator[tuple[Unit, str]]:
    """Yield the units after "Đơn vị chủ trì:" and its like."""
    if view.low.find(":", a, z) < 0:
        return
    for m in lazy(_LABELLED).finditer(view.low, a, z):
        role = "support" if m.group("role").startswith("phối") else "lead"
        for unit in units_at(view, m.end(), z, names)[0]:
            yield unit, role


def _given(view: View, a: int, z: int, names: Names) -> Iterator[tuple[Unit, str]]:
    """Yield the units that a clause assigns, asks or requires; who is asked to help supports."""
    for m in lazy(_GIVE).finditer(view.low, a, z):
        assigns = m.group("give").startswith(("giao", "phân"))
        if not _clause_start(view, a, m.start(), soft=assigns):
            continue
        units, last = units_at(view, m.end(), z, names)
        helps = lazy(r" *,? *(?:tiếp tục |chủ động )?phối hợp").match(view.low, last, z)
        for unit in units:
            yield unit, "support" if helps and not assigns else "lead"


def _clauses(view: View, a: int, z: int) -> Iterator[int]:
    """Yield where a sentence's main clauses begin: its start, after "Lập danh sách: ...", and after a semicolon."""
    yield a
    about = lazy(r" *(?:[-+] *)?[^:;.\n]{2,140}: ").match(view.low, a, z)
    if about:
        yield about.end()
    for m in lazy(r"; ").finditer(view.low, a, z):
        yield m.end()


def _opening(view: View, a: int, z: int, names: Names) -> list[Unit]:
    """Return the units that a sentence begins with, where they are the subject of a deed."""
    start = lazy(rf" *(?:-|\+)? *{_SKIP}?").match(view.low, a, z)
    units, last = units_at(view, start.end() if start else a, z, names)
    deed = rf" *,? *(?:(?:cần|phải|sẽ|tiếp tục|cùng|nghiêm túc) |{_OFFICE_OF} *)*(?:{_VERBS})(?!\w)"
    if len(units) == 1 and units[0].name.lower() in ("cơ quan", "đơn vị", "bộ phận", "tổ chức", "cấp ủy"):
        return []  # "Cơ quan chủ trì: ..." labels who leads and names nobody itself
    return units if units and lazy(deed).match(view.low, last, z) else []


def _clause_start(view: View, a: int, at: int, *, soft: bool) -> bool:
    before = view.low[max(a, at - 6) : at].rstrip(" -+*")
    return (
        not before
        or before[-1] in (":;.,(" if soft else ":;.")
        or (soft and before.endswith((" và", " đồng")))
    )


def _before(view: View, a: int, at: int, names: Names) -> list[Unit]:
    """Return the list of units that ends right before "chủ trì"."""
    low = view.low
    starts = [a]
    for m in re.finditer(r"[:;,(] +|(?<=\w) (?:giao|do|để|và|cho) +", low[max(a, at - 260) : at]):
        starts.append(max(a, at - 260) + m.end())
    for start in starts[-24:]:
        while start < at and low[start] in " -+*":
            start += 1
        units, last = units_at(view, start, at, names)
        if units and lazy(
            r" *,? *(?:(?:là|cơ quan|đơn vị|có|nhiệm vụ|trách nhiệm|chịu|sẽ|được giao|đầu mối|tiếp tục|chủ động|,) *)*$"
        ).fullmatch(low, last, at):
            return units
    return []


def in_cell(view: View, start: int, end: int, names: Names, role: str) -> list[Responsible]:
    """Return the units of a table's cell: ";" separates where "," may stand inside a name."""
    out: list[Responsible] = []
    at = start
    for m in re.finditer(r"[;\n]|$", view.view[start:end]):
        stop = start + m.start()
        a, z = view.trim(at, stop)
        at = stop + 1
        while a < z and view.view[a] in "-+ ":
            a += 1
        if a >= z:
            continue
        units, last = units_at(view, a, z, names)
        if units and not view.view[last:z].strip(" .,"):
            out.extend(_made(view, unit, role) for unit in units)
        else:
            out.append(_made(view, Unit(a, z, " ".join(view.view[a:z].split()), placeholder=False), role))
    return out


def leads() -> re.Pattern[str]:
    """Return the pattern of words that make an item's unit its lead."""
    return lazy(r"chủ trì|(?:^|[ \n])giao ")
