"""Write the tasks that a unit sets itself in its own plan."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from liencap.audit.actions import digest, record
from liencap.audit.actor import Actor
from liencap.errors import DomainError
from liencap.programmes.models import Assignment, Programme, Task, TaskOwner
from liencap.programmes.search import KIND, text_of
from liencap.search.actions import index_texts
from liencap.units.access import require
from liencap.units.models import Unit


@dataclass(frozen=True, slots=True)
class OwnTask:
    """A task of a unit's own: under an assignment it holds, or free-standing; `owner` says who in the unit does it."""

    text: str
    label: str = ""
    due: datetime.date | None = None
    owner: str = ""
    under: Assignment | None = None


@transaction.atomic
def set_own_tasks(programme: Programme, unit: Unit, wanted: Sequence[OwnTask], *, actor: Actor) -> list[Task]:
    """Write the own tasks of a unit once each and let it hold them; the same words in the same place are the same task.

    The tasks come back in the order they were given in, so that a plan can name them.
    """
    require(actor, "programme.assign", unit)
    if programme.state != Programme.State.ACTIVE:
        raise DomainError("closed", _("The programme is closed."), status=409)
    last = programme.tasks.aggregate(last=Max("order"))["last"] or 0
    known = {(task.parent_id, task.text): task for task in programme.tasks.filter(set_by=unit)}
    made: list[Task] = []
    for place, own in enumerate(wanted, 1):
        above = own.under.task if own.under else None
        key = (above.pk if above else None, own.text)
        if key not in known:
            known[key] = Task.objects.create(
                programme=programme, parent=above, set_by=unit, order=above.order if above else last + place,
                label=own.label[:120], text=own.text, due=own.due, bound="by" if own.due else "",
                confirmed_by=actor.name,
            )  # fmt: skip
            if own.owner:
                TaskOwner.objects.create(task=known[key], role=TaskOwner.Role.LEAD, words=own.owner[:300])
        made.append(known[key])
    _hold(unit, wanted, made, actor)
    index_texts(KIND, [(task.pk, text_of(task)) for task in made], actor=actor)
    new = {"tasks": len(made), "digest": digest([task.pk for task in made])}
    record("set-own-tasks", actor=actor, kind="programme", object_id=programme.pk, unit_id=unit.pk, new=new)
    return made


def _hold(unit: Unit, wanted: Sequence[OwnTask], tasks: Sequence[Task], actor: Actor) -> None:
    """Let the unit hold what it set itself: received from the first day, and ready to be passed down."""
    held = [
        Assignment(
            task=task, unit=unit, parent=own.under, due=own.due, state=Assignment.State.RECEIVED,
            received_at=timezone.now(), received_by_seat_id=actor.seat_id,
        )
        for own, task in zip(wanted, tasks, strict=True)
    ]  # fmt: skip
    Assignment.objects.bulk_create(held, batch_size=500, ignore_conflicts=True)
