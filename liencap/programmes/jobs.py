"""Background work of the programmes room."""

from liencap.audit.actor import SYSTEM
from liencap.programmes.actions.cascade import carry_out
from liencap.programmes.actions.conditions import count_days
from liencap.programmes.models import Cascade, Programme, TaskDeadline
from liencap.work.models import Job


def cascade(job: Job) -> None:
    """Carry an ordered cascade out, from the step at which it stands."""
    carry_out(Cascade.objects.select_related("unit").get(pk=job.args["cascade"]), job)


def count(job: Job) -> None:  # noqa: ARG001  # every job function is given its row
    """Count the days of every condition anew, once a night."""
    waiting = TaskDeadline.objects.exclude(event_kind="").filter(
        task__programme__state=Programme.State.ACTIVE
    )
    for deadline in waiting.select_related("task").order_by("pk").iterator(500):
        count_days(deadline, actor=SYSTEM)
