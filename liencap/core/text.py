"""Fold Vietnamese text for search and build keys that sort it, the same way on every database."""

import unicodedata

# The thirty-three letters in dictionary order; f, j, w and z stand where Latin puts them.
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
VOWELS = frozenset("aăâeêioôơuưy")

# One ASCII sign a letter, rising from "A": bytewise order is then the order of the alphabet.
_LETTER_CODE = {letter: chr(ord("A") + place) for place, letter in enumerate(ALPHABET)}
_WITH_MARK = {
    ("a", "\u0306"): "ă",
    ("a", "\u0302"): "â",
    ("e", "\u0302"): "ê",
    ("o", "\u0302"): "ô",
    ("o", "\u031b"): "ơ",
    ("u", "\u031b"): "ư",
}
# huyền, hỏi, ngã, sắc, nặng; ngang is "0".
_TONE_CODE = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_NGANG = "0"
_LEVEL_GAP = " "  # below every other sign, so a shorter level comes first
_WORD_GAP = "!"  # below digits and letters, so "An Bình" comes before "Anh"
_FOREIGN = "~"  # above the alphabet

# Together with two gaps they stay under the 400 characters of a sort_key column.
_LETTERS_MAX, _TONES_MAX, _CASES_MAX = 240, 90, 60


def fold(s: str) -> str:
    """Reduce text to what a search compares: no marks, đ as d, no case, single spaces."""
    folded = unicodedata.normalize("NFD", unicodedata.normalize("NFD", s).casefold())
    bare = "".join(c for c in folded if not unicodedata.combining(c))
    return " ".join(bare.replace("đ", "d").split())


def sort_key(s: str) -> str:
    """Make an ASCII key whose bytewise order is Vietnamese order: letters, then tones, then case.

    Numbers count by value ("Chi bộ 2" before "Chi bộ 10"); punctuation counts as a space.
    Texts alike in letters, tones and case share a key: break the tie by id.
    """
    letters: list[str] = []
    tones: list[str] = []
    cases: list[str] = []
    text = unicodedata.normalize("NFD", s)
    place = 0
    while place < len(text):
        start, place = place, _end_of_piece(text, place)
        piece = text[start:place]
        if piece[0].isdecimal():
            letters.append(_number_code(piece))
        elif piece[0].isalpha():
            _add_letter(piece, letters, tones, cases)
        elif letters and letters[-1] != _WORD_GAP:
            letters.append(_WORD_GAP)
    levels = (
        "".join(letters).rstrip(_WORD_GAP)[:_LETTERS_MAX],
        "".join(tones)[:_TONES_MAX].rstrip("0"),
        "".join(cases)[:_CASES_MAX].rstrip("0"),
    )
    return _LEVEL_GAP.join(levels).rstrip(_LEVEL_GAP)


def next_prefix(b: bytes) -> bytes | None:
    """Return the least bytes above everything that starts with `b`, or None when nothing is above.

    The range `b <= path < next_prefix(b)` is the subtree of `b`.
    """
    head = b.rstrip(b"\xff")
    return head[:-1] + bytes([head[-1] + 1]) if head else None


def _end_of_piece(text: str, start: int) -> int:
    """Find where the run of digits, or the letter with its marks, that begins at `start` ends."""
    end = start + 1
    if text[start].isdecimal():
        while end < len(text) and text[end].isdecimal():
            end += 1
    else:
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
    return end


def _number_code(digits: str) -> str:
    """Write how many digits there are before the digits, so that longer numbers come later."""
    plain = "".join(str(unicodedata.decimal(d)) for d in digits).lstrip("0") or "0"
    if len(plain) < 9:
        return f"{len(plain)}{plain}"
    return f"9{min(len(plain), 99):02}{plain}"


def _add_letter(piece: str, letters: list[str], tones: list[str], cases: list[str]) -> None:
    """Add one written letter with its marks to the three levels."""
    base, marks = piece[0], piece[1:]
    for c in base.casefold():
        letter = next((_WITH_MARK[c, m] for m in marks if (c, m) in _WITH_MARK), c)
        letters.append(_LETTER_CODE.get(letter) or f"{_FOREIGN}{ord(c):06x}")
        if letter in VOWELS:
            tones.append(next((_TONE_CODE[m] for m in marks if m in _TONE_CODE), _NGANG))
        cases.append("1" if base != base.casefold() else "0")
