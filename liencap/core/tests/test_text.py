"""Folding and ordering of Vietnamese text."""

import itertools
import random
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liencap.core.text import ALPHABET, fold, next_prefix, sort_key

VIETNAMESE = st.text(
    alphabet=list("aăâbdđeêioôơuưyxàảãáạằẳẵắặầẩẫấậềểễếệờởỡớợừửữứựỳỷỹýỵđ ĐÀẢÃÁẠƠƯ0123456789-.,"), max_size=30
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đà Nẵng", "da nang"),
        ("  Chi   bộ\t2\n", "chi bo 2"),
        ("ƯỚC MƠ", "uoc mo"),
        ("Tối mật", "toi mat"),
        ("Stra\u00dfe", "strasse"),
        ("Đà Nẵng".encode().decode(), "da nang"),
        ("D\u0323a\u0301", "da"),
        ("\u00a0a\u00a0\u00a0b\u00a0", "a b"),
        ("", ""),
    ],
)
def test_fold_keeps_what_a_search_compares(text: str, expected: str) -> None:
    assert fold(text) == expected


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=list("aăâbdđeêioôơuưyàảãáạặĐỘ "), max_size=20))
def test_fold_ignores_how_marks_are_encoded(text: str) -> None:
    forms = {fold(unicodedata.normalize(form, text)) for form in ("NFC", "NFD")}
    keys = {sort_key(unicodedata.normalize(form, text)) for form in ("NFC", "NFD")}
    assert len(forms) == len(keys) == 1
    assert fold(text).isascii()


ORDERS = [
    list(ALPHABET),
    ["ma", "mà", "mả", "mã", "má", "mạ"],
    ["mâ", "mầ", "mẩ", "mẫ", "mấ", "mậ"],
    ["Chi bộ 2", "Chi bộ 10", "Chi bộ 100", "Chi bộ 12345678", "Chi bộ 123456789", "Chi bộ 9999999999"],
    ["Chi bộ 2", "Chi bộ 02a", "Chi bộ 2b", "Chi bộ 10a"],
    ["An Bình", "An Giang", "Anh", "Ảnh", "Anh Sơn", "Ăn", "Âm"],
    ["Cần Thơ", "Chợ Lớn", "Cử Chi", "Dĩ An", "Đà Lạt", "Đà Nẵng", "Đắk Lắk", "Đồng Nai", "Em", "Êm"],
    ["Tân An", "Tấn An", "Tân Ân", "Tân Bình", "Uyên", "Ứng Hòa", "Vinh"],
    # Letters weigh more than tones, tones more than case.
    ["hoa", "Hoa", "hoà", "hoã", "hòa", "hoan"],
    ["lê lợi", "Lê Lợi", "lễ lợi", "Lê Lợi 2"],
    ["", "1", "9", "10", "a", "z", "Ж", "中"],
]


@pytest.mark.parametrize("expected", ORDERS)
def test_names_stand_in_dictionary_order(expected: list[str]) -> None:
    shuffled = expected[:]
    random.Random(7).shuffle(shuffled)
    assert sorted(shuffled, key=sort_key) == expected
    assert len({sort_key(name) for name in expected}) == len(expected)


@given(st.text(max_size=600))
def test_key_is_short_plain_ascii(text: str) -> None:
    key = sort_key(text)
    assert len(key) <= 400
    assert all(" " <= c <= "~" for c in key)


@given(st.lists(VIETNAMESE, min_size=2, max_size=6))
def test_bytewise_order_is_string_order_and_total(texts: list[str]) -> None:
    keys = [sort_key(t) for t in texts]
    assert sorted(keys) == sorted(keys, key=lambda k: k.encode())
    for one, other in itertools.pairwise(keys):
        assert (one < other) + (one == other) + (one > other) == 1


@given(VIETNAMESE, VIETNAMESE)
def test_same_key_means_same_search_words(one: str, other: str) -> None:
    if sort_key(one) == sort_key(other):
        only_words = [_words(one), _words(other)]
        assert only_words[0] == only_words[1]


def _words(text: str) -> list[str]:
    """Fold, take punctuation for spaces and numbers by value."""
    return [w.lstrip("0") or "0" if w.isdigit() else w for w in re.findall(r"\d+|[a-z]+", fold(text))]


@given(st.integers(0, 10**12), st.integers(0, 10**12), VIETNAMESE)
def test_numbers_count_by_value(one: int, other: int, name: str) -> None:
    keys = sort_key(f"{name} x {one}"), sort_key(f"{name} x {other}")
    assert (keys[0] < keys[1]) == (one < other)
    assert (keys[0] == keys[1]) == (one == other)


@given(st.text(alphabet=list(ALPHABET), max_size=30), st.text(alphabet=list(ALPHABET), max_size=30))
def test_plain_letters_follow_the_alphabet(one: str, other: str) -> None:
    places = [[ALPHABET.index(c) for c in text] for text in (one, other)]
    assert (sort_key(one) < sort_key(other)) == (places[0] < places[1])


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [
        (b"", None),
        (b"\xff\xff", None),
        (b"\x00", b"\x01"),
        (b"a\xff", b"b"),
        (b"\x00\x00\x00\x01", b"\x00\x00\x00\x02"),
        (b"\x00\xff\xff\xff", b"\x01"),
    ],
)
def test_next_prefix_is_the_end_of_a_range(prefix: bytes, expected: bytes | None) -> None:
    assert next_prefix(prefix) == expected


@given(st.binary(max_size=6), st.binary(max_size=8))
def test_the_range_holds_exactly_what_starts_with_the_prefix(prefix: bytes, path: bytes) -> None:
    end = next_prefix(prefix)
    inside = prefix <= path and (end is None or path < end)
    assert inside == path.startswith(prefix)
