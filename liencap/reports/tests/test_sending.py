"""Saving, sending, accepting and returning reports, and the totals that follow."""

from decimal import Decimal

import pytest
from django.http import Http404

from liencap.audit.models import Entry
from liencap.core.rollup.layout import NOT_APPLICABLE
from liencap.core.rollup.totals import read
from liencap.errors import DomainError, NotAllowed
from liencap.reports.access import get_own_report_for, get_report_for, get_report_to_judge
from liencap.reports.actions import accept_report, return_report, save_draft, send_report
from liencap.reports.content import Content
from liencap.reports.models import Draft, ReportVersion, Return
from liencap.reports.proof import check_totals
from liencap.reports.queries import (
    Veil,
    carries_old,
    completeness,
    figures_long,
    is_intact,
    missing_below,
    task_states,
    total_parts,
    totals_for,
)
from liencap.reports.tests.scene import accept, content, make_period, report_of, save, send
from liencap.testing import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def period(cast):
    return make_period(cast)


def trees(period, unit, kind) -> tuple[int, Decimal | None]:
    found = read(period.form.cells, totals_for(period, unit)[kind])
    return found.received, found.cells[-1].sum


def test_a_sent_report_stands_in_every_received_total_at_once(cast, period):
    send(period, cast.a, cast.officer, "10")
    send(period, cast.b, cast.neighbour, "2.5")
    assert trees(period, cast.a, "received") == (1, Decimal("10.0"))
    assert trees(period, cast.province, "received") == (2, Decimal("12.5"))
    assert trees(period, cast.root_unit, "received") == (2, Decimal("12.5"))
    assert trees(period, cast.province, "official") == (0, 0)
    assert not check_totals(period)


def test_a_figure_climbs_the_official_totals_with_each_acceptance(cast, period):
    send(period, cast.a, cast.officer, "10")
    send(period, cast.b, cast.neighbour, "5")
    accept(period, cast.a, cast.chief)
    assert trees(period, cast.province, "official") == (1, 10)
    assert trees(period, cast.root_unit, "official") == (0, 0)
    send(period, cast.province, cast.chief, "1")
    assert trees(period, cast.root_unit, "official") == (0, 0)
    accept(period, cast.province, cast.root)
    assert trees(period, cast.root_unit, "official") == (2, 11)
    assert trees(period, cast.root_unit, "received") == (3, 16)
    assert not check_totals(period)


def test_a_correction_moves_received_at_once_and_official_when_accepted(cast, period):
    send(period, cast.a, cast.officer, "10")
    accept(period, cast.a, cast.chief)
    send(period, cast.a, cast.officer, "7", reason="đếm lại")
    assert trees(period, cast.province, "received") == (1, 7)
    assert trees(period, cast.province, "official") == (1, 10)
    accept(period, cast.a, cast.chief)
    assert trees(period, cast.province, "official") == (1, 7)
    assert not check_totals(period)


def test_the_unit_learns_that_what_it_carried_is_old(cast, period):
    send(period, cast.a, cast.officer, "10")
    send(period, cast.province, cast.chief, "1")
    own = report_of(period, cast.province)
    assert not carries_old(own, period.form.cells)
    accept(period, cast.a, cast.chief)
    assert carries_old(own, period.form.cells)
    send(period, cast.province, cast.chief, "1", reason="xã A đã được duyệt")
    assert not carries_old(report_of(period, cast.province), period.form.cells)


@pytest.mark.parametrize("kind", ["received", "official"])
def test_every_total_opens_into_parts_that_sum_to_it(cast, period, kind):
    send(period, cast.a, cast.officer, "10")
    send(period, cast.b, cast.neighbour, NOT_APPLICABLE)
    accept(period, cast.a, cast.chief)
    send(period, cast.province, cast.chief, "1")
    accept(period, cast.province, cast.root)
    for unit in (cast.root_unit, cast.province, cast.a):
        whole = read(period.form.cells, totals_for(period, unit)[kind])
        parts = [read(period.form.cells, p.totals) for p in total_parts(period, unit, kind)]
        for place, cell in enumerate(whole.cells):
            assert cell.sum == sum(p.cells[place].sum for p in parts)
            assert cell.not_applicable == sum(p.cells[place].not_applicable for p in parts)
        assert whole.received == sum(p.received for p in parts)


def test_totals_equal_an_independent_sum_over_the_long_view(cast, period):
    send(period, cast.a, cast.officer, "10.5")
    send(period, cast.b, cast.neighbour, "3")
    send(period, cast.province, cast.chief, "0")
    rows = [
        r.number
        for r in figures_long(period, None, Veil(period, None))
        if r.code == "trees" and r.number is not None
    ]
    assert trees(period, cast.root_unit, "received") == (3, sum(rows))
    assert sorted(rows) == [0, 3, Decimal("10.5")]


def test_a_changed_total_is_found(cast, period):
    send(period, cast.a, cast.officer, "10")
    total = period.totals.get(unit=cast.province, kind="received")
    total.packed = period.totals.get(unit=cast.b, kind="received").packed
    total.save()
    assert check_totals(period) == [(cast.province.pk, "received")]


def test_completeness_says_of_how_many_and_who_is_missing(cast, period):
    send(period, cast.a, cast.officer)
    accept(period, cast.a, cast.chief)
    found = completeness(period, cast.root_unit)
    assert (found.expected, found.received, found.accepted, found.missing) == (3, 1, 1, 2)
    assert [o.unit.code for o in missing_below(period, cast.root_unit)] == ["P", "B"] or [
        o.unit.code for o in missing_below(period, cast.root_unit)
    ] == ["B", "P"]
    assert completeness(period, cast.a).expected == 0


def test_task_states_are_counted_over_current_versions(cast, period):
    send(period, cast.a, cast.officer)
    send(period, cast.a, cast.officer, reason="sửa")
    send(period, cast.b, cast.neighbour)
    assert list(task_states(period, cast.province).values()) == [{"done": 2}, {"done": 2}]


def test_a_sent_version_is_hashed_and_a_change_shows(cast, period):
    version = send(period, cast.a, cast.officer, text="Đã mở hai lớp.")
    assert is_intact(version)
    version.passages.update(text="Đã mở ba lớp.")
    assert not is_intact(ReportVersion.objects.get(pk=version.pk))


def test_sending_writes_the_totals_last_and_takes_few_queries(cast, period, django_assert_max_num_queries):
    report = report_of(period, cast.a)
    draft = save(report, content(report, "1"), cast.officer)
    with django_assert_max_num_queries(33) as seen:
        send_report(report, revision=draft.revision, actor=cast.officer.actor)
    writes = [q["sql"] for q in seen.captured_queries if q["sql"].startswith(("UPDATE", "INSERT"))]
    assert '"reports_total"' in writes[-1]
    assert not any('"reports_total"' in sql for sql in writes[:-1])


@pytest.mark.parametrize("who", ["root", "chief", "neighbour", "reader", "stranger"])
def test_nobody_else_writes_or_sends_a_units_report(cast, period, who):
    report, actor = report_of(period, cast.a), getattr(cast, who).actor
    draft = save(report, content(report, "1"), cast.officer)
    with pytest.raises(NotAllowed):
        save_draft(report, content(report, "9"), revision=draft.revision, actor=actor)
    with pytest.raises(NotAllowed):
        send_report(report, revision=draft.revision, actor=actor)
    assert not ReportVersion.objects.exists()


@pytest.mark.parametrize("who", ["root", "chief", "neighbour", "stranger"])
def test_before_sending_the_report_does_not_exist_for_others(cast, period, who):
    report, actor = report_of(period, cast.a), getattr(cast, who).actor
    save(report, content(report, "1"), cast.officer)
    for fetch in (get_report_for, get_own_report_for, get_report_to_judge):
        with pytest.raises(Http404):
            fetch(actor, report.pk)


@pytest.mark.parametrize("who", ["root", "officer", "neighbour", "reader", "stranger"])
def test_only_the_unit_directly_above_answers(cast, period, who):
    send(period, cast.a, cast.officer)
    report, actor = report_of(period, cast.a), getattr(cast, who).actor
    with pytest.raises(NotAllowed):
        accept_report(report, n=1, actor=actor)
    with pytest.raises(NotAllowed):
        return_report(report, n=1, reason="x", actor=actor)
    assert not Return.objects.exists()
    assert trees(period, cast.province, "official")[0] == 0


def test_a_return_needs_a_reason_and_names_one_task_or_the_whole(cast, period):
    send(period, cast.a, cast.officer)
    report = report_of(period, cast.a)
    with pytest.raises(DomainError) as refused:
        return_report(report, n=1, reason="  ", actor=cast.chief.actor)
    assert refused.value.code == "reason-missing"
    task = period.programme.tasks.first()
    return_report(report, n=1, reason="Thiếu số liệu", tasks=[task], actor=cast.chief.actor)
    assert [(r.task, r.reason) for r in Return.objects.all()] == [(task, "Thiếu số liệu")]
    assert report_of(period, cast.a).state == "returned"
    send(period, cast.a, cast.officer, "4")
    assert report_of(period, cast.a).current.n == 2
    assert trees(period, cast.province, "received") == (1, 4)


def test_an_answer_is_to_the_version_that_was_read(cast, period):
    send(period, cast.a, cast.officer)
    send(period, cast.a, cast.officer, "3", reason="sửa")
    with pytest.raises(DomainError) as refused:
        accept_report(report_of(period, cast.a), n=1, actor=cast.chief.actor)
    assert refused.value.code == "newer-version"
    accept(period, cast.a, cast.chief)
    with pytest.raises(DomainError) as again:
        accept(period, cast.a, cast.chief)
    assert again.value.code == "not-waiting"


def test_a_report_is_sent_only_when_every_task_says_something(cast, period):
    report = report_of(period, cast.a)
    said = content(report, "1")
    task = next(iter(said.states))
    for states, code in (
        ({}, "task-silent"),
        ({**said.states, task: ("not_applicable", "")}, "task-reason"),
    ):
        draft = save(report, Content(states, {}, said.figures), cast.officer)
        with pytest.raises(DomainError) as refused:
            send_report(report, revision=draft.revision, actor=cast.officer.actor)
        assert refused.value.code == code


def test_a_second_sending_says_why(cast, period):
    send(period, cast.a, cast.officer)
    with pytest.raises(DomainError) as refused:
        send(period, cast.a, cast.officer)
    assert refused.value.code == "reason-missing"


def test_two_windows_do_not_overwrite_each_other(cast, period):
    report = report_of(period, cast.a)
    save_draft(report, content(report, "1"), revision=0, actor=cast.officer.actor)
    with pytest.raises(DomainError) as refused:
        save_draft(report, content(report, "2"), revision=0, actor=cast.officer.actor)
    assert refused.value.code == "draft-changed"


def test_the_log_tells_that_a_draft_was_saved_but_not_what_it_says(cast, period):
    report = report_of(period, cast.a)
    save(report, content(report, "1", text="bí mật của xã"), cast.officer)
    entry = Entry.objects.get(action="save_draft")
    assert (entry.old, entry.new) == ({"revision": 0}, {"revision": 1})


def test_a_draft_with_wrong_figures_or_foreign_tasks_is_refused(cast, period):
    report = report_of(period, cast.a)
    for said, code in (
        (Content({}, {}, {("trees", "value"): Decimal("0.05")}), "bad-figures"),
        (Content({}, {}, {("trees", "value"): Decimal(-1)}), "bad-figures"),
        (Content({0: ("done", "")}, {}, {}), "foreign-task"),
    ):
        with pytest.raises(DomainError) as refused:
            save(report, said, cast.officer)
        assert refused.value.code == code
    assert not Draft.objects.exists()
