"""Reads of programmes and assignments shaped for a screen; the units that a rule names."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db.models import (
    BinaryField,
    Case,
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Substr

from liencap.core.text import fold
from liencap.core.timing import cycle_of, occurrences
from liencap.programmes.models import Assignment, Cascade, EventWord, Programme, Task, TaskDeadline, TierWord
from liencap.programmes.unserved import unserved
from liencap.units.models import STEP, Tier, Unit
from liencap.units.rules import Rule as Rule
from liencap.units.rules import units_by_rule as units_by_rule


def remembered_tiers(words: Iterable[str]) -> dict[str, Tier]:
    """Return the tiers that words were mapped to before, or that bear the very name."""
    folded = {fold(word): word for word in words}
    found = {w.folded: w.tier for w in TierWord.objects.filter(folded__in=folded).select_related("tier")}
    names = {fold(name): tier for tier in Tier.objects.all() for name in (tier.name, tier.name_en) if name}
    return {word: tier for key, word in folded.items() if (tier := found.get(key) or names.get(key))}


def remembered_events(words: Iterable[str]) -> dict[str, str]:
    """Return the kinds of events that words were mapped to before."""
    folded = {fold(word)[:200]: word for word in words}
    found = EventWord.objects.filter(folded__in=folded)
    return {folded[one.folded]: one.kind for one in found}


def asked_of(unit: Unit, day: datetime.date) -> "QuerySet[Assignment]":
    """Return what a unit was given: due next first, then without a day, then what was due before."""
    turn = Case(When(due__lt=day, then=2), When(due__isnull=True, then=1), default=0)
    found = Assignment.objects.owed_by(unit.pk).select_related("task__programme__unit", "task__set_by")
    return found.annotate(turn=turn).order_by("turn", "due", "pk")


def tasks_of(programme: Programme) -> "QuerySet[Task]":
    """Return a programme's own tasks in order with deadlines, owners and counts of assignments."""
    held = Assignment.objects.filter(task=OuterRef("pk")).order_by().values("task")
    got = held.filter(state=Assignment.State.RECEIVED)
    return (
        programme.tasks.filter(set_by__isnull=True)
        .annotate(
            assigned=Coalesce(Subquery(held.annotate(n=Count("pk")).values("n")), 0),
            received=Coalesce(Subquery(got.annotate(n=Count("pk")).values("n")), 0),
        )
        .order_by("order", "pk")
        .prefetch_related("deadlines__tier", "owners__unit", "owners__tier", "directions")
    )


@dataclass(frozen=True, slots=True)
class Branch:
    """How a child unit's subtree stands: how many assignments, how many received, whether units below hold any."""

    unit: Unit
    assigned: int
    received: int
    deeper: bool = False

    @property
    def colour(self) -> str:
        """Return Bootstrap's word for the state."""
        if self.assigned == 0:
            return "secondary"
        return "success" if self.received == self.assigned else "warning" if self.received else "danger"


def branches(programme: Programme, within: Unit) -> list[Branch]:
    """Return the children of a unit with the counts of all below them: two queries however big the tree."""
    size = len(bytes(within.path)) + STEP
    one = Substr("unit__path", Value(1), Value(size, IntegerField()), output_field=BinaryField())
    below = Assignment.objects.in_force().filter(
        task__programme=programme, unit__in=Unit.objects.all().below(within)
    )
    counted = below.annotate(branch=one).values("branch").order_by("branch")
    counts = {
        bytes(row["branch"]): (row["n"], row["got"], row["own"] < row["n"])
        for row in counted.annotate(
            n=Count("pk"),
            got=Count("pk", filter=Q(state="received")),
            own=Count("pk", filter=Q(unit__path=F("branch"))),
        )
    }
    children = Unit.objects.filter(
        pk__in=[int.from_bytes(p[-STEP:], "big") for p in counts if len(p) == size]
    )
    rows = [Branch(unit, *counts[bytes(unit.path)]) for unit in children.select_related("tier")]
    own = counts.get(bytes(within.path))
    return ([Branch(within, *own)] if own else []) + rows


@dataclass(frozen=True, slots=True)
class Bar:
    """A window on the timeline, in hundredths of its width."""

    deadline: TaskDeadline
    x: int
    width: int
    y: int


def timeline(programme: Programme) -> tuple[list[Bar], list[tuple[int, datetime.date]]]:
    """Return the dated stretches of a programme as bars, and the quarters to mark under them."""
    dated = TaskDeadline.objects.filter(
        task__programme=programme, task__set_by__isnull=True, task__rescinded=False, end_date__isnull=False
    )
    found = list(dated.select_related("task", "tier").order_by("end_date", "pk")[:40])
    if not found:
        return [], []
    days = [d for one in found for d in (one.start_date, one.end_date) if d]
    first, last = min(days).replace(month=1, day=1), max(days).replace(month=12, day=31)
    whole = (last - first).days + 1

    def at(day: datetime.date) -> int:
        return (day - first).days * 1000 // whole

    bars = []
    for n, one in enumerate(found):
        end = one.end_date or last
        start = at(one.start_date or end)
        bars.append(Bar(one, start, max(8, at(end) + 1 - start), n * 22))
    months = (1, 4, 7, 10) if whole < 1200 else (1,)
    marks = [datetime.date(year, m, 1) for year in range(first.year, last.year + 1) for m in months]
    return bars, [(at(day), day) for day in marks[:40]]


def trace_up(assignment: Assignment) -> list[Assignment]:
    """Return the assignments that led to this one, from the top; one query a level."""
    found: list[Assignment] = []
    above = assignment.parent_id
    while above is not None and len(found) < 20:
        one = Assignment.objects.select_related("unit__tier", "task").get(pk=above)
        found.insert(0, one)
        above = one.parent_id
    return found


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the source text; `kind` and `row` name what was found there, if anything."""

    text: str
    kind: str = ""
    row: str = ""
    anchors: tuple[str, ...] = ()


def marked(
    text: str, plan: dict[str, Any], rows: list[dict[str, Any]], places: Iterable[tuple[int, str]] = ()
) -> list[Piece]:
    """Cut a text into pieces; the narrowest span names the kind, the narrowest row the row.

    `places` are points of the text with the names by which a link leads to them.
    """
    anchors: dict[int, list[str]] = {}
    for at, name in places:
        anchors.setdefault(min(at, len(text)), []).append(name)
    spans: list[tuple[int, int, str, str]] = []
    for row in rows:
        if row["start"] is not None:
            kind = "aside" if row["aside"] else row["kind"]
            spans.append((row["start"], row["end"], kind, row["id"]))
    for name, kind in (
        ("citations", "citation"), ("deadlines", "deadline"), ("periods", "period"), ("responsible", "owner"),
        ("people", "person"), ("bodies", "body"),
    ):  # fmt: skip
        spans += [(one["start"], one["end"], kind, "") for one in plan.get(name, ())]
    header = plan.get("document") or {}
    if header.get("end"):
        spans.append((header["start"], header["end"], "header", ""))
    spans = [span for span in spans if 0 <= span[0] < span[1] <= len(text)]
    edges = sorted({0, len(text), *anchors, *(edge for span in spans for edge in span[:2])})
    opening: dict[int, list[tuple[int, int, str, str]]] = {}
    for span in spans:
        opening.setdefault(span[0], []).append(span)
    pieces: list[Piece] = []
    active: list[tuple[int, int, str, str]] = []
    for start, end in pairwise(edges):
        active = [span for span in active if span[1] > start] + opening.get(start, [])
        narrow = sorted(active, key=lambda span: span[1] - span[0])
        kind = narrow[0][2] if narrow else ""
        own = next((span[3] for span in narrow if span[3]), "")
        pieces.append(Piece(text[start:end], kind, own, tuple(anchors.get(start, ()))))
    return pieces


@dataclass(frozen=True, slots=True)
class Words:
    """A task's words in the plan with a little of what stands before and after."""

    before: str
    words: str
    after: str


def words_around(task: Task, margin: int = 160) -> Words | None:
    """Return where a task came from; one query. A sub-task comes from the task it hangs under."""
    while task.start is None and task.parent is not None:
        task = task.parent
    if task.start is None or task.end is None:
        return None
    text = task.programme.reading.text
    return Words(
        text[max(0, task.start - margin) : task.start], text[task.start : task.end], text[task.end :][:margin]
    )


def shown(
    rows: list[dict[str, Any]],
    all_rows: list[dict[str, Any]],
    doubts: Mapping[str, Sequence[object]],
    owners: Mapping[str, Sequence[object]],
) -> list[dict[str, Any]]:
    """Return the rows of a page as a screen writes them: days are dates, links labels, doubts beside their words."""
    out, labels = [], {row["id"]: row["label"] or "–" for row in all_rows}
    tasks = [
        (r["id"], f"{r['label']} {r['text']}"[:60])
        for r in all_rows
        if r["kind"] == "task" and not r["aside"]
    ]
    for row in rows:
        deadlines = [one | {k: _day(one[k]) for k in ("start_date", "end_date")} for one in row["deadlines"]]
        out.append(row | {"deadlines": deadlines, "limits": unserved(row["text"])})
        out[-1]["linked"] = [labels[one] for one in row["links"] if one in labels]
        if row["kind"] == "direction":
            out[-1]["tasks"] = [(name, label, name in row["links"]) for name, label in tasks[:100]]
        out[-1] |= {"doubts": doubts.get(row["id"], ()), "owners": owners.get(row["id"], ())}
    return out


def _day(iso: str | None) -> datetime.date | str | None:
    """Return a day; a month alone stays as it is written."""
    try:
        return datetime.date.fromisoformat(iso) if iso else None
    except ValueError:
        return iso


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A day on which a recurring task falls due."""

    task: Task
    deadline: TaskDeadline
    day: datetime.date


def occurrences_of(tasks: Iterable[Task], since: datetime.date, until: datetime.date) -> list[Occurrence]:
    """Return the days of recurring tasks within a window and their programme's time, in order.

    Tasks come with `programme` selected and `deadlines` prefetched.
    """
    found = []
    for task in tasks:
        programme = task.programme
        first, last = max(since, programme.since or since), min(until, programme.until or until)
        for deadline in task.deadlines.all():
            if deadline.kind == TaskDeadline.Kind.RECURRING:
                days = occurrences(deadline.recurrence, first, last, start=programme.since)
                found += [Occurrence(task, deadline, day) for day in days]
    return sorted(found, key=lambda one: (one.day, one.task.pk, one.deadline.pk))


def is_asked(task: Task, since: datetime.date, until: datetime.date) -> bool:
    """Say whether a period asks for a task: not when all it names are recurrences that fall in none of its days.

    What is continuous, or recurs without saying how often, is asked for each time; so is what names no time.
    """
    named = list(task.deadlines.all())
    if not named or any(
        one.kind != TaskDeadline.Kind.RECURRING or one.bound == "continuous" for one in named
    ):
        return True
    if any(cycle_of(one.recurrence) is None for one in named):
        return True
    return bool(occurrences_of([task], since, until))


def waiting_deadline(task: Task) -> TaskDeadline | None:
    """Return the deadline by which a task waits for an event: the confirmed one, else the first whose words could."""
    found = sorted(task.deadlines.select_related("tier"), key=lambda one: (not one.event_kind, one.pk))
    waiting = next((one for one in found if one.event_kind or one.may_wait), None)
    if waiting is not None:
        waiting.task = task
    return waiting


def event_counts(held: "QuerySet[Assignment]") -> dict[str, int]:
    """Count the assignments whose event is recorded, and those that still wait; one query."""
    return held.order_by().aggregate(
        all=Count("pk"),
        recorded=Count("pk", filter=Q(event__isnull=False)),
        waiting=Count("pk", filter=Q(event__isnull=True)),
    )


def coming(
    programme: Programme, today: datetime.date, task: Task | None = None, most: int = 12
) -> list[Occurrence]:
    """Return the next days on which recurring tasks of a programme, or one of them, fall due within a year."""
    found = Task.objects.filter(programme=programme, deadlines__kind=TaskDeadline.Kind.RECURRING).distinct()
    found = found.filter(pk=task.pk) if task else found.filter(set_by__isnull=True)
    tasks = found.select_related("programme").prefetch_related("deadlines").order_by("pk")[:100]
    return occurrences_of(tasks, today, today + datetime.timedelta(days=365))[:most]


def passed_down_by(unit_id: int) -> "QuerySet[Cascade]":
    """Return the orders by which a unit passed several inherited tasks down, newest first."""
    return Cascade.objects.filter(unit_id=unit_id, kind=Cascade.Kind.PASS_DOWN).defer("units")
