"""Give tasks to units, confirm receipt, pass them down."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from liencap.audit.actions import digest, record
from liencap.audit.actor import Actor
from liencap.errors import DomainError, crash_point
from liencap.notices.actions import Message, notify, settle
from liencap.programmes.models import Assignment, AssignmentQuerySet, Programme, Task
from liencap.programmes.queries import Rule, units_by_rule
from liencap.units.access import require

BATCH = 1000


@transaction.atomic
def assign_task(task: Task, rule: Rule, *, actor: Actor, due: datetime.date | None = None) -> int:
    """Give a task to every unit that a rule names and return how many were new; running again adds none.

    Without a day of its own the task's due date holds.
    """
    setter = task.set_by or task.programme.unit
    require(actor, "programme.assign", setter)
    _require_open(task)
    if due and task.due and due > task.due:
        raise DomainError("later", _("The day is later than the plan's own: %(day)s.") % {"day": task.due})
    units = list(units_by_rule(rule, setter).order_by("path").values_list("pk", flat=True))
    if not units:
        raise DomainError("no-units", _("The rule names no unit."))
    made = _give(task, units, due or task.due, None, "", actor)
    new = {"task": task.pk, "units": len(units), "made": made, "digest": digest(units), "due": str(due or "")}
    record("assign-task", actor=actor, kind="task", object_id=task.pk, unit_id=setter.pk, new=new)
    return made


@transaction.atomic
def receive_assignment(assignment: Assignment, *, actor: Actor) -> None:
    """Confirm that a unit has received a task; a second time changes nothing."""
    require(actor, "programme.receive", assignment.unit)
    _require_open(assignment.task)
    done = Assignment.objects.filter(pk=assignment.pk, state=Assignment.State.ASSIGNED).update(
        state=Assignment.State.RECEIVED, received_at=timezone.now(), received_by_seat_id=actor.seat_id
    )
    if done:
        unit, programme = assignment.unit_id, assignment.task.programme_id
        waiting = Assignment.objects.filter(state=Assignment.State.ASSIGNED, unit=unit)
        over = [f"assignment-{assignment.pk}"]
        if not waiting.filter(task__programme=programme).exists():
            over.append(f"programme-{programme}")
        settle(over, actor=actor, units=[unit])
        record("receive-assignment", actor=actor, kind="assignment", object_id=assignment.pk, unit_id=unit)


@transaction.atomic
def pass_down(
    assignment: Assignment,
    rule: Rule,
    *,
    actor: Actor,
    due: datetime.date | None = None,
    subtasks: Iterable[str] = (),
    waiver: str = "",
) -> int:
    """Pass a task to units below, with sub-tasks of one's own; return how many assignments were new.

    A later day than the inherited one needs a waiver. Whoever holds the task already is tied in and tightened.
    """
    require(actor, "programme.assign", assignment.unit)
    _require_open(assignment.task)
    if _loosens(assignment, due) and not waiver.strip():
        raise DomainError(
            "loosened",
            _("You inherited %(day)s. A later day needs a waiver: say who allowed it and why.")
            % {"day": assignment.due},
        )
    units = list(
        units_by_rule(rule, assignment.unit, itself=False).order_by("path").values_list("pk", flat=True)
    )
    if not units:
        raise DomainError("no-units", _("The rule names no unit below yours."))
    due = due or assignment.due
    made = 0
    for task in [assignment.task, *_subtasks(assignment, subtasks, due, actor)]:
        made += _give(task, units, due, assignment, waiver.strip()[:300], actor)
    new = {
        "units": len(units),
        "made": made,
        "digest": digest(units),
        "due": str(due or ""),
        "waiver": waiver,
    }
    unit = assignment.unit_id
    record("pass-down", actor=actor, kind="assignment", object_id=assignment.pk, unit_id=unit, new=new)
    return made


def _loosens(assignment: Assignment, due: datetime.date | None) -> bool:
    """Say whether a day is later than the one inherited."""
    return bool(due and assignment.due and due > assignment.due)


def _subtasks(
    assignment: Assignment, texts: Iterable[str], due: datetime.date | None, actor: Actor
) -> list[Task]:
    """Write the unit's own sub-tasks once each; the same words again are the same sub-task."""
    above = assignment.task
    own = {t.text: t for t in above.subtasks.filter(set_by=assignment.unit)}
    found = []
    for text in filter(None, (text.strip() for text in texts)):
        if text not in own:
            label = f"{above.label}.{len(own) + 1}" if above.label else str(len(own) + 1)
            own[text] = Task.objects.create(
                programme_id=above.programme_id, parent=above, set_by=assignment.unit, order=above.order,
                label=label[:120], text=text, due=due, bound="by" if due else "", confirmed_by=actor.name,
            )  # fmt: skip
        found.append(own[text])
    return found


def _give(
    task: Task,
    units: list[int],
    due: datetime.date | None,
    parent: Assignment | None,
    waiver: str,
    actor: Actor,
) -> int:
    """Write the missing assignments; the unique constraint makes a second run or worker harmless."""
    before = task.assignments.count()
    for at in range(0, len(units), BATCH):
        some = units[at : at + BATCH]
        held = task.assignments.filter(unit__in=some)
        told = {*some} - {*held.values_list("unit_id", flat=True)}
        if parent is not None:
            held = held.exclude(pk=parent.pk)
            told |= _tighten(held, due)
            held.filter(parent__isnull=True).update(parent=parent)
        rows = [Assignment(task=task, unit_id=unit, parent=parent, due=due, waiver=waiver) for unit in some]
        Assignment.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
        _tell(task, told, actor)
        crash_point("assign-after-batch")
    return task.assignments.count() - before


def _tighten(held: AssignmentQuerySet, due: datetime.date | None) -> set[int]:
    """Bring later days forward to the new one; return the units for which it changed."""
    later = held.filter(Q(due__isnull=True) | Q(due__gt=due)) if due else held.none()
    units = {*later.values_list("unit_id", flat=True)}
    if units:
        later.update(due=due)
    return units


def _tell(task: Task, units: set[int], actor: Actor) -> None:
    """Tell units of new or changed tasks: one notice a programme, however many tasks it gives."""
    programme, url = task.programme, reverse("programmes:owed")
    key, title = f"programme-{programme.pk}", programme.title
    told = (Message(unit, key, title, url, "programme.receive") for unit in sorted(units))
    notify("assigned", told, actor=actor, to_do=True)


def _require_open(task: Task) -> None:
    if task.programme.state != Programme.State.ACTIVE:
        raise DomainError("closed", _("The programme is closed."), status=409)
