"""The daily reminders: at set distances, once, and no more when the thing is done."""

import datetime

import pytest

from liencap.audit.models import Entry
from liencap.card import daily_jobs
from liencap.notices.models import Notice
from liencap.notices.tests.scene import duty, moment, of, owing, remind, tell
from liencap.testing import make_cast
from liencap.work.actions import run_one, start_daily
from liencap.work.models import Job

pytestmark = pytest.mark.django_db
DUE = datetime.date(2026, 6, 30)


@pytest.fixture
def cast():
    return make_cast()


def times(member) -> list[int]:
    return [n.times for n in of(member)]


def test_reminders_come_at_the_set_days_and_once_a_day(cast):
    spoke = []
    with owing(duty(cast.a, DUE)):
        for n in range(1, 31):
            before = times(cast.officer)
            remind(moment(n, 2))
            remind(moment(n, 3))
            if times(cast.officer) != before:
                spoke.append(n)
        for n in range(1, 20):
            before = times(cast.officer)
            remind(moment(n, 2, month=7))
            if times(cast.officer) != before:
                spoke.append(-n)
    assert spoke == [16, 27, 29, 30, -3, -10, -17]
    assert times(cast.officer) == [7]
    assert of(cast.neighbour) == of(cast.chief) == of(cast.reader) == []


def test_a_reminder_is_over_in_the_first_run_that_does_not_find_the_thing_any_more(cast):
    with owing(duty(cast.a, DUE), duty(cast.b, DUE, "thing-2")) as held:
        remind(moment(27, 2))
        del held[0]
        remind(moment(28, 2))
    assert not of(cast.officer)[0].is_open
    assert of(cast.neighbour)[0].is_open
    assert Entry.objects.filter(action="remind").latest("pk").new == {
        "duties": 1,
        "reminders": 0,
        "settled": 1,
    }


def test_what_an_event_told_is_not_ended_by_the_reminders(cast):
    tell(cast.a, "programme-1", kind="assigned")
    with owing():
        remind(moment(27, 2))
    assert of(cast.officer)[0].is_open


def test_a_day_that_moves_away_ends_the_reminder_until_it_comes_near_again(cast):
    with owing(duty(cast.a, DUE)) as held:
        remind(moment(27, 2))
        held[0] = duty(cast.a, DUE + datetime.timedelta(days=20))
        remind(moment(28, 2))
        assert not of(cast.officer)[0].is_open
        remind(moment(8, 2, month=7))
    (notice,) = of(cast.officer)
    assert (notice.is_open, notice.unread, notice.due) == (True, True, datetime.date(2026, 7, 20))


def test_who_was_told_after_the_day_of_reminding_is_not_told_twice(cast):
    with owing(duty(cast.a, DUE)):
        remind(moment(29, 2))
        assert times(cast.officer) == [1]
        Notice.objects.update(at=moment(28, 9), unread=False)
        remind(moment(29, 3))
        assert times(cast.officer) == [2]
        remind(moment(29, 4))
    assert times(cast.officer) == [2]


def test_what_is_done_while_a_run_reads_is_not_opened_again(cast, monkeypatch):
    """Somebody does the thing after the run has read it as due, and before it writes."""
    from liencap.notices import jobs
    from liencap.notices.actions import giving

    with owing(duty(cast.a, DUE)):
        remind(moment(27, 2))
        real = giving.remind

        def late(messages, run, *, actor):
            Notice.objects.update(settled_at=run.began + datetime.timedelta(seconds=1))
            return real(messages, run, actor=actor)

        monkeypatch.setattr(jobs.giving, "remind", late)
        remind(moment(29, 2))
    assert not of(cast.officer)[0].is_open


def test_many_duties_take_few_queries_a_batch(cast, django_assert_max_num_queries):
    with owing(*(duty(cast.a, DUE, f"t-{n}") for n in range(500))):
        remind(moment(27, 2))
        with django_assert_max_num_queries(26):
            remind(moment(28, 2))
    assert Notice.objects.filter(settled_at=None).count() == 500


def test_the_daily_work_begins_the_reminders(cast):
    assert "remind" in daily_jobs()
    with owing(duty(cast.a, datetime.date(2000, 1, 1))):
        start_daily()
        while run_one("w"):
            pass
    assert Job.objects.get(kind="remind").state == "done"


def test_notices_long_over_are_forgotten(cast):
    tell(cast.a)
    tell(cast.b, "thing-2")
    Notice.objects.filter(key="thing-1").update(settled_at=moment(1, month=1))
    with owing():
        remind(moment(1, month=1).replace(year=2028))
    assert [n.key for n in Notice.objects.all()] == ["thing-2"]
