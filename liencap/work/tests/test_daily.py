"""What is due once a day is begun once a day, however many workers there are."""

import datetime

import pytest
from django.utils import timezone
from django.utils.translation import get_language, override

from liencap.audit.actor import SYSTEM
from liencap.card import daily_jobs, job_function
from liencap.work import actions
from liencap.work.models import Daily, Job

KINDS = sorted(daily_jobs())


@pytest.fixture
def clock(monkeypatch):
    """Give a clock that a test sets."""

    def set_to(text: str) -> None:
        now = timezone.make_aware(datetime.datetime.fromisoformat(text))
        monkeypatch.setattr(timezone, "localtime", lambda: now)

    return set_to


@pytest.mark.django_db
def test_each_kind_is_begun_once_a_day_from_two_in_the_night(clock):
    clock("2026-03-01 15:00")
    assert sorted(actions.start_daily()) == KINDS
    assert "check-totals" in KINDS
    assert actions.start_daily() == []
    Job.objects.all().delete()
    clock("2026-03-02 01:59")
    assert actions.start_daily() == []
    clock("2026-03-02 02:00")
    assert sorted(actions.start_daily()) == KINDS
    assert sorted(Job.objects.values_list("kind", flat=True)) == KINDS


@pytest.mark.django_db
def test_days_without_a_worker_are_not_made_up_for(clock):
    clock("2026-03-01 15:00")
    actions.start_daily()
    clock("2026-03-09 15:00")
    actions.start_daily()
    assert Job.objects.count() == len(KINDS), "the one that waits is enough"
    assert set(Daily.objects.values_list("day", flat=True)) == {datetime.date(2026, 3, 9)}


@pytest.mark.django_db
def test_every_daily_kind_can_be_run():
    assert all(callable(job_function(kind)) for kind in KINDS)
    actions.start_daily()
    while actions.run_one("w"):
        pass
    assert set(Job.objects.values_list("state", flat=True)) == {Job.State.DONE}


@pytest.mark.django_db
def test_of_two_workers_that_look_at_the_same_time_one_begins(monkeypatch):
    first: list[str] = []

    def overtaken() -> list[str]:
        monkeypatch.setattr(actions, "daily_jobs", daily_jobs)
        first.extend(actions.start_daily())
        return daily_jobs()

    # The second has read what is due; now the first does it all.
    monkeypatch.setattr(actions, "daily_jobs", overtaken)
    assert actions.start_daily() == []
    assert sorted(first) == KINDS
    assert Job.objects.count() == len(KINDS)


@pytest.mark.django_db
def test_a_job_that_names_no_language_speaks_that_of_the_installation(monkeypatch):
    spoken = []
    monkeypatch.setattr(actions, "job_function", lambda kind: lambda job: spoken.append(get_language()))
    actions.enqueue("sample", actor=SYSTEM)
    actions.enqueue("sample", {"language": "en"}, actor=SYSTEM)
    with override(None):
        assert actions.run_one("w")
        assert actions.run_one("w")
    assert spoken == ["vi", "en"]
