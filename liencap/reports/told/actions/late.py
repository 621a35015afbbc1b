"""Flag what was composed when the words below it change, and clear the flag when somebody has looked."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.programmes.models import Task
from liencap.reports.access import require_own
from liencap.reports.models import (
    ComposedPassage,
    ComposedStep,
    ConsolidatedReport,
    Late,
    Obligation,
    Passage,
    Report,
    ReportVersion,
)

Words = dict[tuple[int, str], Passage]
Pair = tuple[ReportVersion | None, ReportVersion]  # what counted of a report before, and what counts now


def composed_by(period_id: int, unit_id: int) -> ConsolidatedReport | None:
    """Return what a unit composes or has published in a period."""
    return ConsolidatedReport.objects.filter(period_id=period_id, unit_id=unit_id).first()


def flag_late(owed: Obligation, pairs: Sequence[Pair], *, actor: Actor) -> None:
    """Compare versions of reports to one unit in its tray, and for each unit further up that has built on them.

    A unit has built on these words when it has accepted a report of the unit between and composed something: what it
    wrote may rest on them, and it hears at once, not when the unit between sends anew. `owed` is one of the reports'
    obligations. One query where nobody above composes, two where somebody further up does, then four for each.
    """
    for composed in _built_on(owed):
        flag_words(composed, pairs, actor=actor)


def _built_on(owed: Obligation) -> Iterator[ConsolidatedReport]:
    """Yield what the unit above composes, then what units further up have built on reports of those between."""
    up = owed.chain_ids[-2::-1]  # the unit above first
    found = {
        one.unit_id: one for one in ConsolidatedReport.objects.filter(period=owed.period_id, unit__in=up)
    }
    if up and up[0] in found:
        yield found[up[0]]
    if not found.keys() & set(up[1:]):
        return
    between = Report.objects.filter(
        obligation__period=owed.period_id, obligation__unit__in=up, accepted__isnull=False
    )
    passed_on = set(between.values_list("obligation__unit_id", flat=True))
    for below, unit in pairwise(up):
        if below not in passed_on:
            return
        if unit in found:
            yield found[unit]


def flag_words(composed: ConsolidatedReport, pairs: Sequence[Pair], *, actor: Actor) -> None:
    """Flag the composed tasks on which two versions of a report say other words.

    Words that stayed are the same passage to the author: what a draft made of the old row counts for the new one.
    """
    prefetch_related_objects([version for pair in pairs for version in pair if version], "passages")
    touched = set(ComposedStep.objects.filter(report=composed).values_list("task_id", flat=True))
    same: dict[int, int] = {}
    rows = []
    for before, after in pairs:
        old, new = _words(before), _words(after)
        same |= {old[key].pk: new[key].pk for key in old.keys() & new.keys() if _alike(old[key], new[key])}
        rows += [
            Late(report=composed, task_id=key[0], passage=new.get(key), before=old.get(key))
            for key in sorted(old.keys() | new.keys())
            if key[0] in touched and not (key in old and old[key].pk in same)
        ]
    if composed.state == ConsolidatedReport.State.DRAFT:
        _follow(composed, same)
    Late.objects.bulk_create(rows)
    if rows:
        record(
            "flag_late", actor=actor, kind="consolidated_report", object_id=composed.pk,
            unit_id=composed.unit_id,
            new={"tasks": sorted({row.task_id for row in rows}),
                 "reports": sorted(after.report_id for _before, after in pairs)},
        )  # fmt: skip


def _follow(composed: ConsolidatedReport, same: Mapping[int, int]) -> None:
    """Let what a draft made of passages, by their id, count for those that say the same now."""
    uses = list(ComposedPassage.objects.filter(report=composed, passage__in=same)) if same else []
    for use in uses:
        use.passage_id = same[use.passage_id]
    ComposedPassage.objects.bulk_update(uses, ["passage"])


def _words(version: ReportVersion | None) -> Words:
    return {(p.task_id, p.question): p for p in version.passages.all()} if version else {}


def _alike(one: Passage, other: Passage) -> bool:
    return (one.text, one.cause_id) == (other.text, other.cause_id)


@transaction.atomic
def look_at_late(report: ConsolidatedReport, task: Task, *, actor: Actor) -> int:
    """Say that the late passages of a task were looked at; return how many."""
    require_own(actor, "report.fill", report.unit)
    found = Late.objects.filter(report=report, task=task, looked_at=None)
    count = found.update(looked_at=timezone.now(), looked_by_seat_id=actor.seat_id)
    if count:
        record(
            "look_at_late", actor=actor, kind="consolidated_report", object_id=report.pk,
            unit_id=report.unit_id, new={"task": task.pk, "count": count},
        )  # fmt: skip
    return count
