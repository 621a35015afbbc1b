"""Carry a confirmed amendment to the units in the background."""

from django.utils.translation import gettext_noop as _  # said in the language of who looks

from liencap.audit.actor import SYSTEM
from liencap.errors import crash_point
from liencap.programmes.actions.carrying import carry_chunk, finish_carrying
from liencap.programmes.models import Amendment, Assignment, Change
from liencap.work.actions import report_progress
from liencap.work.models import Job


def carry(job: Job) -> None:
    """Tell every unit that holds a changed task; running again goes on where a killed run stopped."""
    amendment = Amendment.objects.select_related("programme").get(pk=job.args["amendment"])
    if amendment.carried:
        return
    tasks = amendment.versions.exclude(change=Change.ADDED).values("task_id")
    total = Assignment.objects.filter(task__in=tasks, assigned_at__lte=amendment.at).count()
    done = amendment.notices.count()
    while some := carry_chunk(amendment, actor=SYSTEM):
        done += some
        report_progress(job, done, total, _("Telling the units"))
        crash_point("amend-after-chunk")
    finish_carrying(amendment, actor=SYSTEM)
