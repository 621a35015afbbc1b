"""Queue, claim, run and finish jobs."""

import logging
import threading
import time
import traceback
import uuid
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, close_old_connections, connection, transaction
from django.db.models import F, Q
from django.utils import timezone, translation

from liencap.audit.actor import SYSTEM, Actor
from liencap.card import daily_jobs, job_function
from liencap.errors import DomainError, crash_point
from liencap.work.models import Daily, Job

log = logging.getLogger("liencap.work")
STALE = timedelta(seconds=30)
TRIES = 3
BEAT = 5.0
NIGHT = 2  # the hour at which a new day's work begins
NEVER = date(1, 1, 1)


def enqueue(
    kind: str,
    args: dict[str, Any] | None = None,
    *,
    actor: Actor,
    key: str = "",
    unit_id: int | None = None,
    at: datetime | None = None,
) -> Job:
    """Queue a job, for later with `at`; a key makes it single: the queued one is returned when there is one."""
    try:
        with transaction.atomic():
            return Job.objects.create(
                kind=kind,
                key=key,
                args=args or {},
                unit_id=unit_id,
                actor_id=actor.user_id,
                actor_seat_id=actor.seat_id,
                run_at=at or timezone.now(),
            )
    except IntegrityError:
        return Job.objects.get(kind=kind, key=key, state=Job.State.QUEUED)


def ring(kind: str, *, actor: Actor = SYSTEM, at: datetime | None = None) -> Job:
    """Make sure that one job of a kind will run after now, or after a later moment; the earliest wish counts."""
    job, at = enqueue(kind, actor=actor, key="ring", at=at), at or timezone.now()
    with transaction.atomic():
        Job.objects.filter(pk=job.pk, state=Job.State.QUEUED, run_at__gt=at).update(run_at=at)
    return job


def start_daily(*, actor: Actor = SYSTEM) -> list[str]:
    """Queue what is due once a day, from two in the night on; of several workers one wins each kind."""
    now = timezone.localtime()
    day = now.date() - timedelta(days=now.hour < NIGHT)
    begun = dict(Daily.objects.values_list("kind", "day"))
    started = []
    for kind in daily_jobs():
        if begun.get(kind, NEVER) >= day:
            continue
        with transaction.atomic():
            Daily.objects.bulk_create([Daily(kind=kind, day=NEVER)], ignore_conflicts=True)
            if Daily.objects.filter(kind=kind, day__lt=day).update(day=day):
                enqueue(kind, actor=actor, key="daily")
                started.append(kind)
    return started


def refresh_statistics() -> None:
    """Let the database count its rows anew after a migration or an import, so that it chooses the right index."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def report_progress(job: Job, done: int, total: int, message: str = "") -> None:
    """Write how far a job is; one conditional update."""
    with transaction.atomic():
        Job.objects.filter(pk=job.pk, claimed_by=job.claimed_by).update(
            done=done, total=total, message=message[:300], heartbeat=timezone.now()
        )


def claim(worker: str) -> Job | None:
    """Take the next job that is due or whose worker has died; two workers, one winner."""
    now = timezone.now()
    free = Q(state=Job.State.QUEUED, run_at__lte=now) | Q(state=Job.State.RUNNING, heartbeat__lt=now - STALE)
    for job in Job.objects.filter(free).order_by("run_at", "pk")[:5]:
        if job.attempts >= TRIES:
            _give_up(job, free)
            continue
        with transaction.atomic():
            won = Job.objects.filter(free, pk=job.pk).update(
                state=Job.State.RUNNING, claimed_by=worker, heartbeat=now, attempts=F("attempts") + 1
            )
        if won:
            job.refresh_from_db()
            return job
    return None


@transaction.atomic
def _give_up(job: Job, free: Q) -> None:
    """Fail a job whose worker died at every try, so that it cannot bring workers down for ever."""
    Job.objects.filter(free, pk=job.pk).update(
        state=Job.State.FAILED, finished=timezone.now(), error="The worker died at every try."
    )


def run_one(worker: str) -> bool:
    """Claim and run one job; False when none is due."""
    job = claim(worker)
    if job is None:
        return False
    stop = threading.Event()
    beat = threading.Thread(target=_beat, args=(job.pk, worker, stop), daemon=True)
    if not connection.in_atomic_block:
        beat.start()
    try:
        with translation.override(job.args.get("language") or settings.LANGUAGE_CODE):
            crash_point("job-claimed")
            job_function(job.kind)(job)
            crash_point("job-before-finish")
        _finish(job, Job.State.DONE, "")
    except DomainError as refusal:
        _finish(job, Job.State.FAILED, str(refusal))
    except Exception:  # whatever went wrong is stored on the row that the user sees
        log.exception("job %s failed", job.pk)
        _retry(job, traceback.format_exc(limit=20))
    finally:
        stop.set()
    return True


def _beat(pk: int, worker: str, stop: threading.Event) -> None:
    while not stop.wait(BEAT):
        with transaction.atomic():
            mine = Job.objects.filter(pk=pk, claimed_by=worker, state=Job.State.RUNNING)
            mine.update(heartbeat=timezone.now())
    connection.close()


@transaction.atomic
def _finish(job: Job, state: str, error: str) -> None:
    Job.objects.filter(pk=job.pk, claimed_by=job.claimed_by).update(
        state=state, error=error, finished=timezone.now()
    )


def _retry(job: Job, error: str) -> None:
    """Try again later, doubling the pause, until the tries are used up."""
    if job.attempts >= TRIES:
        return _finish(job, Job.State.FAILED, error)
    again = timezone.now() + timedelta(seconds=2**job.attempts)
    mine = Job.objects.filter(pk=job.pk, claimed_by=job.claimed_by)
    try:
        with transaction.atomic():
            mine.update(state=Job.State.QUEUED, run_at=again, error=error)
    except IntegrityError:  # another job with the same key already waits and will do the work
        with transaction.atomic():
            mine.update(state=Job.State.FAILED, error=error, finished=timezone.now())
    return None


def run_worker(stop: threading.Event, pause: float = 0.5) -> None:
    """Run jobs until told to stop; between them seal unsealed audit entries and begin what is due once a day."""
    worker = f"{uuid.uuid4().hex[:12]}"
    next_seal = next_daily = 0.0
    while not stop.is_set():
        close_old_connections()
        if time.monotonic() >= next_seal:
            job_function("seal")(None)
            next_seal = time.monotonic() + 1.5
        if time.monotonic() >= next_daily:
            start_daily()
            next_daily = time.monotonic() + 60
        if not run_one(worker):
            stop.wait(pause)
