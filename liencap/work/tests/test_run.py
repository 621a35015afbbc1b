"""Jobs are claimed once, retried, taken over from the dead, and say why they failed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from liencap.audit.actor import SYSTEM
from liencap.errors import DomainError
from liencap.work import actions
from liencap.work.actions import claim, enqueue, report_progress, ring, run_one
from liencap.work.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(monkeypatch):
    """Let jobs of any kind run the function that a test gives."""

    def use(function):
        monkeypatch.setattr(actions, "job_function", lambda kind: function)

    return use


def test_a_job_runs_once_and_is_done(run):
    seen = []
    run(lambda job: seen.append(job.args["n"]))
    enqueue("count", {"n": 7}, actor=SYSTEM)
    assert run_one("w") is True
    assert run_one("w") is False
    assert seen == [7]
    assert Job.objects.get().state == "done"


def test_two_workers_have_one_winner():
    job = enqueue("count", actor=SYSTEM)
    first = claim("one")
    assert first is not None
    assert first.pk == job.pk
    assert claim("two") is None


def test_a_dead_workers_job_is_taken_over():
    enqueue("count", actor=SYSTEM)
    assert claim("one")
    Job.objects.update(heartbeat=timezone.now() - timedelta(minutes=2))
    taken = claim("two")
    assert taken is not None
    assert (taken.claimed_by, taken.attempts) == ("two", 2)


def test_a_late_word_of_the_dead_worker_changes_nothing():
    enqueue("count", actor=SYSTEM)
    dead = claim("one")
    Job.objects.update(heartbeat=timezone.now() - timedelta(minutes=2))
    claim("two")
    report_progress(dead, 9, 9)
    assert Job.objects.get().done == 0


def test_a_failing_job_is_tried_three_times_and_then_says_why(run):
    def fail(job):
        raise ValueError("broken")

    run(fail)
    enqueue("count", actor=SYSTEM)
    for _ in range(3):
        Job.objects.update(run_at=timezone.now())
        assert run_one("w")
    job = Job.objects.get()
    assert job.state == "failed"
    assert "broken" in job.error


def test_a_refusal_is_final_and_kept_in_the_users_words(run):
    def refuse(job):
        raise DomainError("no", "This file has no text.")

    run(refuse)
    enqueue("count", actor=SYSTEM)
    run_one("w")
    job = Job.objects.get()
    assert (job.state, job.error, job.attempts) == ("failed", "This file has no text.", 1)


def test_ringing_twice_makes_one_job():
    assert ring("seal").pk == ring("seal").pk
    assert Job.objects.count() == 1


def test_a_job_whose_workers_keep_dying_is_given_up():
    enqueue("count", actor=SYSTEM)
    for n in range(3):
        assert claim(f"w{n}")
        Job.objects.update(heartbeat=timezone.now() - timedelta(minutes=2))
    assert claim("w3") is None
    assert Job.objects.get().state == "failed"
