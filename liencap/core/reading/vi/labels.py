"""Labels of Vietnamese documents: parts, articles, numbers, letters, words of order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from liencap.core.reading.outline import Found, LabelRules
from liencap.core.reading.view import View, lazy

LETTERS = "abcdđeghiklmnopqrstuvxy"
ORDINALS = ["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"]
CARDINALS = ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"]
_WORDS = {word: i for i, word in enumerate(ORDINALS, 1)} | {word: i for i, word in enumerate(CARDINALS, 1)}
_WORDS |= {"bẩy": 7, "mười một": 11, "mười hai": 12, "mười ba": 13, "mười bốn": 14, "mười lăm": 15}
_WORD = "mười (?:một|hai|ba|bốn|lăm)|" + "|".join(sorted(_WORDS.keys() - {"mười một"}, key=len, reverse=True))
_COUNT = "mười một|mười hai|mười ba|" + "|".join(CARDINALS)
_NAMED = "nhiệm vụ|giải pháp|nhóm nhiệm vụ|nội dung|bước|đợt|giai đoạn|chuyên đề|hoạt động|nhóm giải pháp"
RANKS: dict[str, float] = {
    "part": 0, "chapter": 1, "upper": 1.5, "roman": 2, "article": 3, "num": 4, "numparen": 4.6, "num2": 5,
    "num3": 6, "num4": 6.5, "letter": 7, "paren": 8, "iparen": 9, "dash": 10, "plus": 11, "dot": 12,
    "ordinal": 3.5, "named": 3.6,
}  # fmt: skip
BULLETS = frozenset({"dash", "plus", "dot"})


def _kinds() -> str:
    order = f"(?i:thứ (?P<o1>{_WORD})|(?P<o2>{_COUNT}) là)(?=[ ,:.])"
    return "|".join(
        (
            rf"(?P<part>(?:PHẦN|Phần) (?:(?:THỨ|thứ) )?(?P<v_part>[IVX]+\b|\d+|(?i:{_WORD})\b)[.:]?)",
            r"(?P<chapter>(?:CHƯƠNG|Chương) (?P<v_chapter>[IVX]+|\d+)\b[.:]?)",
            r"(?P<article>(?:Điều|ĐIỀU) (?P<v_article>\d{1,3})[a-zđ]?(?= ?[.:])[ ]?[.:])",
            r"(?P<roman>(?P<v_roman>[IVX]{1,6})(?: ?[./)](?=[ \n\"“]|[^\W\d])| ?- ?(?=[^\W\d])))",
            r"(?P<upper>(?P<v_upper>[A-HĐKLMN]) ?[./)](?= ?[^\W\d_a-z]{2}))",
            r"(?P<num4>(?P<v_num4>\d{1,2}\.\d{1,2}\.\d{1,2}\.\d{1,2})[.)]?(?= ?[^\W\d_]))",
            r"(?P<num3>(?P<v_num3>\d{1,2}\.\d{1,2}\.\d{1,2})[.)]?(?= ?[^\W\d_]))",
            r"(?P<num2>(?P<v_num2>\d{1,2}\.\d{1,2})(?: ?[.)](?!\d)|-(?= [^\W\d_a-z])|(?= [A-ZĐÁÀẢÃẠÂẤẦĂÊẾÔƠƯÝ])))",
            r"(?P<num>(?P<v_num>\d{1,2}) ?(?:\.(?!\d)|/(?= )|-(?= [^\W\d_a-z])))",
            r"(?P<numparen>(?P<v_numparen>\d{1,2}) ?\))",
            r"(?P<letter>(?P<v_letter>[a-zđ])(?: ?[)/](?=[ \n]|[^\W\d])|\.(?= ?[^\W\d_a-z])|-(?= [^\W\d_a-z])))",
            r"(?P<paren>\((?P<v_paren>\d{1,2})\))",
            r"(?P<iparen>\((?P<v_iparen>[ivx]{1,4}|[a-zđ])\))",
            rf"(?P<ordinal>{order}[,:.]?)",
            rf"(?P<named>(?i:{_NAMED}) (?:số )?(?P<v_named>\d{{1,2}}|[IVX]+\b) ?[.:])",
            r"(?P<dash>[-•●▪■◦·✓➢❖](?=[ ]*[^\W\d_]|[ ]+[\d\"“(]))",
            r"(?P<plus>\+(?=[ ]*[^\W_]))",
            r"(?P<dot>o (?=[A-ZĐ]))",
        )
    )


@cache
def rules() -> LabelRules:
    """Return the label rules, compiled once."""
    upper = r"[ \"“]*[^\W\d_a-zàáảãạăắằẳẵặâấầẩẫậèéẻẽẹêếềểễệìíỉĩịòóỏõọôốồổỗộơớờởỡợùúủũụưứừửữựỳýỷỹỵđ]"
    inside = "|".join(
        (
            r"(?<=[:;,.] )[ ]*(?P<paren>\((?P<v_paren>\d{1,2})\))",
            r"(?<=[:;,.])(?P<paren_>\((?P<v_paren_>\d{1,2})\))",
            rf"(?<=[:;.])[ ]*(?P<num>(?P<v_num>\d{{1,2}})\.(?={upper}))",
            r"(?<=[:;])[ ]*(?P<letter>(?P<v_letter>[a-zđ])\)(?= ))",
            rf"(?<=[:;.])[ ]*(?P<ordinal>(?i:thứ (?P<o1>{_WORD})|(?P<o2>{_COUNT}) là)(?=[ ,:])[,:]?)",
        )
    )
    return LabelRules(
        lazy(_kinds()),
        re.compile(inside),
        RANKS,
        frozenset({"ordinal", "named"}),
        BULLETS,
    )


def find(view: View, skip: list[tuple[int, int]]) -> Iterator[Found]:
    """Yield what may be a label, line by line, then inside each line, in the order of the text."""
    table = rules()
    spans = iter(skip)
    span = next(spans, None)
    for line in view.lines:
        while span and span[1] <= line.start:
            span = next(spans, None)
        if span and span[0] <= line.start:
            continue
        at = line.start
        while match := table.at_line.match(view.view, at, line.end):
            found = _found(match, view, inline=False)
            yield found
            at = match.end()
            if found.kind in BULLETS or at >= line.end:
                break
            while at < line.end and view.view[at] == " ":
                at += 1
        for match in table.inside.finditer(view.view, at, line.end):
            yield _found(match, view, inline=True)


def _found(match: re.Match[str], view: View, *, inline: bool) -> Found:
    group = match.lastgroup or ""
    kind = group.rstrip("_")
    label, value = _value(kind, group, match)
    text = match.end(group)
    while text < len(view.view) and view.view[text] in " \n,":
        text += 1
    return Found(kind, value, label, match.start(group), text, inline)


def _value(kind: str, group: str, match: re.Match[str]) -> tuple[str, int]:
    if kind in BULLETS:
        return "-", 0
    if kind == "ordinal":
        word = (match.group("o1") or match.group("o2")).lower()
        return " ".join(match.group(group).strip(" ,:.").split()), _WORDS[" ".join(word.split())]
    raw = match.group("v_" + group)
    if kind == "part" and raw.lower() in _WORDS:
        return f"Phần {raw}", _WORDS[raw.lower()]
    if kind == "named":
        return " ".join(match.group(group).strip(" ,:.").split()), _number(raw)
    if kind == "paren":
        return f"({raw})", int(raw)
    if kind == "iparen":
        return f"({raw})", _number(raw)
    prefix = {"part": "Phần ", "chapter": "Chương ", "article": "Điều "}.get(kind, "")
    return prefix + raw, _number(raw)


def _number(raw: str) -> int:
    """Return the place of a label in its list: "đ" is the fifth letter, "IV" four, "2.3" three."""
    last = raw.rpartition(".")[2]
    if last.isdigit():
        return int(last)
    if set(last) <= set("IVX"):
        return roman(last)
    if len(last) == 1 and last.lower() in LETTERS:
        return LETTERS.index(last.lower()) + 1
    return roman(last.upper()) if set(last) <= set("ivx") else 0


def roman(text: str) -> int:
    """Return the value of a Roman numeral."""
    worth = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    values = [worth.get(letter, 0) for letter in text.upper()]
    return sum(-v if any(w > v for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))


def line_start() -> re.Pattern[str]:
    """Return the pattern that tells a line which begins something new from one that is wrapped."""
    heads = "Căn cứ |Thực hiện |Xét |Theo đề nghị |(?i:nơi nhận|kính gửi|số ?:|tm\\.|kt\\.)"
    return lazy(f"(?:{_kinds()})|(?:{heads})")
