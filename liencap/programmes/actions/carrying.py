"""Tell the units that hold a changed task, chunk by chunk; they confirm; a new task goes to a neighbour's units."""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from liencap.audit.actions import digest, record
from liencap.audit.actor import Actor
from liencap.errors import DomainError, NotAllowed, crash_point
from liencap.programmes.amending.queries import old_dues
from liencap.programmes.models import (
    Amendment,
    AmendmentNotice,
    Assignment,
    Change,
    Programme,
    Task,
    TaskVersion,
)
from liencap.units.access import require

CHUNK = 1000


def due_after(
    held: datetime.date | None, old: datetime.date | None, new: datetime.date | None, *, waived: bool
) -> datetime.date | None:
    """Return a unit's day after the plan's own moved.

    An earlier day tightens, a later one loosens only who held the plan's own day; a waiver stays.
    """
    if old == new:
        return held
    if held == old:
        return new
    if new is None or waived:
        return held
    tightens = old is None or new < old
    return new if tightens and (held is None or held > new) else held


@transaction.atomic
def carry_chunk(amendment: Amendment, *, actor: Actor) -> int:
    """Give the next assignments of changed tasks their notice and their day; return how many, 0 when all have one.

    Notices and days stand or fall together, so that a killed run is taken up where it stopped.
    """
    if actor.user_id is not None:
        raise NotAllowed("not-allowed", _("Your seat does not carry the right to do this here."))
    versions = {
        v.task_id: v for v in TaskVersion.objects.filter(amendment=amendment).exclude(change=Change.ADDED)
    }
    told = AmendmentNotice.objects.filter(assignment=OuterRef("pk"), amendment=amendment)
    waiting = Assignment.objects.filter(task__in=versions, assigned_at__lte=amendment.at).exclude(
        Exists(told)
    )
    some = list(waiting.select_for_update(of=("self",)).order_by("pk")[:CHUNK])
    before = old_dues(list(versions.values()))
    notices, moved = [], []
    for one in some:
        version, held = versions[one.task_id], one.due
        if not version.rescinded:
            one.due = due_after(held, before[version.task_id], version.due, waived=bool(one.waiver))
        if one.due != held:
            moved.append(one)
        notices.append(
            AmendmentNotice(
                amendment=amendment, version=version, assignment=one, old_due=held, new_due=one.due
            )
        )
    AmendmentNotice.objects.bulk_create(notices, batch_size=500)
    crash_point("amend-in-chunk")
    for due in {one.due for one in moved}:
        Assignment.objects.filter(pk__in=[one.pk for one in moved if one.due == due]).update(due=due)
    return len(some)


@transaction.atomic
def finish_carrying(amendment: Amendment, *, actor: Actor) -> None:
    """Write once that every holder was told; one entry with a digest of them."""
    if actor.user_id is not None:
        raise NotAllowed("not-allowed", _("Your seat does not carry the right to do this here."))
    if not Amendment.objects.filter(pk=amendment.pk, carried=False).update(carried=True):
        return
    told = list(amendment.notices.order_by("assignment_id").values_list("assignment_id", flat=True))
    unit = amendment.programme.unit_id
    new = {"count": len(told), "digest": digest(told)}
    record("carry-amendment", actor=actor, kind="amendment", object_id=amendment.pk, unit_id=unit, new=new)


@transaction.atomic
def acknowledge_amendment(assignment: Assignment, *, actor: Actor) -> int:
    """Confirm that a unit has seen what changed in its task, every notice of it; a second time changes nothing."""
    require(actor, "programme.receive", assignment.unit)
    if assignment.task.programme.state != Programme.State.ACTIVE:
        raise DomainError("closed", _("The programme is closed."), status=409)
    done = AmendmentNotice.objects.filter(assignment=assignment, confirmed_at__isnull=True).update(
        confirmed_at=timezone.now(), confirmed_by_seat_id=actor.seat_id
    )
    if done:
        record(
            "acknowledge-amendment", actor=actor, kind="assignment", object_id=assignment.pk,
            unit_id=assignment.unit_id, new={"version": assignment.task.version, "count": done},
        )  # fmt: skip
    return done


@transaction.atomic
def assign_like(task: Task, like: Task, *, actor: Actor) -> int:
    """Give a task to the units that hold another of the same programme, the way that one went down; return how many."""
    setter = task.set_by or task.programme.unit
    require(actor, "programme.assign", setter)
    if task.programme.state != Programme.State.ACTIVE:
        raise DomainError("closed", _("The programme is closed."), status=409)
    if task.rescinded:
        raise DomainError("rescinded", _("This task was rescinded by a later document."), status=409)
    if like.programme_id != task.programme_id:
        raise DomainError("foreign-task", _("This task belongs to another programme."))
    held = like.assignments.filter(unit__closed__isnull=True).order_by("pk")
    units = list(held.values_list("unit_id", flat=True))
    if not units:
        raise DomainError("no-units", _("No unit holds that task yet."))
    before = task.assignments.count()
    Assignment.objects.bulk_create(
        [Assignment(task=task, unit_id=unit, due=task.due) for unit in units], batch_size=500, ignore_conflicts=True
    )  # fmt: skip
    made = task.assignments.count() - before
    new = {"task": task.pk, "units": len(units), "made": made, "digest": digest(units), "like": like.pk}
    record("assign-task", actor=actor, kind="task", object_id=task.pk, unit_id=setter.pk, new=new)
    return made
