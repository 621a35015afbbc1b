"""Where two texts differ, word by word, however long they are and however their lines are broken."""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\S+")
_EDGES = re.compile(r"^[^\w%-]+|^-(?!\d)|[^\w%]+$|(?<!\d)%$")
_BARS = re.compile(r"(?<=\D)[-–—]+$|^[-–—]+$")
# "hoà" and "hòa" are the same word, set by two habits.
_TONES = {
    bare + late: early + rest
    for bare, rest, pairs in (
        ("o", "a", zip("àáảãạ", "òóỏõọ", strict=True)),
        ("o", "e", zip("èéẻẽẹ", "òóỏõọ", strict=True)),
        ("u", "y", zip("ỳýỷỹỵ", "ùúủũụ", strict=True)),
    )
    for late, early in pairs
}
_LATE_TONE = re.compile("(?:" + "|".join(_TONES) + ")$")
_SMALL = 40_000  # pairs of words that difflib compares in no time
_ROUND = 5  # words of the surroundings that are named
_LONG = 30  # characters of a word that a printed line may break
_NEAR = 3  # words that a long stretch has to share with the other side to be compared with it


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: as it stands, its place, and the form by which it is compared."""

    text: str
    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that one text has in place of others: `old` or `new` is empty where words were added or left out.

    `at` and `new_at` are the numbers of the words where it begins in either text; `before` are the words of the
    second text before it, `after` those that follow. `figures` says that numbers differ.
    """

    old: str
    new: str
    at: int
    new_at: int
    before: str
    after: str
    figures: bool


def words_of(text: str) -> list[Word]:
    """Cut a text into the words that are compared; signs alone are none."""
    found = []
    for match in _WORD.finditer(text):
        if key := _key(match[0]):
            found.append(Word(match[0], match.start(), match.end(), key))
    return found


def _key(word: str) -> str:
    plain = unicodedata.normalize("NFC", word).casefold()
    plain = _BARS.sub("", plain)
    while (bare := _EDGES.sub("", plain)) != plain:
        plain = bare
    return _LATE_TONE.sub(lambda m: _TONES[m[0]], plain)


def differences(old: Sequence[Word], new: Sequence[Word]) -> list[Difference]:
    """Return where two texts differ, in their order.

    Words that only stand elsewhere are no difference: columns side by side are read in either order. Nor is a
    word that is too long for a line, such as a checksum, and was broken into two.
    """
    spans = _spans([w.key for w in old], [w.key for w in new])
    spans = [(a, b, c, d) for a, b, c, d in spans if not _broken(_keys(old[a:b]), _keys(new[c:d]))]
    found = []
    for a, b, c, d in _without_moved(spans, old, new):
        gone, come = {w.key for w in old[a:b]}, {w.key for w in new[c:d]}
        figures = any(any(sign.isdigit() for sign in key) for key in gone ^ come)
        found.append(
            Difference(
                _said(old[a:b]), _said(new[c:d]), a, c, _said(new[max(0, c - _ROUND) : c]),
                _said(new[d : d + _ROUND]), figures,
            )
        )  # fmt: skip
    return found


def _broken(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether one long word stands in parts on the other side; shorter ones, as "1 05", may be figures."""
    return min(len(one), len(other)) == 1 and len("".join(one)) >= _LONG and "".join(one) == "".join(other)


def _said(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _without_moved(
    spans: list[tuple[int, int, int, int]], old: Sequence[Word], new: Sequence[Word]
) -> list[tuple[int, int, int, int]]:
    """Leave out stretches that fell away in one place and came whole in another."""
    gone = Counter(_keys(old[a:b]) for a, b, c, d in spans if a < b and c == d)
    come = Counter(_keys(new[c:d]) for a, b, c, d in spans if c < d and a == b)
    moved = gone & come
    left_gone, left_come = moved.copy(), moved.copy()
    kept = []
    for span in spans:
        a, b, c, d = span
        for left, keys in ((left_gone, _keys(old[a:b])), (left_come, _keys(new[c:d]))):
            alone = c == d if left is left_gone else a == b
            if alone and keys and left[keys]:
                left[keys] -= 1
                break
        else:
            kept.append(span)
    return kept


def _keys(words: Sequence[Word]) -> tuple[str, ...]:
    return tuple(word.key for word in words)


def _spans(old: list[str], new: list[str]) -> list[tuple[int, int, int, int]]:
    """Return the stretches that differ as (from, to) of the old words and (from, to) of the new."""
    found: list[tuple[int, int, int, int]] = []
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        a, b, c, d = waiting.pop()
        while a < b and c < d and old[a] == new[c]:
            a, c = a + 1, c + 1
        while a < b and c < d and old[b - 1] == new[d - 1]:
            b, d = b - 1, d - 1
        if a == b or c == d:
            if a < b or c < d:
                found.append((a, b, c, d))
        elif anchors := _anchors(old, new, a, b, c, d):
            for at, other in anchors:
                waiting.append((a, at, c, other))
                a, c = at, other
            waiting.append((a, b, c, d))
        elif (b - a) * (d - c) <= _SMALL:
            found += _compared(old, new, a, b, c, d)
        else:
            found.append((a, b, c, d))
    return sorted(found)


def _compared(
    old: list[str], new: list[str], a: int, b: int, c: int, d: int
) -> list[tuple[int, int, int, int]]:
    opcodes = SequenceMatcher(None, old[a:b], new[c:d], autojunk=False).get_opcodes()
    return [(a + i, a + j, c + k, c + m) for op, i, j, k, m in opcodes if op != "equal"]


def _anchors(old: list[str], new: list[str], a: int, b: int, c: int, d: int) -> list[tuple[int, int]]:
    """Return pairs of places that surely belong together: what stands once in either stretch, in one order."""
    for length in (_NEAR, 1):
        ours, theirs = _once(old, a, b, length), _once(new, c, d, length)
        pairs = sorted((at, theirs[gram]) for gram, at in ours.items() if gram in theirs)
        # The stretch itself is no anchor: it would be cut into nothing and itself for ever.
        if rising := [pair for pair in _rising(pairs) if pair != (a, c)]:
            return rising
    return []


def _once(words: list[str], start: int, end: int, length: int) -> dict[tuple[str, ...], int]:
    grams = [tuple(words[i : i + length]) for i in range(start, end - length + 1)]
    counted = Counter(grams)
    return {gram: start + i for i, gram in enumerate(grams) if counted[gram] == 1}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of pairs that rises on both sides."""
    tails: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for i, (_at, other) in enumerate(pairs):
        place = bisect_left(tails, other)
        back.append(ends[place - 1] if place else -1)
        if place == len(tails):
            tails.append(other)
            ends.append(i)
        else:
            tails[place], ends[place] = other, i
    run = []
    at = ends[-1] if ends else -1
    while at >= 0:
        run.append(pairs[at])
        at = back[at]
    return run[::-1]
