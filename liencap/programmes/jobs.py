"""Background work of the programmes room."""

from liencap.programmes.actions.cascade import carry_out
from liencap.programmes.models import Cascade
from liencap.work.models import Job


def cascade(job: Job) -> None:
    """Carry an ordered cascade out, from the step at which it stands."""
    carry_out(Cascade.objects.select_related("unit").get(pk=job.args["cascade"]), job)
