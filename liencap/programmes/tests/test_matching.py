import pytest

from liencap.programmes.amending.matching import (
    Line,
    Pair,
    find_line,
    guarded,
    last_under,
    pair_lines,
    same,
    word_diff,
)

LINES = [
    Line(1, (2, 1), "a"), Line(2, (2, 2), "b"), Line(3, (2, 2, 1), "c", False), Line(4, (3,), "d"),
    Line(5, (2, 3), "e"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "key"),
    [((2, 1), 1), ((1,), 1), ((2,), 2), ((2, 2), 2), ((2, 2, 1), 3), ((3,), None), ((9,), None), ((), None)],
)
def test_numbers_name_one_task_or_none(path, key):
    assert find_line(path, LINES) == key


def test_a_section_has_a_last_task():
    assert last_under((2,), LINES) == 5
    assert last_under((), LINES) is None


DIFFS = [
    ("mở ba lớp", "mở hai lớp", "mở [-ba][+hai] lớp"),
    ("mở lớp", "mở lớp và thi", "mở lớp[+ và thi]"),
    ("mở lớp và thi", "mở lớp", "mở lớp[- và thi]"),
    ("một hai", "ba bốn", "[-một hai][+ba bốn]"),
    ("", "mới", "[+mới]"),
    ("cũ", "", "[-cũ]"),
    ("như cũ", "như cũ", "như cũ"),
    ("", "", ""),
]


@pytest.mark.parametrize(("old", "new", "shown"), DIFFS)
def test_a_difference_is_shown_word_by_word(old, new, shown):
    signs = {"same": "{}", "del": "[-{}]", "ins": "[+{}]"}
    assert "".join(signs[p.op].format(p.text) for p in word_diff(old, new)) == shown


@pytest.mark.parametrize(("old", "new", "_shown"), DIFFS)
def test_both_wordings_can_be_read_off_a_difference(old, new, _shown):
    pieces = word_diff(old, new)
    assert "".join(p.text for p in pieces if p.op != "del") == new
    assert "".join(p.text for p in pieces if p.op != "ins") == old


def test_near_words_with_a_negation_or_another_number_are_not_the_same():
    assert guarded("lập quỹ ở xã", "lập quỹ tại xã")
    assert not guarded("lập quỹ", "không lập quỹ")
    assert not guarded("mở 3 lớp", "mở 2 lớp")
    assert same("Mở  lớp.", "Mở lớp")
    assert not same("Mở lớp", "Mở lớp học")


def line(key, path, text):
    return Line(key, path, text)


def test_whole_plans_pair_by_label_then_by_words():
    old = [
        line(1, (1,), "mở lớp kế toán cho cán bộ hợp tác xã"), line(2, (2,), "trồng cây quanh trụ sở và kho bãi"),
        line(3, (3,), "tổng kết phong trào thi đua năm nay"), line(4, (4,), "lập quỹ hỗ trợ thành viên gặp nạn"),
    ]  # fmt: skip
    new = [
        line(0, (1,), "mở lớp kế toán cho mọi cán bộ"), line(1, (2,), "xây dựng cổng thông tin giá nông sản"),
        line(2, (5,), "trồng cây quanh trụ sở và kho bãi"), line(3, (6,), "không lập quỹ hỗ trợ thành viên gặp nạn"),
    ]  # fmt: skip
    assert sorted(pair_lines(old, new), key=str) == sorted(
        [Pair(1, 0), Pair(2, 2), Pair(4, 3, False), Pair(3, None, False), Pair(None, 1, False)], key=str
    )


def test_a_very_long_plan_is_paired_by_its_labels():
    old = [line(n, (n,), f"việc số {n}") for n in range(1, 600)]
    assert len(pair_lines(old, [line(n, (n,), f"việc số {n}") for n in range(1, 600)])) == 599
