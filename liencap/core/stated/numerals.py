"""Read numbers as people write them, in figures and in words."""

import re
from collections.abc import Sequence
from decimal import Decimal

GROUPED = re.compile(r"\d{1,3}(?:([.,\s])\d{3})(?:\1\d{3})*$")
SCALES = {
    "nghin": 3, "ngan": 3, "trieu": 6, "ty": 9, "ti": 9, "thousand": 3, "million": 6, "billion": 9
}  # fmt: skip
_ONES = {
    "khong": 0, "mot": 1, "mots": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7,
    "tam": 8, "chin": 9, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "muoi": 10,
}  # fmt: skip
_LINKS = {"linh", "le", "and"}


def readings(text: str, language: str) -> tuple[Decimal, ...]:
    """Return what a number in figures can mean, the reading of the language first: 1.250 and 1,250 differ by it."""
    bare = re.sub(r"[\s\u00a0\u202f]", "", text)
    signs = [c for c in bare if c in ".,"]
    if not signs:
        return (Decimal(bare),)
    last = max(bare.rfind("."), bare.rfind(","))
    decimal = Decimal(re.sub(r"[.,]", "", bare[:last]) + "." + bare[last + 1 :])
    if len(set(signs)) == 2:
        return (decimal,)
    whole = Decimal(re.sub(r"[.,]", "", bare))
    if not GROUPED.fullmatch(bare):
        return (decimal,) if len(signs) == 1 else ()
    if len(signs) > 1:
        return (whole,)
    grouping = "," if language == "en" else "."
    return (whole, decimal) if signs[0] == grouping else (decimal, whole)


def in_words(words: Sequence[str]) -> tuple[int, int]:
    """Read a number from folded words, up to billions: how many words it takes and its value; (0, 0) for none."""
    total, taken = 0, 0
    last = 12
    while True:
        rest = words[taken:]
        if total and rest[:1] and rest[0] in _LINKS | {"khong"}:  # "một nghìn không trăm linh năm"
            rest = rest[2:] if rest[0] == "khong" and rest[1:2] == ["tram"] else rest
            rest = rest[1:] if rest[:1] and rest[0] in _LINKS else rest
        count, value = _below_thousand(rest)
        if not count:
            break
        end = len(words) - len(rest) + count
        scale = SCALES.get(words[end], 0) if end < len(words) else 0
        if total and scale >= last:
            break
        total, taken, last = total + value * 10**scale, end + (scale > 0), scale
        if not scale:
            break
    return (taken, total) if taken else (0, 0)


def _below_thousand(words: Sequence[str]) -> tuple[int, int]:
    total, part, taken = 0, -1, 0
    for place, word in enumerate(words):
        if word in {"tram", "hundred"} and part > 0:
            total, part, taken = total + part * 100, -1, place + 1
        elif word in {"muoi"} and 0 < part < 10:
            part, taken = part * 10, place + 1
        elif word in _ONES and (part < 0 or (part >= 10 and part % 10 == 0 and _ONES[word] < 10)):
            part, taken = max(part, 0) + _ONES[word], place + 1
        elif word in _LINKS and total and part < 0:
            continue
        else:
            break
    return (taken, total + max(part, 0)) if taken else (0, 0)
