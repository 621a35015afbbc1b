"""What the programmes room brings to calendar and reminders; recurring tasks in each period."""

import datetime

import pytest

from liencap.programmes.actions import add_condition, assign_task, receive_assignment
from liencap.programmes.duties import to_confirm as duties
from liencap.programmes.happenings import events
from liencap.programmes.models import Programme, Task, TaskDeadline
from liencap.programmes.queries import Rule, coming, is_asked, occurrences_of
from liencap.programmes.tests.seed import make_programme
from liencap.testing import make_cast
from liencap.units.actions import correct_event, record_event

pytestmark = pytest.mark.django_db
D = datetime.date
YEAR = (D(2026, 1, 1), D(2026, 12, 31))


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def programme(cast):
    programme = make_programme(cast)
    Programme.objects.update(since=YEAR[0], until=YEAR[1])
    programme.refresh_from_db()
    for task in programme.tasks.all():
        assign_task(task, Rule(codes=("A",)), actor=cast.chief.actor)
    return programme


@pytest.fixture
def monthly(programme):
    task = programme.tasks.last()
    TaskDeadline.objects.create(task=task, kind="recurring", bound="recurring", recurrence="monthly: 25")
    return task


def calendar(seat, since=YEAR[0], until=YEAR[1]):
    return {event.uid: event for event in events(seat, since, until)}


def test_a_seat_sees_due_days_windows_and_recurrences_of_its_own_unit_alone(
    cast, programme, monthly, django_assert_max_num_queries
):
    with django_assert_max_num_queries(3):
        found = calendar(cast.officer.seat)
    kinds = sorted(uid.split("-")[0] for uid in found)
    assert kinds == ["assignment"] + ["recurring"] * 12 + ["window"]
    window = next(event for uid, event in found.items() if uid.startswith("window"))
    assert (window.since, window.until) == (D(2026, 1, 1), D(2026, 3, 31))
    for other in (cast.neighbour, cast.chief):
        assert calendar(other.seat) == {}
    march = calendar(cast.officer.seat, D(2026, 3, 20), D(2026, 3, 26))
    assert sorted(uid.split("-")[0] for uid in march) == ["recurring", "window"]


def test_a_day_that_moves_keeps_its_name_and_says_when_it_changed(cast, programme, monkeypatch):
    monkeypatch.setattr("liencap.units.actions.events.today", lambda: D(2026, 6, 30))
    task = programme.tasks.get(label="Thứ hai")
    add_condition(task, "congress", wait=10, actor=cast.chief.actor)
    event = record_event(cast.a, "congress", D(2026, 3, 1), actor=cast.officer.actor)
    name = f"assignment-{task.assignments.get().pk}"
    before = calendar(cast.officer.seat)[name]
    correct_event(event, D(2026, 4, 1), actor=cast.officer.actor)
    after = calendar(cast.officer.seat)[name]
    assert (before.since, after.since) == (D(2026, 3, 11), D(2026, 4, 11))
    assert after.changed > before.changed


def test_what_was_closed_is_cancelled(cast, programme):
    Programme.objects.update(state="closed")
    assert {event.cancelled for event in calendar(cast.officer.seat).values()} == {True}


def test_an_unconfirmed_assignment_is_a_duty_until_it_is_received(cast, programme):
    (duty,) = duties(*YEAR)
    assert (duty.unit_id, duty.due, duty.permission) == (cast.a.pk, D(2026, 12, 14), "programme.receive")
    one = programme.tasks.first().assignments.get()
    receive_assignment(one, actor=cast.officer.actor)
    assert list(duties(*YEAR)) == []


ASKED = [
    # deadlines as kind, bound, recurrence; window; asked
    ([], YEAR, True),
    ([("recurring", "recurring", "yearly: 11-15")], (D(2026, 1, 1), D(2026, 3, 31)), False),
    ([("recurring", "recurring", "yearly: 11-15")], (D(2026, 10, 1), D(2026, 12, 31)), True),
    ([("recurring", "recurring", "quarterly")], (D(2026, 1, 1), D(2026, 3, 31)), True),
    ([("recurring", "recurring", "monthly")], (D(2026, 3, 2), D(2026, 3, 30)), False),
    ([("recurring", "continuous", "")], (D(2026, 1, 1), D(2026, 3, 31)), True),
    ([("recurring", "recurring", "periodic")], (D(2026, 1, 1), D(2026, 3, 31)), True),
    ([("recurring", "recurring", "yearly"), ("due", "by", "")], (D(2026, 1, 1), D(2026, 3, 31)), True),
]


@pytest.mark.parametrize(("deadlines", "window", "asked"), ASKED)
def test_a_period_asks_for_what_recurs_in_it(cast, programme, deadlines, window, asked):
    task = programme.tasks.last()
    task.deadlines.all().delete()
    for kind, bound, words in deadlines:
        TaskDeadline.objects.create(task=task, kind=kind, bound=bound, recurrence=words)
    found = Task.objects.select_related("programme").prefetch_related("deadlines").get(pk=task.pk)
    assert is_asked(found, *window) is asked


def test_a_recurrence_ends_with_its_programme(cast, programme, monthly):
    found = occurrences_of([monthly], D(2026, 11, 1), D(2027, 6, 30))
    assert [one.day for one in found] == [D(2026, 11, 25), D(2026, 12, 25)]
    assert [one.day for one in coming(programme, D(2026, 12, 1))] == [D(2026, 12, 25)]
