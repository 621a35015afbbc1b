"""Fetch proposals, programmes and assignments and judge: stranger 404, who may not do it 403."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from liencap.audit.actor import Actor
from liencap.programmes.models import (
    Assignment,
    AssignmentQuerySet,
    Cascade,
    Direction,
    Programme,
    ProgrammeQuerySet,
    Proposal,
    Task,
    TaskDeadline,
)
from liencap.units.access import can, require, seat_of, units_visible_to
from liencap.units.models import Unit

VIEW = "programme.view"


def programmes_visible_to(actor: Actor) -> ProgrammeQuerySet:
    """Return the programmes set by, or assigned to, units that the actor's seat may see."""
    units = units_visible_to(actor, VIEW).values("pk")
    given = Assignment.objects.filter(task__programme=OuterRef("pk"), unit__in=units)
    return Programme.objects.filter(Q(unit__in=units) | Exists(given)).select_related("unit")


def assignments_visible_to(actor: Actor) -> AssignmentQuerySet:
    """Return the assignments of the units that the actor's seat may see."""
    found = Assignment.objects.filter(unit__in=units_visible_to(actor, VIEW).values("pk"))
    return found.select_related("unit__tier", "task__programme", "event").prefetch_related("task__deadlines")


def get_proposal_for(actor: Actor, pk: int, permission: str = "programme.edit") -> Proposal:
    """Fetch a proposal with its reading and judge."""
    proposal = Proposal.objects.select_related("unit", "reading__version__document").filter(pk=pk).first()
    if proposal is None or not can(actor, VIEW, proposal.unit):
        raise Http404
    require(actor, permission, proposal.unit)
    return proposal


def get_programme_for(actor: Actor, pk: int, permission: str = VIEW) -> Programme:
    """Fetch a programme and judge: who holds an assignment of it sees it, its own unit changes it."""
    programme = programmes_visible_to(actor).filter(pk=pk).first()
    if programme is None:
        raise Http404
    if permission != VIEW:
        require(actor, permission, programme.unit)
    return programme


def get_task_for(actor: Actor, pk: int, permission: str = VIEW) -> Task:
    """Fetch a task and judge by the unit that set it."""
    task = (
        Task.objects.select_related("programme__unit", "programme__reading", "set_by").filter(pk=pk).first()
    )
    if task is None:
        raise Http404
    get_programme_for(actor, task.programme_id)
    if not subtasks_visible_to(actor, Task.objects.filter(pk=pk)).exists():
        raise Http404
    if permission != VIEW:
        require(actor, permission, task.set_by or task.programme.unit)
    return task


def subtasks_visible_to(actor: Actor, tasks: "QuerySet[Task]") -> "QuerySet[Task]":
    """Keep what the plan itself set, and of what units set themselves: theirs below one, and what one's unit holds."""
    seen = units_visible_to(actor, VIEW).values("pk")
    held = Assignment.objects.filter(task=OuterRef("pk"), unit__in=seen)
    return tasks.filter(Q(set_by=None) | Q(set_by__in=seen) | Exists(held))


def get_assignment_for(actor: Actor, pk: int, permission: str = VIEW) -> Assignment:
    """Fetch an assignment and judge by the unit that holds it."""
    found = Assignment.objects.select_related("unit__tier", "task__programme__unit", "parent__unit", "event")
    assignment = found.filter(pk=pk).first()
    if assignment is None or not can(actor, VIEW, assignment.unit):
        raise Http404
    require(actor, permission, assignment.unit)
    return assignment


def get_direction_for(actor: Actor, pk: int, permission: str = VIEW) -> Direction:
    """Fetch a direction and judge by its programme."""
    found = Direction.objects.select_related("programme__unit", "programme__reading").filter(pk=pk).first()
    if found is None:
        raise Http404
    get_programme_for(actor, found.programme_id, permission)
    return found


def get_deadline_for(actor: Actor, pk: int, permission: str = VIEW) -> TaskDeadline:
    """Fetch a stretch of time of a task and judge by the unit that set the task."""
    found = TaskDeadline.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    found.task = get_task_for(actor, found.task_id, permission)
    return found


def get_cascade_for(actor: Actor, pk: int, permission: str = VIEW) -> Cascade:
    """Fetch a cascade with its job and judge by the unit that ordered it."""
    found = Cascade.objects.select_related("unit", "programme", "job").filter(pk=pk).first()
    if found is None or not can(actor, VIEW, found.unit):
        raise Http404
    require(actor, permission, found.unit)
    return found


def own_assignments(actor: Actor, pks: list[int]) -> AssignmentQuerySet:
    """Return those of some assignments that the actor's own unit holds, of programmes under way."""
    mine = assignments_visible_to(actor).filter(unit_id=actor.unit_id or 0, pk__in=pks[:500])
    return mine.filter(task__programme__state=Programme.State.ACTIVE).order_by("pk")


def waiting_assignments(actor: Actor) -> AssignmentQuerySet:
    """Return what the actor's own unit was given and has not confirmed, of programmes under way."""
    mine = assignments_visible_to(actor).filter(unit_id=actor.unit_id or 0, state=Assignment.State.ASSIGNED)
    return mine.filter(task__programme__state=Programme.State.ACTIVE).order_by("pk")


def get_acting_unit(actor: Actor, permission: str) -> Unit:
    """Return the unit that one acts for, and judge: without a seat 404."""
    seat = seat_of(actor)
    if seat is None or not can(actor, VIEW, seat.unit, seat=seat):
        raise Http404
    require(actor, permission, seat.unit)
    return seat.unit


def may_act(actor: Actor, permission: str) -> bool:
    """Say whether the actor's seat has a permission over its own unit."""
    seat = seat_of(actor)
    return seat is not None and can(actor, permission, seat.unit, seat=seat)
