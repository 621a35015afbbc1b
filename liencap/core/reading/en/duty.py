"""Who does what in English: subjects of "shall" and "will", those who are directed, those who help."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liencap.core.reading.known import Names
from liencap.core.reading.model import Responsible
from liencap.core.reading.view import View, clean, lazy

_HEAD = (
    "agency|agencies|departments?|offices?|bureaus?|boards?|committees?|councils?|commissions?|secretary[- ]treasurer|secretary|secretaries|directors?|administrators?|ministry|ministries|divisions?"
    "|teams?|conferences?|church|churches|party|unions?|government|officers?|president|treasurer|chair|assembly|caucus|locals?|chapters?|districts?|senate|congress|universit(?:y|ies)"
    "|association|society|federation|trustees|administration|services?|authority|authorities|foundation|institute|centers?|centre|members|cabinet|mayor|manager|clerk|attorney|synod|diocese|bishops?|delegates|branches|affiliates|units?|task force|working group|governor|legislature|school|schools|library|partners"
)
_NP = rf"(?P<unit>(?:(?:the|each|all|every|our|its) )?(?:(?!and )[\w'’&/.-]{{1,40}} (?:and (?=\w+ (?:{_HEAD})))?){{0,5}}?(?:{_HEAD})(?!\w)(?: (?:of|for|on)(?: the)? (?-i:[A-Z])[\w'’&-]{{0,40}}(?: (?:and |of |the |for |on ){{0,3}}(?-i:[A-Z])[\w'’&-]{{0,40}}){{0,6}})?)"
_MODAL = (
    r"(?i:(?:shall|will|must|is directed to|are directed to|is hereby directed|are hereby directed|is responsible for|are responsible for|is requested to|are requested to"
    r"|is charged with|is instructed to|are instructed to|is authorized|are authorized|agrees to))(?!\w)"
)
_APART = r", (?i:in|with|through|working|acting|as|along|together|by|upon|after|subject|where|if|when|on|no|within|and in)(?!\w)[^.;\n]{0,160}?(?:,|$)"
_LINK = r"(?i:of|for|on|in|to|and|or|with|from|at|by|that|which|who|whose|under|has|have|had|was|were|is|are|does|did|not|the|a|an|hereby)$"
_TOLD = rf"(?<!\w)(?i:direct|instruct|request|urge|charge|ask|authorize|call on|call upon|calls on|calls upon|encourage|task)(?:s|ed)? +(?i:{_NP}),? (?:to|with)(?!\w)"
_HELP = rf"(?i:(?:in )?(?:collaboration|coordination|cooperation|partnership|consultation|conjunction|collaborat\w+|coordinat\w+|cooperat\w+|partner\w*|working)) with +(?i:{_NP})"
_LABELLED = r"(?i:(?P<label>lead(?: agency| office| organization)?|responsible(?: party| agency| office| unit)?|owner|supporting(?: agencies| agency)?|support|partners?)) ?: +(?P<list>[^.\n|]{2,160})"
_NOT = r"(?i:it|this|that|which|who|there|and|then|these|they|such|or|if|when|where|because|an?|the agency|your agency|an agency)$"


def find(
    view: View, start: int, end: int, names: Names, *, led: bool, heading: bool, under_unit: bool, duty: bool
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
        found = [*_subjects(view, begin, z), *_matches(_TOLD, view, begin, z)]
        for span in found:
            yield _made(view, *span, "lead", names)
        if found or lead:
            for span in _matches(_HELP, view, begin, z):
                yield _made(view, *span, "support", names)


def _subjects(view: View, a: int, z: int) -> Iterator[tuple[int, int]]:
    """Yield the units that are the subject of "shall", or of the plain verb that follows "Resolved, That"."""
    at = a
    for m in lazy(rf"(?<=[ ,]){_MODAL}").finditer(view.view, a, z):
        yield from _units_before(view, max(at, m.start() - 320), m.start())
        at = m.end()
    if at > a:
        return
    wish = lazy(
        rf"(?:and )?(?i:that) (?P<who>(?i:{_NP}))(?:, [^.;\n]{{3,160}}?,)? (?P<verb>[a-z]+(?<!s))(?!\w)"
    )
    one = wish.match(view.view, a, z)
    if one and not lazy(_LINK).match(one.group("verb")) and not one.group("verb").endswith(("ed", "ing")):
        yield one.start("who"), one.end("who")


def _units_before(view: View, a: int, z: int) -> Iterator[tuple[int, int]]:
    """Yield the units of the list that ends at a place, leaving out what stands between commas beside it."""
    text = view.view[a:z]
    for m in lazy(_APART).finditer(text):
        if m.start():
            text = text[: m.start()] + " " * (m.end() - m.start()) + text[m.end() :]
    lead = lazy(r" *(?:and |further |also )*(?i:that) ").match(text)
    starts = [lead.end() if lead else 0, *(m.end() for m in re.finditer(r"[,;:] +|(?<!\w)(?i:that) +", text))]
    for start in starts:
        start += len(text[start:]) - len(text[start:].lstrip())
        pieces = _pieces(text, start)
        if pieces:
            for x, y in pieces:
                if _is_unit(text[x:y]):
                    yield a + x, a + y
            return


def _pieces(text: str, start: int) -> list[tuple[int, int]]:
    """Return the places of the units that text[start:] is a list of, or nothing where it is more than that."""
    noun = lazy(rf"(?i:{_NP})")
    end = len(text.rstrip(" ,"))
    if noun.fullmatch(text, start, end):
        return [(start, end)]
    out: list[tuple[int, int]] = []
    at = start
    for m in re.finditer(r"(?:,? and |, )(?:the )?|$", text[start:end]):
        stop = start + m.start()
        if at >= stop or not noun.fullmatch(text, at, stop):
            return []
        out.append((at, stop))
        at = start + m.end()
    return out


def _is_unit(words: str) -> bool:
    """Say whether a noun phrase names a unit, and not only "the agency" or a pronoun's."""
    if lazy(_NOT).match(words) or len(words) > 110:
        return False
    if lazy(
        r"(?i:(?:the )?(?:number|majority|right|rights|names?|list|cost|role|work|needs?|costs|use|lives) of )"
    ).match(words):
        return False
    if lazy(r"(?i:this|these|such|that|which|if|when|then|by|to|an?)(?!\w)").match(words):
        return False
    return not lazy(r"(?i:(?:the )?(?:agency|agencies|team|members|unit|department|services?))$").match(words)


def _matches(pattern: str, view: View, a: int, z: int) -> Iterator[tuple[int, int]]:
    for m in lazy(pattern).finditer(view.view[a:z]):
        if _is_unit(m.group("unit")):
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
