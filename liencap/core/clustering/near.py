"""Group near-identical short texts: exact normal forms first, then word shingles with a guard.

A near-duplicate is not the same meaning: one inserted "không" or "not", another number in figures or in words, or a
word for its opposite keeps texts apart.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence

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
    return " ".join(_WORD.findall(unicodedata.normalize("NFC", text).casefold()))


def guard_of(form: str) -> tuple[tuple[str, ...], tuple[tuple[str, int], ...]]:
    """Return what two texts must share exactly: their numbers in order; each negation with what it denies, opposites.

    Numbers in another order are other statements: "2 classes, 3 meetings" and "3 classes, 2 meetings".
    """
    words = form.split()
    numbers = tuple(w for w in words if w == "%" or w in NUMERALS or any(c.isdigit() for c in w))
    turns = [
        f"{word} {after}" if word in NEGATIONS else word
        for word, after in zip(words, [*words[1:], ""], strict=False)
        if word in NEGATIONS or word in OPPOSITES
    ]
    return numbers, tuple(sorted(Counter(turns).items()))


def shingles(form: str) -> frozenset[str]:
    """Return the words and pairs of neighbouring words of a normal form."""
    words = form.split()
    return frozenset(words) | {f"{a} {b}" for a, b in zip(words, words[1:], strict=False)}


def group_texts(texts: Sequence[str], alike: float = ALIKE) -> list[list[int]]:
    """Return the indexes of texts that say the same, the largest group first, then in order of appearance.

    Each form joins the earliest group whose first form it resembles; so a group never drifts along a chain.
    """
    forms: dict[str, list[int]] = {}
    for index, text in enumerate(texts):
        forms.setdefault(normal_form(text), []).append(index)
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


def _jaccard(common: int, one: frozenset[str], other: frozenset[str]) -> float:
    whole = len(one) + len(other) - common
    return common / whole if whole else 1.0


def merge_texts(texts: Sequence[str]) -> str:
    """Join texts sentence by sentence; of sentences that say the same the first stands, nothing else is left out."""
    sentences = [one.strip() for text in texts for one in _SENTENCE.split(text) if one.strip()]
    kept = sorted(group[0] for group in group_texts(sentences))
    return " ".join(sentences[index] for index in kept)
