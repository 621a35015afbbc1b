"""Who does what in English: subjects of "shall" and "will", those who are directed, those who help."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liencap.core.reading.known import Names
from liencap.core.reading.model import Responsible
from liencap.core.reading.view import View, clean, lazy

_HEAD = (
    "agency|agencies|departments?|offices?|bureaus?|boards?|committees?|councils?|commissions?|secretary|secretaries|directors?|administrators?|ministry|ministries|divisions?"
    "|teams?|conferences?|church|churches|party|unions?|government|officers?|president|treasurer|chair|assembly|caucus|locals?|chapters?|districts?|senate|congress|universit(?:y|ies)"
    "|association|society|federation|trustees|administration|services?|authority|authorities|foundation|institute|centers?|centre|members|cabinet|mayor|manager|clerk|attorney|synod|diocese|bishops?|delegates|branches|affiliates|units?|task force|working group|governor|legislature|school|schools|library|partners"
)
_NP = rf"(?P<unit>(?:(?:the|each|all|every|our|its) )?(?:[\w'’&/.-]{{1,40}} (?:and (?=\w+ (?:{_HEAD})))?){{0,5}}?(?:{_HEAD})(?!\w)(?: (?:of|for|on)(?: the)? [A-Z][\w'’&-]{{0,40}}(?: (?:and |of |the |for |on ){{0,3}}[A-Z][\w'’&-]{{0,40}}){{0,6}})?)"
_SUBJECT = rf"(?:^(?:(?i:that) )?|(?<=[.;:,\n] )|(?<=that ))(?i:{_NP})(?P<more>[^.;:\n]{{0,3}}?) (?:shall|will|must|is directed to|are directed to|is hereby directed|is responsible for|are responsible for|is requested to|are requested to|is charged with|is instructed to|agrees to)(?!\w)"
_TOLD = rf"(?<!\w)(?i:direct|instruct|request|urge|charge|ask|authorize|call on|call upon|calls on|calls upon|encourage|task)(?:s|ed)? +(?i:{_NP}),? (?:to|with)(?!\w)"
_HELP = rf"(?i:(?:in )?(?:collaboration|coordination|cooperation|partnership|consultation|conjunction|collaborat\w+|coordinat\w+|cooperat\w+|partner\w*|working)) with +(?i:{_NP})"
_LABELLED = r"(?i:(?P<label>lead(?: agency| office| organization)?|responsible(?: party| agency| office| unit)?|owner|supporting(?: agencies| agency)?|support|partners?)) ?: +(?P<list>[^.\n|]{2,160})"
_NOT = r"(?i:it|this|that|which|who|there|and|then|these|they|such|or|if|when|where|because|an?|the agency|your agency|an agency)$"


def find(
    view: View, start: int, end: int, names: Names, *, led: bool, heading: bool, under_unit: bool
) -> Iterator[Responsible]:
    """Yield the units that text[start:end] makes responsible."""
    if heading and is_heading(view, start, end, names):
        stop = min(view.paragraph(start)[1], end)
        yield _made(view, *view.trim(start, stop), "lead", names)
        start, led = stop, True
    lead = led and not under_unit
    at = start
    for m in lazy(r"[.;](?=[ \n])|\n|$").finditer(view.view, start, end):
        a, z = at, m.start()
        at = m.end()
        if z <= a:
            continue
        begin = a + len(view.view[a:z]) - len(view.view[a:z].lstrip(" "))
        for one in lazy(_LABELLED).finditer(view.view, begin, z):
            role = "support" if one.group("label").lower().startswith(("support", "partner")) else "lead"
            yield from in_cell(view, one.start("list"), one.end("list"), names, role)
        found = [*_matches(_SUBJECT, view, begin, z), *_matches(_TOLD, view, begin, z)]
        for span in found:
            yield _made(view, *span, "lead", names)
        if found or lead:
            for span in _matches(_HELP, view, begin, z):
                yield _made(view, *span, "support", names)


def _matches(pattern: str, view: View, a: int, z: int) -> Iterator[tuple[int, int]]:
    for m in lazy(pattern).finditer(view.view[a:z]):
        words = m.group("unit")
        if (
            lazy(_NOT).match(words)
            or len(words) > 110
            or lazy(r"(?i:this|these|such|that|which|if|when|then|by|to|an?)(?!\w)").match(words)
        ):
            continue
        generic = lazy(r"(?i:(?:the )?(?:agency|agencies|team|members|unit|department|services?))$").match(
            words
        )
        if not generic:
            yield a + m.start("unit"), a + m.end("unit")


def _made(view: View, start: int, end: int, role: str, names: Names) -> Responsible:
    bare = lazy(r"(?i:the|our|its) ").match(view.view, start, end)
    start = bare.end() if bare else start
    own = names.match(view, start, len(view.view))
    if own and own[0] >= end:
        return Responsible(own[2], role, view.source[start : own[0]], start, own[0], unit_key=own[1])
    return Responsible(clean(view.view[start:end]), role, view.source[start:end], start, end)


def in_cell(view: View, start: int, end: int, names: Names, role: str) -> list[Responsible]:
    """Return the units of a table's cell, cut at ";" and line breaks, or at "," where there is none."""
    cell = view.view[start:end]
    mark = r"[;\n]|<br ?/?>" if re.search(r"[;\n]|<br", cell) else r", | and (?=[A-Z])"
    out: list[Responsible] = []
    at = start
    for m in re.finditer(rf"{mark}|$", cell):
        a, z = view.trim(at, start + m.start())
        at = start + m.end()
        if a < z:
            out.append(_made(view, a, z, role, names))
    return out


def is_heading(view: View, start: int, end: int, names: Names) -> bool:
    """Say whether the first paragraph of view[start:end] is nothing but a unit."""
    stop = min(view.paragraph(start)[1], end)
    own = names.match(view, start, stop)
    words = view.view[start:stop].strip(" .:")
    return bool(own and own[0] >= start + len(words)) or bool(lazy(rf"(?i:{_NP})").fullmatch(words))


def leads() -> re.Pattern[str]:
    """Return the pattern of words that make an item's unit its lead."""
    return lazy(r"(?<!\w)(?:shall|directs?|will lead|is directed)(?!\w)")
