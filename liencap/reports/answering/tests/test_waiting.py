"""The page of waiting reports: what asks for a look comes first, the others are accepted together."""

import pytest
from django.urls import reverse

from liencap.audit.actor import SYSTEM
from liencap.audit.models import Entry
from liencap.errors import NotAllowed
from liencap.reports.actions import accept_many, open_period, return_report
from liencap.reports.answering.waiting import sorted_waiting
from liencap.reports.models import Obligation, Report
from liencap.reports.proof import check_totals
from liencap.reports.tests.scene import (
    accept,
    assign,
    make_period,
    make_programme,
    plan,
    plan_next,
    report_of,
    send,
)
from liencap.testing import DAY, make_cast, member
from liencap.units.actions import found_unit
from liencap.units.models import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def period(cast):
    return make_period(cast)


def test_plain_reports_come_last_and_what_asks_for_a_look_says_why(cast, period):
    send(period, cast.a, cast.officer, "10")
    send(period, cast.b, cast.neighbour, "20")
    accept(period, cast.b, cast.chief)
    send(period, cast.b, cast.neighbour, "21", reason="đếm lại")
    rows = sorted_waiting(cast.province.pk)
    assert [(row.report.obligation.unit, bool(row.look)) for row in rows] == [(cast.b, True), (cast.a, False)]
    assert "đã duyệt: 1" in rows[0].look[0]
    Obligation.objects.filter(unit=cast.a).update(cls="late")
    assert sorted_waiting(cast.province.pk)[0].look


def test_a_figure_far_from_the_last_period_and_a_return_ask_for_a_look(cast, period):
    for unit, who, trees in ((cast.a, cast.officer, "10"), (cast.b, cast.neighbour, "20")):
        send(period, unit, who, trees)
        accept(period, unit, cast.chief)
    later = open_period(plan_next(period.programme), actor=cast.root.actor)
    send(later, cast.a, cast.officer, "500")
    send(later, cast.b, cast.neighbour, "21")
    looks = {row.report.obligation.unit_id: row.look for row in sorted_waiting(cast.province.pk)}
    assert looks[cast.a.pk] == ["1 số liệu khác xa kỳ trước"]
    assert looks[cast.b.pk] == []
    far = reverse("reports:report", args=[report_of(later, cast.a).pk])
    page = cast.chief.client().get(far).content.decode()
    assert "1 số liệu khác xa kỳ trước" in page
    assert "Số cây: 10,0 → <strong>500,0</strong>" in page
    assert "khác xa" not in cast.officer.client().get(far).content.decode()
    return_report(report_of(later, cast.b), n=1, reason="xem lại", actor=cast.chief.actor)
    send(later, cast.b, cast.neighbour, "22")
    looks = {row.report.obligation.unit_id: row.look for row in sorted_waiting(cast.province.pk)}
    assert looks[cast.b.pk] == ["gửi lại sau khi bị trả"]


def test_the_last_period_is_that_of_the_same_programme(cast, period):
    send(period, cast.a, cast.officer, "10")
    accept(period, cast.a, cast.chief)
    other = make_programme(cast.root_unit)
    assign(other, cast.province, cast.a)
    beside = open_period(plan(other), actor=cast.root.actor)  # of the same days, opened later
    later = open_period(plan_next(period.programme), actor=cast.root.actor)
    for when, trees in ((beside, "10"), (later, "500")):
        send(when, cast.a, cast.officer, trees)
    looks = {row.report.obligation.period_id: row.look for row in sorted_waiting(cast.province.pk)}
    assert looks == {beside.pk: [], later.pk: ["1 số liệu khác xa kỳ trước"]}


def test_the_chosen_are_accepted_together_with_one_entry_and_exact_totals(cast, period):
    send(period, cast.a, cast.officer, "10")
    send(period, cast.b, cast.neighbour, "20")
    chief, url = cast.chief.client(), reverse("reports:accept-many")
    tokens = [row.token for row in sorted_waiting(cast.province.pk)]
    page = chief.get(reverse("reports:inbox")).content.decode()
    assert all(f'value="{token}"' in page for token in tokens)
    assert chief.post(url, {"read": tokens}).status_code == 302
    assert set(Report.objects.filter(obligation__parent=cast.province).values_list("state", flat=True)) == {
        "accepted"
    }
    assert not check_totals(period)
    entry = Entry.objects.get(action="accept_many")
    assert entry.new["reports"] == 2
    assert len(entry.new["reports_sha256"]) == 64
    assert not Entry.objects.filter(action="accept_report").exists()


def test_one_that_was_sent_anew_meanwhile_is_left_and_named(cast, period):
    send(period, cast.a, cast.officer, "10")
    send(period, cast.b, cast.neighbour, "20")
    tokens = [row.token for row in sorted_waiting(cast.province.pk)]
    send(period, cast.a, cast.officer, "11", reason="đếm lại")
    page = cast.chief.client().post(reverse("reports:accept-many"), {"read": tokens}, follow=True)
    assert "1 báo cáo không được duyệt" in page.content.decode()
    assert report_of(period, cast.a).state == "sent"
    assert report_of(period, cast.b).state == "accepted"
    assert not check_totals(period)


@pytest.mark.parametrize("who", ["root", "officer", "neighbour", "reader", "stranger"])
def test_nobody_else_accepts_them(cast, period, who):
    send(period, cast.a, cast.officer, "10")
    someone, report = getattr(cast, who), report_of(period, cast.a)
    answer = someone.client().post(reverse("reports:accept-many"), {"read": [f"{report.pk}:1"]})
    assert answer.status_code in (302, 403, 404)
    if who == "stranger":
        assert answer.status_code == 404
    assert report_of(period, cast.a).state == "sent"
    with pytest.raises(NotAllowed):
        accept_many(cast.province, {report.pk: 1}, actor=someone.actor)


def test_a_wrong_method_and_nothing_chosen_are_refused(cast, period):
    chief = cast.chief.client()
    assert chief.get(reverse("reports:accept-many")).status_code == 405
    for read in ([], ["x"], ["1:2:3"], ["999999:1"]):
        assert chief.post(reverse("reports:accept-many"), {"read": read}).status_code in (302, 400)


def test_more_children_cost_no_more_queries(cast, django_assert_max_num_queries):
    from liencap.reports.tests import scene

    head = Role.objects.get(code="head")
    new = [
        found_unit(f"N{n}", f"Xã {n}", tier=cast.a.tier, parent=cast.province, since=DAY, actor=SYSTEM)
        for n in range(6)
    ]
    members = [member(f"n{n}", unit, head) for n, unit in enumerate(new)]
    programme = scene.make_programme(cast.root_unit)
    scene.assign(programme, cast.province, *new)
    period = open_period(scene.plan(programme), actor=cast.root.actor)
    for unit, who in zip(new, members, strict=True):
        send(period, unit, who, "10")
    with django_assert_max_num_queries(6):
        rows = sorted_waiting(cast.province.pk)
    chosen = {row.report.pk: 1 for row in rows}
    with django_assert_max_num_queries(30):
        accepted, left = accept_many(cast.province, chosen, actor=cast.chief.actor)
    assert (len(accepted), left) == (6, [])
    assert not check_totals(period)
