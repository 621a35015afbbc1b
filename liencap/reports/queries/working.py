"""Which periods a worker is opening or closing."""

from collections.abc import Iterable

from liencap.reports.models import Period
from liencap.work.models import Job

KINDS = ("open-period", "close-period")


def under_way(periods: Iterable[Period]) -> dict[int, Job]:
    """Return by period the job that opens or closes it now; one query."""
    keys = [str(period.pk) for period in periods]
    jobs = Job.objects.filter(kind__in=KINDS, key__in=keys).exclude(
        state__in=[Job.State.DONE, Job.State.FAILED]
    )
    return {int(job.key): job for job in jobs.order_by("pk")}
