"""Write versions of tasks; called within the deed that confirms an amendment."""

from typing import Any

from django.db.models import Max

from liencap.programmes import rows as pure
from liencap.programmes.actions.programmes import deadline_of
from liencap.programmes.actions.proposals import day
from liencap.programmes.amending.queries import deadlines_plain, owners_plain
from liencap.programmes.models import (
    Amendment,
    Assignment,
    Change,
    Task,
    TaskDeadline,
    TaskOwner,
    TaskVersion,
)
from liencap.programmes.owners import units_named
from liencap.programmes.queries import remembered_tiers
from liencap.units.models import Tier, Unit

ROW = dict[str, Any]


def write_versions(amendment: Amendment, rows: list[ROW]) -> list[ROW]:
    """Write each changed task's new version and make it the task as it stands; return what was written."""
    changed: dict[int, list[ROW]] = {}
    for row in rows:
        if row["change"] != Change.ADDED:
            changed.setdefault(row["task"], []).append(row)
    tasks = Task.objects.select_for_update().filter(programme=amendment.programme, pk__in=changed)
    found = list(tasks.prefetch_related("deadlines", "owners").order_by("order", "pk"))
    _write_first(found)
    written = [_amend(amendment, task, changed[task.pk]) for task in found]
    written += [_add(amendment, row) for row in rows if row["change"] == Change.ADDED]
    below = _sub_tasks([task for task in found if task.rescinded], {task.pk for task in found})
    _write_first(below)
    for task in below:
        row = changed[_above(task, changed)][-1]
        written.append(_amend(amendment, task, [row | {"change": Change.RESCINDED}]))
    _write_details(amendment.programme.unit, written)
    TaskVersion.objects.bulk_create([one["version"] for one in written], batch_size=500)
    return [
        {"task": one["version"].task_id, "n": one["version"].n, "change": one["version"].change}
        for one in written
    ]


def _write_first(tasks: list[Task]) -> None:
    """Keep the words with which tasks were adopted, once."""
    firsts = [
        TaskVersion(
            task=task, n=1, label=task.label, text=task.text, due=task.due, bound=task.bound, start=task.start,
            end=task.end, deadlines=deadlines_plain(task), owners=owners_plain(task),
        )
        for task in tasks
        if task.version == 1
    ]  # fmt: skip
    TaskVersion.objects.bulk_create(firsts, batch_size=500, ignore_conflicts=True)


def _amend(amendment: Amendment, task: Task, rows: list[ROW]) -> ROW:
    """Make a task what the last of its rows says; rescinding leaves its words as they were."""
    last = rows[-1]
    ends = any(row["change"] == Change.RESCINDED for row in rows)
    deadlines, owners = deadlines_plain(task), owners_plain(task)
    if ends:
        task.rescinded, change = True, Change.RESCINDED
    else:
        task.text, task.due, task.bound = last["text"], day(last["due"]), last["bound"] if last["due"] else ""
        deadlines = last["deadlines"]
        owners = next((row["owners"] for row in reversed(rows) if row["owners"]), owners)
        change = next((row["change"] for row in rows if row["change"] != Change.DATE), Change.DATE)
        _tighten_own(task)
    task.version += 1
    task.save(update_fields=["text", "due", "bound", "version", "rescinded"])
    words = "\n".join(dict.fromkeys(row["words"] for row in rows if row["words"]))
    version = _version(amendment, task, change, words, last)
    version.deadlines, version.owners = deadlines, owners
    return {"version": version, "fresh": not ends}


def _tighten_own(task: Task) -> None:
    """Let sub-tasks that units set themselves be due no later than the task; a waiver stays."""
    if task.due is None:
        return
    own = Task.objects.filter(parent=task, set_by__isnull=False, due__gt=task.due)
    Assignment.objects.filter(task__in=own, waiver="", due__gt=task.due).update(due=task.due)
    own.update(due=task.due)


def _add(amendment: Amendment, row: ROW) -> ROW:
    """Add a task behind the one that the row names, at the end without one."""
    tasks = Task.objects.filter(programme=amendment.programme)
    before = tasks.filter(pk=row["after"]).first() if row["after"] else None
    last = tasks.aggregate(most=Max("order"))["most"] or 0
    task = Task.objects.create(
        programme=amendment.programme, parent=before.parent if before else None,
        order=before.order if before else last + 1, label=row["label"][:120], text=row["text"],
        due=day(row["due"]), bound=row["bound"] if row["due"] else "",
        tier_words=pure.tier_words([row]), confirmed_by=amendment.confirmed_by,
    )  # fmt: skip
    version = _version(amendment, task, Change.ADDED, row["words"], row)
    version.deadlines, version.owners = row["deadlines"], row["owners"] or []
    return {"version": version, "fresh": True}


def _version(amendment: Amendment, task: Task, change: str, words: str, row: ROW) -> TaskVersion:
    return TaskVersion(
        task=task, n=task.version, amendment=amendment, change=change, label=task.label, text=task.text,
        due=task.due, bound=task.bound, rescinded=task.rescinded, words=words, start=row["start"], end=row["end"],
        since=amendment.since,
    )  # fmt: skip


def _sub_tasks(tasks: list[Task], seen: set[int]) -> list[Task]:
    """Return what hangs under rescinded tasks: the plan's own as versions, those of units end with them."""
    found: list[Task] = []
    level = [task.pk for task in tasks]
    while level:
        Task.objects.filter(parent__in=level, set_by__isnull=False).update(rescinded=True)
        below = Task.objects.filter(parent__in=level, set_by__isnull=True).exclude(pk__in=seen)
        some = list(below.select_related("parent").prefetch_related("deadlines", "owners"))
        seen |= {task.pk for task in some}
        found += some
        level = [task.pk for task in some]
    return found


def _above(task: Task, changed: dict[int, list[ROW]]) -> int:
    """Return the rescinded task that a sub-task hangs under."""
    above = task.parent
    while above is not None and above.pk not in changed:
        above = above.parent
    assert above is not None, "only what hangs under a changed task is asked for"
    return above.pk


def _write_details(unit: Unit, written: list[ROW]) -> None:
    """Put the new versions' days and owners in the place of the old ones."""
    versions: list[TaskVersion] = [one["version"] for one in written if one["fresh"]]
    days = [d for v in versions for d in v.deadlines]
    owners = [o for v in versions for o in v.owners]
    words = [d["tier"] for d in days if d["tier"]] + [o["words"] for o in owners]
    tiers: dict[str, Tier] = remembered_tiers(words)
    units = units_named(owners, unit)
    tasks = [v.task_id for v in versions]
    TaskDeadline.objects.filter(task__in=tasks).delete()
    TaskOwner.objects.filter(task__in=tasks).delete()
    TaskDeadline.objects.bulk_create(
        [deadline_of(v.task, one, tiers) for v in versions for one in v.deadlines], batch_size=500
    )
    TaskOwner.objects.bulk_create(
        [
            TaskOwner(
                task=v.task, role=o["role"], words=o["words"][:300], unit=units.get(o["words"]),
                tier=tiers.get(o["words"]),
            )
            for v in versions
            for o in v.owners
        ],
        batch_size=500,
    )  # fmt: skip
