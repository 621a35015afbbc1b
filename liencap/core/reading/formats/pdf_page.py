"""The letters of a PDF page with their places, and the rules drawn between them."""

from __future__ import annotations

import ctypes
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

_PATH, _IMAGE, _FORM = 2, 3, 5
_MOVE = 2
_OBJECTS_MAX = 50_000
WRAP = "\xad"  # the hyphen of a word cut by the end of a line, as pdfium knows it
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0x02: WRAP}

Matrix = tuple[float, float, float, float, float, float]
Glyph = tuple[str, float, float, float, float]  # the letter, left, bottom, right, top
Rule = tuple[float, float, float]  # where it stands, from, to


@dataclass(slots=True)
class Sheet:
    """A page: its letters in the order in which they were drawn, its rules, how much of it is pictures."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    pictured: float = 0.0


@dataclass(slots=True)
class Segment:
    """Letters that stand side by side on one line without a wide gap."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    lead: float = 0.0  # where its first word ends
    fixed: bool = False
    margin: float = 0.0  # where its column ends, 0 when the page has one column

    @property
    def height(self) -> float:
        """Return the height of the line of type."""
        return max(self.top - self.bottom, 1.0)


def read_sheet(document: Any, number: int) -> Sheet:
    """Read one page of an open document."""
    page = document[number]
    width, height = page.get_size()
    sheet = Sheet(number, width, height)
    turn = _turned(page.get_rotation(), width, height)
    text = page.get_textpage()
    _read_glyphs(text.raw, sheet, turn)
    _read_objects(page.raw, sheet, turn)
    text.close()
    page.close()
    return sheet


def _turned(rotation: int, width: float, height: float) -> Matrix:
    """Return how the page's own space lies on the sheet as shown."""
    return {
        90: (0.0, -1.0, 1.0, 0.0, 0.0, height),
        180: (-1.0, 0.0, 0.0, -1.0, width, height),
        270: (0.0, 1.0, -1.0, 0.0, width, 0.0),
    }.get(rotation, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0))


def _place(m: Matrix, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b = _place(outer, inner[0], inner[1]), _place(outer, inner[2], inner[3])
    e = _place(outer, inner[4], inner[5])
    return (a[0] - outer[4], a[1] - outer[5], b[0] - outer[4], b[1] - outer[5], e[0], e[1])


def _read_glyphs(text: Any, sheet: Sheet, turn: Matrix) -> None:
    import pypdfium2.raw as raw

    box = raw.FS_RECTF()
    pointer = ctypes.byref(box)
    letter_of, box_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    straight = turn[0] == 1.0
    for place in range(raw.FPDFText_CountChars(text)):
        code = letter_of(text, place)
        if code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            continue
        letter = _LIGATURES.get(code) or chr(code)
        if letter in "\r\n":
            continue
        if not box_of(text, place, pointer):
            continue
        if straight:
            sheet.glyphs.append((letter, box.left, box.bottom, box.right, box.top))
        else:
            (x0, y0), (x1, y1) = _place(turn, box.left, box.bottom), _place(turn, box.right, box.top)
            sheet.glyphs.append((letter, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))


def _read_objects(page: Any, sheet: Sheet, turn: Matrix) -> None:
    import pypdfium2.raw as raw

    waiting = [
        (raw.FPDFPage_GetObject(page, place), turn, 0)
        for place in range(_least(raw.FPDFPage_CountObjects(page)))
    ]
    waiting.reverse()
    seen = 0
    while waiting and seen < _OBJECTS_MAX:
        seen += 1
        item, above, depth = waiting.pop()
        kind = raw.FPDFPageObj_GetType(item)
        if kind == _PATH:
            _read_path(item, sheet, _times(_matrix(item), above))
        elif kind == _IMAGE:
            matrix = _matrix(item)
            area = abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])
            sheet.pictured += area / max(sheet.width * sheet.height, 1.0)
        elif kind == _FORM and depth < 4:
            inner = _times(_matrix(item), above)
            count = _least(raw.FPDFFormObj_CountObjects(item))
            waiting += [(raw.FPDFFormObj_GetObject(item, place), inner, depth + 1) for place in range(count)]


def _least(count: int) -> int:
    return max(0, min(count, _OBJECTS_MAX))


def _matrix(item: Any) -> Matrix:
    import pypdfium2.raw as raw

    m = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, ctypes.byref(m)):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _read_path(item: Any, sheet: Sheet, matrix: Matrix) -> None:
    """Take the straight upright and level strokes of a path; a thin box counts as its long sides."""
    import pypdfium2.raw as raw

    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = None
    for place in range(min(raw.FPDFPath_CountSegments(item), 2000)):
        segment = raw.FPDFPath_GetPathSegment(item, place)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = _place(matrix, x.value, y.value)
        if raw.FPDFPathSegment_GetType(segment) == _MOVE:
            start = point
        elif last is not None:
            _add_stroke(sheet, last, point)
        last = point
        if raw.FPDFPathSegment_GetClose(segment) and start is not None:
            _add_stroke(sheet, point, start)


def _add_stroke(sheet: Sheet, one: tuple[float, float], other: tuple[float, float]) -> None:
    (x0, y0), (x1, y1) = one, other
    if abs(y1 - y0) < 1.0 and abs(x1 - x0) > 4.0:
        sheet.across.append(((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
    elif abs(x1 - x0) < 1.0 and abs(y1 - y0) > 4.0:
        sheet.down.append(((x0 + x1) / 2, min(y0, y1), max(y0, y1)))


def _put_back(glyphs: list[Glyph]) -> list[Glyph]:
    """Put a letter that was drawn after its line into the hole that the line left for it.

    Office programs draw the letters that the chosen font lacks last, in another font: "H P TÁC XÃ", then "Ợ".
    """
    done: list[Glyph] = []
    line: list[Glyph] = []  # what stands on the level of the last letter, from left to right
    last: Glyph | None = None
    strayed = False
    for glyph in glyphs:
        if _invented(glyph):
            if not strayed:
                line.append(glyph)
            continue
        onward = bool(last and _level(last, glyph) and glyph[1] >= last[1])
        if strayed and onward and last and glyph[1] < last[3] + 1:
            _drop_invented(line, len(line))
        place = bisect_left(line, glyph[1], key=itemgetter(1))
        strayed = bool(not onward and last and _level(last, glyph) and _fits(line, place, glyph))
        if strayed:
            line.insert(_drop_invented(line, place), glyph)
            continue
        if not onward:
            done += line
            line = []
        line.append(glyph)
        last = glyph
    return done + line


def _invented(glyph: Glyph) -> bool:
    """Say whether this is a space that nobody wrote: pdfium puts one where it sees a gap."""
    return glyph[1] == glyph[3] and glyph[0].isspace()


def _drop_invented(line: list[Glyph], place: int) -> int:
    """Take the invented spaces about a place out of a line; return where the place is now."""
    first = place
    while first and _invented(line[first - 1]):
        first -= 1
    while place < len(line) and _invented(line[place]):
        if place + 1 < len(line) and line[place + 1][1] > line[place][1] + 1:
            break  # it stands apart from the next letter: words end here
        place += 1
    del line[first:place]
    return first


def _level(one: Glyph, other: Glyph) -> bool:
    """Say whether two letters stand on one line."""
    height = max(min(one[4] - one[2], other[4] - other[2]), 1.0)
    return min(one[4], other[4]) - max(one[2], other[2]) > 0.4 * height


def _fits(line: list[Glyph], place: int, glyph: Glyph) -> bool:
    """Say whether a letter stands in the hole before the given place of a line, touching what is beside it."""
    slack = 0.2 * max(glyph[4] - glyph[2], 1.0)  # a horn reaches over the next letter
    if place == len(line):
        return False
    before, after = line[place - 1] if place else None, line[place]
    if after[1] < glyph[3] - slack or (before and before[3] > glyph[1] + slack):
        return False
    return after[1] - glyph[3] < slack or (before is not None and glyph[1] - before[3] < slack)


def segments_of(glyphs: list[Glyph]) -> list[Segment]:
    """Group letters, in the order in which they were drawn, into stretches of lines."""
    found: list[Segment] = []
    letters: list[str] = []
    left = right = bottom = top = lead = 0.0
    gap = False

    def finish() -> None:
        if letters:
            found.append(Segment("".join(letters).strip(), left, right, bottom, top, lead or right))
            letters.clear()

    for letter, x0, y0, x1, y1 in _put_back(glyphs):
        if letter.isspace() or letter == "\xa0":
            gap = True
            continue
        if letter == WRAP and letters:
            letters.append("-")
            right, gap = max(right, x1), False
            continue
        if letters:
            height = max(min(top - bottom, y1 - y0), 1.0)
            level = min(top, y1) - max(bottom, y0) > 0.4 * height
            if unicodedata.combining(letter) or (level and right - 1.0 * height < x0 < right + 1.8 * height):
                if gap or x0 > right + 0.17 * height:
                    letters.append(" ")
                    lead = lead or right
                letters.append(letter)
                right, bottom, top = max(right, x1), min(bottom, y0), max(top, y1)
                gap = False
                continue
            finish()
        letters.append(letter)
        left, right, bottom, top, lead, gap = x0, x1, y0, y1, 0.0, False
    finish()
    return [segment for segment in found if segment.text]
