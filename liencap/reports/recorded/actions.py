"""Ask for the numbers of lines of communication and study in the reports of a period."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.errors import DomainError
from liencap.reports.models import AskedLine, Period
from liencap.reports.recorded.queries import offered, tasks_under
from liencap.units.access import require


@transaction.atomic
def ask_lines(period: Period, wanted: Mapping[int, int | None], *, actor: Actor) -> int:
    """Let lines stand under tasks in a period's reports, or no longer; return how many changed.

    `wanted` gives for ids of lines the id of a task of the programme, or none; lines that it does not name stay as they
    are. What was published before stays as it was printed.
    """
    period = (
        Period.objects.select_for_update(of=("self",)).select_related("programme__unit").get(pk=period.pk)
    )
    require(actor, "report.open", period.programme.unit)
    if period.state == Period.State.CLOSED:
        raise DomainError("closed", _("The period is closed."), status=409)
    tasks = set(period.programme.tasks.values_list("pk", flat=True))
    now = tasks_under(period, wanted)
    changed = {pk: task for pk, task in wanted.items() if task != now.get(pk)}
    there = set(offered(period).filter(pk__in=changed).values_list("pk", flat=True))
    if set(changed) - there or {task for task in changed.values() if task is not None} - tasks:
        raise DomainError("not-offered", _("This line or task is no longer offered. Load the page again."))
    AskedLine.objects.filter(period=period, item__in=changed).delete()
    AskedLine.objects.bulk_create(
        AskedLine(period=period, item_id=pk, task_id=task) for pk, task in changed.items() if task is not None
    )
    if changed:
        record(
            "ask_lines", actor=actor, kind="period", object_id=period.pk, unit_id=period.programme.unit_id,
            old={"lines": {str(pk): now.get(pk) for pk in changed}},
            new={"lines": {str(pk): task for pk, task in changed.items()}},
        )  # fmt: skip
    return len(changed)
