"""Reads of amendments shaped for a screen or for a deed."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BinaryField, Count, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Substr

from liencap.audit.actor import Actor
from liencap.programmes.amending.matching import Piece, word_diff
from liencap.programmes.amending.proposing import Standing
from liencap.programmes.models import (
    Amendment,
    AmendmentNotice,
    AmendmentProposal,
    Assignment,
    Change,
    Programme,
    Task,
    TaskVersion,
)
from liencap.units.access import units_visible_to
from liencap.units.models import STEP, Unit


def deadlines_plain(task: Task) -> list[dict[str, Any]]:
    """Return a task's stretches of time as a proposal keeps them."""
    return [
        {
            "kind": d.kind, "start_date": _iso(d.start_date), "end_date": _iso(d.end_date), "bound": d.bound,
            "event": d.event or None, "tier": d.tier_words or None, "recurrence": d.recurrence or None,
            "text": d.text or None, "start": d.start, "end": d.end,
        }
        for d in task.deadlines.all()
    ]  # fmt: skip


def owners_plain(task: Task) -> list[dict[str, Any]]:
    """Return who does a task as a proposal keeps it."""
    return [{"role": o.role, "words": o.words} for o in task.owners.all()]


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def own_tasks(programme: Programme) -> "QuerySet[Task]":
    """Return the tasks of the plan itself that are in force, in order."""
    return programme.tasks.filter(set_by__isnull=True, rescinded=False).order_by("order", "pk")


def standing_tasks(programme: Programme) -> list[Standing]:
    """Return the tasks of a programme as an amendment is read against them; two queries."""
    return [
        Standing(t.pk, t.label, t.text, _iso(t.due), t.bound, deadlines_plain(t), t.parent_id is None)
        for t in own_tasks(programme).prefetch_related("deadlines")
    ]


def old_dues(versions: Sequence[TaskVersion]) -> dict[int, datetime.date | None]:
    """Return by task the plan's own day before these versions; one query."""
    before = Q()
    for one in versions:
        before |= Q(task=one.task_id, n=one.n - 1)
    return dict(TaskVersion.objects.filter(before).values_list("task_id", "due")) if versions else {}


@dataclass(frozen=True, slots=True)
class Shown:
    """A row of a proposal as the screen shows it: the task as it stands, and the difference of the words."""

    row: dict[str, Any]
    task: Task | None
    label: str
    change: str
    pieces: list[Piece]
    old_due: datetime.date | None
    due: datetime.date | None
    after: Task | None


def shown_rows(rows: Iterable[dict[str, Any]], tasks: Mapping[int, Task]) -> list[Shown]:
    """Lay out the rows of a page; no queries."""
    out = []
    for row in rows:
        task = tasks.get(row["task"] or 0)
        old = task.text if task else ""
        new = "" if row["change"] == Change.RESCINDED else row["text"]
        out.append(
            Shown(
                row, task, task.label if task else row["label"], str(Change(row["change"]).label),
                word_diff(old, new), task.due if task else None, _day(row["due"]), tasks.get(row["after"] or 0),
            )
        )  # fmt: skip
    return out


def _day(iso: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(iso) if iso else None


def nothing_paired(rows: Iterable[dict[str, Any]], tasks: Mapping[int, Task]) -> bool:
    """Say whether a whole new plan shares no task with the programme: it may be the wrong document."""
    alone = {row["task"] for row in rows if row["open"] and row["change"] == Change.RESCINDED}
    return bool(tasks) and tasks.keys() <= alone


@dataclass(frozen=True, slots=True)
class Difference:
    """A version of a task beside the one before it."""

    version: TaskVersion
    before: TaskVersion | None
    pieces: list[Piece]

    @property
    def moved(self) -> bool:
        """Say whether the day changed."""
        return not self.version.rescinded and self.before is not None and self.before.due != self.version.due


def differences(versions: Iterable[TaskVersion]) -> list[Difference]:
    """Pair versions with those before them; one query."""
    found = list(versions)
    wanted = Q(pk__in=[])
    for one in found:
        wanted |= Q(task=one.task_id, n=one.n - 1)
    before = {(v.task_id, v.n): v for v in TaskVersion.objects.filter(wanted)}
    out = []
    for one in found:
        old = before.get((one.task_id, one.n - 1))
        new = "" if one.rescinded else one.text
        out.append(Difference(one, old, word_diff(old.text if old else "", new)))
    return out


def versions_of(task: Task) -> list[Difference]:
    """Return the versions of a task, the newest first, each beside the one before; none if never amended."""
    found = task.versions.select_related("amendment").order_by("-n")
    return differences(found)


def notices_below(amendment: Amendment, units: "QuerySet[Unit]") -> "QuerySet[AmendmentNotice]":
    """Return what units were told, within those that the reader may see."""
    return AmendmentNotice.objects.filter(amendment=amendment, assignment__unit__in=units.values("pk"))


@dataclass(frozen=True, slots=True)
class Seen:
    """How many of the notices of some units are confirmed; `unit` is None for all of them."""

    unit: Unit | None
    told: int
    confirmed: int

    @property
    def open(self) -> int:
        """Return how many are not."""
        return self.told - self.confirmed


_TOLD = Count("pk")
_CONFIRMED = Count("pk", filter=Q(confirmed_at__isnull=False))


def seen_in_all(notices: "QuerySet[AmendmentNotice]") -> Seen:
    """Count the notices; one query."""
    return Seen(None, **notices.aggregate(told=_TOLD, confirmed=_CONFIRMED))


def seen_by_branch(amendment: Amendment, within: Unit) -> list[Seen]:
    """Count by child unit, each with all below it, the unit's own first: two queries however big the tree."""
    size = len(bytes(within.path)) + STEP
    one = Substr("assignment__unit__path", Value(1), Value(size, IntegerField()), output_field=BinaryField())
    below = notices_below(amendment, Unit.objects.all().below(within))
    counted = (
        below.order_by().annotate(branch=one).values("branch").annotate(told=_TOLD, confirmed=_CONFIRMED)
    )
    counts = {bytes(row["branch"]): (row["told"], row["confirmed"]) for row in counted}
    units = Unit.objects.filter(pk__in=[int.from_bytes(path[-STEP:], "big") for path in counts])
    return [
        Seen(unit, *counts[bytes(unit.path)])
        for unit in units.select_related("tier")
        if bytes(unit.path) in counts
    ]


def open_notices(unit_id: int) -> "QuerySet[AmendmentNotice]":
    """Return what a unit has still to confirm."""
    return AmendmentNotice.objects.filter(assignment__unit_id=unit_id, confirmed_at__isnull=True)


def told_of(assignment: Assignment) -> list[tuple[AmendmentNotice, Difference]]:
    """Return what changed in a unit's task, the newest first, with old and new words; two queries."""
    notices = assignment.notices.select_related("version__amendment", "confirmed_by_seat__role")
    found = list(notices.order_by("-pk")[:20])
    by_version = {d.version.pk: d for d in differences(n.version for n in found)}
    return [(notice, by_version[notice.version_id]) for notice in found]


def unassigned_additions(amendment: Amendment) -> list[tuple[Task, Task | None, int]]:
    """Return added tasks that no unit holds, with the neighbour whose units could have each, and how many they are."""
    proposal = AmendmentProposal.objects.get(programme=amendment.programme_id, reading=amendment.reading_id)
    likes = {
        row["text"]: row["like"] or row["after"]
        for row in proposal.rows
        if row["change"] == Change.ADDED and not row["aside"]
    }
    added = Task.objects.filter(
        versions__amendment=amendment, versions__change=Change.ADDED, rescinded=False, assignments=None
    )
    tasks = list(added.order_by("order", "pk")[:50])
    wanted = [likes.get(t.text) for t in tasks]
    near = (
        Task.objects.filter(pk__in=[pk for pk in wanted if pk]).annotate(held=Count("assignments")).in_bulk()
    )
    return [
        (task, like, like.held if like else 0)
        for task, pk in zip(tasks, wanted, strict=True)
        for like in [near.get(pk or 0)]
    ]


def seen_by_version(task: Task, actor: Actor) -> dict[int, Seen]:
    """Count by version who was told and has confirmed, among the units that the actor may see; one query."""
    units = units_visible_to(actor, "programme.view").values("pk")
    found = AmendmentNotice.objects.filter(version__task=task, assignment__unit__in=units).order_by()
    counted = found.values("version__n").annotate(told=_TOLD, confirmed=_CONFIRMED)
    return {row["version__n"]: Seen(None, row["told"], row["confirmed"]) for row in counted}
