"""Where two texts differ, word by word."""

import random

import pytest

from liencap.core.matching import differences, words_of

HASH = "08f325d204361a16332ded50989841913a4656d06dec407ec87d95358cf84e53"


def found(old: str, new: str) -> list[tuple[str, str]]:
    return [(d.old, d.new) for d in differences(words_of(old), words_of(new))]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Mở 12 lớp cho 340 người.", "Mở 12 lớp cho 340 người.", []),
        ("Mở 12 lớp cho 340 người.", "Mở 12 lớp cho 430 người.", [("340", "430")]),
        ("Mở 12 lớp", "Mở 12\nlớp", []),
        ("Xã Hoà Bình", "XÃ HÒA BÌNH,", []),
        ("tăng 5 %", "tăng -5 %", [("5", "-5")]),
        ("tăng 5%", "tăng 5", [("5%", "5")]),
        ("chưa hoàn thành", "hoàn thành", [("chưa", "")]),
        ("a – b", "a b", []),
        ("Nơi nhận", "Nơi nhận Ký bởi Văn thư", [("", "Ký bởi Văn thư")]),
        ("TỈNH HỘI Độc lập Tự do Số 1", "Độc lập Tự do TỈNH HỘI Số 1", []),
        ("", "một", [("", "một")]),
        ("một", "", [("một", "")]),
        ("", "", []),
        ("không được", "khống được", [("không", "khống")]),
        (f"băm {HASH[:29]} {HASH[29:]} hết", f"băm {HASH} hết", []),
        (f"băm {HASH} hết", f"băm {HASH[:29]} {HASH[30:]} hết", [(HASH, f"{HASH[:29]} {HASH[30:]}")]),
        ("thu 1 050 đồng", "thu 1050 đồng", [("1 050", "1050")]),
    ],
)
def test_differences(old, new, expected):
    assert found(old, new) == expected


def test_a_difference_names_its_surroundings_and_whether_figures_differ():
    first, second = differences(
        words_of("một hai ba 10 năm sáu bảy cũ tám chín"), words_of("một hai ba 11 năm sáu bảy mới tám chín")
    )
    assert (first.figures, first.before, first.after, first.at, first.new_at) == (
        True, "một hai ba", "năm sáu bảy mới tám", 3, 3
    )  # fmt: skip
    assert (second.figures, second.old, second.new) == (False, "cũ", "mới")


def test_a_changed_cell_is_found_in_a_table_of_a_thousand_rows_of_the_same_numbers():
    rows = [f"{i} Xã số {i} 0 0 12 0 0" for i in range(1, 1001)]
    other = list(rows)
    other[613] = other[613].replace(" 12 ", " 21 ")
    assert found("\n".join(rows), "\n".join(other)) == [("12", "21")]


def test_random_texts_are_rebuilt_from_what_differs():
    pick = random.Random(5)
    for _ in range(300):
        old = [pick.choice("abcdefgh") for _ in range(pick.randrange(40))]
        new = list(old)
        for _ in range(pick.randrange(6)):
            place = pick.randrange(len(new) + 1)
            new[place : place + pick.randrange(3)] = [pick.choice("xyzab") for _ in range(pick.randrange(3))]
        from liencap.core.matching.differing import _spans

        built, at = [], 0
        for a, b, c, d in _spans(old, new):
            built += old[at:a] + new[c:d]
            at = b
        assert built + old[at:] == new
