"""What a line says, made comparable: its words, its numbers without dates, and whether it denies."""

import re
import unicodedata
from collections import Counter

from liencap.core.text import fold

# Days, months, quarters and years differ from plan to plan of the same task, so they say nothing about sameness.
_TIMES = re.compile(
    r"\b(?:truoc|sau|den|tu|trong|cham nhat|by|before|until|no later than|on|in)?\s*"
    r"(?:het\s+)?(?:ngay\s+)?\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*\d{4})?\b"
    r"|\bngay\s+\d{1,2}(?:\s+thang\s+\d{1,2})?(?:\s+nam\s+\d{4})?"
    r"|\bthang\s+\d{1,2}(?:\s*/\s*\d{4}|\s+nam\s+\d{4})?"
    r"|\bquy\s+(?:[1-4]|iv|i{1,3})\b(?:\s*/\s*\d{4}|\s+nam\s+\d{4})?"
    r"|\bnam\s+\d{4}\b|\b\d{1,2}\s*/\s*\d{4}\b|\b(?:19|20)\d{2}\b"
    r"|\b\d{1,2}\s+(?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
    r"(?:\s+\d{4})?"
)
# "không ngừng" and the like affirm; every other "không" denies.
_AFFIRMS = re.compile(r"\b(?:không|khong) (?:ngừng|ngung|những|chỉ|gian)\b|\bnot only\b")
_DENIALS = frozenset(
    {
        "không", "khong", "chưa", "chẳng", "đừng", "cấm", "tránh", "ngừng", "dừng", "hủy", "huỷ", "bãi",
        "not", "no", "never", "without", "neither", "nor", "cannot", "stop",
    }
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# Said as words too: "hai lớp" and "ba lớp" are not the same target.
_SAID = frozenset(
    {
        "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi", "two", "three", "four", "five",
        "six", "seven", "eight", "nine", "ten",
    }
)  # fmt: skip
_COUNTED = frozenset(
    {
        "lop", "buoi", "lan", "nguoi", "cuoc", "dot", "mo", "hinh", "diem", "don", "vi", "hoi", "nghi",
        "bai", "classes", "sessions", "meetings",
    }
)  # fmt: skip
_COMMON = frozenset(
    {
        "cac", "nhung", "va", "cua", "cho", "voi", "ve", "tai", "theo", "trong", "den", "tu", "la", "co",
        "duoc", "the", "of", "and", "to", "for", "in", "on", "a", "an", "by",
    }
)  # fmt: skip


def plain(text: str) -> str:
    """Return a line folded and without its times."""
    return _TIMES.sub(" ", fold(text))


def grams(text: str) -> Counter[str]:
    """Count words and pairs of words of a plain line."""
    words = [word for word in _WORD.findall(text) if word not in _COMMON]
    return Counter([*words, *(f"{one} {two}" for one, two in zip(words, words[1:], strict=False))])


def denials(text: str) -> tuple[str, ...]:
    """Return the words by which a line denies, in alphabetical order.

    Marks are kept: without them "đừng" and "xây dựng" would be one word.
    """
    kept = _AFFIRMS.sub(" ", unicodedata.normalize("NFC", text).casefold())
    return tuple(sorted(word for word in _WORD.findall(kept) if word in _DENIALS))


def numbers(text: str) -> tuple[str, ...]:
    """Return the numbers of a plain line, written or said before a thing that is counted."""
    words = _WORD.findall(text)
    said = [one for one, two in zip(words, words[1:], strict=False) if one in _SAID and two in _COUNTED]
    return tuple(sorted([*_NUMBER.findall(text), *said]))
