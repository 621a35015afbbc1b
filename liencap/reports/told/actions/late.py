"""Flag what was composed when the words below it change, and clear the flag when somebody has looked."""

from itertools import pairwise

from django.db import transaction
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
    Passage,
    Report,
    ReportVersion,
)

Words = dict[tuple[int, str], Passage]


def composed_by(period_id: int, unit_id: int) -> ConsolidatedReport | None:
    """Return what a unit composes or has published in a period."""
    return ConsolidatedReport.objects.filter(period_id=period_id, unit_id=unit_id).first()


def flag_late(report: Report, before: ReportVersion | None, after: ReportVersion, *, actor: Actor) -> None:
    """Compare two versions in the tray of the unit above, and for each unit further up that has built on it.

    A unit has built on these words when it has accepted a report of the unit between and composed something: what it
    wrote may rest on them, and it hears at once, not when the unit between sends anew. One query where nobody above
    composes, two where somebody further up does.
    """
    owed = report.obligation
    up = owed.chain_ids[-2::-1]  # the unit above first
    found = {
        one.unit_id: one for one in ConsolidatedReport.objects.filter(period=owed.period_id, unit__in=up)
    }
    if up and up[0] in found:
        flag_words(found[up[0]], report, before, after, actor=actor)
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
            flag_words(found[unit], report, before, after, actor=actor)


def flag_words(
    composed: ConsolidatedReport,
    report: Report,
    before: ReportVersion | None,
    after: ReportVersion,
    *,
    actor: Actor,
) -> None:
    """Flag the composed tasks on which two versions say other words.

    Words that stayed are the same passage to the author: what a draft made of the old row counts for the new one.
    """
    old, new = _words(before), _words(after)
    same = {old[key].pk: new[key].pk for key in old.keys() & new.keys() if _alike(old[key], new[key])}
    if composed.state == ConsolidatedReport.State.DRAFT:
        for was, now in same.items():
            ComposedPassage.objects.filter(report=composed, passage_id=was).update(passage_id=now)
    touched = set(ComposedStep.objects.filter(report=composed).values_list("task_id", flat=True))
    rows = [
        Late(report=composed, task_id=key[0], passage=new.get(key), before=old.get(key))
        for key in sorted(old.keys() | new.keys())
        if key[0] in touched and not (key in old and old[key].pk in same)
    ]
    Late.objects.bulk_create(rows)
    if rows:
        record(
            "flag_late", actor=actor, kind="consolidated_report", object_id=composed.pk,
            unit_id=composed.unit_id,
            new={"tasks": sorted({row.task_id for row in rows}), "report": report.pk},
        )  # fmt: skip


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
