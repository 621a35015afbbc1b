"""Send a report: the draft becomes a version that never changes, and the totals above move."""

import datetime
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.errors import DomainError, crash_point
from liencap.programmes.models import Task
from liencap.reports.access import quality_of, require_head, speaks_for
from liencap.reports.actions.drafts import guard_open, guard_unlocked
from liencap.reports.actions.settling import settle_on_sending
from liencap.reports.actions.telling import tell_sent
from liencap.reports.actions.totals import move_said, official_now
from liencap.reports.answering.lines import Line, carried_between, lines_between
from liencap.reports.content import Content
from liencap.reports.figures import minus
from liencap.reports.forming.sending import Weighed, weigh
from liencap.reports.models import (
    Correction,
    Draft,
    Evidence,
    Obligation,
    Passage,
    Report,
    ReportVersion,
    Return,
    TaskEntry,
    VersionEvidence,
)
from liencap.reports.queries import content_of, evidence_of, hash_of, said_by, tasks_of
from liencap.reports.search import KIND
from liencap.reports.told.actions.late import composed_by, flag_words
from liencap.reports.told.actions.linking import link_sources
from liencap.search.actions import forget_texts, index_texts
from liencap.units.access import asked_once, today


def class_on(owed: Obligation, day: datetime.date) -> str:
    """Return the class of an obligation met on a day."""
    if day <= owed.due:
        return Obligation.Class.ON_TIME
    if owed.extended_to and day <= owed.extended_to:
        return Obligation.Class.LATE_EXTENDED
    return Obligation.Class.LATE


def locked_report(report: Report) -> Report:
    """Take a report for oneself until the transaction ends."""
    locked = Report.objects.select_for_update(of=("self", "obligation")).select_related(
        "obligation__unit", "obligation__period__form", "obligation__period__programme__unit", "current"
    )
    return locked.get(pk=report.pk)


@transaction.atomic
def send_report(
    report: Report, *, revision: int, actor: Actor, reason: str = "", reasons: Mapping[str, str] | None = None
) -> ReportVersion:
    """Sign and send the draft that the head saw; a correction of a sent report says why, as a whole or by line.

    `reasons` are by the key of a line; a line that is not named there has the reason of the whole.
    """
    with asked_once(actor):
        report = locked_report(report)
        tasks = tasks_of(report.obligation)
        return sign_and_send(
            report, tasks, revision=revision, reason=reason, reasons=reasons or {}, actor=actor
        )


def sign_and_send(
    report: Report, tasks: Sequence[Task], *, revision: int, reason: str, reasons: Mapping[str, str],
    actor: Actor,
) -> ReportVersion:  # fmt: skip
    """Send within the transaction of a deed that has locked the report and knows the unit's tasks."""
    owed = report.obligation
    require_head(actor, speaks_for(actor, owed))
    guard_open(report)
    guard_unlocked(report)
    draft = Draft.objects.filter(report=report, revision=revision).first()
    if draft is None:
        raise DomainError("draft-changed", _("The draft has changed since you looked at it."), status=409)
    form = owed.period.form
    assert form is not None, "open periods have a form"
    content = content_of(draft, form.cells)
    guard_complete(tasks, content)
    before, files = report.current, list(evidence_of(report))
    said = weigh(owed, content, tasks_with_files={file.task_id for file in files})
    changed = changed_since(before, said.content)
    if report.state != Report.State.RETURNED and before is not None:
        guard_reasons(changed, reason, reasons)
    version = freeze_version(
        report, content, said, files=files, reason=reason, actor=actor,
        changed=[(line, reasons.get(line.key, "")) for line in changed],
    )  # fmt: skip
    mark_sent(report, version, content, "send_report", actor)
    crash_point("send-before-totals")
    move_totals(report, version, old=said_by(before, form.cells))
    crash_point("send-before-commit")
    return version


def changed_since(before: ReportVersion | None, content: Content) -> list[Line]:
    """List the lines in which a content differs from the version before; none for the first; two queries else."""
    return lines_between(content_of(before, before.form.cells), content) if before else []


def guard_reasons(changed: Sequence[Line], reason: str, reasons: Mapping[str, str]) -> None:
    """Refuse a correction of which a line has no reason; one without a changed line needs one as a whole."""
    if not reason.strip() and (not changed or any(not reasons.get(line.key, "").strip() for line in changed)):
        raise DomainError("reason-missing", _("This report was sent before: say why you send it anew."))


def freeze_version(
    report: Report, content: Content, said: Weighed, *, files: list[Evidence], reason: str, actor: Actor,
    changed: Sequence[tuple[Line, str]] = (),
) -> ReportVersion:  # fmt: skip
    """Write the next version of a locked report with what it carries, what it changes and why, and its hash."""
    owed, before, reason = report.obligation, report.current, reason.strip()[:500]
    form = owed.period.form
    assert form is not None, "open periods have a form"
    carried = minus(form.cells, official_now(owed), said_by(before, form.cells))
    version = ReportVersion(
        report=report, n=before.n + 1 if before else 1, form=form, figures=said.figures, carried=carried,
        reason=reason, sent_at=timezone.now(), sent_by_seat_id=actor.seat_id, signed_as=quality_of(actor),
        warnings=said.warnings, joint=said.joint,
    )  # fmt: skip
    lines = [*changed]
    if before is not None:
        lines += [(line, "") for line in carried_between(form.cells, bytes(before.carried), carried)]
    corrections = [
        Correction(
            version=version, key=line.key, old=line.old, new=line.new, reason=why.strip()[:500] or reason
        )
        for line, why in lines
    ]
    version.sha256 = hash_of(version, content, files, corrections)
    version.save()
    Correction.objects.bulk_create(corrections)
    _copy_content(report, version, content, actor)
    VersionEvidence.objects.bulk_create(VersionEvidence(version=version, evidence=file) for file in files)
    return version


def move_totals(report: Report, version: ReportVersion, *, old: bytes) -> None:
    """Put what a version says into the totals in the place of what the unit said before."""
    owed = report.obligation
    new = said_by(version, version.form.cells)
    move_said(owed, version.form.cells, old=old, new=new)
    settle_on_sending(owed)


def guard_complete(tasks: Sequence[Task], content: Content) -> None:
    """Refuse a report with a task that says nothing, lacks a reason, or answers words since amended."""
    for task in tasks:
        if task.rescinded:
            continue  # what was written before it was rescinded stays; nothing more is asked
        if content.answered.get(task.pk, task.version) < task.version:
            raise DomainError(
                "task-amended",
                _(
                    "The task “%(task)s” was amended since you wrote on it. Read it again and save your answer."
                )
                % {"task": str(task)[:80]},
                status=409,
            )
        state, reason = content.states.get(task.pk, ("", ""))
        if not state:
            raise DomainError(
                "task-silent", _("Say how far the task “%(task)s” is.") % {"task": str(task)[:80]}
            )
        if state == TaskEntry.State.NOT_APPLICABLE and not reason.strip():
            raise DomainError(
                "task-reason", _("Say why the task “%(task)s” does not apply.") % {"task": str(task)[:80]}
            )


def _copy_content(report: Report, version: ReportVersion, content: Content, actor: Actor) -> None:
    TaskEntry.objects.bulk_create(
        [
            TaskEntry(
                version=version,
                task_id=task,
                state=state,
                reason=reason,
                answered=content.answered.get(task, 1),
            )
            for task, (state, reason) in content.states.items()
        ]
    )
    passages = Passage.objects.bulk_create(
        [
            Passage(version=version, task_id=task, question=question, text=text, cause_id=cause)
            for (task, question), (text, cause) in content.answers().items()
        ]
    )
    composed = composed_by(report.obligation.period_id, report.obligation.unit_id)
    if composed is not None:
        link_sources(composed, passages)
        flag_words(composed, [(report.current, version)], actor=actor)
    if report.current is not None:
        older = Passage.objects.filter(version__report_id=version.report_id).exclude(version=version)
        forget_texts(KIND, list(older.values_list("pk", flat=True)), actor=actor)
    index_texts(KIND, [(passage.pk, passage.text) for passage in passages], actor=actor)


def mark_sent(report: Report, version: ReportVersion, content: Content, deed: str, actor: Actor) -> None:
    """Move the states of report and obligation; the first sending decides the class."""
    owed, old = report.obligation, {"state": report.state, "version": version.n - 1}
    if report.state == Report.State.RETURNED:
        Return.objects.filter(version=report.current, settled_by=None).update(settled_by=version)
    report.current, report.state = version, Report.State.SENT
    report.save(update_fields=["current", "state"])
    if owed.cls in (None, Obligation.Class.EXCUSED, Obligation.Class.NOT_DUE):
        owed.cls = class_on(owed, today())
        owed.save(update_fields=["cls"])
    record(
        deed, actor=actor, kind="report", object_id=report.pk, unit_id=owed.unit_id, old=old,
        new={"state": report.state, "version": version.n, "sha256": version.sha256, "class": owed.cls,
             "reason": version.reason},
    )  # fmt: skip
    tell_sent(report, content, actor=actor)
