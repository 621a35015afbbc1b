"""Times in English: days, months, quarters, years and what binds them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liencap.core.reading.times import Time, day, month, quarter
from liencap.core.reading.view import lazy

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_M = "|".join(_MONTHS) + r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
_ATOM = (
    rf"(?P<r1>{_M})(?: (?P<rd1>\d{{1,2}})(?:st|nd|rd|th)?)?(?:,? (?P<ry1>\d{{4}}))? ?(?:and|to|through|until|-) ?(?P<r2>{_M})(?: (?P<rd2>\d{{1,2}})(?:st|nd|rd|th)?)?,? (?P<ry2>\d{{4}})"
    rf"|(?P<endm>(?:the )?(?:end|close) of )(?P<em>{_M}),? (?P<ey>\d{{4}})"
    rf"|(?P<m1>{_M}) (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: ?- ?(?P<to>\d{{1,2}}))?,? (?P<y1>\d{{4}})"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<m2>{_M}),? (?P<y2>\d{{4}})"
    rf"|(?P<m3>{_M}),? (?P<y3>\d{{4}})(?!\d)"
    r"|(?P<iso>\d{4}-\d\d-\d\d)|(?P<us>\d{1,2}/\d{1,2}/\d{4})"
    r"|(?:q(?P<q>[1-4])|(?P<qw>first|second|third|fourth) quarter)(?: of)?,? ?(?P<qy>\d{4})"
    r"|(?P<endof>(?:the )?end of (?:the )?(?:calendar )?(?:year )?)(?P<ye>\d{4})"
    rf"|(?P<m4>{_M}) (?P<d4>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|,? \d{{4}})"
    r"|(?P<y>(?<![\w/.-])20\d\d)(?![\d/-]|\.\d)"
)
_BEFORE = (
    r"(?<!\w)(?P<by>(?:no|not) later than|on or before|by(?: the)?|until|through|up to|due(?: date)?:?(?: by| on)?|deadline:?(?: of| is)?)"
    r"|(?<!\w)(?P<before>before|prior to)|(?<!\w)(?P<from>starting(?: in| on| from)?|beginning(?: in| on)?|from|effective|as of|commencing(?: on| in)?)"
    r"|(?<!\w)(?P<not>(?:on or )?after|since|dated|approved|adopted|passed|on or about)"
    r"|(?<!\w)(?P<in>in|during|on|throughout|within|at|between)"
)
_OTHER = (
    r"(?P<relative>within (?:\d{1,3}|[a-z]+)(?: \(\d+\))? (?:calendar |business |working )?(?:days|weeks|months|years)(?: (?:after|of|from|following) [^.;,\n]{1,70})?)"
    r"|(?P<recurring>(?:at least |minimally )?every (?:\d{1,3} |other |two |three |six )?(?:days?|weeks?|months?|quarters?|years?)|quarterly|annually|monthly|weekly|biennially|semi-?annually"
    r"|(?:once|twice|(?<!\d)\d{1,4} activit(?:y|ies)) (?:a|per|each|every) (?:year|month|quarter|week)|each (?:year|quarter|month))"
    r"|(?P<continuous>ongoing|on an ongoing basis|continuous(?:ly)?)|(?P<conditional>(?:(?<!\d)\d{1,4} days )?after [^.;,\n|]{3,60} (?:is|are) (?:issued|approved|adopted|published)[^.;,\n|]{0,3})"
)


def find(low: str, start: int, end: int, year: int | None) -> Iterator[Time]:
    """Yield the times of low[start:end] in order; `year` completes days written without one."""
    for m in lazy(_ATOM).finditer(low, start, end):
        found = _span(m, year)
        if found is None:
            continue
        first, last, grain = found
        bound = lazy(f"(?:{_BEFORE}) $").search(low, max(start, m.start() - 24), m.start())
        word = bound.lastgroup if bound else None
        at = bound.start() if bound else m.start()
        if word == "not":
            continue
        if grain == "range":
            yield Time(at, m.end(), first, last, "in")
        elif word == "by":
            yield Time(at, m.end(), first if grain == "month" else None, last, "by")
        elif word == "before":
            yield Time(at, m.end(), None, first, "before")
        elif word == "from":
            yield Time(at, m.end(), first, None, "from", stated=grain != "year")
        else:
            yield Time(
                at,
                m.end(),
                first,
                last,
                "exact" if grain == "day" else "in",
                stated=word == "in" and grain != "year",
            )
    for m in lazy(_OTHER).finditer(low, start, end):
        kind = m.lastgroup or "relative"
        recurrence = " ".join(m.group().split()) if kind == "recurring" else None
        yield Time(m.start(), m.end(), None, None, kind, recurrence)


def _month(word: str) -> int:
    return next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(word.strip(".")[:3]))


def _span(m: re.Match[str], year: int | None) -> tuple[str, str, str] | None:
    g = m.groupdict()
    if g["r1"]:
        return _range(g)
    if g["em"]:
        both = month(int(g["ey"]), _month(g["em"]))
        return (both[1], both[1], "day") if both else None
    if g["m1"] or g["d2"] or g["m4"]:
        name, number, y = (
            (g["m1"], g["d1"], g["y1"])
            if g["m1"]
            else (g["m2"], g["d2"], g["y2"])
            if g["d2"]
            else (g["m4"], g["d4"], year)
        )
        one = day(int(y), _month(name), int(number)) if y else None
        last = day(int(y), _month(name), int(g["to"])) if y and g["to"] else one
        return (one, last, "day" if one == last else "range") if one and last else None
    if g["m3"]:
        both = month(int(g["y3"]), _month(g["m3"]))
        return (*both, "month") if both else None
    if g["iso"] or g["us"]:
        parts = [int(x) for x in re.split("[-/]", g["iso"] or g["us"])]
        one = day(*parts) if g["iso"] else day(parts[2], parts[0], parts[1])
        return (one, one, "day") if one else None
    if g["qy"]:
        both = quarter(
            int(g["qy"]), int(g["q"]) if g["q"] else ("first", "second", "third", "fourth").index(g["qw"]) + 1
        )
        return (*both, "quarter") if both else None
    y = g["ye"] or g["y"]
    return f"{y}-01-01", f"{y}-12-31", "endof" if g["ye"] else "year"


def _range(g: dict[str, str | None]) -> tuple[str, str, str] | None:
    """Return the days from one month or day to another; the first has the year of the second where it has none."""
    y2 = int(g["ry2"] or 0)
    one = month(int(g["ry1"] or y2), _month(g["r1"] or ""))
    two = month(y2, _month(g["r2"] or ""))
    if one is None or two is None:
        return None
    first = f"{one[0][:8]}{int(g['rd1']):02}" if g["rd1"] else one[0]
    last = f"{two[0][:8]}{int(g['rd2']):02}" if g["rd2"] else two[1]
    return (first, last, "range") if one[0] <= first <= one[1] and first <= last <= two[1] else None
