"""Times in Vietnamese: days, months, quarters and years with what binds them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from liencap.core.reading.times import Time, day, month, quarter
from liencap.core.reading.vi.moments import Atom, of
from liencap.core.reading.vi.moments import atoms as calendar_words
from liencap.core.reading.view import lazy

_HOUR = r"(?:lúc )?\d{1,2} ?(?:giờ|h|g)(?: ?\d{2})?(?: phút)?,? ?(?:của )?"
_BEFORE = (
    r"(?:(?P<by>(?:chậm nhất|muộn nhất|trễ nhất)(?: là)?(?: vào)?(?: đến)?(?: hết)?(?: trước)?(?: trong)?"
    r"|(?:kể )?từ nay (?:cho )?đến(?: hết| trước)?|(?:cho )?đến hết|(?:thời )?hạn cuối(?: cùng)?(?: là)?|hết|kết thúc(?: vào| trong)?"
    r"|không (?:muộn|chậm|quá) (?:hơn|quá)|không quá)"
    r"|(?P<before>trước)|(?P<until>(?:cho )?(?:đến|tới))"
    r"|(?P<from>(?:kể |bắt đầu )?từ(?: đầu)?)"
    r"|(?P<in>(?:trong|vào|ngay trong|dự kiến(?: vào| trong)?|trong cả|diễn ra(?: vào)?))"
    r"|(?P<done>(?:hoàn thành|xong|thời gian(?: thực hiện| hoàn thành| tổ chức| báo cáo| triển khai)?|thời hạn"
    r"(?: hoàn thành| thực hiện| gửi| báo cáo)?|tiến độ(?: thực hiện| hoàn thành)?|hạn|hạn nộp|lúc|lúc \S{1,8})"
    r"(?: là| vào| trong)?(?: ?:)?)"
) + rf") ?[:(]? ?(?:{_HOUR})?$"
_JOIN = r" ?(?:,|;)?(?: ?(?P<range>-|đến(?: hết)?|tới|cho đến(?: hết)?)| (?P<and>và|,|hoặc)|,)(?: ngày| trước)? ?$"
_RECUR = (
    r"(?P<cycle>(?:định kỳ )?(?:hằng|hàng|mỗi) (?:năm|tháng|quý|tuần|ngày|kỳ)|(?:năm|tháng|quý|tuần) (?:một|1) lần)"
    r"|(?P<always>thường xuyên|liên tục)(?=[ ]*(?:[.,;:)|\n]|$|hằng|hàng))|định kỳ(?: \d+ (?:tháng|năm|tuần|ngày))?"
)
_EACH = r"(?:định kỳ )?(?:hằng|hàng|mỗi) (?P<unit>năm|quý|tháng),? (?:vào )?$"
_AFTER = (
    r" ?(?:của )?(?:hằng|hàng|mỗi) (?P<unit>năm|tháng|quý)|(?: của)? (?P<unit2>tháng) (?:trước|sau|kế tiếp|liền kề)"
    r"|(?: của)? tháng (?:cuối|đầu|thứ ba)(?: của)?(?: mỗi| hằng| hàng)? (?P<unit3>quý)"
)
_RELATIVE = (
    r"(?:trong (?:thời hạn|thời gian|vòng)|chậm nhất(?: là)?|sau|không quá) \d{1,3} (?:ngày|tháng|tuần|giờ)"
    r"(?: làm việc)?,? (?:kể từ|sau|tính từ|từ|trước)(?: ngày| khi)?[^.;\n]{0,80}"
)
_CONDITION = (
    r"(?:ngay )?sau khi (?:có |được )?[^.,;:()\n]{0,80}?(?:ban hành|phê duyệt|thông qua|hướng dẫn|kết thúc|hoàn thành|có hiệu lực|ký)"
    r"|(?:ngay )?sau đại hội(?! (?:đại biểu )?toàn quốc lần)|theo tiến độ[^.,;:()\n]{0,50}"
)
_UNNAMED = rf"(?<!\w)(?=[cđhklmnqst])(?:(?P<relative>{_RELATIVE})|(?P<condition>{_CONDITION})|(?:{_RECUR}))"
_CYCLES = {
    "năm": "yearly",
    "tháng": "monthly",
    "quý": "quarterly",
    "tuần": "weekly",
    "ngày": "daily",
    "kỳ": "each term",
}


def find(low: str, start: int, end: int, year: int | None) -> Iterator[Time]:
    """Yield the times of low[start:end] in order; `year` completes days written without one."""
    atoms = calendar_words(low, start, end, year)
    taken: list[tuple[int, int]] = []
    i = 0
    while i < len(atoms):
        group = [atoms[i]]
        kind = None
        while i + 1 < len(atoms):
            gap = atoms[i + 1].start - atoms[i].end
            joined = lazy(_JOIN).match(low, atoms[i].end, atoms[i + 1].start) if gap <= 16 else None
            if not joined or (kind and kind != (joined.lastgroup or "and")):
                break
            alike = atoms[i].grain == atoms[i + 1].grain in ("day", "month", "quarter")
            if joined.group("range") is None and not alike:
                break
            kind = "range" if joined.group("range") else "and"
            i += 1
            group.append(atoms[i])
            if kind == "range":
                break
        i += 1
        for time in _times(low, group, kind, start, end):
            taken.append((time.start, time.end))
            yield time
    yield from _unnamed(low, start, end, taken)


def _times(low: str, group: list[Atom], kind: str | None, start: int, end: int) -> Iterator[Time]:
    head = group[0]
    before = lazy(_BEFORE).search(low, max(start, head.start - 48), head.start)
    word = before.lastgroup if before else None
    begin = before.start() if before else head.start
    if word == "from" and low[begin - 4 : begin] == "chậm":
        word = "by"
    cycle = lazy(_AFTER).match(low, group[-1].end, end)
    each = None if cycle or not head.yearless else lazy(_EACH).search(low, max(start, begin - 40), begin)
    if each:
        yield Time(each.start(), group[-1].end, None, None, "recurring", _recur(group, each.group("unit")))
        return
    if cycle:
        yield Time(begin, cycle.end(), None, None, "recurring", _recur(group, cycle[cycle.lastgroup or 0]))
        return
    if kind == "range":
        first, last = _inherit(head, group[1])
        if first.grain == "none" or last.grain == "none":
            return
        past = word in ("before", "by")
        yield Time(begin, last.end, None if past else first.first, last.last, "by" if past else "in",
                   approximate=first.approximate or last.approximate, stated=word is not None)  # fmt: skip
        return
    if kind == "and":
        group = [_inherit(one, other)[0] for one, other in pairwise([*group, group[-1]])]
    for i, atom in enumerate(group):
        made = _one(atom, word, begin if i == 0 else atom.start)
        if made:
            yield made


def _inherit(first: Atom, last: Atom) -> tuple[Atom, Atom]:
    """Give a day, month or quarter without a year the year of the one after it."""
    if first.yearless and not last.yearless and last.last:
        y, (m, d) = int(last.last[:4]), first.yearless
        m = m or int(last.last[5:7])
        if first.grain == "day":
            return Atom(first.start, first.end, "day", day(y, m, d), day(y, m, d)), last
        both = month(y, m) if first.grain == "month" else quarter(y, m)
        return of(first.start, first.end, first.grain, both), last
    return first, last


def _one(atom: Atom, word: str | None, begin: int) -> Time | None:
    if atom.grain == "none" or (atom.yearless and not atom.yearless[0]):
        return None
    if atom.grain == "onwards":
        return Time(begin, atom.end, atom.first, None, "from", stated=True)
    if word == "before":
        return Time(
            begin,
            atom.end,
            None,
            atom.first,
            "before",
            approximate=atom.approximate,
            inferred=bool(atom.yearless),
        )
    if word in ("by", "until"):
        return Time(
            begin,
            atom.end,
            None,
            atom.last,
            "by",
            approximate=atom.approximate,
            inferred=bool(atom.yearless),
        )
    if word == "from":
        return Time(begin, atom.end, atom.first, None, "from", approximate=atom.approximate)
    bound = "exact" if atom.grain == "day" else "in"
    return Time(
        begin, atom.end, atom.first, atom.last, bound, approximate=atom.approximate, stated=word is not None
    )


def _recur(group: list[Atom], unit: str) -> str:
    days = [
        f"{a.yearless[0]:02}-{a.yearless[1]:02}" if a.yearless[0] else f"{a.yearless[1]:02}"
        for a in group
        if a.yearless and a.grain == "day"
    ]
    return _CYCLES[unit] + (": " + ", ".join(days) if days else "")


def _unnamed(low: str, start: int, end: int, taken: list[tuple[int, int]]) -> Iterator[Time]:
    """Yield recurrences, conditions and time limits, which name no day."""
    at = 0
    for m in lazy(_UNNAMED).finditer(low, start, end):
        while at < len(taken) and taken[at][1] <= m.start():
            at += 1
        if at < len(taken) and taken[at][0] < m.end():
            continue
        if m.group("relative"):
            yield Time(m.start(), m.end(), None, None, "relative")
        elif m.group("condition"):
            yield Time(m.start(), m.end(), None, None, "conditional")
        elif m.group("always"):
            yield Time(m.start(), m.end(), None, None, "continuous")
        elif not lazy(r"(?:ngân sách|kinh phí|dự toán|chi thường xuyên|nguồn) ?$").search(
            low, max(start, m.start() - 24), m.start()
        ):
            words = m.group().removeprefix("định kỳ ").split()
            unit = next((_CYCLES[w] for w in _CYCLES if w in (words[0], *words[1:2])), "periodic")
            every = re.search(r"định kỳ (\d+ \w+)", m.group())
            unit = f"every {every.group(1)}" if every else unit
            yield Time(m.start(), m.end(), None, None, "recurring", unit)
