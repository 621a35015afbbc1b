"""Hang tasks on events of units: confirm a condition, follow an event that was recorded or corrected."""

import datetime
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.core.text import fold
from liencap.core.timing import days_after
from liencap.errors import DomainError
from liencap.programmes.models import Assignment, EventWord, Programme, Proposal, Task, TaskDeadline
from liencap.units.access import require
from liencap.units.models import Unit, UnitEvent

CHUNK = 1000


@transaction.atomic
def set_condition(
    deadline: TaskDeadline,
    kind: str,
    *,
    actor: Actor,
    wait: int = 0,
    unit: str = "days",
    reaches_below: bool = False,
) -> int:
    """Confirm which event a task waits for, and count from those recorded; an empty kind lets it wait no more.

    A task hangs on one event: another condition of it is given up. Return how many assignments got another day.
    """
    task = deadline.task
    setter = task.set_by or task.programme.unit
    require(actor, "programme.edit", setter)
    if task.programme.state != Programme.State.ACTIVE:
        raise DomainError("closed", _("The programme is closed."), status=409)
    if kind and kind not in UnitEvent.Kind.values:
        raise DomainError("no-such-event", _("Choose one of the events in the list."))
    old = _said(deadline)
    task.deadlines.exclude(pk=deadline.pk).exclude(event_kind="").update(event_kind="", condition_by="")
    deadline.event_kind, deadline.wait, deadline.wait_unit = kind, wait, unit
    deadline.reaches_below, deadline.condition_by = reaches_below, actor.name[:200] if kind else ""
    if kind:
        deadline.kind = TaskDeadline.Kind.CONDITIONAL
    fields = ["kind", "event_kind", "wait", "wait_unit", "reaches_below", "condition_by"]
    deadline.save(update_fields=fields)
    if kind and deadline.event:
        remember_event_words({deadline.event: kind})
    moved = settle(task.assignments.all())
    new = {**_said(deadline), "moved_days": moved}
    record("set-condition", actor=actor, kind="task", object_id=task.pk, unit_id=setter.pk, old=old, new=new)
    return moved


@transaction.atomic
def add_condition(task: Task, kind: str, *, actor: Actor, **how: object) -> int:
    """Hang a task on an event that its words do not name."""
    require(actor, "programme.edit", task.set_by or task.programme.unit)
    deadline = task.deadlines.exclude(event_kind="").first() or TaskDeadline.objects.create(
        task=task, kind=TaskDeadline.Kind.CONDITIONAL, bound="conditional"
    )
    deadline.task = task
    return set_condition(deadline, kind, actor=actor, **how)  # type: ignore[arg-type]  # the form's own fields


def _said(deadline: TaskDeadline) -> dict[str, object]:
    return {
        "kind": deadline.event_kind, "wait": deadline.wait, "wait_unit": deadline.wait_unit,
        "reaches_below": deadline.reaches_below,
    }  # fmt: skip


@transaction.atomic
def map_event_words(proposal: Proposal, mapping: dict[str, str], *, actor: Actor) -> None:
    """Remember which kind of event each of the plan's words means; an empty answer forgets it."""
    require(actor, "programme.edit", proposal.unit)
    remember_event_words(mapping)
    unit = proposal.unit_id
    record(
        "map-event-words",
        actor=actor,
        kind="proposal",
        object_id=proposal.pk,
        unit_id=unit,
        new=dict(mapping),
    )


def remember_event_words(mapping: dict[str, str]) -> None:
    """Write the words down, within the caller's deed."""
    for words, kind in mapping.items():
        key = fold(words)[:200]
        if kind in UnitEvent.Kind.values:
            EventWord.objects.update_or_create(folded=key, defaults={"words": words[:200], "kind": kind})
        else:
            EventWord.objects.filter(folded=key).delete()


@transaction.atomic
def follow_event(event: UnitEvent, *, actor: Actor) -> int:
    """Give the assignments that wait for an event their day, within the deed that recorded or corrected it.

    Return how many days changed; a second time changes none.
    """
    at_once = Q(unit=event.unit_id, task__deadlines__reaches_below=False)
    below = Q(unit__in=Unit.objects.all().below(event.unit), task__deadlines__reaches_below=True)
    waiting = {"task__deadlines__event_kind": event.kind, "task__programme__state": Programme.State.ACTIVE}
    moved = sum(settle(Assignment.objects.filter(which, **waiting)) for which in (at_once, below))
    if moved:
        new = {"kind": event.kind, "day": str(event.day), "assignments": moved}
        record(
            "follow-event", actor=actor, kind="unit_event", object_id=event.pk, unit_id=event.unit_id, new=new
        )
    return moved


def settle(assignments: "QuerySet[Assignment]") -> int:
    """Count the days of assignments from the events recorded, within the caller's deed; return how many changed.

    Days that were counted are taken back where the task waits for nothing any more.
    """
    found = assignments.select_related("task__programme", "unit").prefetch_related("task__deadlines")
    last, moved = 0, 0
    while some := list(found.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        events = _events_for(some)
        changed = [one for one in some if _counted(one, events)]
        fields = ["due", "event", "event_due", "due_before", "changed"]
        Assignment.objects.bulk_update(changed, fields, batch_size=150)
        last, moved = some[-1].pk, moved + len(changed)
    return moved


@transaction.atomic
def count_days(deadline: TaskDeadline, *, actor: Actor) -> int:
    """Count the days of one condition anew: an assignment and an event of one moment can miss each other."""
    if moved := settle(deadline.task.assignments.all()):
        task = deadline.task_id
        record("count-days", actor=actor, kind="task", object_id=task, new={"moved_days": moved})
    return moved


Events = dict[tuple[int, str], list[UnitEvent]]


def _events_for(assignments: Iterable[Assignment]) -> Events:
    """Return what took place, by unit and kind, oldest first; one query for a chunk."""
    kinds: set[str] = set()
    units: set[int] = set()
    for one in assignments:
        if waits := one.waits_for:
            kinds.add(waits.event_kind)
            units.update(_places(one, waits))
    held = UnitEvent.objects.filter(
        unit_id__in=units, kind__in=kinds, state=UnitEvent.State.HELD, replaced_by__isnull=True
    )
    found: Events = {}
    for event in held.order_by("day", "pk"):
        found.setdefault((event.unit_id, event.kind), []).append(event)
    return found


def _places(assignment: Assignment, waits: TaskDeadline) -> Iterator[int]:
    """Yield the units whose event counts, the nearest first: the own one, and those above where it reaches below."""
    yield assignment.unit_id
    if waits.reaches_below:
        yield from reversed(assignment.unit.path_ids[:-1])


def _first(assignment: Assignment, waits: TaskDeadline, events: Events) -> UnitEvent | None:
    """Return the first event of the programme's time; a congress of an earlier term is not waited for."""
    programme = assignment.task.programme
    since = programme.since or timezone.localtime(programme.created).date().replace(month=1, day=1)
    for unit in _places(assignment, waits):
        for event in events.get((unit, waits.event_kind), ()):
            if event.day >= since:
                return event
    return None


def _counted(one: Assignment, events: Events) -> bool:
    """Set an assignment's day from its event; False when all stays as it was."""
    waits = one.waits_for
    event = _first(one, waits, events) if waits else None
    day = days_after(event.day, waits.wait, waits.wait_unit) if event and waits else None
    if (one.event_id, one.event_due) == (event.pk if event else None, day):
        return False
    due = _due(one, day)
    if one.event_id and due != one.due:
        one.due_before = one.due
    one.due, one.event, one.event_due, one.changed = due, event, day, timezone.now()
    return True


def _due(one: Assignment, day: datetime.date | None) -> datetime.date | None:
    """Return the day that binds: the counted one, but none later than what a person set."""
    free = one.due is None or one.due == one.event_due
    given = one.task.due if free else one.due
    return min(filter(None, (given, day)), default=None)
