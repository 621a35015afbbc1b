"""Times in Vietnamese: days, months, quarters and years with what binds them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from liencap.core.reading.times import Time, day, month, quarter
from liencap.core.reading.vi.labels import roman
from liencap.core.reading.view import lazy

_ATOM = (
    r"(?:ngày |hôm )?(?P<d1>\d{1,2}) ?[/.-] ?(?P<m1>\d{1,2}) ?[/.-] ?(?P<y1>(?:19|20)\d\d)(?![\d/])"
    r"|ngày (?P<d2>\d{1,2}) tháng (?P<m2>\d{1,2})(?: năm (?P<y2>\d{4})| ?/ ?(?P<y2b>\d{4}))?"
    r"|(?P<d2c>\d{1,2}) tháng (?P<m2c>\d{1,2}) năm (?P<y2c>\d{4})"
    r"|ngày (?P<d3>\d{1,2}) ?[/-] ?(?P<m3>\d{1,2})(?![\d/-])"
    r"|(?P<part>đầu|giữa|cuối|trung tuần|thượng tuần|hạ tuần|tuần cuối|nửa đầu|nửa cuối) (?:của )?"
    r"(?:tháng (?P<pm>\d{1,2})(?: ?[/-] ?| năm )?(?P<py>\d{4})?(?!\d)|năm (?P<pyy>\d{4})|quý (?P<pq>iv|i{1,3}|[1-4])(?: ?[/-] ?| năm | )(?P<pqy>\d{4}))"
    r"|(?P<half>6|sáu|3|ba|9|chín|03|06|09) tháng (?P<which>đầu|cuối) năm(?: (?P<hy>\d{4}))?"
    r"|(?P<qword>qu[ýí]) (?P<q>iv|i{1,3}|0?[1-4])(?: ?[/-] ?| năm | )(?P<qy>\d{4})(?!\d)"
    r"|(?P<qword2>qu[ýí]) (?P<q2>iv|i{1,3}|0?[1-4])\b(?! ?[/-] ?\d)"
    r"|tháng (?P<m4>\d{1,2})(?: ?[/-] ?| năm )(?P<y4>\d{4})(?!\d)"
    r"|tháng (?P<m5>\d{1,2})(?![\d/]|(?: năm)? \d{4})\b"
    r"|(?P<dm>(?<![\d/.,-])\d{1,2}/\d{1,2})(?![\d/]|[ -]*[a-zđ]{2,4}[-/])"
    r"|(?P<m6>(?<![\d/.,-])\d{1,2})/(?P<y6>20\d\d)(?![\d/-])"
    r"|năm (?P<y7>(?:19|20)\d\d)(?: ?- ?(?P<y7b>(?:19|20)\d\d)| ?(?P<on>(?:và )?(?:các|những) năm (?:tiếp theo|sau)))?(?!\d)"
)
_BEFORE = (
    r"(?:(?P<by>(?:chậm nhất|muộn nhất|trễ nhất)(?: là)?(?: vào)?(?: đến)?(?: hết)?(?: trước)?(?: trong)?"
    r"|(?:kể )?từ nay (?:cho )?đến(?: hết| trước)?|(?:cho )?đến hết|(?:thời )?hạn cuối(?: cùng)?(?: là)?|hết"
    r"|không (?:muộn|chậm|quá) (?:hơn|quá)|không quá)"
    r"|(?P<before>trước)|(?P<until>(?:cho )?(?:đến|tới))"
    r"|(?P<from>(?:kể |bắt đầu )?từ(?: đầu)?)"
    r"|(?P<in>(?:trong|vào|ngay trong|dự kiến(?: vào| trong)?|trong cả|diễn ra(?: vào)?))"
    r"|(?P<done>(?:hoàn thành|xong|thời gian(?: thực hiện| hoàn thành| tổ chức| báo cáo| triển khai)?|thời hạn"
    r"(?: hoàn thành| thực hiện| gửi| báo cáo)?|tiến độ(?: thực hiện| hoàn thành)?|hạn|hạn nộp|lúc|lúc \S{1,8})"
    r"(?: là| vào| trong)?(?: ?:)?)"
) + r") ?[:(]? ?$"
_JOIN = r" ?(?:,|;)?(?: ?(?P<range>-|đến(?: hết)?|tới|cho đến(?: hết)?)| (?P<and>và|,|hoặc)|,)(?: ngày| trước)? ?$"
_RECUR = (
    r"(?P<cycle>(?:hằng|hàng|mỗi) (?:năm|tháng|quý|tuần|ngày|kỳ)|(?:năm|tháng|quý|tuần) (?:một|1) lần)"
    r"|(?P<always>thường xuyên|liên tục)(?=[ ]*(?:[.,;:)|\n]|$|hằng|hàng))|định kỳ(?: \d+ (?:tháng|năm|tuần|ngày))?"
)
_AFTER = r" ?(?:của )?(?:hằng|hàng|mỗi) (?P<unit>năm|tháng|quý)"
_RELATIVE = (
    r"(?:trong (?:thời hạn|thời gian|vòng)|chậm nhất(?: là)?|sau|không quá) \d{1,3} (?:ngày|tháng|tuần|giờ)"
    r"(?: làm việc)?,? (?:kể từ|sau|tính từ|từ|trước)(?: ngày| khi)?[^.;\n]{0,80}"
)
_CONDITION = (
    r"(?:ngay )?sau khi (?:có |được )?[^.,;:()\n]{0,80}?(?:ban hành|phê duyệt|thông qua|hướng dẫn|kết thúc|hoàn thành|có hiệu lực|ký)"
    r"|(?:ngay )?sau đại hội(?! (?:đại biểu )?toàn quốc lần)|theo tiến độ[^.,;:()\n]{0,50}"
)
_CYCLES = {
    "năm": "yearly",
    "tháng": "monthly",
    "quý": "quarterly",
    "tuần": "weekly",
    "ngày": "daily",
    "kỳ": "each term",
}
_PARTS = {
    "đầu": (1, 10), "thượng tuần": (1, 10), "giữa": (11, 20), "trung tuần": (11, 20), "nửa đầu": (1, 15),
    "cuối": (21, 31), "hạ tuần": (21, 31), "nửa cuối": (16, 31), "tuần cuối": (25, 31),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Atom:
    """A calendar word: its place, the days it covers, and whether the year stood in the text."""

    start: int
    end: int
    grain: str
    first: str | None
    last: str | None
    approximate: bool = False
    yearless: tuple[int, int] | None = None


def find(low: str, start: int, end: int, year: int | None) -> Iterator[Time]:
    """Yield the times of low[start:end] in order; `year` completes days written without one."""
    atoms = [_atom(m, year) for m in lazy(_ATOM).finditer(low, start, end)]
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
            if joined.group("range") is None and not (atoms[i].grain == atoms[i + 1].grain == "day"):
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


def _atom(m: re.Match[str], year: int | None) -> Atom:
    g = m.groupdict()
    a, z = m.span()
    for d, mo, y in (("d1", "m1", "y1"), ("d2", "m2", "y2"), ("d2c", "m2c", "y2c"), ("d3", "m3", "")):
        if g[d]:
            stated = g.get(y) or (g["y2b"] if d == "d2" else None)
            return _day(a, z, int(g[d]), int(g[mo]), int(stated) if stated else None, year)
    if g["dm"]:
        one, other = (int(x) for x in g["dm"].split("/"))
        return _day(a, z, one, other, None, year) if other <= 12 else Atom(a, z, "none", None, None)
    if g["part"]:
        return _part(m, year)
    if g["half"]:
        n = {"sáu": 6, "ba": 3, "chín": 9}.get(g["half"]) or int(g["half"])
        y = int(g["hy"]) if g["hy"] else year
        first, last = (1, n) if g["which"] == "đầu" else (13 - n, 12)
        span = (month(y, first), month(y, last)) if y else None
        return Atom(
            a, z, "half", span[0][0] if span and span[0] else None, span[1][1] if span and span[1] else None
        )
    if g["q"] or g["q2"]:
        number = g["q"] or g["q2"]
        y = int(g["qy"]) if g["qy"] else year
        n = int(number) if number.isdigit() else roman(number)
        both = quarter(y, n) if y else None
        return Atom(a, z, "quarter", *(both or (None, None)), yearless=None if g["qy"] else (n, 0))
    number = g["m4"] or g["m5"] or g["m6"]
    if number:
        stated = g["y4"] or g["y6"]
        y = int(stated) if stated else year
        both = month(y, int(number)) if y else None
        return Atom(a, z, "month", *(both or (None, None)), yearless=None if stated else (int(number), 0))
    last = g["y7b"] or g["y7"]
    if g["on"]:
        return Atom(a, z, "onwards", f"{g['y7']}-01-01", None)
    return Atom(a, z, "years" if g["y7b"] else "year", f"{g['y7']}-01-01", f"{last}-12-31")


def _day(a: int, z: int, d: int, m: int, stated: int | None, year: int | None) -> Atom:
    y = stated or year
    one = day(y, m, d) if y else None
    return Atom(a, z, "day" if one or not y else "none", one, one, yearless=None if stated else (m, d))


def _part(m: re.Match[str], year: int | None) -> Atom:
    g = m.groupdict()
    a, z = m.span()
    if g["pyy"]:
        half = "01-01 06-30" if g["part"] in ("đầu", "nửa đầu") else "07-01 12-31"
        if g["part"] == "cuối":
            half = "10-01 12-31"
        first, last = half.split()
        return Atom(a, z, "part", f"{g['pyy']}-{first}", f"{g['pyy']}-{last}", approximate=True)
    if g["pq"]:
        both = quarter(int(g["pqy"]), int(g["pq"]) if g["pq"].isdigit() else roman(g["pq"]))
        return Atom(a, z, "part", *(both or (None, None)), approximate=True)
    y = int(g["py"]) if g["py"] else year
    both = month(y, int(g["pm"])) if y else None
    if both is None:
        return Atom(a, z, "part", None, None, approximate=True)
    low, high = _PARTS[" ".join(g["part"].split())]
    high = min(high, int(both[1][-2:]))
    return Atom(a, z, "part", f"{both[0][:8]}{low:02}", f"{both[0][:8]}{high:02}", approximate=True)


def _times(low: str, group: list[Atom], kind: str | None, start: int, end: int) -> Iterator[Time]:
    head = group[0]
    before = lazy(_BEFORE).search(low, max(start, head.start - 48), head.start)
    word = before.lastgroup if before else None
    begin = before.start() if before else head.start
    if word == "from" and low[begin - 4 : begin] == "chậm":
        word = "by"
    cycle = lazy(_AFTER).match(low, group[-1].end, end)
    if cycle:
        yield Time(begin, cycle.end(), None, None, "recurring", _recur(group, cycle.group("unit")))
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
        if first.grain == "day":
            return Atom(first.start, first.end, "day", day(y, m, d), day(y, m, d)), last
        both = month(y, m) if first.grain == "month" else quarter(y, m)
        return Atom(first.start, first.end, first.grain, *(both or (None, None))), last
    return first, last


def _one(atom: Atom, word: str | None, begin: int) -> Time | None:
    if atom.grain == "none":
        return None
    if atom.grain == "onwards":
        return Time(begin, atom.end, atom.first, None, "from", stated=True)
    if word == "before":
        return Time(begin, atom.end, None, atom.first, "before", approximate=atom.approximate)
    if word in ("by", "until"):
        return Time(
            begin,
            atom.end,
            None,
            atom.last,
            "by",
            approximate=atom.approximate,
            stated=word == "by" or atom.grain != "none",
        )
    if word == "from":
        return Time(begin, atom.end, atom.first, None, "from", approximate=atom.approximate)
    bound = "exact" if atom.grain == "day" else "in"
    return Time(
        begin, atom.end, atom.first, atom.last, bound, approximate=atom.approximate, stated=word is not None
    )


def _recur(group: list[Atom], unit: str) -> str:
    days = [f"{a.yearless[0]:02}-{a.yearless[1]:02}" for a in group if a.yearless and a.grain == "day"]
    return _CYCLES[unit] + (": " + ", ".join(days) if days else "")


def _unnamed(low: str, start: int, end: int, taken: list[tuple[int, int]]) -> Iterator[Time]:
    """Yield recurrences, conditions and time limits, which name no day."""
    for m in lazy(f"(?P<relative>{_RELATIVE})|(?P<condition>{_CONDITION})|(?:{_RECUR})").finditer(
        low, start, end
    ):
        if any(a < m.end() and m.start() < z for a, z in taken[-400:]):
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
            unit = next(
                (
                    _CYCLES[w]
                    for w in _CYCLES
                    if m.group().split()[1:2] == [w] or m.group().startswith(w + " ")
                ),
                "periodic",
            )
            yield Time(m.start(), m.end(), None, None, "recurring", unit)
