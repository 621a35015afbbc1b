"""Read jobs."""

from django.db.models import QuerySet

from liencap.work.models import Job


def jobs_of_units(unit_ids: list[int] | None) -> QuerySet[Job]:
    """Return jobs newest first; None asks for all units."""
    jobs = Job.objects.exclude(key="ring").order_by("-pk")
    return jobs if unit_ids is None else jobs.filter(unit_id__in=unit_ids)
