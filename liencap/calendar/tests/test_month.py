"""The month and the list: whose, which days, how long ones are shown, and what they cost."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from liencap import card
from liencap.calendar import queries
from liencap.card import Event
from liencap.reports.actions import extend_obligation
from liencap.reports.tests import scene
from liencap.testing import make_cast, member
from liencap.units.models import Role

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)


@pytest.fixture
def cast():
    return make_cast()


def day(month, date):
    return datetime.date(2026, month, date)


def event(uid, since, until=None, *, kind="Session", cancelled=False):
    return Event(uid, kind, f"Title of {uid}", "/", since, until or since, NOW, cancelled)


@pytest.fixture
def given(monkeypatch):
    """Let the rooms give what a test puts in."""
    events: list[Event] = []
    monkeypatch.setattr(card, "functions", lambda of: [lambda *_: iter(events)])
    return events


def get(who, name, **query):
    return who.client().get(reverse(name), query)


def test_a_month_begins_on_monday_and_shows_its_days(cast, given):
    given += [event("session-1", day(3, 12)), event("session-2", day(3, 30), day(4, 2))]
    shown = get(cast.officer, "calendar:month", month="2026-03").context["month"]
    assert [week[0].day.weekday() for week in shown.weeks] == [0] * 6
    assert shown.weeks[0][0].day == day(2, 23)
    on = {cell.day: [e.uid for e in cell.events] for week in shown.weeks for cell in week if cell.events}
    assert on == {
        day(3, 12): ["session-1"], day(3, 30): ["session-2"], day(3, 31): ["session-2"],
        day(4, 1): ["session-2"], day(4, 2): ["session-2"],
    }  # fmt: skip
    assert (shown.previous, shown.following) == (day(2, 1), day(4, 1))


def test_a_long_window_runs_through_the_month_instead_of_filling_its_days(cast, given):
    given.append(event("window-1", day(1, 1), day(3, 31)))
    seat = cast.officer.seat
    shown = queries.month_of(seat, day(2, 1), day(2, 15))
    assert not [cell for week in shown.weeks for cell in week if cell.events]
    assert [(w.event.uid, w.passed, w.length) for w in shown.windows] == [("window-1", 46, 90)]
    assert queries.month_of(seat, day(4, 1), day(4, 1)).windows == []


def test_a_crowded_day_leads_to_the_list_of_that_day(cast, given):
    given += [event(f"session-{n}", day(3, 12)) for n in range(9)]
    answer = get(cast.officer, "calendar:month", month="2026-03")
    (cell,) = [c for week in answer.context["month"].weeks for c in week if c.events]
    assert (len(cell.events), cell.more) == (3, 6)
    assert f"{reverse('calendar:list')}?day=2026-03-12" in answer.content.decode()


def test_the_list_is_of_one_kind_from_a_day_on_and_paged(cast, given):
    given += [event(f"session-{n}", day(3, 12)) for n in range(60)] + [event("task-1", day(3, 1))]
    assert get(cast.officer, "calendar:list", day="2026-03-01").context["page"].paginator.count == 61
    found = get(cast.officer, "calendar:list", day="2026-03-01", kind="session").context["page"]
    assert (found.paginator.count, len(found)) == (60, 50)
    assert get(cast.officer, "calendar:list", day="2026-03-13").context["page"].paginator.count == 0


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("calendar:month", {"month": "2026-13"}),
        ("calendar:month", {"month": "x"}),
        ("calendar:list", {"day": "0001-99-99"}),
        ("calendar:list", {"day": "0001-01-01", "kind": "no such thing"}),
    ],
)
def test_nonsense_shows_what_nothing_asked_would(cast, given, name, query):
    assert get(cast.officer, name, **query).status_code == 200


def test_a_cancelled_event_says_so(cast, given):
    given.append(event("session-1", day(3, 12), cancelled=True))
    with translation.override("vi"):
        for name, query in (
            ("calendar:month", {"month": "2026-03"}),
            ("calendar:list", {"day": "2026-03-01"}),
        ):
            assert "đã hủy" in get(cast.officer, name, **query).content.decode()


@pytest.mark.parametrize("name", ["calendar:month", "calendar:list"])
def test_who_may_see_it(cast, name):
    assert get(cast.officer, name).status_code == 200
    assert get(cast.reader, name).status_code == 200
    assert get(cast.stranger, name).status_code == 404
    none = Role.objects.create(code="none", name="Không quyền")
    assert get(member("idle", cast.a, none), name).status_code == 403


def test_a_unit_sees_its_own_due_days_and_not_its_neighbours(cast):
    period = scene.make_period(cast)
    due = datetime.date(2100, 1, 1)

    def uids(who):
        return {e.uid for e in get(who, "calendar:list", day="2099-12-01").context["page"]}

    own, beside = (scene.report_of(period, unit).obligation for unit in (cast.a, cast.b))
    assert own.due == due
    assert uids(cast.officer) == uids(cast.reader) == {f"report-{own.pk}"}
    assert uids(cast.neighbour) == {f"report-{beside.pk}"}
    assert all(uid.startswith("period-due-") for uid in uids(cast.root))
    extend_obligation(
        scene.report_of(period, cast.a),
        until=datetime.date(2100, 1, 9),
        reason="Bão.",
        actor=cast.chief.actor,
    )
    (moved,) = get(cast.officer, "calendar:list", day="2100-01-02").context["page"]
    assert (moved.uid, moved.since) == (f"report-{own.pk}", datetime.date(2100, 1, 9))
    assert uids(cast.neighbour) == {f"report-{beside.pk}"}


def test_a_due_day_leads_to_the_report_and_the_period_runs(cast):
    scene.make_period(cast)
    client = cast.officer.client()
    found = client.get(reverse("calendar:month"), {"month": "2026-02"}).context["month"].windows
    assert [w.event.title for w in found] == ["Quý I: Chương trình năm hợp tác"]
    for one in client.get(reverse("calendar:list"), {"day": "2026-01-01"}).context["page"]:
        assert client.get(one.url).status_code == 200


def test_a_seat_that_may_not_see_reports_has_none_in_its_calendar(cast):
    scene.make_period(cast)
    only = Role.objects.create(code="only", name="Chỉ xem lịch", own=["calendar.view"])
    assert len(get(member("only", cast.a, only), "calendar:list", day="2026-01-01").context["page"]) == 0


def test_more_events_cost_no_more_queries(cast):
    def cost():
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("calendar:month"), {"month": "2026-03"}).status_code == 200
        return len(found)

    client = cast.officer.client()
    scene.make_period(cast)
    first = cost()
    for _n in range(4):
        scene.make_period(cast)
    assert cost() == first <= 20
