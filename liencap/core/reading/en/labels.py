"""Labels of English documents: resolved clauses, named actions and goals, numbers, letters, headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from liencap.core.reading.outline import Found, LabelRules
from liencap.core.reading.view import View, lazy

_WORDS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
_GOAL = "Pillar|Goal|Priority|Theme|Outcome|Focus Area|Strategic Priority|Strategic Goal"
_AIM = "Objective|Strategy|Strategic Objective"
_ACTION = (
    "Action Item|Action|Recommendation|Step|Milestone|Task|Initiative|Activity|Measure|Commitment|Deliverable"
)
RANKS: dict[str, float] = {
    "heading": 0, "part": 1, "article": 2, "roman": 2.1, "upper": 2.2, "goal": 2.3, "aim": 2.5, "action": 2.8,
    "resolved": 3, "whereas": 3, "num": 4, "numparen": 4.6, "num2": 5, "num3": 6, "letter": 7, "paren": 8,
    "iparen": 9, "dash": 10, "ordinal": 3.5,
}  # fmt: skip
BULLETS = frozenset({"dash"})
_RESOLVED = (
    r"(?i:(?:now,? )?(?:and )?(?:therefore,? )?(?:let it )?be it(?: further| also| finally| hereby)?,? resolved(?: further)?|(?:it is )?further resolved"
    r"|(?:therefore )?resolved(?: further)?(?=[,:;]| that))"
)


def _kinds() -> str:
    return "|".join(
        (
            rf"(?P<resolved>{_RESOLVED}[,:;]?)",
            r"(?P<whereas>(?i:whereas)[,:]?(?= )|(?:This |The )?(?:Conference|Congress|Council|Convention|Assembly|Meeting|Branch|AGM)"
            r"(?: also| further)? (?:notes|believes|recogni[sz]es|welcomes|acknowledges|is concerned|regrets|condemns|affirms|observes)\b)",
            r"(?P<heading>(?=(?:This |The )?(?:Conference|Congress|Council|Convention|Assembly|Meeting|Branch|AGM)(?: also| further)?(?: therefore)?"
            r" (?:calls|instructs|resolves|agrees|mandates|requests|directs|urges)\b[^\n]{0,200}:\s*$))",
            r"(?P<part>(?:PART|Part|CHAPTER|Chapter) (?P<v_part>[IVX]+|\d+)\b[.:]?)",
            r"(?P<article>(?:ARTICLE|Article|SECTION|Section|Sec\.|SEC\.) (?P<v_article>[IVX]+|\d{1,3})\b[.:]?)",
            rf"(?P<goal>(?:{_GOAL}) (?P<v_goal>\d{{1,2}}|[A-Z])\b ?[:.)-])",
            rf"(?P<aim>(?:{_AIM}) (?P<v_aim>\d{{1,2}}(?:\.\d{{1,2}})?|[A-Z])\b ?[:.)-])",
            rf"(?P<action>(?:{_ACTION}) (?P<v_action>\d{{1,2}}(?:\.\d{{1,2}}){{0,2}}|[A-Z])\b ?[:.)-])",
            r"(?P<roman>(?P<v_roman>[IVX]{1,6})[.)](?= ))",
            r"(?P<upper>(?P<v_upper>[A-HJ-UWYZ])[.)](?= ))",
            r"(?P<num3>(?P<v_num3>\d{1,2}\.\d{1,2}\.\d{1,2})[.)]?(?= ))",
            r"(?P<num2>(?P<v_num2>\d{1,2}\.\d{1,2})(?: ?[.)](?!\d)|(?= [A-Z])))",
            r"(?P<num>(?P<v_num>\d{1,2})\.(?=[ \n]))",
            r"(?P<numparen>(?P<v_numparen>\d{1,2})\)(?= ))",
            r"(?P<letter>(?P<v_letter>[a-z])[).](?= ))",
            r"(?P<paren>\((?P<v_paren>\d{1,2})\))",
            r"(?P<iparen>\((?P<v_iparen>[ivx]{1,4}|[a-z])\))",
            rf"(?P<ordinal>(?:{'|'.join(w.title() for w in _WORDS)}),(?= ))",
            r"(?P<dash>[-•●▪■◦·✓➢❖](?= +[^\W_]))",
        )
    )


@cache
def rules() -> LabelRules:
    """Return the label rules, compiled once."""
    inside = "|".join(
        (
            rf"(?<=[.;:,] )[ ]*(?P<resolved>{_RESOLVED}[,:;]?)",
            r"(?<=[a-z0-9] )(?P<resolved_>(?:NOW,? )?(?:THEREFORE,? )?BE IT (?:FURTHER )?RESOLVED[,:;]?)",
            r"(?<=[:;,.] )[ ]*(?P<paren>\((?P<v_paren>\d{1,2})\))",
            r"(?<=[:;] )[ ]*(?P<iparen>\((?P<v_iparen>[a-z]|i{1,3})\))",
        )
    )
    return LabelRules(lazy(_kinds()), re.compile(inside), RANKS, frozenset({"ordinal"}), BULLETS)


def find(view: View, skip: list[tuple[int, int]]) -> Iterator[Found]:
    """Yield what may be a label, line by line, then inside each line, in the order of the text."""
    table, spans, count = rules(), iter(skip), [0]
    span = next(spans, None)
    for line in view.lines:
        while span and span[1] <= line.start:
            span = next(spans, None)
        if span and span[0] <= line.start:
            continue
        head = view.source.rfind("\n", 0, line.start) + 1
        marks = len(view.source[head : line.start]) - len(view.source[head : line.start].lstrip("#"))
        match = table.at_line.match(view.view, line.start, line.end)
        at = line.start
        said = match.lastgroup if match else None
        if match and said not in ("whereas", "heading"):
            found = _found(match, view, count, inline=False)
            yield found
            at = max(found.text, match.end())
        elif match or marks:
            kind = "whereas" if said == "whereas" else "heading"
            yield Found(kind, marks, "", line.start, match.end() if match else line.start)
        for inner in table.inside.finditer(view.view, min(at, line.end), line.end):
            yield _found(inner, view, count, inline=not inner.groupdict().get("resolved"))


def _found(match: re.Match[str], view: View, count: list[int], *, inline: bool) -> Found:
    group = match.lastgroup or ""
    kind = group.rstrip("_")
    text = match.end(group)
    while text < len(view.view) and view.view[text] in " \n,":
        text += 1
    label, value = _value(kind, group, match, count)
    return Found(kind, value, label, match.start(group), text, inline and kind != "resolved")


def _value(kind: str, group: str, match: re.Match[str], count: list[int]) -> tuple[str, int]:
    if kind == "dash":
        return "-", 0
    if kind == "resolved":
        count[0] += 1
        return f"Resolved {count[0]}", count[0]
    whole = " ".join(match.group(group).strip(" ,:.)-").split())
    if kind == "ordinal":
        return whole, _WORDS.index(whole.lower()) + 1
    raw = match.group("v_" + group)
    last = raw.rpartition(".")[2]
    if last.isdigit():
        value = int(last)
    elif kind in ("roman", "part", "article") or (kind == "iparen" and set(last) <= set("ivx")):
        value = roman(last)
    else:
        value = ord(last.lower()) - 96
    if kind in ("part", "article", "goal", "aim", "action"):
        return whole, value
    return (f"({raw})" if kind in ("paren", "iparen") else raw), value


def roman(text: str) -> int:
    """Return the value of a Roman numeral."""
    worth = {"I": 1, "V": 5, "X": 10}
    values = [worth[letter] for letter in text.upper()]
    return sum(-v if any(w > v for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))


def line_start() -> re.Pattern[str]:
    """Return the pattern that tells a line which begins something new from one that is wrapped."""
    return lazy(f"(?:{_kinds()})|(?:WHEREAS|Whereas|To:|From:|Date:|Subject:|#)")
