"""Give the tasks of a closed unit to those that take its place, within the deed that closes it."""

from collections.abc import Sequence

from django.db import transaction

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.programmes.actions.assigning import give
from liencap.programmes.models import Assignment, Programme
from liencap.units.models import Succession


@transaction.atomic
def follow_close(successions: Sequence[Succession], *, actor: Actor) -> int:
    """Give each successor what the closed unit held in running programmes; return how many assignments were new.

    The closed unit keeps its own: it still reports on them up to its last day.
    """
    heirs = [one.successor_id for one in successions if one.successor_id is not None]
    if not heirs:
        return 0
    unit = successions[0].unit
    held = Assignment.objects.owed_by(unit.pk).filter(task__programme__state=Programme.State.ACTIVE)
    made = 0
    for one in held.select_related("task__programme", "parent").order_by("pk"):
        made += give(one.task, heirs, one.due, one.parent, one.waiver, actor)
    if made:
        record(
            "inherit_tasks", actor=actor, kind="unit", object_id=unit.pk, unit_id=unit.pk,
            new={"successors": heirs, "assignments": made},
        )  # fmt: skip
    return made
