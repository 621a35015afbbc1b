"""Targets against results, the timeline, the paper, and samples of evidence."""

import datetime
import hashlib
import io
from dataclasses import replace
from decimal import Decimal

import pytest
from django.urls import reverse
from docx import Document as Word
from hypothesis import given
from hypothesis import strategies as st

from liencap.audit.actor import SYSTEM
from liencap.core.sampling import digest_of, draw
from liencap.errors import DomainError, NotAllowed
from liencap.reports.actions import close_period, open_period, set_indicators
from liencap.reports.forming.values import continued, inputs_of
from liencap.reports.models import Evidence, Indicator, VersionEvidence
from liencap.reports.tests.scene import accept, plan_next, report_of, send
from liencap.reviews.actions import check_item, draw_sample
from liencap.reviews.codes import grades_of
from liencap.reviews.composition import with_answer
from liencap.reviews.figures import over_term, tables_of
from liencap.reviews.models import Sample, SampleItem
from liencap.reviews.printing import PrintedReview, render_docx, render_pdf
from liencap.reviews.queries import groups_of, sides_of
from liencap.reviews.samples import population_of, repeats
from liencap.reviews.tests.scene import accepted, of, opened, sent
from liencap.reviews.timeline import timeline

pytestmark = pytest.mark.django_db


def second_quarter(cast, review):
    """Let A report 7 more trees in a second quarter, which P accepts."""
    programme = review.subjects.get().programme
    period = open_period(plan_next(programme), actor=cast.root.actor)
    send(period, cast.a, cast.officer, trees="7")
    accept(period, cast.a, cast.chief)
    return period


def rows_of(review, unit):
    (table,) = tables_of(review, unit, unit.pk)
    return {row.name: row for row in table.rows}, table


def test_results_add_up_over_all_periods_of_the_term_and_say_what_waits(cast, django_assert_max_num_queries):
    review = opened(cast)
    second_quarter(cast, review)
    with django_assert_max_num_queries(14):
        rows, table = rows_of(review, cast.province)
    trees = rows["Số cây"]
    assert [one.number for one in trees.periods] == [Decimal(10), Decimal(7)]
    assert (trees.result.number, trees.received.number, trees.waits) == (Decimal(17), Decimal(22), True)
    assert rows["Tỷ lệ tham gia"].result.number is None, "nobody reported it: nothing, not zero"
    assert trees.group == review.groups.get(tasks__text__startswith="Trồng").pk
    assert table.counts() == (0, 4)
    own, _table = rows_of(review, cast.a)
    assert own["Số cây"].result.number == Decimal(17)


def defined_anew(cast, review):
    """Ask for trees anew from the second quarter on, and let A report 7 of the new ones, which P accepts."""
    programme = review.subjects.get().programme
    rows = [replace(row, breaks=row.code == "trees") for row in continued(inputs_of(programme.forms.first()))]
    set_indicators(programme, rows, actor=SYSTEM)
    return second_quarter(cast, review)


def test_what_lies_before_a_break_is_marked_and_not_added_up(cast):
    review = opened(cast)
    defined_anew(cast, review)
    rows, table = rows_of(review, cast.province)
    trees, classes = rows["Số cây"], rows["Số lớp: held"]
    assert [(one.number, one.breaks) for one in trees.periods] == [(Decimal(10), False), (Decimal(7), True)]
    assert trees.result.number == 7, "ten of the old kind and seven of the new are not seventeen of anything"
    assert (classes.result.number, any(one.breaks for one in classes.periods)) == (Decimal(4), False)
    assert table.has_breaks
    page = cast.chief.client().get(
        reverse("reviews:figures", args=[of(review, cast.province).pk]), headers={"accept-language": "en"}
    )
    assert "defined anew and not comparable" in page.content.decode()
    table = str(sent(review, cast.province, cast.chief).values)
    assert "'‖ 7'" in table
    assert "tính theo cách mới" in table


def test_the_paper_names_who_has_sent_nothing(cast):
    review = opened(cast)
    sent(review, cast.a, cast.officer)
    coverage = sent(review, cast.province, cast.chief).values["coverage"]
    assert coverage.startswith("Tổng hợp từ 1 trên 2 đơn vị")
    assert coverage.endswith("Chưa gửi: Xã An Hòa.")
    whole = sent(review, cast.b, cast.neighbour).unit_review.review
    again = sent(whole, cast.province, cast.chief, reason="Đủ rồi").values["coverage"]
    assert "Chưa gửi" not in again


def test_periods_outside_the_term_are_left_out(cast):
    review = opened(cast, until=datetime.date(2026, 3, 31))
    second_quarter(cast, review)
    rows, table = rows_of(review, cast.province)
    assert len(table.periods) == 1
    assert rows["Số cây"].result.number == Decimal(10)


@pytest.mark.parametrize(
    ("axis", "expected"),
    [("sum", 30), ("last", 20), ("max", 20), ("average", 15), ("none", None)],
)
def test_each_indicator_adds_over_time_by_its_own_axis(axis, expected):
    indicator = Indicator(code="x", cells=["value"], time_axis=axis, tree_axis="sum")
    periods = [{("x", "value"): Decimal(10)}, {}, {("x", "value"): Decimal(20)}]
    number = over_term("x", indicator, ("value",), periods).number
    assert number == (None if expected is None else Decimal(expected))


def test_a_share_is_a_ratio_of_sums_never_a_mean_of_shares():
    indicator = Indicator(
        code="x", cells=["numerator", "denominator"], time_axis="average", tree_axis="ratio"
    )
    periods = [
        {("x", "numerator"): Decimal(n), ("x", "denominator"): Decimal(d)} for n, d in ((1, 2), (90, 100))
    ]
    value = over_term("x", indicator, ("numerator", "denominator"), periods)
    assert round(value.number, 1) == Decimal("89.2")


def test_the_timeline_tells_the_periods_and_the_published_in_order(cast, django_assert_max_num_queries):
    review = opened(cast)
    close_period(second_quarter(cast, review), actor=cast.root.actor)
    with django_assert_max_num_queries(7):
        moments = timeline(review, cast.root_unit)
    assert [str(one.title) for one in moments] == ["Quý I", "Quý II"]
    assert len(timeline(review, cast.a)) == 2


def test_the_paper_says_what_was_sent_with_the_grades_from_above(cast):
    review = opened(cast)
    owed = accepted(
        review, cast.a, cast.officer, cast.chief, grade="met", causes=["means"], text="Đã <b>mở</b> lớp."
    )
    values = PrintedReview.from_plain(owed.accepted.values)
    sides = sides_of(owed.accepted, groups_of(review), grades_of(review.codes))
    paper = render_docx(with_answer(values, sides), owed.accepted.sha256)
    word = Word(io.BytesIO(paper))
    text = "\n".join(p.text for p in word.paragraphs)
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    for words in (
        "Sơ kết năm hợp tác",
        "Đã <b>mở</b> lớp.",
        "Thiếu kinh phí, phương tiện",
        "Mở thêm lớp ở thôn xa",
    ):
        assert words in text
    assert {"Hoàn thành tốt", "Hoàn thành", "+1", "Số cây", "10"} <= {*cells}
    assert owed.accepted.sha256 in text
    assert render_pdf(with_answer(values, sides)).startswith(b"%PDF")
    assert PrintedReview.from_plain(values.plain()) == values


def attach(report, name):
    """Send a file along with the standing version of a report."""
    evidence = Evidence.objects.create(
        report=report, task=report.obligation.period.programme.tasks.first(), caption=name, filename=f"{name}.jpg",
        kind="picture", size=1, sha256=(name * 64)[:64],
    )  # fmt: skip
    VersionEvidence.objects.create(version=report.current, evidence=evidence)
    return evidence


@pytest.fixture
def files(cast):
    review = opened(cast)
    period = review.subjects.get().programme.periods.get()
    for unit, names in ((cast.a, "abcdef"), (cast.b, "ghijkl")):
        for name in names:
            attach(report_of(period, unit), name)
    return review


def test_a_sample_is_drawn_with_its_seed_and_anyone_can_draw_it_again(cast, files):
    owed = of(files, cast.province)
    sample = draw_sample(owed, size=5, seed="Xổ số 20/06: 58313", actor=cast.chief.actor)
    drawn = [one.evidence_id for one in sample.items.all()]
    assert len({*drawn}) == 5
    assert repeats(sample)
    keys = [f"{pk} {sha}" for pk, sha in population_of(owed)]
    assert [population_of(owed)[place][0] for place in draw(sample.seed, keys, 5)] == drawn
    assert sample.digest == digest_of(keys)
    other = draw_sample(owed, size=5, actor=cast.chief.actor)
    assert (other.n, Sample.objects.count()) == (2, 2), "every draw is kept"
    assert other.seed != sample.seed
    Evidence.objects.filter(pk=drawn[0]).update(sha256="0" * 64)
    assert not repeats(sample), "a file put in its place shows"


def test_a_sample_is_drawn_again_from_the_list_with_nothing_but_a_hash(cast, files):
    sample = draw_sample(of(files, cast.province), size=4, seed="58313", actor=cast.chief.actor)
    url = reverse("reviews:drawn-from", args=[sample.pk])
    for who in (cast.chief, cast.root):
        lines = who.client().get(url).content.decode().split("\n")
    for who in (cast.officer, cast.neighbour, cast.stranger):
        assert who.client().get(url).status_code == 404
    assert hashlib.sha256("\n".join(lines).encode()).hexdigest() == sample.digest
    hashed = sorted((hashlib.sha256(f"58313\n{line}".encode()).digest(), line) for line in lines)
    assert [int(line.split()[0]) for _digest, line in hashed[:4]] == [
        one.evidence_id for one in sample.items.order_by("order")
    ]


@given(
    st.text(max_size=20),
    st.lists(st.text(max_size=9), unique=True, max_size=30),
    st.randoms(),
    st.integers(0, 9),
)
def test_the_same_seed_draws_the_same_files_in_whatever_order_they_come(seed, keys, chance, size):
    shuffled = [*keys]
    chance.shuffle(shuffled)
    first, second = draw(seed, keys, size), draw(seed, shuffled, size)
    assert [keys[place] for place in first] == [shuffled[place] for place in second]
    assert len(first) == min(size, len(keys))


def test_a_sample_draws_from_the_own_subtree_and_all_of_few(cast, files):
    assert len(population_of(of(files, cast.a))) == 6
    assert len(population_of(of(files, cast.root_unit))) == 12
    sample = draw_sample(of(files, cast.a), size=200, actor=cast.officer.actor)
    assert sample.items.count() == 6


def test_what_a_check_found_is_kept_and_counted(cast, files):
    sample = draw_sample(of(files, cast.province), size=2, actor=cast.chief.actor)
    first, second = sample.items.all()
    check_item(first, "sound", actor=cast.chief.actor)
    with pytest.raises(DomainError) as refused:
        check_item(second, "wrong", actor=cast.chief.actor)
    assert refused.value.code == "reason-missing"
    check_item(second, "wrong", remark="Ảnh của xã khác", actor=cast.chief.actor)
    version = sent(files, cast.province, cast.chief)
    assert "đúng 1" in str(version.values)
    assert "không chứng minh được 1" in str(version.values)
    assert SampleItem.objects.filter(result="open").count() == 0


def test_a_sample_that_cannot_be_drawn_says_why(cast):
    owed = of(opened(cast), cast.province)
    for size, said in ((5, "no-files"), (0, "bad-size"), (201, "bad-size")):
        with pytest.raises(DomainError) as refused:
            draw_sample(owed, size=size, actor=cast.chief.actor)
        assert refused.value.code == said


@pytest.mark.parametrize("who", ["root", "officer", "reader", "stranger"])
def test_only_the_unit_itself_draws_and_checks(cast, files, who):
    owed, actor = of(files, cast.province), getattr(cast, who).actor
    with pytest.raises(NotAllowed):
        draw_sample(owed, size=2, actor=actor)
    item = draw_sample(owed, size=1, actor=cast.chief.actor).items.get()
    with pytest.raises(NotAllowed):
        check_item(item, "sound", actor=actor)


def test_figures_that_are_kept_back_are_signs_in_periods_and_in_the_result(cast):
    from liencap.core.rollup.cells import HIDDEN
    from liencap.reports.models import Indicator
    from liencap.reports.numbers import kept_text
    from liencap.reviews.figures import Eyes, Value, _imported, _kept

    sign = kept_text(HIDDEN)
    assert str(_kept(Value((Decimal(12),)), kept=True)) == sign == "…"
    assert str(_kept(Value((Decimal(12),)), kept=False)) == "12"
    women, eyes = Indicator(code="women", personal=True), Eyes(lambda _period: None, own=False)
    assert str(_imported(Value((Decimal(4),)), women, eyes)) == "< 10"
    assert str(_imported(Value((Decimal(14),)), women, eyes)) == "14"
    assert str(_imported(Value((Decimal(4),)), women, Eyes(eyes.veils, own=True))) == "4"
