"""What the deeds of reports tell seats, what they settle, and which duties the room yields."""

import datetime

import pytest
from django.urls import reverse

from liencap.notices.models import Notice
from liencap.notices.queries import open_of
from liencap.programmes.models import Assignment
from liencap.reports.actions import close_period, extend_obligation, open_period, return_report
from liencap.reports.duties import to_do, to_send
from liencap.reports.models import Obligation
from liencap.reports.tests.scene import accept, assign, make_period, make_programme, plan, report_of, send
from liencap.testing import make_cast
from liencap.units.access import today

pytestmark = pytest.mark.django_db
FAR = datetime.date(2100, 1, 1)
LONG = (datetime.date(2000, 1, 1), datetime.date(2200, 1, 1))


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def period(cast):
    return make_period(cast)


def told(member) -> set[str]:
    return {notice.kind for notice in open_of(member.seat)}


def owed(function) -> set[str]:
    return {duty.key for duty in function(*LONG)}


def test_opening_asks_every_unit_that_owes_and_no_other_seat(cast, period):
    for who in (cast.chief, cast.officer, cast.neighbour):
        assert told(who) == {"report-asked"}
    assert told(cast.root) == told(cast.reader) == set()
    notice = open_of(cast.officer.seat).get()
    assert (notice.due, notice.url) == (FAR, reverse("reports:write", args=[report_of(period, cast.a).pk]))
    assert cast.officer.client().get(notice.url).status_code == 200


def test_sending_ends_what_asked_and_tells_the_unit_above_once(cast, period):
    send(period, cast.a, cast.officer)
    assert told(cast.officer) == set()
    assert told(cast.chief) == {"report-asked", "report-waiting"}
    send(period, cast.b, cast.neighbour)
    assert open_of(cast.chief.seat).filter(kind="report-waiting").count() == 1
    accept(period, cast.a, cast.chief)
    assert told(cast.officer) == {"report-accepted"}
    assert "report-waiting" in told(cast.chief), "another one waits"
    accept(period, cast.b, cast.chief)
    assert "report-waiting" not in told(cast.chief)
    assert told(cast.neighbour) == {"report-accepted"}


def test_a_returned_report_is_told_without_the_reason_until_it_is_sent_anew(cast, period):
    send(period, cast.a, cast.officer)
    return_report(
        report_of(period, cast.a), n=1, reason="Thiếu số liệu của tháng Hai.", actor=cast.chief.actor
    )
    assert told(cast.officer) == {"report-returned"}
    assert told(cast.neighbour) == {"report-asked"}
    assert "Thiếu số liệu" not in str([n.said for n in Notice.objects.all()])
    assert "report-waiting" not in told(cast.chief)
    send(period, cast.a, cast.officer, trees="2")
    assert told(cast.officer) == set()
    assert "report-waiting" in told(cast.chief)


def test_more_time_is_told_with_the_new_day(cast, period):
    day = FAR + datetime.timedelta(days=9)
    extend_obligation(report_of(period, cast.a), until=day, reason="Chuyển trụ sở.", actor=cast.chief.actor)
    notice = open_of(cast.officer.seat).get()
    assert (notice.kind, notice.due) == ("more-time", day)


def test_closing_ends_everything_that_asked(cast, period):
    send(period, cast.a, cast.officer)
    close_period(period, actor=cast.root.actor)
    for who in (cast.chief, cast.officer, cast.neighbour):
        assert told(who) == set()
    assert owed(to_send) == set()


def test_a_report_is_a_duty_until_it_is_sent_and_again_when_it_is_returned(cast, period):
    key, soon = f"report-{report_of(period, cast.a).pk}", today() + datetime.timedelta(days=3)
    assert key not in owed(to_send), "a day far away is nobody's duty yet"
    Obligation.objects.update(due=soon)
    assert key in owed(to_send)
    (mine,) = [duty for duty in to_send(*LONG) if duty.key == key]
    assert (mine.unit_id, mine.due, mine.permission) == (cast.a.pk, soon, "report.fill")
    assert list(to_send(LONG[0], soon - datetime.timedelta(days=1))) == []
    send(period, cast.a, cast.officer)
    assert key not in owed(to_send)
    return_report(report_of(period, cast.a), n=1, reason="Thiếu.", actor=cast.chief.actor)
    assert key in owed(to_send)
    day = soon + datetime.timedelta(days=2)
    extend_obligation(report_of(period, cast.a), until=day, reason="Chờ.", actor=cast.chief.actor)
    assert {d.due for d in to_send(*LONG) if d.key == key} == {day}


def test_a_confirmed_task_is_a_duty_until_the_report_says_it_is_done(cast):
    programme = make_programme(cast.root_unit)
    assign(programme, cast.province, cast.a)
    past = today() - datetime.timedelta(days=20)
    Assignment.objects.filter(unit=cast.a).update(state="received", due=past)
    assert owed(to_do) == set(), "past its day and without a report to say so, nobody can end it"
    Assignment.objects.filter(unit=cast.a).update(due=today())
    mine = {f"task-{pk}" for pk in Assignment.objects.filter(unit=cast.a).values_list("pk", flat=True)}
    assert owed(to_do) == mine
    period = open_period(plan(programme), actor=cast.root.actor)
    Assignment.objects.filter(unit=cast.a).update(due=past)
    assert owed(to_do) == mine, "an open report asks for it"
    send(period, cast.a, cast.officer)
    assert owed(to_do) == set()


def test_duties_of_many_units_take_one_query_a_thousand(cast, period, django_assert_num_queries):
    Obligation.objects.update(due=today())
    with django_assert_num_queries(2):
        assert len(list(to_send(*LONG))) == 3
    with django_assert_num_queries(1):
        assert list(to_do(*LONG)) == []
