"""Letters of a PDF come together to words in whatever order the program drew them."""

from __future__ import annotations

import pytest

from liencap.core.reading.formats.pdf_page import Glyph, segments_of


def drawn(line: str, last: str = "", *, level: float = 100.0) -> list[Glyph]:
    """Set a line of letters 8 wide and 10 high; those named in `last` are left out and drawn after it.

    As pdfium does, a space without width stands where it sees a gap.
    """
    first: list[Glyph] = []
    later: list[Glyph] = []
    hole = False
    for place, letter in enumerate(line):
        left = 8.0 * place
        if letter in last:
            later += [(" ", left, level, left, level), (letter, left, level - 2, left + 8, level + 12)]
            hole = True
            continue
        if hole:
            first.append((" ", left, level, left, level))
            hole = False
        first.append((letter, left, level, left + 8, level + 10))
    return first + later


@pytest.mark.parametrize(
    ("line", "last"),
    [
        ("LIÊN HIỆP HỢP TÁC XÃ", ""),
        ("LIÊN HIỆP HỢP TÁC XÃ", "ỆỢ"),
        ("Nội dung nhiệm vụ", "ệụ"),
        ("Ủy ban xã", "Ủ"),
        ("nước được", "ướợ"),
    ],
)
def test_letters_of_another_font_come_back_into_their_words(line: str, last: str) -> None:
    assert [segment.text for segment in segments_of(drawn(line, last))] == [line]


def test_what_is_printed_twice_at_one_place_stays_as_it_was_drawn() -> None:
    twice = drawn("Kế hoạch") + drawn("Kế hoạch")
    assert [segment.text for segment in segments_of(twice)] == ["Kế hoạch", "Kế hoạch"]


def test_the_next_line_is_another_stretch() -> None:
    lines = drawn("Kế hoạch", "ế") + drawn("năm 2026", "ă", level=80.0)
    assert [segment.text for segment in segments_of(lines)] == ["Kế hoạch", "năm 2026"]


def test_a_cell_drawn_between_two_others_stays_a_cell() -> None:
    cells = [(x, left) for x, left in (("một", 0.0), ("ba", 400.0), ("hai", 200.0))]
    glyphs = [
        (letter, at + left, low, at + right, high)
        for words, at in cells
        for letter, left, low, right, high in drawn(words)
    ]
    assert {segment.text for segment in segments_of(glyphs)} == {"một", "hai", "ba"}
