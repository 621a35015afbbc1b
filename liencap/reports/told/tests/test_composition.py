"""The text on a task as a value: what an author may do with it, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liencap.errors import DomainError
from liencap.reports.told.composition import (
    Composition,
    Said,
    added,
    dropped,
    moved,
    rewritten,
    set_aside,
    taken_back,
)

WORDS = {1: "Đã mở hai lớp tập huấn. Còn thiếu tài liệu.", 2: "Kinh phí được cấp chậm."}
QUOTE = Said("result", "quote", "Còn thiếu tài liệu.", (1,))


def test_a_part_of_a_passage_is_quoted_word_for_word():
    assert added(Composition(), QUOTE, WORDS).used == {1}
    spaced = Said("result", "quote", "Đã mở hai lớp\n tập huấn.", (1,))
    assert added(Composition(), spaced, WORDS).sentences == (spaced,)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Said("result", "quote", "Đã mở ba lớp tập huấn.", (1,)), "not-verbatim"),
        (Said("result", "own", "  "), "no-words"),
        (Said("result", "summary", "Các xã đã mở lớp."), "none-chosen"),
        (Said("result", "merge", "Các xã đã mở lớp.", (7,)), "foreign-passage"),
        (Said("opinion", "own", "Tốt."), "foreign-passage"),
        (Said("result", "own", "x" * 20_001), "too-long"),
    ],
)
def test_what_keeps_no_source_or_changes_a_quote_is_refused(said, code):
    with pytest.raises(DomainError) as refused:
        added(Composition(), said, WORDS)
    assert refused.value.code == code


def test_a_quote_that_is_rewritten_becomes_a_summary_with_the_same_source():
    before = added(Composition(), QUOTE, WORDS)
    after = rewritten(before, 0, "Tài liệu còn thiếu ở xã.", WORDS)
    assert after.sentences == (Said("result", "summary", "Tài liệu còn thiếu ở xã.", (1,)),)
    assert rewritten(before, 0, "Đã mở hai lớp tập huấn.", WORDS).sentences[0].kind == "quote"


def test_sentences_move_among_those_on_their_question():
    said = [Said("result", "own", "Một."), Said("cause", "own", "Hai."), Said("result", "own", "Ba.")]
    before = Composition(tuple(said))
    assert [s.text for _p, s in moved(before, 2, -1).on("result")] == ["Ba.", "Một."]
    assert moved(before, 0, -1) == before
    with pytest.raises(DomainError):
        moved(before, 3, 1)


def test_a_passage_is_set_aside_with_a_reason_and_not_while_a_sentence_draws_on_it():
    quoted = added(Composition(), QUOTE, WORDS)
    for before, reason, code in ((quoted, "Trùng", "in-use"), (Composition(), " ", "reason-missing")):
        with pytest.raises(DomainError) as refused:
            set_aside(before, (1,), reason)
        assert refused.value.code == code
    aside = set_aside(quoted, (2,), "Đã nêu ở nhiệm vụ khác")
    assert aside.decided == {1, 2}
    assert taken_back(aside, (2,)) == quoted
    again = added(aside, Said("cause", "summary", "Tiền về chậm.", (2,)), WORDS)
    assert again.asides == ()  # who is quoted is no longer set aside


texts = st.text(min_size=1, max_size=9).filter(str.strip)


@given(st.lists(st.tuples(st.sampled_from(["result", "cause"]), texts), max_size=8))
def test_a_composition_is_built_again_from_its_plain_values(rows):
    said = Composition()
    for question, text in rows:
        said = added(said, Said(question, "own", text), {})
    assert Composition.of(said.plain()) == said
    for place in reversed(range(len(rows))):
        said = dropped(said, place)
    assert said == Composition()
