"""The words with which an English document amends an earlier plan."""

from __future__ import annotations

from liencap.core.reading.amending import Rules
from liencap.core.reading.view import lazy

_COUNT = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ORDER = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
NUMBERS = {word: n for words in (_COUNT, _ORDER) for n, word in enumerate(words, 1)}
NUMBERS |= {chr(96 + n): n for n in range(1, 27)}
RANKS = {
    "part": 0, "chapter": 1, "annex": 1, "section": 2, "article": 2, "pillar": 2, "goal": 2, "priority": 2, "objective": 3,
    "paragraph": 4, "clause": 4, "task": 5, "action": 5, "action item": 5, "item": 5, "recommendation": 5, "measure": 5,
    "activity": 5, "commitment": 5, "initiative": 5, "step": 5, "point": 6, "sub-task": 6, "subtask": 6,
}  # fmt: skip
_STRUCT = (
    "part|chapter|annex|section|article|pillar|goal|priority|objective|paragraph|clause|task|action item|action|item"
    "|recommendation|measure|activity|commitment|initiative|step|point|sub-task|subtask"
)
_WORD = "|".join(sorted((w for w in NUMBERS if len(w) > 1), key=len, reverse=True))
_LABEL = rf"(?<!\w)(?:\(?(?:\d{{1,3}}(?:\.\d{{1,3}})*|[ivx]{{1,6}}|{_WORD}|[a-z])\)?)(?!\w)"
_PART = rf"(?:(?:{_STRUCT})s? (?:no\. |number )?(?:{_LABEL})(?:(?:, | and |, and )(?:{_LABEL}))*)"
REF = rf"(?:the )?{_PART}(?:(?:,? (?:of |in |under )?(?:the )?| and |, and )(?:{_PART}))*"
_PRE = rf"(?:(?:in|at) (?P<pre>{REF}),? )?"
_OF = r"(?: of (?:the|this) (?:action )?(?:plan|programme|resolution)[^:“\"\n]{0,120})?"
_IS = r"(?:is|are|shall be|be|is hereby|are hereby|has been|have been)"
_END = r"(?:rescinded|deleted|withdrawn|repealed|revoked|removed|cancelled|canceled|struck out|discontinued|no longer required)"
_CUT = r"(?:rescind|delete|withdraw|repeal|revoke|remove|cancel|strike out|discontinue)"
_TIME = r"(?:the )?(?:deadline|due date|time limit|date|completion date|target date)s?(?: set)?(?: for| of| in)?(?: the)?(?: completion of| completing)?"
_MOVE = (
    r"(?:extended|moved|brought forward|postponed|changed|shortened|put off|set|amended|advanced|deferred)"
)

RULES = Rules(
    heads=(
        ("phrase", lazy(rf"{_PRE}(?:replace|substitute|delete|insert|add|omit)? ?(?:for )?(?:the )?(?:words?|phrase|figure|term|text)s? ?(?=[“\"«])")),
        ("phrase", lazy(rf"in (?P<ref>{REF}),? (?:replace |substitute |delete |insert |omit )?(?:for )?(?=[“\"«])")),
        ("phrase", lazy(r"(?:replace|delete|insert|omit) (?=[“\"«])")),
        ("phrase", lazy(rf"in (?P<ref>{REF}),? (?P<where>after|before) (?:the )?(?:words?|phrase) ?(?=[“\"«])")),
        ("date", lazy(rf"{_TIME} (?P<ref>{REF}){_OF} {_IS} {_MOVE}")),
        ("date", lazy(rf"(?:extend|move|bring forward|postpone|change|shorten|put off|defer|advance) {_TIME} (?P<ref>{REF})")),
        ("rescinded", lazy(rf"(?P<ref>{REF}){_OF} {_IS} {_END}")),
        ("rescinded", lazy(rf"{_CUT} (?P<ref>{REF})")),
        ("replaced", lazy(rf"(?P<ref>{REF}){_OF} {_IS} (?:replaced|substituted)")),
        ("replaced", lazy(rf"(?:replace|substitute) (?P<ref>{REF}){_OF}(?: with| by|:)")),
        ("words", lazy(rf"(?P<ref>{REF}){_OF} {_IS} amended[^:“\"\n]{{0,60}}")),
        ("words", lazy(rf"amend (?P<ref>{REF}){_OF}[^:“\"\n]{{0,40}}")),
        ("added", lazy(rf"(?:insert|add)(?: the following| a new| new)?(?: tasks?| actions?| items?| points?)? ?(?P<place>(?:immediately )?(?:after|before|to|under|in) {REF})")),
        ("added", lazy(rf"(?P<place>(?:immediately )?after {REF}),? (?:insert|add|the following)[^:“\"\n]{{0,80}}")),
        ("added", lazy(rf"(?:the following|a new|new) (?:new )?(?:tasks?|actions?|items?|points?)(?: {_LABEL})? {_IS} (?:inserted|added)(?: (?P<place>(?:immediately )?(?:after|to|under|in) {REF}))?")),
        ("added", lazy(r"(?:insert|add)(?: the following| a new| new)(?: new)? (?:tasks?|actions?|items?|points?)[^:“\"\n]{0,60}(?=[:“\"])")),
    ),
    parts=lazy(rf"(?P<struct>{_STRUCT})s? (?:no\. |number )?(?P<labels>(?:{_LABEL})(?:(?:, | and |, and )(?:{_LABEL}))*)"),
    labels=lazy(_LABEL),
    ranks=RANKS,
    numbers=NUMBERS,
    closers=lazy(
        r"(?:article|section) \d+ ?[.:]|this (?:decision|resolution|amendment|document)|all other|the remaining|the other (?:tasks|provisions)"
        r"|adopted (?:on|at|by)|signed|cc:"
    ),
    joins=lazy(
        r"(?:[”\"»] (?:is |are |be )?(?:inserted |added )?(?:(?P<after>after)|(?P<before>before)))"
        r"|(?P<after_>after (?:the )?(?:words? |phrase )?[“\"«])|(?P<before_>before (?:the )?(?:words? |phrase )?[“\"«])"
    ),
    drops=lazy(r"\b(?:delete|deleted|omit|omitted|removed?|struck out)\b"),
)  # fmt: skip
