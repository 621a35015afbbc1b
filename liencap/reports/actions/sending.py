"""Send a report: the draft becomes a version that never changes, and the totals above move."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.errors import DomainError, crash_point
from liencap.reports.access import require_head
from liencap.reports.actions.drafts import guard_open
from liencap.reports.actions.telling import tell_sent
from liencap.reports.actions.totals import move_official, move_received, official_now
from liencap.reports.content import Content
from liencap.reports.figures import minus
from liencap.reports.models import (
    Draft,
    Obligation,
    Passage,
    Report,
    ReportVersion,
    TaskEntry,
    VersionEvidence,
)
from liencap.reports.queries import content_of, evidence_of, hash_of, said_by, tasks_of
from liencap.units.access import today


def class_on(owed: Obligation, day: datetime.date) -> str:
    """Return the class of an obligation met on a day."""
    if day <= owed.due:
        return Obligation.Class.ON_TIME
    if owed.extended_to and day <= owed.extended_to:
        return Obligation.Class.LATE_EXTENDED
    return Obligation.Class.LATE


@transaction.atomic
def send_report(report: Report, *, revision: int, actor: Actor, reason: str = "") -> ReportVersion:
    """Sign and send the draft that the head saw; a correction of a sent report says why."""
    locked = Report.objects.select_for_update(of=("self",)).select_related(
        "obligation__unit", "obligation__period__form", "current"
    )
    report = locked.get(pk=report.pk)
    owed = report.obligation
    require_head(actor, owed.unit)
    guard_open(report)
    draft = Draft.objects.filter(report=report, revision=revision).first()
    if draft is None:
        raise DomainError("draft-changed", _("The draft has changed since you looked at it."), status=409)
    form = owed.period.form
    assert form is not None, "open periods have a form"
    content = content_of(draft, form.cells)
    _guard_complete(owed, content)
    if (
        report.state in (Report.State.SENT, Report.State.ACCEPTED, Report.State.CONSOLIDATED)
        and not reason.strip()
    ):
        raise DomainError("reason-missing", _("This report was sent before: say why you send it anew."))
    old = said_by(report.current, form.cells)
    carried = minus(form.cells, official_now(owed), old)
    version = ReportVersion(
        report=report, n=report.current.n + 1 if report.current else 1, form=form,
        figures=bytes(draft.figures), carried=carried, reason=reason.strip()[:500],
        sent_at=timezone.now(), sent_by_seat_id=actor.seat_id,
    )  # fmt: skip
    files = list(evidence_of(report))
    version.sha256 = hash_of(version, content, files)
    version.save()
    _copy_content(version, content)
    VersionEvidence.objects.bulk_create(VersionEvidence(version=version, evidence=file) for file in files)
    _mark_sent(report, version, content, actor)
    new = said_by(version, form.cells)
    crash_point("send-before-totals")
    move_official(owed, owed.unit_id, form.cells, old=old, new=new)
    move_received(owed, form.cells, old=old, new=new)
    crash_point("send-before-commit")
    return version


def _guard_complete(owed: Obligation, content: Content) -> None:
    """Refuse a report with a task that says nothing, or that is set aside without a reason."""
    for task in tasks_of(owed):
        state, reason = content.states.get(task.pk, ("", ""))
        if not state:
            raise DomainError(
                "task-silent", _("Say how far the task “%(task)s” is.") % {"task": str(task)[:80]}
            )
        if state == TaskEntry.State.NOT_APPLICABLE and not reason.strip():
            raise DomainError(
                "task-reason", _("Say why the task “%(task)s” does not apply.") % {"task": str(task)[:80]}
            )


def _copy_content(version: ReportVersion, content: Content) -> None:
    TaskEntry.objects.bulk_create(
        [
            TaskEntry(version=version, task_id=task, state=state, reason=reason)
            for task, (state, reason) in content.states.items()
        ]
    )
    Passage.objects.bulk_create(
        [
            Passage(version=version, task_id=task, question=question, text=text)
            for (task, question), text in content.passages.items()
        ]
    )


def _mark_sent(report: Report, version: ReportVersion, content: Content, actor: Actor) -> None:
    """Move the states of report and obligation; the first sending decides the class."""
    owed, old = report.obligation, {"state": report.state, "version": version.n - 1}
    report.current, report.state = version, Report.State.SENT
    report.save(update_fields=["current", "state"])
    if owed.cls is None:
        owed.cls = class_on(owed, today())
        owed.save(update_fields=["cls"])
    record(
        "send_report", actor=actor, kind="report", object_id=report.pk, unit_id=owed.unit_id, old=old,
        new={"state": report.state, "version": version.n, "sha256": version.sha256, "class": owed.cls,
             "reason": version.reason},
    )  # fmt: skip
    tell_sent(report, content, actor=actor)
