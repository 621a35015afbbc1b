"""Make a programme of a proposal that a person has confirmed."""

import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.archive.actions import Description, Filed, file_record
from liencap.archive.models import Series
from liencap.audit.actions import digest, record
from liencap.audit.actor import Actor
from liencap.errors import DomainError
from liencap.programmes import rows as pure
from liencap.programmes.actions.proposals import day, lock_proposal
from liencap.programmes.models import (
    Direction,
    DirectionTask,
    Programme,
    Proposal,
    Task,
    TaskDeadline,
    TaskOwner,
)
from liencap.programmes.owners import units_named
from liencap.programmes.queries import remembered_events, remembered_tiers
from liencap.programmes.search import KIND, text_of
from liencap.search.actions import index_texts
from liencap.units.models import Tier, Unit

DATED = ("in", "by", "before", "exact", "")


@transaction.atomic
def create_programme(
    proposal: Proposal,
    *,
    revision: int,
    actor: Actor,
    title: str = "",
    since: datetime.date | None = None,
    until: datetime.date | None = None,
    confirmed_by: str = "",
) -> Programme:
    """Confirm a proposal: its rows that are not set aside become the programme; they are then closed."""
    proposal = lock_proposal(proposal, revision=revision, actor=actor)
    rows = [row for row in proposal.rows if not row["aside"]]
    if not any(row["kind"] == "task" for row in rows):
        raise DomainError("no-tasks", _("A programme needs at least one task: add one from the text first."))
    since, until = since or proposal.since, until or proposal.until
    if since and until and until < since:
        raise DomainError("days", _("The programme ends before it begins."))
    programme = Programme(
        unit=proposal.unit,
        reading=proposal.reading,
        title=(title or proposal.title)[:500],
        since=since,
        until=until,
    )
    programme.derive()
    programme.save()
    tasks = _make_tasks(programme, rows, confirmed_by or actor.name)
    index_texts(KIND, [(task.pk, text_of(task)) for task in tasks.values()], actor=actor)
    _make_directions(programme, rows, tasks)
    _make_details(proposal.unit, rows, tasks)
    proposal.confirmed = True
    proposal.save(update_fields=["confirmed"])
    new = {"title": programme.title, "tasks": len(tasks), "rows": digest(rows), "confirmed_by": confirmed_by}
    unit = programme.unit_id
    record("create-programme", actor=actor, kind="programme", object_id=programme.pk, unit_id=unit, new=new)
    _file_plan(programme, actor=actor)
    return programme


def _file_plan(programme: Programme, *, actor: Actor) -> None:
    """File the plan as it came: the programme rests on it from now on."""
    version = programme.reading.version
    document = version.document
    about = Description(
        document.title, symbol=document.number, creator=document.issuer, since=document.date,
        until=document.date, language=document.language,
    )  # fmt: skip
    files = [Filed(version.filename, version.content_kind, version.sha256)]
    source = ("programme", programme.pk)
    file_record(programme.unit, Series.Kind.PLAN, about, files, source=source, actor=actor)


def _make_tasks(programme: Programme, rows: list[pure.Row], confirmed_by: str) -> dict[str, Task]:
    """Write the tasks in order, then hang sub-tasks under theirs."""
    made: dict[str, Task] = {}
    for order, row in enumerate(row for row in rows if row["kind"] == "task"):
        due, bound = due_of(row["deadlines"])
        made[row["id"]] = Task(
            programme=programme, order=order, label=row["label"][:120], text=row["text"], start=row["start"],
            end=row["end"], due=due, bound=bound, tier_words=pure.tier_words([row]), optional=row["optional"],
            product=row["product"][:500], confirmed_by=confirmed_by[:200],
        )  # fmt: skip
    Task.objects.bulk_create(made.values(), batch_size=500)
    hung = []
    for row in rows:
        if row["id"] in made and row["parent"] in made:
            made[row["id"]].parent = made[row["parent"]]
            hung.append(made[row["id"]])
    Task.objects.bulk_update(hung, ["parent"], batch_size=500)
    return made


def due_of(deadlines: list[dict[str, Any]]) -> tuple[datetime.date | None, str]:
    """Return the last day that binds the task itself; "before" a day means the day before it."""
    found = []
    for one in deadlines:
        end = day(one["end_date"])
        if end and pure.deadline_kind(one) == "due" and (one["bound"] or "") in DATED:
            found.append((end - datetime.timedelta(days=one["bound"] == "before"), one["bound"] or "by"))
    return max(found, default=(None, ""), key=lambda pair: pair[0] or datetime.date.min)


def _make_directions(programme: Programme, rows: list[pure.Row], tasks: dict[str, Task]) -> None:
    links = []
    for order, row in enumerate(row for row in rows if row["kind"] == "direction"):
        direction = Direction.objects.create(
            programme=programme, order=order, label=row["label"][:120], text=row["text"],
            start=row["start"], end=row["end"],
        )  # fmt: skip
        links += [DirectionTask(direction=direction, task=tasks[t]) for t in row["links"] if t in tasks]
    DirectionTask.objects.bulk_create(links, batch_size=500)


def _make_details(unit: Unit, rows: list[pure.Row], tasks: dict[str, Task]) -> None:
    """Write deadlines and owners; words become tiers as mapped, and units of the very name."""
    words = {o["words"] for row in rows for o in row["owners"]}
    tiers = remembered_tiers([*pure.tier_words(rows), *words])
    units = units_named([o for row in rows for o in row["owners"]], unit)
    kinds = remembered_events(pure.waiting_words(rows))
    deadlines, owners = [], []
    for row in rows:
        if row["id"] not in tasks:
            continue
        task = tasks[row["id"]]
        deadlines += [deadline_of(task, one, tiers) for one in row["deadlines"]]
        _hang(deadlines[len(deadlines) - len(row["deadlines"]) :], row["deadlines"], kinds)
        owners += [
            TaskOwner(
                task=task,
                role=o["role"],
                words=o["words"][:300],
                unit=units.get(o["words"]),
                tier=tiers.get(o["words"]),
            )
            for o in row["owners"]
        ]
    TaskDeadline.objects.bulk_create(deadlines, batch_size=500)
    TaskOwner.objects.bulk_create(owners, batch_size=500)


def _hang(deadlines: list[TaskDeadline], said: list[dict[str, Any]], kinds: dict[str, str]) -> None:
    """Hang a task on the first event whose words a person mapped; the rest waits for somebody on the task's page."""
    for deadline, one in zip(deadlines, said, strict=True):
        wait = pure.wait_in(one)
        if wait is not None and (kind := kinds.get(wait.words)):
            deadline.kind, deadline.event_kind = TaskDeadline.Kind.CONDITIONAL, kind
            deadline.wait, deadline.wait_unit = wait.n, wait.unit
            deadline.condition_by = deadline.task.confirmed_by
            return


def deadline_of(task: Task, one: dict[str, Any], tiers: dict[str, Tier]) -> TaskDeadline:
    words = one["tier"] or ""
    return TaskDeadline(
        task=task,
        kind=pure.deadline_kind(one),
        start_date=day(one["start_date"]),
        end_date=day(one["end_date"]),
        bound=one["bound"] or "",
        recurrence=(one["recurrence"] or "")[:40],
        event=(one["event"] or "")[:300],
        tier_words=words[:120],
        tier=tiers.get(words),
        text=(one["text"] or "")[:500],
        start=one["start"],
        end=one["end"],
    )
