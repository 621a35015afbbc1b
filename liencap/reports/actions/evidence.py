"""Attach files to a task of the unit's own report, and take them off again."""

from pathlib import PurePath

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.documents import store
from liencap.documents.refusals import code_of, sentence
from liencap.errors import DomainError
from liencap.programmes.models import Task
from liencap.reports.access import require_own
from liencap.reports.actions.drafts import guard_open
from liencap.reports.models import Evidence, Report, VersionEvidence
from liencap.reports.queries import tasks_of
from liencap.work.child import ChildFailed, ChildRefusal, run_in_child

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
    require_own(actor, "report.fill", unit)
    guard_open(report)
    if task.pk not in {t.pk for t in tasks_of(report.obligation)}:
        raise DomainError("foreign-task", _("The report does not speak of this task."))
    if not caption.strip():
        raise DomainError("caption-missing", _("Say in a few words what the file shows."))
    kind, kept = _looked_at(data, no_secrecy=no_secrecy)
    name = PurePath(filename.replace("\\", "/")).name[:240] or "evidence"
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


def _looked_at(data: bytes, *, no_secrecy: bool) -> tuple[str, bytes]:
    """Return the kind of a file and the bytes to keep; refuse what is marked, broken or of a strange kind."""
    if len(data) > settings.MAX_UPLOAD_BYTES:
        most = settings.MAX_UPLOAD_BYTES // (1024 * 1024)
        raise DomainError("too-large", _("The file is larger than %(most)s MB.") % {"most": most})
    try:
        seen = run_in_child("liencap.reports.evidence:look", data=data)
        if seen["kind"] == "picture":
            return "picture", run_in_child("liencap.reports.evidence:bare_picture", data=data)
    except (ChildRefusal, ChildFailed) as failure:
        code = code_of(failure.code)
        if code == "scan-without-text" and no_secrecy:
            return "pdf", data
        if code == "scan-without-text":
            raise DomainError(
                "secrecy-unknown",
                _(
                    "The file's text cannot be read here, so a secrecy mark cannot be ruled out. "
                    "Declare below that it carries none, and send it again."
                ),
            ) from failure
        raise DomainError(code, str(sentence(code))) from failure
    if seen["mark"]:
        raise DomainError(
            "secrecy-mark",
            _("The document carries the secrecy mark “%(mark)s”. It was not stored and no copy was kept.")
            % {"mark": seen["mark"]},
        )
    return seen["kind"], data


@transaction.atomic
def remove_evidence(evidence: Evidence, *, actor: Actor) -> None:
    """Take a file off the draft; versions sent with it keep it."""
    report = evidence.report
    require_own(actor, "report.fill", report.obligation.unit)
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
