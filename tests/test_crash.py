"""A kill at a named point loses nothing that was acknowledged and leaves nothing half done or doubled.

Each case runs a small script in a process of its own on a SQLite file, is killed there, and is run again.
"""

import pytest

from tests.crashing import SETUP, run

SEAL = """
from liencap.audit.actions import record, seal_entries
from liencap.audit.models import Entry
if not Entry.objects.exists():
    with transaction.atomic():
        for n in range(7):
            record("t", actor=SYSTEM, kind="thing", object_id=n)
while seal_entries(actor=SYSTEM):
    pass
"""
SEALED = """
from liencap.audit.queries import verify
v = verify()
assert (v.sealed, v.unsealed, v.problems) == (7, 0, ()), v
"""
WORK = """
from datetime import timedelta
from django.utils import timezone
from liencap.audit.actions import record
from liencap.audit.models import Entry
from liencap.work import actions
from liencap.work.models import Job
def once(job):
    with transaction.atomic():
        if not Entry.objects.filter(object_id=job.args["n"]).exists():
            record("ran", actor=SYSTEM, kind="job", object_id=job.args["n"])
actions.job_function = lambda kind: once
if not Job.objects.exists():
    for n in range(3):
        actions.enqueue("once", {"n": n}, actor=SYSTEM)
Job.objects.filter(state="running").update(heartbeat=timezone.now() - timedelta(minutes=5))
while actions.run_one("w"):
    pass
"""
WORKED = """
assert sorted(Entry.objects.values_list("object_id", flat=True)) == [0, 1, 2]
assert set(Job.objects.values_list("state", flat=True)) == {"done"}
"""
ERASE = """
from liencap.audit import actions
from liencap.audit.actor import About
from liencap.audit.models import Entry, Subject
if not Entry.objects.exists():
    with transaction.atomic():
        actions.record("t", actor=SYSTEM, kind="person", about=[About("person", n, {"name": "N"}) for n in (1, 2)])
if not Subject.objects.exclude(erased_at=None).exists():
    with transaction.atomic():
        actions.forget([("person", 1)], actor=SYSTEM)
from liencap.audit.queries import opened, verify
before = verify().problems
actions.destroy_given_up_keys()
"""
ERASED = """
assert before == ("1 erased people still have a key",), before
assert [o.state for o in opened(Entry.objects.first(), 5)] == ["erased", "open"]
assert verify().problems == (), verify()
"""
CASES = [
    ("erase-before-key", ERASE, ERASED),
    ("seal-before-write", SEAL, SEALED),
    ("seal-before-commit", SEAL, SEALED),
    ("seal-before-head", SEAL, SEALED),
    ("job-claimed", WORK, WORKED),
    ("job-before-finish", WORK, WORKED),
]


@pytest.mark.parametrize(("point", "deed", "check"), CASES, ids=[c[0] for c in CASES])
def test_a_kill_leaves_nothing_lost_half_done_or_doubled(point, deed, check, tmp_path):
    killed = run(SETUP + deed, tmp_path, point)
    assert killed.returncode == -9, killed.stderr
    again = run(SETUP + deed + check, tmp_path)
    assert again.returncode == 0, again.stderr
