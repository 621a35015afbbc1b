"""Calendar words of Vietnamese: a day, month, quarter, half or year, and the days it covers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from liencap.core.reading.times import day, month, quarter
from liencap.core.reading.vi.labels import roman
from liencap.core.reading.view import lazy

_ATOM = (
    r"(?:ngày |hôm )?(?P<d1>\d{1,2}) ?[/.-] ?(?P<m1>\d{1,2}) ?[/.-] ?(?P<y1>(?:19|20)\d\d)(?![\d/])"
    r"|ngày (?P<d2>\d{1,2}) tháng (?P<m2>\d{1,2})(?: năm (?P<y2>\d{4})| ?/ ?(?P<y2b>\d{4}))?"
    r"|ngày (?:mồng |mùng )?(?P<d6>\d{1,2})(?=(?: của| cuối)? (?:hằng |hàng |mỗi )?(?:tháng|quý|năm)(?! ?\d))"
    r"|(?<=và )(?P<d8>\d{1,2}) tháng (?P<m8>\d{1,2})(?!\d|(?: năm|/) ?\d{4})"
    r"|tuần (?:thứ )?(?P<week>[1-4]|nhất|hai|ba|tư)(?: của)? tháng (?P<wm>\d{1,2})(?: ?[/-] ?| năm )?(?P<wy>\d{4})?(?!\d)"
    r"|(?<=từ )(?P<d7>\d{1,2})(?= ?(?:-|đến|tới)(?: hết)?(?: ngày)? ?\d{1,2}(?: ?[/.-] ?\d| tháng))"
    r"|(?:ngày )(?P<d5>\d{1,2})(?= ?(?:-|đến|tới|và|,)(?: hết)?(?: ngày)? ?\d{1,2}(?: ?[/.-] ?\d| tháng))"
    r"|(?P<d2c>\d{1,2}) tháng (?P<m2c>\d{1,2}) năm (?P<y2c>\d{4})"
    r"|ngày (?P<d3>\d{1,2}) ?[/-] ?(?P<m3>\d{1,2})(?![\d/-])"
    r"|(?P<part>đầu|giữa|cuối|trung tuần|thượng tuần|hạ tuần|tuần cuối|tuần đầu|nửa đầu|nửa cuối) (?:của )?"
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
_PARTS = {
    "đầu": (1, 10), "thượng tuần": (1, 10), "giữa": (11, 20), "trung tuần": (11, 20), "nửa đầu": (1, 15),
    "cuối": (21, 31), "hạ tuần": (21, 31), "nửa cuối": (16, 31), "tuần cuối": (25, 31), "tuần đầu": (1, 7),
}  # fmt: skip


_NEAR = 60  # characters after which a year said before counts no longer
_STOP = re.compile(r"[.;\n]")


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


def atoms(low: str, start: int, end: int, year: int | None) -> list[Atom]:
    """Return the calendar words of low[start:end] in order.

    A day without a year has that of a year which stands before it in its sentence, else `year`.
    """
    out: list[Atom] = []
    said: tuple[int, int] | None = None  # where a year stood last, and which
    for m in lazy(rf"(?<!\w)(?=[\dbcđghnqst])(?:{_ATOM})").finditer(low, start, end):
        one = _atom(m, year)
        if (
            one.yearless
            and said
            and m.start() - said[0] <= _NEAR
            and not _STOP.search(low, said[0], m.start())
        ):
            one = _atom(m, said[1])
        elif not one.yearless and one.last and one.grain in ("year", "day", "month", "quarter"):
            said = m.end(), int(one.last[:4])
        out.append(one)
    return out


def of(start: int, end: int, grain: str, both: tuple[str, str] | None, *, approximate: bool = False,
       yearless: tuple[int, int] | None = None) -> Atom:  # fmt: skip
    """Return an atom that covers the days of `both`, or none where the year is unknown."""
    first, last = both or (None, None)
    return Atom(start, end, grain, first, last, approximate, yearless)


def _count(word: str) -> int:
    return int(word) if word.isdigit() else roman(word)


def _atom(m: re.Match[str], year: int | None) -> Atom:
    g = m.groupdict()
    a, z = m.span()
    for d, mo, y in (
        ("d1", "m1", "y1"),
        ("d2", "m2", "y2"),
        ("d2c", "m2c", "y2c"),
        ("d3", "m3", ""),
        ("d8", "m8", ""),
    ):
        if g[d]:
            stated = g.get(y) or (g["y2b"] if d == "d2" else None)
            return _day(a, z, int(g[d]), int(g[mo]), int(stated) if stated else None, year)
    alone = g["d5"] or g["d6"] or g["d7"]
    if alone:
        return Atom(a, z, "day", None, None, yearless=(0, int(alone)))
    if g["dm"]:
        one, other = (int(x) for x in g["dm"].split("/"))
        return _day(a, z, one, other, None, year) if other <= 12 else Atom(a, z, "none", None, None)
    if g["part"] or g["week"]:
        return _part(m, year) if g["part"] else _week(m, year)
    if g["half"]:
        return _half(a, z, g["half"], g["which"], int(g["hy"]) if g["hy"] else year)
    if g["q"] or g["q2"]:
        n = _count(g["q"] or g["q2"])
        when = int(g["qy"]) if g["qy"] else year
        return of(a, z, "quarter", quarter(when, n) if when else None, yearless=None if g["qy"] else (n, 0))
    if g["m4"] or g["m5"] or g["m6"]:
        n = int(g["m4"] or g["m5"] or g["m6"])
        said = g["y4"] or g["y6"]
        when = int(said) if said else year
        return of(a, z, "month", month(when, n) if when else None, yearless=None if said else (n, 0))
    if g["on"]:
        return Atom(a, z, "onwards", f"{g['y7']}-01-01", None)
    last = g["y7b"] or g["y7"]
    return Atom(a, z, "years" if g["y7b"] else "year", f"{g['y7']}-01-01", f"{last}-12-31")


def _half(a: int, z: int, word: str, which: str, year: int | None) -> Atom:
    n = {"sáu": 6, "ba": 3, "chín": 9}.get(word) or int(word)
    first, last = (1, n) if which == "đầu" else (13 - n, 12)
    one, other = (month(year, first), month(year, last)) if year else (None, None)
    return of(a, z, "half", (one[0], other[1]) if one and other else None)


def _day(a: int, z: int, d: int, m: int, stated: int | None, year: int | None) -> Atom:
    y = stated or year
    one = day(y, m, d) if y else None
    return Atom(a, z, "day" if one or not y else "none", one, one, yearless=None if stated else (m, d))


def _week(m: re.Match[str], year: int | None) -> Atom:
    """Return the days of a month's first to fourth week, as offices count them: 1-7, 8-14, 15-21, 22 to the end."""
    g = m.groupdict()
    y = int(g["wy"]) if g["wy"] else year
    both = month(y, int(g["wm"])) if y else None
    n = int(g["week"]) if g["week"].isdigit() else ("nhất", "hai", "ba", "tư").index(g["week"]) + 1
    if both is None:
        return Atom(*m.span(), "part", None, None, approximate=True)
    last = f"{both[0][:8]}{7 * n:02}" if n < 4 else both[1]
    return Atom(*m.span(), "part", f"{both[0][:8]}{7 * n - 6:02}", last, approximate=True)


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
        return of(a, z, "part", quarter(int(g["pqy"]), _count(g["pq"])), approximate=True)
    y = int(g["py"]) if g["py"] else year
    both = month(y, int(g["pm"])) if y else None
    if both is None:
        return Atom(a, z, "part", None, None, approximate=True)
    low, high = _PARTS[" ".join(g["part"].split())]
    high = min(high, int(both[1][-2:]))
    return Atom(a, z, "part", f"{both[0][:8]}{low:02}", f"{both[0][:8]}{high:02}", approximate=True)
