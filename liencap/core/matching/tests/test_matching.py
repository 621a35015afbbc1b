import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liencap.core.matching import Line, doubt_between, match

STUDY = (
    "Tổ chức học tập Nghị quyết Đại hội lần thứ VI tới toàn thể thành viên; hoàn thành trước ngày 31/3/2026."
)
ROLL = "Rà soát, cập nhật danh sách thành viên và vốn góp của từng hợp tác xã trong quý I năm 2026."
CLASSES = "Mở 2 lớp bồi dưỡng kế toán hợp tác xã; hoàn thành trước ngày 30/9/2026."
TREES = "Vận động thành viên trồng mới cây xanh quanh trụ sở, kho bãi và đường nội đồng."
INHERITED = [
    Line("a", STUDY, "II.1"),
    Line("b", ROLL, "II.2"),
    Line("c", CLASSES, "II.3"),
    Line("d", TREES, "II.4"),
]

# own line, the inherited one it is paired with, or "" when a person is asked
CASES = [
    ("Tổ chức học tập Nghị quyết Đại hội lần thứ VI cho thành viên, xong trước 15/3/2026", "a"),
    ("Cập nhật danh sách thành viên và vốn góp của từng hợp tác xã, hoàn thành trong tháng 02/2026", "b"),
    ("Mở 2 lớp bồi dưỡng kế toán hợp tác xã tại trụ sở, trước ngày 20/9/2026", "c"),
    ("Mở 3 lớp bồi dưỡng kế toán hợp tác xã; hoàn thành trước ngày 30/9/2026.", ""),
    ("Mở lớp bồi dưỡng kế toán hợp tác xã; hoàn thành trước ngày 30/9/2026.", "c"),
    ("Không vận động thành viên trồng mới cây xanh quanh trụ sở, kho bãi và đường nội đồng.", ""),
    ("Không ngừng vận động thành viên trồng mới cây xanh quanh trụ sở, kho bãi và đường nội đồng.", "d"),
    ("Thăm hỏi gia đình thành viên có hoàn cảnh khó khăn dịp Tết.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), CASES)
def test_a_line_is_paired_or_left_to_a_person(words, expected):
    found = match(INHERITED, [Line("x", words)])
    assert [pair.inherited for pair in found.pairs] == ([expected] if expected else [])


def test_a_changed_number_is_offered_with_its_doubt():
    found = match(INHERITED, [Line("x", CASES[3][0])])
    assert [(p.inherited, p.doubt) for p in found.offers["x"]][:1] == [("c", "number")]
    found = match(INHERITED, [Line("x", CASES[5][0])])
    assert [(p.inherited, p.doubt) for p in found.offers["x"]][:1] == [("d", "denial")]


@pytest.mark.parametrize(
    ("one", "other", "doubt"),
    [
        ("Provinces shall hold classes", "Provinces shall not hold classes", "denial"),
        ("Hold two classes", "Hold three classes", "number"),
        ("Hold classes by 1 May 2026", "Hold classes by 3 June 2026", ""),
        ("Mở lớp trước ngày 30/9/2026", "Mở lớp trong quý II/2026", ""),
        ("Xây dựng kế hoạch", "Lập kế hoạch", ""),
        ("Vận động 1.500 hội viên", "Vận động 2.000 hội viên", "number"),
    ],
)
def test_what_speaks_against_a_pair(one, other, doubt):
    assert doubt_between(one, other) == doubt == doubt_between(other, one)


VOCABULARY = """mở lớp học không trồng cây thành viên danh sách 2 3 hai họp quỹ vốn báo cáo"""
WORDS = st.sampled_from(sorted(set(VOCABULARY.split())))
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=9).map(" ".join), max_size=7)


def lines(mark, texts):
    return [Line(f"{mark}{n}", text) for n, text in enumerate(texts)]


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS, st.randoms(use_true_random=False))
def test_each_line_stands_in_one_pair_and_order_does_not_matter(above, below, chance):
    one, two = lines("i", above), lines("o", below)
    found = match(one, two)
    assert len({p.inherited for p in found.pairs}) == len({p.own for p in found.pairs}) == len(found.pairs)
    assert not {p.own for p in found.pairs} & set(found.offers)
    chance.shuffle(one)
    chance.shuffle(two)
    again = match(one, two)
    assert set(again.pairs) == set(found.pairs)


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS)
def test_no_pair_changes_a_number_or_a_denial(above, below):
    one, two = lines("i", above), lines("o", below)
    said = {line.key: line.text for line in [*one, *two]}
    for pair in match(one, two).pairs:
        assert not doubt_between(said[pair.inherited], said[pair.own])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=3, max_size=9).map(" ".join), max_size=7, unique=True))
def test_a_plan_is_paired_with_itself(texts):
    found = match(lines("i", texts), lines("o", texts))
    assert len(found.pairs) == len({line.text for line in lines("i", texts)})


def test_nothing_is_paired_with_nothing():
    assert match([], [Line("x", STUDY)]).pairs == match(INHERITED, []).pairs == ()


def test_a_line_whose_best_mate_is_doubted_is_not_given_the_second_best():
    twins = [
        Line("a", "Mở 2 lớp bồi dưỡng kế toán cho cán bộ tại khu vực"),
        Line("b", "Mở lớp bồi dưỡng kế toán"),
    ]
    found = match(twins, [Line("x", "Mở 3 lớp bồi dưỡng kế toán cho cán bộ tại khu vực")])
    assert found.pairs == ()
    assert [pair.inherited for pair in found.offers["x"]] == ["a", "b"]
