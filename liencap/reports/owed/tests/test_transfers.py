"""Units that move, end, merge and divide within an open period: rows are appended, chains and totals follow."""

import datetime

import pytest
from django.urls import reverse

from liencap.audit.actor import SYSTEM
from liencap.core.rollup.totals import read
from liencap.errors import DomainError, NotAllowed
from liencap.programmes.models import Assignment
from liencap.reports.actions import close_period, open_period
from liencap.reports.models import Obligation, Transfer
from liencap.reports.owed.actions.moving import sha256_of
from liencap.reports.owed.actions.transfers import join_period
from liencap.reports.owed.proof import is_as_frozen
from liencap.reports.proof import check_totals
from liencap.reports.queries import completeness, missing_below, owed_by, totals_for, waiting_for
from liencap.reports.tests.scene import accept, assign, make_period, make_programme, plan, report_of, send
from liencap.testing import DAY, make_cast
from liencap.units.actions import close_unit, found_unit, move_unit

pytestmark = pytest.mark.django_db
FEB = datetime.date(2026, 2, 10)
APRIL = datetime.date(2026, 4, 10)


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def period(cast):
    return make_period(cast)


def wide(cast):
    """Open a period in which the second province owes too."""
    programme = make_programme(cast.root_unit)
    assign(programme, cast.province, cast.a, cast.b, cast.other_province)
    return open_period(plan(programme), actor=SYSTEM)


def owed(period, unit):
    return Obligation.objects.select_related("unit", "period__programme", "report").get(
        period=period, unit=unit
    )


def trees(period, unit, kind):
    return read(period.form.cells, totals_for(period, unit)[kind]).cells[-1].sum


def test_a_move_within_the_period_takes_received_and_accepted_figures_along(cast):
    period = wide(cast)
    send(period, cast.a, cast.officer, "10")
    accept(period, cast.a, cast.chief)
    send(period, cast.b, cast.neighbour, "3")
    move_unit(cast.a, cast.other_province, since=FEB, actor=SYSTEM)
    row = Transfer.objects.get()
    assert (row.kind, row.day, row.from_parent, row.to_parent) == (
        "moved", FEB, cast.province, cast.other_province,
    )  # fmt: skip
    assert row.sha256 == sha256_of(row)
    assert owed(period, cast.a).chain_ids == [cast.root_unit.pk, cast.other_province.pk, cast.a.pk]
    assert (trees(period, cast.province, "received"), trees(period, cast.other_province, "received")) == (
        3,
        10,
    )
    assert (trees(period, cast.province, "official"), trees(period, cast.other_province, "official")) == (
        0,
        10,
    )
    assert trees(period, cast.root_unit, "received") == 13
    assert (completeness(period, cast.province).expected, completeness(period, cast.other_province).expected) == (
        1, 1,
    )  # fmt: skip
    assert check_totals(period) == []
    assert is_as_frozen(period)


def test_missing_and_waiting_lists_follow_the_move(cast):
    period = wide(cast)
    send(period, cast.b, cast.neighbour, "3")
    move_unit(cast.a, cast.other_province, since=FEB, actor=SYSTEM)
    move_unit(cast.b, cast.other_province, since=FEB, actor=SYSTEM)
    assert [o.unit for o in missing_below(period, cast.other_province)] == [cast.a]
    assert not missing_below(period, cast.province)
    assert [r.obligation.unit for r in waiting_for(cast.other_province.pk)] == [cast.b]
    assert not waiting_for(cast.province.pk)


def test_a_moved_branch_takes_all_under_it_in_one_row(cast):
    period = wide(cast)
    send(period, cast.a, cast.officer, "10")
    move_unit(cast.province, cast.other_province, since=FEB, actor=SYSTEM)
    assert Transfer.objects.count() == 1
    assert owed(period, cast.a).chain_ids == [u.pk for u in (
        cast.root_unit, cast.other_province, cast.province, cast.a)]  # fmt: skip
    assert check_totals(period) == []


def test_a_move_after_the_last_day_or_of_a_closed_period_changes_nothing(cast):
    period = wide(cast)
    move_unit(cast.a, cast.other_province, since=APRIL, actor=SYSTEM)
    close_period(period, actor=SYSTEM)
    move_unit(cast.b, cast.other_province, since=FEB, actor=SYSTEM)
    assert not Transfer.objects.exists()
    assert owed(period, cast.a).parent == cast.province


def test_who_took_a_unit_later_does_not_keep_the_unit_above_of_then_from_answering(cast):
    period = wide(cast)
    move_unit(cast.a, cast.other_province, since=APRIL, actor=SYSTEM)
    send(period, cast.a, cast.officer, "10")
    page = cast.chief.client().get(f"/reports/{report_of(period, cast.a).pk}/")
    assert page.status_code == 200
    accept(period, cast.a, cast.chief)
    assert trees(period, cast.province, "official") == 10
    assert cast.neighbour.client().get(f"/reports/{report_of(period, cast.a).pk}/").status_code == 404


def test_a_unit_that_leaves_the_programmes_units_leaves_its_sums_and_owes_no_more(cast):
    programme = make_programme(cast.province)
    assign(programme, cast.a, cast.b)
    period = open_period(plan(programme), actor=SYSTEM)
    send(period, cast.a, cast.officer, "10")
    for unit in (cast.a, cast.b):
        move_unit(unit, cast.other_province, since=FEB, actor=SYSTEM)
    assert {t.kind for t in Transfer.objects.all()} == {"left"}
    assert trees(period, cast.province, "received") == 0
    assert owed(period, cast.b).cls == "not_due"
    assert owed(period, cast.a).cls == "on_time"
    assert check_totals(period) == []
    move_unit(cast.a, cast.province, since=FEB + datetime.timedelta(days=1), actor=SYSTEM)
    assert trees(period, cast.province, "received") == 10
    assert check_totals(period) == []
    assert is_as_frozen(period)


def test_a_merger_makes_two_partial_reports_and_the_successor_may_correct_the_predecessors(cast):
    period = make_period(cast)
    send(period, cast.a, cast.officer, "10")
    accept(period, cast.a, cast.chief)
    close_unit(cast.a, day=FEB, reason="Nghị quyết 12", successors=[cast.b], actor=SYSTEM)
    old = owed(period, cast.a)
    assert (old.covers_until, old.parent) == (FEB - datetime.timedelta(days=1), cast.b)
    assert owed(period, cast.b).covers_since is None, "it existed before"
    assert (trees(period, cast.b, "received"), trees(period, cast.b, "official")) == (10, 10)
    assert trees(period, cast.province, "official") == 0
    assert cast.a.pk in [o.unit_id for o in owed_by(cast.b.pk)]
    page = cast.neighbour.client().get(f"/reports/{old.report.pk}/write/")
    assert page.status_code == 200
    version = send(period, cast.a, cast.neighbour, "12", reason="Bổ sung")
    assert version.sent_by_seat == cast.neighbour.seat
    send(period, cast.b, cast.neighbour, "5")
    accept(period, cast.b, cast.chief)
    assert trees(period, cast.root_unit, "received") == 17
    assert trees(period, cast.province, "official") == 15, "the correction is not accepted yet"
    shown = cast.chief.client().get(f"/reports/{old.report.pk}/").content.decode()
    assert str(cast.neighbour.seat) in shown
    assert check_totals(period) == []
    assert is_as_frozen(period)
    with pytest.raises(NotAllowed):
        send(period, cast.a, cast.chief, "1", reason="x")


def test_a_successor_founded_for_it_owes_from_its_day_on_with_the_tasks_of_those_it_follows(cast):
    period = make_period(cast)
    new = found_unit("C", "Xã Mới", tier=cast.a.tier, parent=cast.province, since=FEB, actor=SYSTEM)
    for unit in (cast.a, cast.b):
        close_unit(unit, day=FEB, reason="Nghị quyết 12", successors=[new], actor=SYSTEM)
    made = owed(period, new)
    assert (made.covers_since, made.parent) == (FEB, cast.province)
    assert Assignment.objects.filter(unit=new).count() == 2
    assert owed(period, cast.a).parent == owed(period, cast.b).parent == new
    send(period, cast.a, cast.officer, "10")
    send(period, cast.b, cast.neighbour, "3")
    assert trees(period, new, "received") == 13
    assert completeness(period, cast.province).expected == 3
    assert sorted(t.kind for t in Transfer.objects.all()) == ["joined", "succeeded", "succeeded"]
    assert check_totals(period) == []
    assert is_as_frozen(period)


def test_a_division_leaves_the_old_report_in_place_and_all_successors_may_correct_it(cast):
    period = make_period(cast)
    send(period, cast.a, cast.officer, "10")
    parts = [
        found_unit(c, c, tier=cast.a.tier, parent=cast.province, since=FEB, actor=SYSTEM)
        for c in ("A1", "A2")
    ]
    close_unit(cast.a, day=FEB, reason="Chia tách", successors=[*parts, cast.b], actor=SYSTEM)
    assert owed(period, cast.a).parent == cast.province
    assert send(period, cast.a, cast.neighbour, "11", reason="Sửa").n == 2
    assert trees(period, cast.province, "received") == 11
    assert check_totals(period) == []
    assert is_as_frozen(period)


def test_a_closed_province_hands_its_units_to_the_successor(cast):
    period = wide(cast)
    send(period, cast.a, cast.officer, "10")
    accept(period, cast.a, cast.chief)
    send(period, cast.province, cast.chief, "4")
    close_unit(cast.province, day=FEB, reason="Hợp nhất tỉnh", successors=[cast.other_province], actor=SYSTEM)
    top, heir = cast.root_unit.pk, cast.other_province.pk
    assert owed(period, cast.a).chain_ids == [top, heir, cast.a.pk]
    assert owed(period, cast.province).chain_ids == [top, heir, cast.province.pk]
    assert (trees(period, cast.other_province, "received"), trees(period, cast.province, "received")) == (
        14,
        4,
    )
    assert trees(period, cast.other_province, "official") == 10
    assert check_totals(period) == []
    assert is_as_frozen(period)


def test_closing_is_refused_where_units_stand_below_or_the_successor_does(cast):
    for successors, code in (([], "has-children"), ([cast.a], "bad-successor")):
        with pytest.raises(DomainError) as refused:
            close_unit(cast.province, day=FEB, reason="x", successors=successors, actor=SYSTEM)
        assert refused.value.code == code
    with pytest.raises(DomainError) as top:
        close_unit(cast.root_unit, day=FEB, reason="x", actor=SYSTEM)
    assert top.value.code == "root-stays"
    close_unit(cast.a, day=FEB, reason="Giải thể", actor=cast.root.actor)
    with pytest.raises(DomainError) as twice:
        close_unit(cast.a, day=FEB, reason="x", actor=SYSTEM)
    assert twice.value.code == "closed-already"


@pytest.mark.parametrize("who", ["officer", "neighbour", "reader", "stranger"])
def test_only_who_changes_the_units_above_closes_one(cast, who):
    with pytest.raises(NotAllowed):
        close_unit(cast.a, day=FEB, reason="x", successors=[cast.b], actor=getattr(cast, who).actor)


def test_a_unit_founded_later_is_let_in_by_name_and_takes_those_below_it(cast):
    programme = make_programme(cast.root_unit)
    assign(programme, cast.a, cast.b)
    period = open_period(plan(programme), actor=SYSTEM)
    send(period, cast.a, cast.officer, "10")
    joined = join_period(
        period, cast.province, since=FEB, reason="Giao nhiệm vụ bổ sung", actor=cast.root.actor
    )
    assert (joined.covers_since, joined.parent) == (FEB, cast.root_unit)
    assert owed(period, cast.a).chain_ids == [cast.root_unit.pk, cast.province.pk, cast.a.pk]
    assert trees(period, cast.province, "received") == 10
    assert check_totals(period) == []
    assert is_as_frozen(period)
    for unit, since, code in ((cast.a, FEB, "owes-already"), (cast.other_province, APRIL, "after-period")):
        with pytest.raises(DomainError) as refused:
            join_period(period, unit, since=since, reason="x", actor=SYSTEM)
        assert refused.value.code == code
    for who in ("chief", "reader", "stranger"):
        with pytest.raises(NotAllowed):
            join_period(period, cast.other_province, since=DAY, reason="x", actor=getattr(cast, who).actor)


def test_a_move_takes_as_many_queries_however_many_units_stand_below(cast, django_assert_max_num_queries):
    wide(cast)
    with django_assert_max_num_queries(46):
        move_unit(cast.province, cast.other_province, since=FEB, actor=SYSTEM)


def test_the_ledger_lets_a_unit_in_and_shows_the_changes(cast):
    period = make_period(cast)
    there = reverse("reports:period-join", args=[period.pk])
    said = {"join-unit": "P2", "join-since": "2026-02-10", "join-reason": "Giao bổ sung"}
    for who, status in (("chief", 404), ("officer", 404), ("reader", 404), ("stranger", 404)):
        assert getattr(cast, who).client().post(there, said).status_code == status
    client = cast.root.client()
    assert client.post(there, {"join-unit": "NONE"}).status_code == 400
    assert client.post(there, said).status_code == 302
    shown = client.get(reverse("reports:owed", args=[period.pk, cast.root_unit.pk])).content.decode()
    assert "Giao bổ sung" in shown
    one = reverse("reports:owed-one", args=[owed(period, cast.other_province).pk])
    assert "Giao bổ sung" in client.get(one).content.decode()
