"""Attach files to a task of the unit's own report, and take them off again."""

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.documents import store
from liencap.documents.attachments import bare_name, looked_at
from liencap.errors import DomainError
from liencap.programmes.models import Task
from liencap.reports.access import require_own, speaks_for
from liencap.reports.actions.drafts import guard_open
from liencap.reports.models import Evidence, Report, VersionEvidence
from liencap.reports.queries import tasks_of

MOST = 40  # files on one report


def attach_evidence(
    report: Report,
    task: Task,
    data: bytes,
    filename: str,
    *,
    caption: str,
    actor: Actor,
    no_secrecy: bool = False,
) -> Evidence:
    """Check a file, strip a picture of what the camera wrote into it, and keep it with the draft.

    A secrecy mark refuses it before anything is stored. The look takes a child process, so it happens before the
    transaction.
    """
    unit = report.obligation.unit
    require_own(actor, "report.fill", speaks_for(actor, report.obligation))
    guard_open(report)
    if task.pk not in {t.pk for t in tasks_of(report.obligation)}:
        raise DomainError("foreign-task", _("The report does not speak of this task."))
    if not caption.strip():
        raise DomainError("caption-missing", _("Say in a few words what the file shows."))
    kind, kept = looked_at(data, no_secrecy=no_secrecy)
    name = bare_name(filename)
    sha256 = store.put(kept)
    with transaction.atomic():
        Report.objects.select_for_update().get(pk=report.pk)
        if Evidence.objects.filter(report=report, removed=False).count() >= MOST:
            raise DomainError("too-many", _("A report carries at most %(most)s files.") % {"most": MOST})
        made = Evidence.objects.create(
            report=report, task=task, caption=caption.strip()[:200], filename=name, kind=kind,
            size=len(kept), sha256=sha256, added_by_seat_id=actor.seat_id,
        )  # fmt: skip
        record(
            "attach_evidence", actor=actor, kind="report", object_id=report.pk, unit_id=unit.pk,
            new={"task": task.pk, "sha256": sha256, "kind": kind},
        )  # fmt: skip
    return made


@transaction.atomic
def remove_evidence(evidence: Evidence, *, actor: Actor) -> None:
    """Take a file off the draft; versions sent with it keep it."""
    report = evidence.report
    require_own(actor, "report.fill", speaks_for(actor, report.obligation))
    guard_open(report)
    if VersionEvidence.objects.filter(evidence=evidence).exists():
        evidence.removed = True
        evidence.save(update_fields=["removed"])
    else:
        Evidence.objects.filter(pk=evidence.pk).delete()
    record(
        "remove_evidence", actor=actor, kind="report", object_id=report.pk,
        unit_id=report.obligation.unit_id, old={"task": evidence.task_id, "sha256": evidence.sha256},
    )  # fmt: skip
