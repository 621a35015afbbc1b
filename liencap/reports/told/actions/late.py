"""Flag what was composed when the words below it change, and clear the flag when somebody has looked."""

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


def flag_late(
    report: Report, unit_id: int, before: ReportVersion | None, after: ReportVersion, *, actor: Actor
) -> None:
    """Compare two versions in the tray of a unit; one query where that unit composes nothing."""
    composed = composed_by(report.obligation.period_id, unit_id)
    if composed is not None:
        flag_words(composed, report, before, after, actor=actor)


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
