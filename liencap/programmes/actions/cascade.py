"""Carry several tasks down to many units as one job: in steps, stoppable, the same after a kill as without one."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from liencap.audit.actions import digest, record
from liencap.audit.actor import SYSTEM, Actor
from liencap.errors import DomainError, crash_point
from liencap.programmes.actions.assigning import give, inherited, loosens, require_open
from liencap.programmes.models import CASCADE_STEP, Assignment, Cascade, Programme, Task
from liencap.programmes.queries import Rule, units_by_rule
from liencap.units.access import require
from liencap.units.models import Unit
from liencap.work.actions import enqueue, report_progress
from liencap.work.models import Job

JOB = "cascade"
Kind, State = Cascade.Kind, Cascade.State


@transaction.atomic
def assign_tasks(
    programme: Programme, tasks: Sequence[Task], rule: Rule, *, actor: Actor, due: datetime.date | None = None
) -> Cascade:
    """Order that several tasks of a programme be given to every unit that a rule names; the job does it.

    Each task keeps its own due day unless an earlier one is given.
    """
    programme = Programme.objects.select_related("unit").get(pk=programme.pk)
    require(actor, "programme.assign", programme.unit)
    for task in tasks:
        if task.programme_id != programme.pk or task.set_by_id is not None:
            raise DomainError("other-programme", _("Choose a task of this programme."))
        task.programme = programme
        require_open(task)
        if due and task.due and due > task.due:
            raise DomainError(
                "later", _("The day is later than the plan's own for “%(task)s”: %(day)s.")
                % {"task": task, "day": task.due},
            )  # fmt: skip
    units = units_by_rule(rule, programme.unit)
    return _order(Kind.ASSIGN, programme.unit, [task.pk for task in tasks], units, due, "", actor, programme)


@transaction.atomic
def pass_down_all(
    assignments: Sequence[Assignment],
    rule: Rule,
    *,
    actor: Actor,
    due: datetime.date | None = None,
    waiver: str = "",
) -> Cascade:
    """Order that several inherited tasks of one unit be passed to the units below that a rule names.

    A later day than an inherited one needs a waiver, as for one task.
    """
    if len({one.unit_id for one in assignments}) != 1:
        raise DomainError("no-tasks", _("Choose at least one task."))
    unit = assignments[0].unit
    require(actor, "programme.assign", unit)
    for one in assignments:
        require_open(one.task)
        if loosens(one, due) and not waiver.strip():
            raise DomainError(
                "loosened",
                _("“%(task)s” came with %(day)s. A later day needs a waiver: say who allowed it and why.")
                % {"task": one.task, "day": one.due},
            )
    units = units_by_rule(rule, unit, itself=False)
    pks = [one.pk for one in assignments]
    return _order(Kind.PASS_DOWN, unit, pks, units, due, waiver.strip()[:300], actor, None)


def _order(
    kind: str, unit: Unit, tasks: list[int], units: "object", due: datetime.date | None, waiver: str, actor: Actor,
    programme: Programme | None,
) -> Cascade:  # fmt: skip
    if not tasks:
        raise DomainError("no-tasks", _("Choose at least one task."))
    chosen = list(units.order_by("path").values_list("pk", flat=True))  # type: ignore[attr-defined]  # a QuerySet
    if not chosen:
        raise DomainError("no-units", _("The rule names no unit."))
    cascade = Cascade.objects.create(
        unit=unit, programme=programme, kind=kind, tasks=tasks, due=due, waiver=waiver,
        units=b"".join(pk.to_bytes(4, "big") for pk in chosen),
    )  # fmt: skip
    _queue(cascade, actor)
    new = {
        "tasks": len(tasks),
        "units": len(chosen),
        "digest": digest(chosen),
        "due": str(due or ""),
        "waiver": waiver,
    }
    record("order-cascade", actor=actor, kind="cascade", object_id=cascade.pk, unit_id=unit.pk, new=new)
    return cascade


def _queue(cascade: Cascade, actor: Actor) -> None:
    """Queue the job; it belongs to the transaction, so that none runs for an order that did not come about."""
    args = {"cascade": cascade.pk, "language": get_language() or ""}
    cascade.job = enqueue(JOB, args, actor=actor, key=f"{cascade.pk}", unit_id=cascade.unit_id)
    cascade.save(update_fields=["job"])


@transaction.atomic
def stop_cascade(cascade: Cascade, *, actor: Actor) -> None:
    """Stop after the step that is under way; what was given stays given, the rest can go on later."""
    require(actor, "programme.assign", cascade.unit)
    if Cascade.objects.filter(pk=cascade.pk, state=State.RUNNING).update(state=State.STOPPED):
        unit = cascade.unit_id
        record("stop-cascade", actor=actor, kind="cascade", object_id=cascade.pk, unit_id=unit)


@transaction.atomic
def resume_cascade(cascade: Cascade, *, actor: Actor) -> None:
    """Go on where a stopped or failed cascade ended; one that runs goes on alone."""
    require(actor, "programme.assign", cascade.unit)
    cascade = Cascade.objects.select_for_update(of=("self",)).select_related("job", "unit").get(pk=cascade.pk)
    over = cascade.job is None or cascade.job.is_over
    if cascade.state == State.DONE or (cascade.state == State.RUNNING and not over):
        return
    cascade.state = State.RUNNING
    cascade.save(update_fields=["state"])
    _queue(cascade, actor)  # the old job may be about to end; two at once share the steps
    unit = cascade.unit_id
    record("resume-cascade", actor=actor, kind="cascade", object_id=cascade.pk, unit_id=unit)


def carry_out(cascade: Cascade, job: Job) -> None:
    """Do the steps that are left, each in a transaction that also says that it is done."""
    units = cascade.unit_ids
    report_progress(job, cascade.at, cascade.steps)
    while carry_step(cascade, units, actor=SYSTEM):
        said = ngettext("%(n)s assignment written", "%(n)s assignments written", cascade.made)
        report_progress(job, cascade.at, cascade.steps, said % {"n": cascade.made})
        crash_point("cascade-after-step")


@transaction.atomic
def carry_step(cascade: Cascade, units: list[int], *, actor: Actor) -> bool:
    """Give one task to the next stretch of units; False when nothing is left or somebody stopped it.

    Steps are counted under a lock: two workers never do the same one, and a kill undoes step and count together.
    """
    now = Cascade.objects.select_for_update().get(pk=cascade.pk)
    cascade.at, cascade.made, cascade.state = now.at, now.made, now.state
    if now.state != State.RUNNING:
        return False
    if now.at >= now.steps:
        _finish(cascade, actor)
        return False
    which, part = divmod(now.at, now.per_task)
    some = units[part * CASCADE_STEP : (part + 1) * CASCADE_STEP]
    made = _give_one(cascade, cascade.tasks[which], some, actor)
    if part == now.per_task - 1:
        _log_one(cascade, cascade.tasks[which], actor)
    crash_point("cascade-within-step")
    Cascade.objects.filter(pk=cascade.pk).update(at=F("at") + 1, made=F("made") + made)
    cascade.at, cascade.made = now.at + 1, now.made + made
    return True


def _give_one(cascade: Cascade, pk: int, units: list[int], actor: Actor) -> int:
    """Give one task, or pass one assignment down; what has gone meanwhile, or is closed, ends with a sentence."""
    if cascade.kind == Kind.ASSIGN:
        task = Task.objects.select_related("programme").get(pk=pk)
        require_open(task)
        return give(task, units, cascade.due or task.due, None, "", actor)
    found = Assignment.objects.select_related("task__programme", "unit").get(pk=pk)
    require_open(found.task)
    return give(found.task, units, cascade.due or inherited(found), found, cascade.waiver, actor)


def _log_one(cascade: Cascade, pk: int, actor: Actor) -> None:
    """Say of a task that all its units have it, as assigning or passing it alone does."""
    one = cascade.kind == Kind.ASSIGN
    new = {"units": cascade.unit_count, "cascade": cascade.pk, "due": str(cascade.due or "")}
    record(
        "assign-task" if one else "pass-down", actor=actor, kind="task" if one else "assignment", object_id=pk,
        unit_id=cascade.unit_id, new=new,
    )  # fmt: skip


def _finish(cascade: Cascade, actor: Actor) -> None:
    """Close the cascade and say in the log what it made."""
    Cascade.objects.filter(pk=cascade.pk).update(state=State.DONE)
    cascade.state = State.DONE
    new = {"tasks": len(cascade.tasks), "units": cascade.unit_count, "made": cascade.made}
    unit = cascade.unit_id
    record("finish-cascade", actor=actor, kind="cascade", object_id=cascade.pk, unit_id=unit, new=new)
