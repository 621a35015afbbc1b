"""Citations in English: acts by name, memoranda, orders, public laws, the code, numbered resolutions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liencap.core.reading.model import Citation
from liencap.core.reading.view import View, lazy

_PATTERN = (
    r"(?P<memo>(?:OMB )?(?:Memorandum )?(?<![\w-])(?P<mark>M-\d\d-\d\d)(?![\w-]))"
    r"|(?P<order>(?:Executive Order|E\.?O\.?)(?: No\.?)? (?P<order_no>\d{4,5}))"
    r"|(?P<law>(?:Public Law|Pub\. ?L\.|P\.L\.)(?: No\.?)? (?P<law_no>\d{2,3} ?- ?\d{1,4}))"
    r"|(?P<code>(?P<title>\d{1,2}) U\.?S\.?C\.?(?: §{1,2}| [Ss]ection| [Ss]ec\.)? ?(?P<sec>\d+[a-z]?(?:-\d+)?))"
    r"|(?P<cfr>(?P<cfr_t>\d{1,2}) C\.?F\.?R\.?(?: [Pp]art| §{1,2})? ?(?P<cfr_s>\d+(?:\.\d+)?))"
    r"|(?P<eu>(?:Regulation|Directive|Decision) \((?:EU|EC|EEC)\)(?: No\.?)? (?P<eu_no>\d{2,4}/\d{2,4}))"
    r"|(?P<un>A/RES/\d{2}/\d{1,3}|S/RES/\d{3,4}(?: ?\(\d{4}\))?)"
    r"|(?P<numbered>(?P<kind>Resolution|Ordinance|Circular|Policy|Directive|Bill|Decree|Standing Order|Petition|Paragraph|Decision|Bylaw)(?: No\.?| Number| #|s)? ?#?(?P<num>\d{1,5}(?:[-/.]\d{1,4})+[A-Z]?|\d{3,5}))(?![\w/-])"
    r"|(?P<earlier>Resolution (?:No\.? ?)?(?P<earlier_no>\d{1,2}) (?=(?:of|from|adopted|passed)\b))"
    r"|(?P<act>(?P<name>(?<![\w'’-])(?:[A-Z][\w'’-]{0,40},? (?:(?:of|for|and|the|to|in|on|by|with) )*){0,9}[A-Z][\w'’-]{0,40} Act)(?: (?:of )?(?P<year>(?:19|20)\d\d))?(?! [Aa]genc| of [A-Z]|\w))"
)
_LEAD = r"^(?:(?:WHEREAS,?|Whereas,?|The|This|Required for|Encouraged for|That|Under|In|As|By|An?|And|Federal agencies|Each|All|Section \d+ of the|For|With|Pursuant to) (?:the )?)+"


def ascii_key(words: str) -> str:
    """Return words in lower-case ASCII with hyphens."""
    return re.sub("[^a-z0-9]+", "-", words.lower()).strip("-")


def find(view: View) -> list[Citation]:
    """Return every citation of the text, in order."""
    return list(_found(view))


def _found(view: View) -> Iterator[Citation]:
    for m in lazy(_PATTERN).finditer(view.view):
        key, start = _key(m)
        if key:
            yield Citation(key, view.source[start : m.end()], start, m.end())


def _key(m: re.Match[str]) -> tuple[str | None, int]:
    g, start = m.groupdict(), m.start()
    if g["act"]:
        name = g["name"]
        lead = lazy(_LEAD).match(name)
        start += lead.end() if lead else 0
        bare = name[lead.end() :] if lead else name
        *_, other = re.split(r"(?<!Equal) and the ", bare)
        start += len(bare) - len(other)
        bare = other
        if len(bare.split()) < 2:
            return None, start
        return f"act:{ascii_key(bare)}" + (f":{g['year']}" if g["year"] else ""), start
    if g["earlier"]:
        return f"resolution:{g['earlier_no']}", start
    if g["memo"]:
        return f"omb:{g['mark']}", start
    if g["order"]:
        return f"executive-order:{g['order_no']}", start
    if g["law"]:
        return f"public-law:{''.join(g['law_no'].split())}", start
    if g["code"]:
        return f"usc:{g['title']}:{g['sec']}", start
    if g["cfr"]:
        return f"cfr:{g['cfr_t']}:{g['cfr_s']}", start
    if g["eu"]:
        return f"{g['eu'].split()[0].lower()}:{g['eu_no']}", start
    if g["un"]:
        return f"resolution:{g['un']}", start
    return f"{ascii_key(g['kind'])}:{g['num']}", start
