"""The head and foot of an English document: title, number, date, issuer, signature."""

from __future__ import annotations

import re

from liencap.core.reading.en.dates import find as times
from liencap.core.reading.en.title import issuer, title_of
from liencap.core.reading.grammar import Frame
from liencap.core.reading.model import Body, Document, Person
from liencap.core.reading.view import View, clean, lazy

_FURNITURE = r"(?:^|\n) *\[?(?P<web>Back to top|Related (?:posts|articles|news|links)|Share this|Leave a (?:reply|comment)|Recent posts|You may also like|Subscribe|Comments|Privacy policy|Copyright|Sign up|Follow us|Read more)(?=[^\n]{0,60}(?:\n|$))"
_NUMBER = r"(?:^|\n) *(?:[^\n]{0,40}? )?(?P<kind>Resolution|RESOLUTION|Motion|MOTION|Composite|Ordinance|ORDINANCE|Bill|Order|ORDER|Circular|Memorandum|Document|Petition|Directive|DIRECTIVE|Policy|POLICY|Bulletin) ?(?:No\.?|NO\.?|Number|NUMBER|#)? ?#?:? ?(?P<number>[A-Z]{0,4}[-.]?\d[\w/.-]*)"
_TYPES = (("resolution", "resolution"), ("motion", "motion"), ("action plan", "action-plan"), ("work plan", "work-plan"), ("strategic plan", "plan"), ("plan", "plan"),
          ("directive", "directive"), ("memorandum", "memorandum"), ("executive order", "executive-order"), ("policy", "policy"), ("actions", "action-plan"), ("minutes", "minutes"))  # fmt: skip


def frame(view: View) -> Frame:
    """Read head and foot."""
    m = lazy(_FURNITURE).search(view.view, len(view.view) // 3)
    stop = m.start("web") if m else len(view.view)
    head = _head(view)
    title = title_of(view, head)
    subject = clean(view.view[title[0] : title[1]]) or None
    number = lazy(_NUMBER).search(view.view[: head + 1])
    date = _date(view, head, stop)
    kind = next((key for word, key in _TYPES if word in (subject or "").lower()), None) or (
        "resolution" if re.search(r"(?i)be it (?:further )?resolved", view.view[:20000]) else "document"
    )
    document = Document(
        type=kind, number=number.group("number").rstrip(".") if number else None, date=date,
        issuer=issuer(view, head, title), subject=subject, start=title[0], end=title[1],
    )  # fmt: skip
    return Frame(document, title[1] if title[1] < head else 0, stop, stop, document.date, title)


def _head(view: View) -> int:
    """Return where the head ends: at the first label, "Whereas", or long paragraph."""
    for line in view.lines[1:40]:
        words = view.view[line.start : line.end]
        if "##" in view.source[max(0, line.start - 6) : line.start]:
            return line.start
        if len(words) > 140 or lazy(
            r"(?i:whereas|be it|resolved|therefore|\d+\. |action \d|section \d|article )"
        ).match(words):
            return line.start
    return view.lines[min(len(view.lines) - 1, 5)].end if view.lines else 0


def _date(view: View, head: int, stop: int) -> str | None:
    """Return the day the head states, else the day or month on which the text says it was adopted."""
    low = view.low[: head + 1]
    for t in times(low, 0, len(low), None):
        if t.first and t.first == t.last and not lazy(r"whereas").search(low[: t.start]):
            return t.first
    said = lazy(
        r"(?<!\w)(?:adopted|approved|passed|dated|date|issued|done|ratified)(?!\w)[^.;\n\d]{0,80}?(?=(?:january|february|march|april|may|june|july|august|september|october|november|december|\d{1,2} |\d{4}-))"
    )
    places = list(said.finditer(view.low, 0, head + 1))
    places += [
        m
        for m in said.finditer(view.low, max(head, stop - 1500), stop)
        if view.view.rfind("\n", 0, m.start()) >= m.start() - 3
    ]
    for m in places:
        for t in times(view.low, m.end(), min(m.end() + 30, stop), None):
            if t.first and t.last:
                return t.first if t.first == t.last else t.first[:7] if t.first[:7] == t.last[:7] else None
    return None


def closing() -> re.Pattern[str]:
    """Return the pattern of a paragraph that closes a document and belongs to no item."""
    return lazy(
        r"(?:Submitted by|Respectfully submitted|Adopted (?:by|this|on)|Approved (?:by|this|on)|Passed (?:by|this)|PASSED|ADOPTED|Signed|Attest|\[?Back to top|Contact|Contacts:|For more information)"
    )


def people(view: View, start: int, end: int) -> list[Person]:
    """Return the named persons to whom the text gives an office."""
    out: dict[str, Person] = {}
    pattern = r"(?P<name>(?<!\w)(?:[A-Z][a-z]{1,30} ){1,2}(?:[A-Z]\. )?[A-Z][a-z]+), (?P<role>(?:the )?(?:[A-Z][\w&-]{0,40} ){0,4}(?:President|Director|Secretary|Chair|Officer|Administrator|Treasurer|Mayor|Commissioner|Manager)(?: of [A-Z][\w ]{2,40})?)"
    for m in lazy(pattern).finditer(view.view, start, end):
        out.setdefault(m.group("name"), Person(m.group("name"), clean(m.group("role")), m.start(), m.end()))
    return list(out.values())


def bodies(view: View, start: int, end: int, issuer: str | None) -> list[Body]:
    """Return the committees and boards the text names, each once, but not the issuer."""
    out: dict[str, Body] = {}
    pattern = r"(?P<name>(?<![\w&-])(?:[A-Z][\w&-]{0,40} ){1,5}(?:Body|Council|Committee|Board|Commission|Task Force|Working Group))(?!\w)"
    for m in lazy(pattern).finditer(view.view, start, end):
        name = clean(re.sub(r"^(?:The|A|An|All|This|Constitute|Each) ", "", m.group("name")))
        if name != issuer and len(name.split()) > 1:
            out.setdefault(name.lower(), Body(name, m.end() - len(m.group("name").rstrip()), m.end()))
    return list(out.values())


def link_words(text: str) -> list[str]:
    """Return the words of a text that carry its matter."""
    return [
        w
        for w in re.findall(r"[a-z]{4,}", text.lower())
        if w not in {"that", "with", "will", "this", "from", "shall", "their"}
    ]
