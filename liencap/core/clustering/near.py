"""Group near-identical short texts: exact normal forms first, then word shingles with a guard.

A near-duplicate is not the same meaning: one inserted "không" or "not", another number in figures or in words, or a
word for its opposite keeps texts apart.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence

from liencap.core.text import fold

ALIKE = 0.6  # share of common shingles from which two texts are the same question
_WORD = re.compile(r"\w+|%", re.UNICODE)
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
# Words whose presence turns a sentence round; with their marks, for "chua" is also sour and "dung" also right;
# "t" is what is left of don't and isn't.
NEGATIONS = frozenset(
    {"không", "chưa", "chẳng", "chả", "đừng", "cấm", "trừ", "khỏi", "thiếu", "khong", "chua", "ko"}
    | {"not", "no", "never", "none", "without", "except", "cannot", "neither", "nor", "unless", "t"}
)

# Numbers written as words; "một" and "one" are often an article, so they are not among them.
NUMERALS = frozenset(
    {
        "hai",
        "ba",
        "bốn",
        "tư",
        "năm",
        "lăm",
        "sáu",
        "bảy",
        "bẩy",
        "tám",
        "chín",
        "mười",
        "mươi",
        "trăm",
        "nghìn",
    }
    | {"ngàn", "triệu", "tỷ", "nửa", "rưỡi"}
    | {"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"}
    | {"fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty"}
    | {"fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "million", "billion", "half"}
)
# A number of one word says what its figure says; "năm" and "tư" are also a year and a private one.
FIGURES = {
    "hai": "2", "ba": "3", "bốn": "4", "sáu": "6", "bảy": "7", "bẩy": "7", "tám": "8", "chín": "9", "mười": "10",
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10",
}  # fmt: skip
# How much of a thing is so: with one of these a sentence says less, or more, than without.
MEASURES = (
    "cơ bản", "một số", "một phần", "phần lớn", "đa số", "toàn bộ", "tất cả", "hầu hết", "hầu như", "bước đầu",
    "ít nhất", "nhiều nhất", "almost", "nearly", "mostly", "most", "partly", "basically", "part of", "at least",
    "at most",
)  # fmt: skip
_GROUPED = re.compile(r"(?<![\d.,])(\d{1,3})((?:\.\d{3})+)(?![\d.,]*\d)")
# Words of which one stands where the other could, and says the opposite.
OPPOSITES = frozenset(
    {
        "tăng",
        "giảm",
        "đủ",
        "vượt",
        "sớm",
        "muộn",
        "chậm",
        "trước",
        "sau",
        "trên",
        "dưới",
        "cao",
        "thấp",
        "hết",
    }
    | {"increased", "decreased", "more", "less", "fewer", "rose", "fell", "early", "late", "before", "after"}
    | {"above", "below", "high", "low", "all", "some", "few", "many"}
)


def normal_form(text: str) -> str:
    """Return the words of a text in lower case with single spaces, marks kept, punctuation dropped."""
    text = unicodedata.normalize("NFC", text).casefold()
    if not text.isascii():  # 1.250 is a number of thousands where the words are Vietnamese
        text = _GROUPED.sub(lambda found: found[0].replace(".", ""), text)
    return " ".join(_WORD.findall(text))


def guard_of(form: str) -> tuple[tuple[str, ...], tuple[tuple[str, int], ...]]:
    """Return what two texts must share exactly: their numbers in order; each negation with what it denies, opposites.

    Numbers in another order are other statements: "2 classes, 3 meetings" and "3 classes, 2 meetings".
    """
    words = _figured(form)
    numbers = tuple(w for w in words if w == "%" or w in NUMERALS or any(c.isdigit() for c in w))
    turns = [
        f"{word} {after}" if word in NEGATIONS else word
        for word, after in zip(words, [*words[1:], ""], strict=False)
        if word in NEGATIONS or word in OPPOSITES
    ]
    turns += [said for said in MEASURES if f" {said} " in f" {form} "]
    return numbers, tuple(sorted(Counter(turns).items()))


def _figured(form: str) -> list[str]:
    return [FIGURES.get(word, word) for word in form.split()]


def shingles(form: str) -> frozenset[str]:
    """Return the words and pairs of neighbouring words of a normal form."""
    words = _figured(form)
    return frozenset(words) | {f"{a} {b}" for a, b in zip(words, words[1:], strict=False)}


def group_texts(texts: Sequence[str], alike: float = ALIKE) -> list[list[int]]:
    """Return the indexes of texts that say the same, the largest group first, then in order of appearance.

    A text typed without marks is one with marks when all its letters are those of that one alone.
    Each form joins the earliest group whose first form it resembles; so a group never drifts along a chain.
    """
    forms: dict[str, list[int]] = {}
    for index, text in enumerate(texts):
        forms.setdefault(normal_form(text), []).append(index)
    _find_marks(forms)
    heads: list[frozenset[str]] = []
    groups: list[list[int]] = []
    holding: dict[tuple[object, str], list[int]] = defaultdict(list)
    for form, indexes in forms.items():
        guard, own = guard_of(form), shingles(form)
        common = Counter(g for one in own for g in holding[guard, one])
        found = next((g for g in sorted(common) if _jaccard(common[g], own, heads[g]) >= alike), None)
        if found is None:
            found = len(groups)
            groups.append([])
            heads.append(own)
            for one in own:
                holding[guard, one].append(found)
        groups[found] += indexes
    return sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group[0]))


def _find_marks(forms: dict[str, list[int]]) -> None:
    """Put the texts of a form without marks to the one form with marks that has its letters; of two, to none."""
    marked: dict[str, list[str]] = defaultdict(list)
    for form in forms:
        if not form.isascii():
            marked[fold(form)].append(form)
    for form in [form for form in forms if form.isascii() and len(marked.get(form, ())) == 1]:
        forms[marked[form][0]] += forms.pop(form)


def _jaccard(common: int, one: frozenset[str], other: frozenset[str]) -> float:
    whole = len(one) + len(other) - common
    return common / whole if whole else 1.0


def merge_texts(texts: Sequence[str]) -> str:
    """Join texts sentence by sentence; of sentences that say the same the first stands, nothing else is left out."""
    sentences = [one.strip() for text in texts for one in _SENTENCE.split(text) if one.strip()]
    kept = sorted(group[0] for group in group_texts(sentences))
    return " ".join(sentences[index] for index in kept)
