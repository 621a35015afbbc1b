"""The title of an English document, and the body that issued it."""

from __future__ import annotations

from liencap.core.reading.view import Line, View, clean, lazy

_NAMED = (
    r"(?i:(?!resolution ?(?:no\.? ?|#)?[\w-]{0,8}$)[^\n]{0,60}?(?<!\w)(?:action plan|work ?plan|strategic plan|operational plan|implementation plan|plan of action"
    r"|resolution|memorandum|directive|policy|guidelines|programme|program of work)(?!\w))"
)
_BODY = (
    r"(?i:[^\n]*(?<!\w)(?:federation|union|council|association|board|committee|society|department|office|ministry|agency|city|county|state|university|cooperative|co-operative"
    r"|congress|party|assembly|commission|league|alliance|confederation|club|institute|authority|church|conference)(?!\w))"
)
_NO_BODY = r"(?i:.*(?:resolution|action plan|work ?plan|minutes|agenda|plan for|report))"
_NO_TITLE = r"(?i:date|to|from|no\.|page|draft|approved|adopted|resolution (?:no\.?|#))(?!\w)"
_ISSUER = (
    r"(?:^|\n) *(?:(?:Issued by|Adopted by|Approved by|Prepared by|Passed by|Submitted by|Proposed by|Moved by) ?:? *|(?:From|Issuer|Issuing agency|Agency) ?: *)(?:the )?"
    r"(?P<who>[A-Z](?:(?! on \d| on [A-Z][a-z]+ \d| at its)[^\n,.;(]){3,90})"
    r"|(?i:be it (?:further )?resolved),? (?:by|that)? ?(?:the )?(?P<by>[A-Z][\w'’& ]{3,80}?)(?:,| (?:shall|will|in |at |hereby|direct|call|urge|support|affirm|reaffirm"
    r"|request|encourage|go on|commit|adopt|recognize|condemn|oppose|stand|work|establish|create|endorse|that |assembled|convened|on |and ))"
)
_TEAM = r"the (?P<team>[A-Z]\w+(?: [A-Z]\w+){1,4}) team has"
_JOINT = r"(?<![\w/])(?P<joint>[A-Z]{2,6}/[A-Z]{2,6})(?![\w/])(?= [^.\n|]{0,40}guidance)"
_SMALL = frozenset({"of", "the", "and", "for", "in", "on"})


def title_of(view: View, head: int) -> tuple[int, int]:
    """Return the title's span: the line below "RESOLUTION 14" or below the name of the body, else the first."""
    lines = [line for line in view.lines[:12] if line.start <= head]
    for one, other in zip(lines[:5], lines[1:], strict=False):
        if lazy(r"(?i:resolution ?(?:no\.? ?|number |#)?[\w./-]{1,12})").fullmatch(_words(view, one)):
            return other.start, other.end
    if lines and _is_body(_words(view, lines[0])):
        for line in lines[1:4]:
            if lazy(_NAMED).match(_words(view, line)):
                return line.start, line.end
    for line in lines:
        if not lazy(_NO_TITLE).match(_words(view, line)) and line.end - line.start > 3:
            return line.start, line.end
    return (view.lines[0].start, view.lines[0].end) if view.lines else (0, 0)


def _words(view: View, line: Line) -> str:
    return view.view[line.start : line.end]


def _is_body(words: str) -> bool:
    return len(words) <= 90 and bool(lazy(_BODY).match(words)) and not lazy(_NO_BODY).match(words)


def issuer(view: View, head: int, title: tuple[int, int]) -> str | None:
    """Return the body above the title, else the one that the text says issued, adopted or resolved it."""
    first = view.lines[0] if view.lines else None
    over = clean(_words(view, first)) if first and first.start < title[0] else ""
    if over and _is_body(over):
        return over if not over.isupper() else _usual_case(over)
    m = lazy(_ISSUER).search(view.view[: max(head, 20000)])
    if m:
        return clean(m.group("who") or m.group("by")).strip()
    team = lazy(_TEAM).search(view.view)
    if team:
        # A programme that several offices run together is named with them, as its readers do.
        joint = lazy(_JOINT).search(view.view)
        return clean(team.group("team")) + (f" ({joint.group('joint')})" if joint else "")
    return None


def _usual_case(shouted: str) -> str:
    words = shouted.split()
    return " ".join(w.lower() if i and w.lower() in _SMALL else w.capitalize() for i, w in enumerate(words))
