"""Find numbers in a text that contradict its table, and leave alone what is no figure.

A number is held against a figure only where the text itself says what it counts: by the noun behind it ("12 lớp",
"12 classes"), by the figure's name before it ("số cây đã trồng là 12"), or by a share whose words stand in the same
sentence. Dates, years, numbers of papers and articles, plans, comparisons, parts and averages are no figures.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from unicodedata import normalize

from liencap.core.stated.numerals import SCALES, in_words, readings
from liencap.core.text import fold

# Thousands may stand apart by a space: "1 250" is one number, "3 lớp" and "12 250" after a word are what they are.
_DIGITS = r"(?:\d{1,3}(?: \d{3})+(?!\d)|\d+(?:[.,\u00a0\u202f]\d+)*)"
_NUMBER = re.compile(rf"(?<![\w/.,:–-]){_DIGITS}(?![\w/:]|[-–]\w|\)\s)")
_TOKEN = re.compile(rf"{_DIGITS}|[^\W\d_]+|%|[.!?;,:\n()=]")


def words_of(text: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(text.split())


def phrases_of(text: str) -> tuple[str, ...]:
    """Return the phrases of a list, which strokes divide."""
    return tuple(text.split("|"))


LONGEST = 18  # signs of a number that a table of ours can hold
_ITEM = re.compile(r"(?m)^\s*\d+[.)]\s")
# What stands right before a number that is a name, a date or a place in a paper.
NAMES = words_of(
    "ngay thang nam quy tuan khoa ky gio luc thu dot so dieu khoan diem muc phan chuong trang buoc nhom to khu den "
    "day month year quarter week article section item no number clause chapter page part phase round annex group "
    "january february march april may june july august september october november december until to"
)
# What makes of a whole clause something else than this period's total.
# With their marks, for "mới" is new where "mỗi" is each; a text written without marks is held against both.
ELSEWHERE = phrases_of(
    "trong đó|riêng|mỗi|từng|bình quân|trung bình|kế hoạch|chỉ tiêu|dự kiến|phấn đấu|mục tiêu|sẽ|đề nghị|cần|thiếu|"
    "còn|chưa|không|cùng kỳ|kỳ trước|quý trước|năm trước|tăng|giảm|so với|of which|each|per|including|average|plan|"
    "planned|target|will|expected|last year|last quarter|previous|compared|increase|decrease|rose|fell|lack|need|"
    "needs|remaining|missing|not|only"
)
BARE = tuple(fold(words) for words in ELSEWHERE)
ABOUT = words_of("khoang gan xap nearly about around almost some roughly")
OVER = words_of("hon tren over than least nhat above")
EQUALS = frozenset({"la", "dat", "gom", "duoc", ":", "=", "is", "was", "are", "were", "reached", "totalled"})
BEFORE_A_YEAR = words_of("trong cả hàng mỗi đầu cuối ca hang moi dau cuoi")
CLASSIFIERS = words_of("cuoc chiec cai nguoi luot cuon bo")
# Words that begin the name of a figure without saying what is counted, and those that end the noun.
_LEAD = words_of("so tong luong ty le muc number of total the share rate amount")
_STOP = words_of(
    "da duoc tren cua du co moi cho trong va theo o tai bang hoac dang voi vao mo ve thuoc held given planted made who "
    "that in of for the and with reviewed collected put forward to by at on from"
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure of the table: its name, the totals that a text may state, those of single units; percent or count."""

    key: str
    name: str
    values: tuple[Decimal, ...]
    parts: frozenset[Decimal] = frozenset()
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A number that the table does not hold: where it stands, how it is written, which figure says what instead."""

    start: int
    end: int
    typed: str
    key: str
    name: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str
    marked: str


@dataclass(frozen=True, slots=True)
class _Stated:
    """A number with the tokens of its clause before and behind it."""

    start: int
    end: int
    readings: tuple[Decimal, ...]
    before: tuple[str, ...]
    behind: tuple[str, ...]
    clause: str
    sentence: frozenset[str]
    places: int


def contradictions(text: str, facts: Sequence[Fact], language: str = "vi") -> list[Contradiction]:
    """Return the numbers of a text that contradict the facts, in order; no fact without a value is held against any."""
    known = [fact for fact in facts if fact.values]
    every = {value for fact in known for value in (*fact.values, *fact.parts)}
    found = []
    for one in _stated(text, language) if known else ():
        if every & set(one.readings):
            continue
        meant = _meant(one, known, language)
        if meant and not any(_agrees(one, fact) for fact in meant):
            typed = text[one.start : one.end]
            found.append(
                Contradiction(one.start, one.end, typed, meant[0].key, meant[0].name, meant[0].values[0])
            )
    return found


def telling(text: str, facts: Sequence[Fact], language: str = "vi") -> list[Contradiction]:
    """Return the numbers of a text that say a figure: a word of its name stands in their clause.

    The other way round than `contradictions`: so that whoever writes sees that a figure stands in the words too.
    """
    found = []
    for one in _stated(text, language) if facts else ():
        for fact in facts:
            _first, content = _noun(fact.name)
            near = {_stem(word) for word in (*one.before, *one.behind)}
            if not {*fact.values, *fact.parts} & {*one.readings} or content.isdisjoint(near):
                continue
            typed = text[one.start : one.end]
            found.append(Contradiction(one.start, one.end, typed, fact.key, fact.name, one.readings[0]))
            break
    return found


def _stated(text: str, language: str) -> Iterator[_Stated]:
    """Yield every number that can be a figure."""
    tokens = [
        _Token(m.start(), m.end(), fold(m[0]), normalize("NFC", m[0]).casefold())
        for m in _TOKEN.finditer(text)
    ]
    items = {m.end() - len(m[0].lstrip()) for m in _ITEM.finditer(text)}
    figures = {m.start() for m in _NUMBER.finditer(text)}
    skip = 0
    for place, token in enumerate(tokens):
        if place < skip:
            continue
        if token.end - token.start > LONGEST:
            continue
        if token.start in figures and token.start not in items:
            meant, taken, end = readings(text[token.start : token.end], language), 1, token.end
        elif not token.word.isalpha():
            continue
        else:
            words = [t.word for t in tokens[place : place + 14]]
            taken, number = in_words(words)
            if not taken or (taken == 1 and number < 2):
                continue  # "một", "one" and "a" are articles more often than numbers
            meant, end = (Decimal(number),), tokens[place + taken - 1].end
        skip = place + taken
        one = _around(tokens, place, skip, meant, token.start, end)
        if meant and not _is_name(one, tokens, place, text[token.start : end]):
            yield one


def _around(
    tokens: Sequence[_Token], first: int, after: int, meant: tuple[Decimal, ...], start: int, end: int
) -> _Stated:
    left = first
    while left and tokens[left - 1].word not in {".", "!", "?", ";", ",", "\n", "("}:
        left -= 1
    right = after
    while right < len(tokens) and tokens[right].word not in {".", "!", "?", ";", ",", "\n", ")", ":"}:
        right += 1
    begin, stop = left, right
    while begin and tokens[begin - 1].word not in {".", "!", "?", "\n"}:
        begin -= 1
    while stop < len(tokens) and tokens[stop].word not in {".", "!", "?", "\n"}:
        stop += 1
    before = tuple(t.word for t in tokens[left:first])
    behind = tuple(t.word for t in tokens[after:right])
    whole = frozenset(_stem(t.word) for t in tokens[begin:stop])
    clause = " ".join(t.marked for t in (*tokens[left:first], *tokens[after:right]))
    places = max((max(0, -int(n.as_tuple().exponent)) for n in meant[:1]), default=0)
    return _Stated(start, end, meant, before, behind, f" {clause} ", whole, places)


def _is_name(one: _Stated, tokens: Sequence[_Token], place: int, typed: str) -> bool:
    """Say whether a number is a date, a year, a place in a paper or an ordinal rather than a figure."""
    previous = tokens[place - 1].word if place else ""
    if previous == "." and place > 1 and tokens[place - 2].word in {"no", "nr"}:
        return True
    if previous in NAMES and not (previous == "so" and one.before[-2:-1] == ("tong",)):
        return True
    if (
        not typed.isdecimal()
        and typed[0].isalpha()
        and place
        and tokens[place - 1].marked in BEFORE_A_YEAR  # with its marks: "trồng" is to plant
    ):
        return True  # "trong năm" is a year
    return (
        typed.isdecimal()
        and len(typed) == 4
        and 1900 <= int(typed) <= 2100
        and previous in {"in", "of", "since", ""}
    )


def _meant(one: _Stated, facts: Sequence[Fact], language: str) -> list[Fact]:
    """Return the facts that a number speaks of, the one that shares most words with its clause first."""
    percent = one.behind[:1] == ("%",) or one.behind[:2] == ("phan", "tram") or one.behind[:1] == ("percent",)
    if any(f" {words} " in one.clause for words in (BARE if one.clause.isascii() else ELSEWHERE)):
        return []
    found = []
    for fact in facts:
        noun, content = _noun(fact.name)
        if not noun or fact.percent != percent:
            continue
        shared = sum(word in one.sentence for word in content)
        if percent:
            matches = shared >= max(2, round(0.6 * len(content)))
        else:
            matches = _counted(one, noun, language) or _named(one, noun) or _paid(one, fact, content)
        if matches:
            found.append((shared, fact))
    return [fact for _shared, fact in sorted(found, key=lambda pair: -pair[0])]


def _noun(name: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return what a figure counts, as the words that begin its name, and all its words that say something."""
    words = [_stem(word) for word in re.findall(r"[^\W\d_]+", fold(re.sub(r"\(.*?\)|·.*", " ", name)))]
    while words and words[0] in _LEAD:
        words.pop(0)
    noun: list[str] = []
    for word in words:
        if word in _STOP:
            break
        noun.append(word)
    return tuple(noun[:3]), frozenset(words) - _STOP - _LEAD


def _counted(one: _Stated, noun: tuple[str, ...], language: str) -> bool:
    """Say whether the noun stands behind the number: "12 lớp", "12 cuộc đại hội", "12 training classes"."""
    words = [_stem(word) for word in one.behind]
    if one.behind[:1] and one.behind[0] in SCALES:  # "1,2 nghìn cây"
        words = words[1:]
    starts = [0]
    if words[:1] and words[0] in CLASSIFIERS:
        starts.append(1)
    if language == "en" and words[:1] and words[0] not in _STOP:
        starts.append(1)
    for start in starts:
        length = 0
        while length < min(len(noun), len(words) - start) and words[start + length] == noun[length]:
            length += 1
        ended = length and (start + length == len(words) or words[start + length] in _STOP)
        if length and (length >= min(2, len(noun)) or ended):
            return True
    return False


def _named(one: _Stated, noun: tuple[str, ...]) -> bool:
    """Say whether the name stands before the number: "số lớp đã mở là 12", "Số cây: 12"."""
    words = [_stem(word) for word in one.before]
    if not words or words[-1] not in EQUALS or {"so", "tong", "number", "total"}.isdisjoint(words):
        return False
    return any(tuple(words[i : i + len(noun)]) == noun for i in range(len(words)))


def _paid(one: _Stated, fact: Fact, content: frozenset[str]) -> bool:
    """Say whether a sum of money is the figure's: its unit behind the number, its words in the sentence."""
    if not (unit := _unit_of(fact.name)):
        return False
    behind = [word for word in one.behind[:2] if word not in SCALES]
    return unit[1] in behind[:1] and sum(word in one.sentence for word in content) >= min(2, len(content))


def _unit_of(name: str) -> tuple[int, str] | None:
    """Read the unit in brackets at a figure's name: "(triệu đồng)" is ten to the six, dong."""
    held = re.search(r"\((?:(nghin|ngan|trieu|ty|ti|thousand|million|billion) )?(dong|vnd|usd)\)", fold(name))
    return (SCALES.get(held[1], 0) if held[1] else 0, held[2]) if held else None


def _agrees(one: _Stated, fact: Fact) -> bool:
    """Say whether a number can stand for a fact: as it is, rounded as it is written, about or over it."""
    scale = next((SCALES[word] for word in one.behind[:1] if word in SCALES), 0)
    unit = _unit_of(fact.name)
    shift = scale - (unit[0] if unit else 0)
    near = set(one.before[-2:])
    return any(
        _close(typed.scaleb(by), value, one.places, by, near)
        for typed in one.readings
        for by in {shift, scale}
        for value in (*fact.values, *fact.parts)
    )


def _close(stated: Decimal, value: Decimal, places: int, shift: int, near: set[str]) -> bool:
    step = Decimal(1).scaleb(shift - places)
    rounded = {value.quantize(step, way) for way in (ROUND_HALF_UP, ROUND_DOWN)[: 1 + (shift > 0)]}
    if stated == value or stated.quantize(step, ROUND_HALF_UP) in rounded:
        return stated == value or shift > 0 or places > 0 or value != value.to_integral_value()
    if near & OVER:
        return stated <= value <= stated * Decimal("1.25")
    return bool(near & ABOUT) and abs(stated - value) <= max(value, stated) / 10


def _stem(word: str) -> str:
    """Drop an English plural; a folded Vietnamese word does not end so."""
    if len(word) > 4 and word.endswith("sses"):
        return word[:-2]
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
