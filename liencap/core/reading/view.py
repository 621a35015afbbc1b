"""One text in three spellings of equal length: as written, as the grammars expect it, and in lower case.

Every rule runs over `view` or `low`, where a place is the same place as in `source`: emphasis marks and odd
spaces are blanks, look-alike letters are Latin, tone marks stand where the older spelling puts them, and a
line break that only wraps a sentence is a blank. What is left of line breaks ends a paragraph.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

_BLANKS = (
    "\\*#_\t\r\f\v\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c"
)
_BLANKS += "\u200d\u200e\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff\xad\x00\x1c\x1d\x1e\x1f\x85"
_LATIN = {
    "А": "A", "В": "B", "С": "C", "Е": "E", "Н": "H", "К": "K", "М": "M", "О": "O", "Р": "P", "Т": "T", "Х": "X",
    "а": "a", "с": "c", "е": "e", "о": "o", "р": "p", "х": "x", "у": "y", "і": "i", "І": "I", "Ѕ": "S", "Ј": "J",
    "Ð": "Đ", "Ɖ": "Đ", "İ": "I", "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "‒": "-", "’": "'",
    "\u2044": "/",
}  # fmt: skip
LOOKALIKE = frozenset("АВСЕНКМОРТХасеорхуіІЅЈ")
_TABLE = str.maketrans({**dict.fromkeys(_BLANKS, " "), **_LATIN})
_TONES = {
    a + b: c + d
    for plain, last, marks in (
        ("o", "a", "à á ả ã ạ|ò ó ỏ õ ọ"),
        ("o", "e", "è é ẻ ẽ ẹ|ò ó ỏ õ ọ"),
        ("u", "y", "ỳ ý ỷ ỹ ỵ|ù ú ủ ũ ụ"),
    )
    for late, early in [marks.split("|")]
    for b0, c0 in zip(late.split(), early.split(), strict=True)
    for a, b, c, d in (
        (plain, b0, c0, last),
        (plain.upper(), b0, c0.upper(), last),
        (plain.upper(), b0.upper(), c0.upper(), last.upper()),
    )
}
_MORE_TONE = re.compile("(?<![qQ])(?:" + "|".join(_TONES) + r")(?!\w)")
_WRAP_WIDTH = 120
_PIECE = 65_536


@cache
def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Compile a pattern once, on first use; a blank in it stands for any run of blanks."""
    pieces = re.split(r"(\(\?<[=!][^)]*\))", pattern)
    pieces[::2] = [re.sub(r"(?<![\[\\]) (?![*+?{\]])", " ++", piece) for piece in pieces[::2]]
    return re.compile("".join(pieces), flags)


def canonical(text: str) -> str:
    """Return the text with blanks for marks, Latin look-alikes and early tone marks; the length stays."""
    # In pieces that end with a line or blank: translating a long text whole takes five times its memory.
    out: list[str] = []
    at = 0
    while at < len(text):
        end = len(text)
        if end - at > 2 * _PIECE:
            end = max(text.rfind("\n", at, at + _PIECE), text.rfind(" ", at, at + _PIECE)) + 1 or at + _PIECE
        out.append(_MORE_TONE.sub(lambda m: _TONES[m.group()], text[at:end].translate(_TABLE)))
        at = end
    return "".join(out)


def clean(text: str) -> str:
    """Return words as a person would write them down: no emphasis marks, single blanks."""
    return " ".join(re.sub(r"[*#_|]+", " " if "|" in text else "", text).split())


@dataclass(frozen=True, slots=True)
class Line:
    """A physical line of the view with outer blanks cut off; `gap` says that a blank line stands before it."""

    start: int
    end: int
    gap: bool


@dataclass(frozen=True, slots=True)
class View:
    """The three spellings, and where the lines and paragraphs stand."""

    source: str
    view: str
    low: str
    lines: tuple[Line, ...]
    breaks: tuple[int, ...]

    def paragraph(self, at: int) -> tuple[int, int]:
        """Return the bounds of the paragraph that holds a place."""
        i = bisect_right(self.breaks, at)
        start = self.breaks[i - 1] + 1 if i else 0
        end = self.breaks[i] if i < len(self.breaks) else len(self.view)
        return start, max(end, at)

    def trim(self, start: int, end: int) -> tuple[int, int]:
        """Return the span without blanks, marks and cell bars at its ends."""
        cut = self.view[start:end]
        bare = cut.lstrip(" \n|")
        start += len(cut) - len(bare)
        return start, start + len(bare.rstrip(" \n|"))


def make_view(text: str, is_label: re.Pattern[str]) -> View:
    """Return the view of a text; `is_label` tells where a line begins something new."""
    source = unicodedata.normalize("NFC", text)
    view = canonical(source)
    lines = tuple(_lines(view))
    joined = _join(view, source, lines, is_label)
    breaks = tuple(m.start() for m in re.finditer("\n", joined))
    # In pieces: Python lowers a text through a buffer of twelve bytes a character.
    low = "".join(joined[at : at + _PIECE].lower() for at in range(0, len(joined), _PIECE))
    return View(source, joined, low, lines, breaks)


def _lines(view: str) -> Iterable[Line]:
    at, gap = 0, True
    while at <= len(view):
        end = view.find("\n", at)
        end = len(view) if end < 0 else end
        raw = view[at:end]
        bare = raw.strip(" ")
        if bare:
            start = at + len(raw) - len(raw.lstrip(" "))
            yield Line(start, start + len(bare), gap)
        gap = not bare
        at = end + 1


def _join(view: str, source: str, lines: tuple[Line, ...], is_label: re.Pattern[str]) -> str:
    """Turn the line breaks that only wrap into blanks."""
    width = _wrap_width(lines)
    apart = bool(width) and _blank_separated(view, lines, is_label)
    pieces: list[str] = []
    at = 0
    for one, other in zip(lines, lines[1:], strict=False):
        if not other.gap and _wraps(view, source, one, other, width, apart, is_label):
            pieces.append(view[at : one.end])
            pieces.append(" " * (other.start - one.end))
            at = other.start
    pieces.append(view[at:])
    return "".join(pieces)


def _wrap_width(lines: tuple[Line, ...]) -> int:
    """Return the width a text is wrapped at, or 0 where its lines are whole paragraphs."""
    lengths = sorted(line.end - line.start for line in lines)
    if len(lengths) < 8:
        return 0
    longest = lengths[int(len(lengths) * 0.98)]
    return longest if 40 <= longest <= _WRAP_WIDTH else 0


def _blank_separated(view: str, lines: tuple[Line, ...], is_label: re.Pattern[str]) -> bool:
    """Say whether paragraphs stand apart by blank lines, so that a line break inside one only wraps."""
    ends = [(one, other) for one, other in zip(lines, lines[1:], strict=False) if view[one.end - 1] in ".;:"]
    apart = sum(
        other.gap or view[other.start] == "|" or bool(is_label.match(view, other.start, other.end))
        for _, other in ends
    )
    return apart * 10 >= len(ends) * 7 and sum(other.gap for _, other in ends) >= 3


def _wraps(
    view: str, source: str, one: Line, other: Line, width: int, apart: bool, is_label: re.Pattern[str]
) -> bool:
    head, last = view[other.start], view[one.end - 1]
    if head == "|" or last == "|" or is_label.match(view, other.start, other.end):
        return False
    if last == "-" and view[one.end - 2].isalpha():
        return True
    if (last in "-=" and set(view[one.start : one.end]) <= set("-=. ")) or head in "-=":
        return False
    opens = source[one.start - 2 : one.start] == "**" if one.start > 1 else False
    if opens and "**" not in source[one.start : one.end + 2] and last not in ".;:":
        return True
    shouted = view[one.start : one.end].isupper()
    if shouted != view[other.start : other.end].isupper():
        return head.islower() and last == ","
    if shouted and last not in ".;:!?" and is_label.match(view, one.start, one.end):
        return True  # "III. TỔ CHỨC" and, on the next line, "THỰC HIỆN"
    if apart and one.end - one.start <= 20 and view[one.start].isupper() and head.isupper():
        return False  # a short heading over its paragraph, not a wrapped line
    if head.islower() or (head in "(,;" and last not in ".;:!?"):
        return True
    if last in ".;:!?":
        return bool(width) and not apart and last != ":" and one.end - one.start >= width - 12
    return apart or (bool(width) and one.end - one.start >= width - 18)
