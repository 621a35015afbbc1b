"""Give tasks to units, confirm receipt, pass them down."""

import datetime
from collections.abc import Iterable, Sequence

from django.db import connection, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from liencap.audit.actions import digest, record
from liencap.audit.actor import Actor
from liencap.errors import DomainError, crash_point
from liencap.notices.actions import Message, notify, settle
from liencap.programmes.actions.conditions import settle as count_days
from liencap.programmes.models import Assignment, AssignmentQuerySet, Programme, Task
from liencap.programmes.queries import Rule, units_by_rule
from liencap.programmes.search import KIND, text_of
from liencap.search.actions import index_texts
from liencap.units.access import require

BATCH = 1000


@transaction.atomic
def assign_task(task: Task, rule: Rule, *, actor: Actor, due: datetime.date | None = None) -> int:
    """Give a task to every unit that a rule names and return how many were new; running again adds none.

    Without a day of its own the task's due date holds.
    """
    setter = task.set_by or task.programme.unit
    require(actor, "programme.assign", setter)
    require_open(task)
    if due and task.due and due > task.due:
        raise DomainError("later", _("The day is later than the plan's own: %(day)s.") % {"day": task.due})
    units = list(units_by_rule(rule, setter).order_by("path").values_list("pk", flat=True))
    if not units:
        raise DomainError("no-units", _("The rule names no unit."))
    made = give(task, units, due or task.due, None, "", actor)
    new = {"task": task.pk, "units": len(units), "made": made, "digest": digest(units), "due": str(due or "")}
    record("assign-task", actor=actor, kind="task", object_id=task.pk, unit_id=setter.pk, new=new)
    return made


@transaction.atomic
def receive_assignment(assignment: Assignment, *, actor: Actor) -> None:
    """Confirm that a unit has received a task; a second time changes nothing."""
    require(actor, "programme.receive", assignment.unit)
    require_open(assignment.task)
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
    require_open(assignment.task)
    if loosens(assignment, due) and not waiver.strip():
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
    due = due or inherited(assignment)
    made = 0
    for task in [assignment.task, *_subtasks(assignment, subtasks, due, actor)]:
        made += give(task, units, due, assignment, waiver.strip()[:300], actor)
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


@transaction.atomic
def receive_assignments(assignments: Sequence[Assignment], *, actor: Actor) -> int:
    """Confirm the receipt of several tasks of one's own unit at once; return how many were not confirmed before."""
    open_ = [one for one in assignments if one.state == Assignment.State.ASSIGNED]
    for unit in {one.unit for one in open_}:
        require(actor, "programme.receive", unit)
    for one in open_:
        require_open(one.task)
    done = 0
    for at in range(0, len(open_), 500):
        some = Assignment.objects.filter(
            pk__in=[one.pk for one in open_[at : at + 500]], state=Assignment.State.ASSIGNED
        )
        done += some.update(
            state=Assignment.State.RECEIVED, received_at=timezone.now(), received_by_seat_id=actor.seat_id
        )
    if done:
        own = open_[0].unit_id
        new = {"assignments": done, "ids": [one.pk for one in open_][:500]}
        record("receive-assignments", actor=actor, kind="unit", object_id=own, unit_id=own, new=new)
    return done


def inherited(assignment: Assignment) -> datetime.date | None:
    """Return the day that units below inherit: one counted from the unit's own event is its own affair."""
    counted = assignment.event_id is not None and assignment.due == assignment.event_due
    return assignment.task.due if counted else assignment.due


def loosens(assignment: Assignment, due: datetime.date | None) -> bool:
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
            index_texts(KIND, [(own[text].pk, text_of(own[text]))], actor=actor)
        found.append(own[text])
    return found


def give(
    task: Task,
    units: list[int],
    due: datetime.date | None,
    parent: Assignment | None,
    waiver: str,
    actor: Actor,
) -> int:
    """Write the missing assignments; the unique constraint makes a second run or worker harmless."""
    made = 0
    sample = Assignment(task=task, parent=parent, due=due, waiver=waiver)
    waits = task.deadlines.exclude(event_kind="").exists()
    for at in range(0, len(units), BATCH):
        some = units[at : at + BATCH]
        held = task.assignments.filter(unit__in=some)
        told = {*some} - {*held.values_list("unit_id", flat=True)}
        if parent is not None:
            held = held.exclude(pk=parent.pk)
            told |= _tighten(held, due)
            held.filter(parent__isnull=True).update(parent=parent)
        made += _insert(sample, some)
        if waits:
            count_days(task.assignments.filter(unit__in=some))
        _tell(task, told, actor)
        crash_point("assign-after-batch")
    return made


def _insert(sample: Assignment, units: list[int]) -> int:
    """Write a like row for each of some units that has none, and return how many.

    One statement makes all rows from the units' own table: building 45,000 of them in Python took most of the time.
    """
    fields = [f for f in Assignment._meta.concrete_fields if not f.primary_key and f.name != "unit"]
    values = [f.get_db_prep_save(f.pre_save(sample, add=True), connection) for f in fields]
    names = ", ".join(connection.ops.quote_name(str(f.column)) for f in fields)
    marks = ", ".join(["%s"] * len(fields))
    chosen = ", ".join(["%s"] * len(units))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO programmes_assignment ({names}, unit_id) SELECT {marks}, units_unit.id FROM units_unit "  # noqa: S608  # names of our own columns
            f"WHERE units_unit.id IN ({chosen}) ON CONFLICT DO NOTHING",
            [*values, *units],
        )
        return int(cursor.rowcount)


def _tighten(held: AssignmentQuerySet, due: datetime.date | None) -> set[int]:
    """Bring later days forward to the new one; return the units for which it changed."""
    later = held.filter(Q(due__isnull=True) | Q(due__gt=due)) if due else held.none()
    units = {*later.values_list("unit_id", flat=True)}
    if units:
        later.update(due=due, changed=timezone.now())
    return units


def _tell(task: Task, units: set[int], actor: Actor) -> None:
    """Tell units of new or changed tasks: one notice a programme, however many tasks it gives."""
    programme, url = task.programme, reverse("programmes:owed")
    key, title = f"programme-{programme.pk}", programme.title
    told = (Message(unit, key, title, url, "programme.receive") for unit in sorted(units))
    notify("assigned", told, actor=actor, to_do=True)


def require_open(task: Task) -> None:
    if task.programme.state != Programme.State.ACTIVE:
        raise DomainError("closed", _("The programme is closed."), status=409)
    if task.rescinded:
        raise DomainError("rescinded", _("This task was rescinded by a later document."), status=409)
