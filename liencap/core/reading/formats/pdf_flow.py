"""Lines of a PDF become paragraphs again: columns, wraps, hyphens, running heads and feet."""

from __future__ import annotations

import re
from collections import Counter

from liencap.core.reading.formats.pdf_page import Segment

LABEL = re.compile(
    r"(?:[IVXLC]{1,6}[.)\-/]|\d{1,3}(?:\.\d{1,3})*[.)/-]|[a-zđA-ZĐ][.)]|\(?(?:\d{1,2}|[a-zđ]|[ivx]+)\)|[-–+•▪➢❖✓*]|"
    r"(?:Điều|Chương|Phần|Mục|Phụ lục|PHỤ LỤC|CHƯƠNG|PHẦN|Đợt|Article|Section|Resolved)\b|"
    r"(?:Thứ|Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín) (?:là|nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)\b)(?=\s|$|[,.:])"
)
_ALONE = re.compile(r"\S{1,8}|(?:Điều|Chương|Phần|Mục|Article|Section) \S+")
_ENDED = re.compile(r"[.;:!?…/”\"»)]$")
_NUMBER = re.compile(
    r"[-–—\s]*(?:(?:trang|page|tr\.?)\s*)?(?:\d{1,4}|[ivx]{1,6})(?:\s*(?:/|of|trên)\s*\d{1,4})?[-–—\s]*",
    re.IGNORECASE,
)
_HYPHEN = re.compile(r"[^\W\d_][-\u2010]$")


def is_page_number(text: str) -> bool:
    """Tell whether a line is nothing but the number of a page."""
    return _NUMBER.fullmatch(text) is not None


def running_lines(pages: list[tuple[float, list[Segment]]]) -> set[tuple[int, int]]:
    """Return the lines, as page and place, that are running heads, feet or page numbers."""
    edges = [
        (number, place, _key(segments[place]))
        for number, (height, segments) in enumerate(pages)
        for place in _margin_lines(height, segments)
    ]
    counts = Counter(key for _, key in {(number, key) for number, _, key in edges})
    needed = max(3 if len(pages) > 3 else 2, 0.4 * len(pages))
    found = {
        (number, place)
        for number, place, key in edges
        if is_page_number(pages[number][1][place].text) or counts[key] >= needed
    }
    # Where the text comes close to a head, no gap shows: the same words at the same height are still the head.
    known = {(_key(line), round(line.bottom / 3)) for line in (pages[n][1][place] for n, place in found)}
    return found | {
        (number, place)
        for number, (height, segments) in enumerate(pages)
        for place, line in enumerate(segments)
        if not 0.12 * height < line.bottom < 0.87 * height and (_key(line), round(line.bottom / 3)) in known
    }


def _key(line: Segment) -> str:
    return re.sub(r"\d+", "#", line.text)


def _margin_lines(height: float, segments: list[Segment]) -> list[int]:
    """Return the lines in the upper and lower margin that a gap sets apart from the text."""
    down = sorted(range(len(segments)), key=[-segment.top for segment in segments].__getitem__)
    found: list[int] = []
    for order, step in ((down, 1), (down[::-1], -1)):
        outer: list[int] = []
        for place, inner in zip(order[:4], [*order[1:5], None], strict=False):
            line = segments[place]
            if not (line.bottom > 0.87 * height if step == 1 else line.top < 0.12 * height):
                break
            outer.append(place)
            gap = height
            if inner is not None:
                gap = line.bottom - segments[inner].top if step == 1 else segments[inner].bottom - line.top
            if gap > 0.8 * line.height or (len(outer) == 1 and is_page_number(line.text)):
                found += outer
    return sorted(set(found))


def in_columns(segments: list[Segment]) -> list[Segment]:
    """Put blocks that stand side by side one after the other: all of the left, then all of the right."""
    segments = _with_labels(segments)
    done: list[Segment] = []
    place = 0
    while place < len(segments):
        end, run = _run_of_pairs(segments, place)
        if run:
            left, right = run
            for segment in left + right:
                segment.fixed = True
            done += left + right
            place = end
        else:
            done.append(segments[place])
            place += 1
    return done


def _with_labels(segments: list[Segment]) -> list[Segment]:
    """Join a label that a wide tab sets off to its line."""
    done: list[Segment] = []
    for segment in segments:
        if done and _is_label_beside(done[-1], segment):
            done[-1] = _merged(done[-1], segment)
        else:
            done.append(segment)
    return done


def _beside(one: Segment, other: Segment) -> bool:
    level = min(one.top, other.top) - max(one.bottom, other.bottom) > 0.4 * min(one.height, other.height)
    return level and other.left > one.right


def _is_label_beside(one: Segment, other: Segment) -> bool:
    alone = len(one.text) <= 12 and _ALONE.fullmatch(one.text) is not None
    return alone and LABEL.match(one.text) is not None and _beside(one, other)


def _merged(one: Segment, other: Segment) -> Segment:
    return Segment(
        f"{one.text} {other.text}",
        one.left,
        other.right,
        min(one.bottom, other.bottom),
        max(one.top, other.top),
        one.right,
    )


def _run_of_pairs(
    segments: list[Segment], place: int
) -> tuple[int, tuple[list[Segment], list[Segment]] | None]:
    """Return two columns drawn line by line across both, with a gutter that all their lines keep."""
    left: list[Segment] = []
    right: list[Segment] = []
    pairs = 0
    while place < len(segments):
        one = segments[place]
        other = segments[place + 1] if place + 1 < len(segments) else None
        if other is not None and _beside(one, other):
            if left and not _keeps_gutter([*left, one], [*right, other]):
                break
            left.append(one)
            right.append(other)
            pairs += 1
            place += 2
        elif pairs and one.left > max(segment.right for segment in left) and one.top < right[-1].top:
            right.append(one)
            place += 1
        elif (
            pairs
            and other is not None
            and one.right < min(segment.left for segment in right)
            and _more(segments, place)
        ):
            left.append(one)
            place += 1
        else:
            break
    return place, (left, right) if pairs >= 2 else None


def _more(segments: list[Segment], place: int) -> bool:
    """Tell whether a line of the left column alone is followed by more of both."""
    return place + 2 < len(segments) and _beside(segments[place + 1], segments[place + 2])


def _keeps_gutter(left: list[Segment], right: list[Segment]) -> bool:
    return max(segment.right for segment in left) < min(segment.left for segment in right)


def set_margins(width: float, segments: list[Segment]) -> None:
    """Tell the lines of a page set in two columns where their own column ends."""
    middle = width / 2
    left = [
        line
        for line in segments
        if line.right < middle + 0.05 * width and line.right - line.left > 0.2 * width
    ]
    right = [
        line
        for line in segments
        if line.left > middle - 0.05 * width and line.right - line.left > 0.2 * width
    ]
    if min(len(left), len(right)) < 3 or len(segments) < 12 or len(left) + len(right) < 0.7 * len(segments):
        return
    for column in (left, right):
        edge = max(line.right for line in column)
        low = min(line.left for line in column)
        for line in segments:
            if line.left >= low - 1 and line.right <= edge + 1:
                line.margin = edge


class Joiner:
    """Joins the lines of one column into paragraphs."""

    def __init__(self, lines: list[Segment], words: Counter[str], ragged: bool = False) -> None:
        self.words = words
        free = [line for line in lines if not line.fixed] or lines
        rights = sorted(line.right for line in free)
        lefts = Counter(round(line.left) for line in free)
        self.right = rights[min(len(rights) - 1, int(0.97 * len(rights)))] if rights else 0.0
        self.left = float(lefts.most_common(1)[0][0]) if lefts else 0.0
        gaps = sorted(a.bottom - b.top for a, b in zip(lines, lines[1:], strict=False) if a.bottom > b.bottom)
        # Most lines may be paragraphs of their own: the narrower gaps are those between the lines of one.
        self.gap = gaps[len(gaps) // 5] if gaps else 0.0
        self.ragged = ragged

    def paragraphs(self, lines: list[Segment]) -> list[str]:
        """Return the paragraphs of lines that follow one another, over page ends too."""
        done: list[str] = []
        opening: Segment | None = None
        last: Segment | None = None
        for line in lines:
            if last is None or opening is None or self._begins(line, last, opening):
                done.append(line.text)
                opening = line
            else:
                done[-1] = self._joined(done[-1], line.text)
            last = line
        return done

    def _begins(self, line: Segment, last: Segment, opening: Segment) -> bool:
        em = 0.8 * line.height
        if line.fixed or last.fixed:
            return True
        # The boxes of some fonts hug their letters: only a plain change of size counts.
        if not 0.65 < line.height / last.height < 1.55:
            return True
        below = last.bottom - line.top
        if line.top < last.top and below > self.gap + 0.5 * line.height:
            return True
        if last.text.isupper() and " " in last.text and not line.text.isupper():
            # A heading in capitals ends where the capitals end.
            return True
        ended = _ENDED.search(last.text) is not None
        room = (last.margin or self.right) - last.right
        if not self.ragged and room > (line.lead or line.right) - line.left + 0.7 * em:
            return True
        if LABEL.match(line.text) and (ended or abs(line.left - last.left) > 0.5 * em):
            return True
        # What begins right of all of the line before stands in the next column, not behind an indent.
        indented = last.left + 0.8 * em < line.left < last.right
        return (
            indented and (ended or last is not opening) and not (last is opening and LABEL.match(last.text))
        )

    def _joined(self, before: str, after: str) -> str:
        if _HYPHEN.search(before) and after[:1].isalnum():
            stem = re.split(r"\W", before[:-1])[-1]
            tail = re.split(r"\W", after, maxsplit=1)[0]
            if tail.isupper() or not stem.islower() or not tail.islower() or self._is_compound(stem, tail):
                return before + after
            return before[:-1] + after
        if before.endswith("/") and after[:1].isalnum() and re.search(r"\w/$", before):
            return before + after
        return f"{before} {after}"

    def _is_compound(self, stem: str, tail: str) -> bool:
        """Tell by the rest of the document whether the hyphen belongs to the word."""
        return self.words[f"{stem}-{tail}".lower()] > self.words[f"{stem}{tail}".lower()]
