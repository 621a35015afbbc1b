"""Tie the directions of a confirmed programme to its tasks; make a task of one that has none."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.errors import DomainError
from liencap.programmes.models import Direction, DirectionTask, Programme, Task, TaskOwner
from liencap.programmes.owners import units_named
from liencap.programmes.queries import remembered_tiers
from liencap.programmes.search import KIND, text_of
from liencap.search.actions import index_texts
from liencap.units.access import require


@transaction.atomic
def make_task(
    direction: Direction, text: str, *, actor: Actor, label: str = "", due: datetime.date | None = None,
    lead: str = "",
) -> Task:  # fmt: skip
    """Make a task of a direction that no task carries out: its place in the plan stays, words may be mended.

    It is the programme's own task, stands last, and can be assigned like the others.
    """
    programme = _open_programme(direction, actor)
    if direction.links.exists():
        raise DomainError("has-task", _("A task carries out this direction already."), status=409)
    last = programme.tasks.order_by("-order").values_list("order", flat=True).first()
    task = Task.objects.create(
        programme=programme, order=(last or 0) + 1, label=label.strip()[:120], text=text.strip() or direction.text,
        start=direction.start, end=direction.end, due=due, bound="by" if due else "",
        confirmed_by=actor.name[:200],
    )  # fmt: skip
    DirectionTask.objects.create(direction=direction, task=task)
    index_texts(KIND, [(task.pk, text_of(task))], actor=actor)
    if words := lead.strip()[:300]:
        units = units_named([{"role": "lead", "words": words}], programme.unit)
        tier = remembered_tiers([words]).get(words)
        TaskOwner.objects.create(task=task, role="lead", words=words, unit=units.get(words), tier=tier)
    new = {"task": task.pk, "title": task.text[:200], "due": str(due or "")}
    _record("make-task", direction, programme, actor, new=new)
    return task


@transaction.atomic
def link_task(direction: Direction, task: Task, *, actor: Actor) -> None:
    """Say that a task carries out a direction; a second time changes nothing."""
    programme = _open_programme(direction, actor)
    if task.programme_id != programme.pk or task.set_by_id is not None:
        raise DomainError("other-programme", _("Choose a task of this programme."))
    _link, made = DirectionTask.objects.get_or_create(direction=direction, task=task)
    if made:
        _record("link-task", direction, programme, actor, new={"task": task.pk})


@transaction.atomic
def unlink_task(direction: Direction, task: Task, *, actor: Actor) -> None:
    """Take a task off a direction; the task itself stays."""
    programme = _open_programme(direction, actor)
    gone, _rows = DirectionTask.objects.filter(direction=direction, task=task).delete()
    if gone:
        _record("unlink-task", direction, programme, actor, old={"task": task.pk})


def _open_programme(direction: Direction, actor: Actor) -> Programme:
    """Return the programme locked, so that two people do not make two tasks of one direction."""
    programme = (
        Programme.objects.select_for_update(of=("self",))
        .select_related("unit")
        .get(pk=direction.programme_id)
    )
    require(actor, "programme.edit", programme.unit)
    if programme.state != Programme.State.ACTIVE:
        raise DomainError("closed", _("The programme is closed."), status=409)
    return programme


def _record(
    action: str, direction: Direction, programme: Programme, actor: Actor, *, old: dict[str, object] | None = None,
    new: dict[str, object] | None = None,
) -> None:  # fmt: skip
    unit = programme.unit_id
    record(action, actor=actor, kind="direction", object_id=direction.pk, unit_id=unit, old=old, new=new)
