import pytest
from hypothesis import given
from hypothesis import strategies as st

from liencap.core.reading import read_text
from liencap.programmes import rows as pure
from liencap.programmes.queries import marked
from liencap.programmes.tests.seed import PLAN

ROWS = pure.rows_of(read_text(PLAN).as_dict())
DEEDS = st.lists(
    st.tuples(st.sampled_from(["up", "down", "merge", "split", "aside"]), st.integers(0, 9)), max_size=12
)


def words_of(rows):
    return sorted(" ".join(row["text"] for row in rows).split())


@given(DEEDS)
def test_no_deed_loses_or_invents_a_word_or_a_date(deeds):
    rows = ROWS
    for deed, n in deeds:
        row = rows[n % len(rows)]
        try:
            if deed == "merge":
                rows = pure.merge(rows, row["id"])
            elif deed == "split":
                rows = pure.split(rows, row["id"], [*pure.breaks(row["text"]), 0][0], PLAN)
            elif deed == "aside":
                rows = pure.change(rows, row["id"], {"aside": not row["aside"]})
            else:
                rows = pure.move(rows, row["id"], -1 if deed == "up" else 1)
        except pure.RowProblem:
            continue
    assert words_of(rows) == words_of(ROWS)
    dates = sorted(d["text"] for row in rows for d in row["deadlines"])
    assert dates == sorted(d["text"] for row in ROWS for d in row["deadlines"])
    assert len({row["id"] for row in rows}) == len(rows)


SPANS = st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=8)


@given(SPANS)
def test_marked_pieces_are_the_whole_text_whatever_the_spans(spans):
    text = "Thứ nhất, mở lớp tập huấn trước ngày 15/12/2026 tại xã."
    plan = {"deadlines": [{"start": a, "end": b} for a, b in spans]}
    assert "".join(piece.text for piece in marked(text, plan, [])) == text


def test_an_unknown_row_is_a_problem_with_a_code():
    with pytest.raises(pure.RowProblem, match="no-such-row"):
        pure.merge(ROWS, "nothing")
