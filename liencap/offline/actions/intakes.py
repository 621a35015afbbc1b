"""Take in what came back: files are kept apart, read one by one, and judged; nothing is entered yet."""

import hashlib
from collections.abc import Sequence
from pathlib import PurePath

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from liencap.audit.actions import digest, record
from liencap.audit.actor import Actor
from liencap.errors import DomainError, crash_point
from liencap.offline import quarantine
from liencap.offline.access import RIGHT, require_intake
from liencap.offline.matching import Outcome, outcome_of, same_as
from liencap.offline.models import Intake, ReturnedFile
from liencap.reports.access import require_own
from liencap.reports.models import Report
from liencap.units.models import Unit
from liencap.work.actions import enqueue

MOST = 2_000  # files of one drop, those inside ZIPs counted
State = ReturnedFile.State
Named = Sequence[tuple[str, bytes]]


def drop_files(unit: Unit, files: Named, *, actor: Actor, report: Report | None = None) -> Intake:
    """Keep dropped files in quarantine and queue their reading; with a report they are the unit's own."""
    require_own(actor, RIGHT if report is None else "report.fill", unit)
    if not files:
        raise DomainError("no-files", _("Choose at least one file."))
    if sum(len(data) for _name, data in files) > settings.MAX_UPLOAD_BYTES:
        most = settings.MAX_UPLOAD_BYTES // (1024 * 1024)
        raise DomainError("too-large", _("The files together are larger than %(most)s MB.") % {"most": most})
    stored: list[str] = []
    try:
        rows = []
        for name, data in files:
            stored.append(quarantine.put(data))
            rows.append(_row(name, data, stored[-1]))
        return _keep(unit, rows, report, actor)
    except BaseException:
        for name in stored:
            quarantine.drop(name)
        raise


def _row(name: str, data: bytes, stored: str) -> ReturnedFile:
    shown = PurePath(name.replace("\\", "/")).name[:200] or "file"
    return ReturnedFile(name=shown, size=len(data), sha256=hashlib.sha256(data).hexdigest(), stored=stored)


@transaction.atomic
def _keep(unit: Unit, rows: list[ReturnedFile], report: Report | None, actor: Actor) -> Intake:
    intake = Intake.objects.create(
        unit=unit, report=report, made_by=actor.user_id, made_by_seat_id=actor.seat_id
    )
    for row in rows:
        row.intake = intake
    ReturnedFile.objects.bulk_create(rows)
    if report is None:
        args = {"intake": intake.pk, "language": get_language()}
        intake.job = enqueue("offline-read", args, actor=actor, key=f"intake-{intake.pk}", unit_id=unit.pk)
        intake.save(update_fields=["job"])
    record(
        "drop_files", actor=actor, kind="intake", object_id=intake.pk, unit_id=unit.pk,
        new={"count": len(rows), "digest": digest([row.sha256 for row in rows])},
    )  # fmt: skip
    return intake


def note_unpacked(file: ReturnedFile, inner: Named, *, actor: Actor) -> None:
    """Put the files of a ZIP in its place; a second time changes nothing."""
    stored: list[str] = []
    try:
        rows = []
        for name, data in inner:
            stored.append(quarantine.put(data))
            rows.append(_row(name, data, stored[-1]))
        written = _write_inner(file, rows, actor)
    except BaseException:
        written = False
        raise
    finally:
        if not written:
            for name in stored:
                quarantine.drop(name)


@transaction.atomic
def _write_inner(file: ReturnedFile, rows: list[ReturnedFile], actor: Actor) -> bool:
    file = ReturnedFile.objects.select_for_update().get(pk=file.pk)
    if file.state != State.WAITING:
        return False
    if file.intake.files.count() + len(rows) > MOST:
        file.state, file.code, file.detail = State.REFUSED, "too-many-files", str(MOST)
        file.save(update_fields=["state", "code", "detail"])
        return False
    for row in rows:
        row.intake_id, row.inside = file.intake_id, file
    ReturnedFile.objects.bulk_create(rows, batch_size=500)
    kept, file.state, file.stored = file.stored, State.UNPACKED, ""
    file.save(update_fields=["state", "stored"])
    record(
        "unpack_file", actor=actor, kind="intake", object_id=file.intake_id, unit_id=file.intake.unit_id,
        new={"count": len(rows), "sha256": file.sha256},
    )  # fmt: skip
    transaction.on_commit(lambda: quarantine.drop(kept))
    crash_point("unpack-before-commit")
    return True


@transaction.atomic
def note_read(file: ReturnedFile, outcome: Outcome, *, actor: Actor) -> ReturnedFile:
    """Write what a file is and says; of files that say different things of one unit none is chosen."""
    file = ReturnedFile.objects.select_for_update().select_related("intake").get(pk=file.pk)
    if file.state != State.WAITING:
        return file
    if first := same_as(file):
        outcome = outcome_of("duplicate", first.name)
    file.state, file.code, file.detail = outcome.state, outcome.code, outcome.detail[:300]
    file.issued_id, file.content, file.places = outcome.issued, outcome.content, outcome.places
    file.problems, file.problem_count = outcome.problems, outcome.problem_count
    file.chosen = outcome.state == State.READY and not outcome.code
    rivals = _rivals(file)
    if rivals:
        ReturnedFile.objects.filter(pk__in=[r.pk for r in rivals]).update(chosen=False, code="twice")
        file.chosen, file.code = False, "twice"
    if file.code == "secrecy-mark":
        kept, file.stored = file.stored, ""
        transaction.on_commit(lambda: quarantine.drop(kept))
    file.save()
    record(
        "read_file", actor=actor, kind="intake", object_id=file.intake_id, unit_id=file.intake.unit_id,
        new={"sha256": file.sha256, "state": file.state, "code": file.code, "problems": file.problem_count},
    )  # fmt: skip
    crash_point("file-read-before-commit")
    return file


def _rivals(file: ReturnedFile) -> list[ReturnedFile]:
    """Return other usable files of the drop for the same report."""
    if file.issued_id is None or file.state not in (State.READY, State.WRONG):
        return []
    assert file.issued is not None, "it has an id"
    same = ReturnedFile.objects.filter(intake_id=file.intake_id, issued__report_id=file.issued.report_id)
    return list(same.filter(state__in=[State.READY, State.WRONG]).exclude(pk=file.pk))


@transaction.atomic
def choose_file(file: ReturnedFile, *, chosen: bool, actor: Actor) -> ReturnedFile:
    """Take a file or leave it out; taking one of several for the same unit leaves the others out."""
    intake = Intake.objects.select_for_update().select_related("unit").get(pk=file.intake_id)
    require_intake(actor, intake)
    file = ReturnedFile.objects.select_for_update(of=("self",)).select_related("issued").get(pk=file.pk)
    if intake.state != Intake.State.OPEN or file.state not in (State.READY, State.LEFT):
        raise DomainError("not-open", _("This file can no longer be chosen."), status=409)
    for rival in _rivals(file) if chosen else ():
        rival.chosen = False
        rival.save(update_fields=["chosen"])
    file.chosen = chosen
    file.save(update_fields=["chosen"])
    record(
        "choose_file", actor=actor, kind="intake", object_id=intake.pk, unit_id=intake.unit_id,
        new={"sha256": file.sha256, "chosen": chosen},
    )  # fmt: skip
    return file


@transaction.atomic
def close_intake(intake: Intake, *, actor: Actor) -> None:
    """End a drop: what was not entered is left out and its files are deleted."""
    intake = Intake.objects.select_for_update().select_related("unit").get(pk=intake.pk)
    require_intake(actor, intake)
    if intake.state != Intake.State.OPEN:
        raise DomainError("intake-over", _("These files have already been entered or left out."), status=409)
    intake.state, intake.closed_at = Intake.State.CLOSED, timezone.now()
    intake.save(update_fields=["state", "closed_at"])
    kept = [name for name in intake.files.values_list("stored", flat=True) if name]
    left = intake.files.filter(state__in=[State.WAITING, State.READY, State.WRONG])
    # Nothing of what a unit wrote stays here unless it was entered.
    count = left.update(state=State.LEFT, chosen=False)
    intake.files.exclude(state=State.BOOKED).update(stored="", content={}, places={}, problems=[])
    record(
        "close_intake", actor=actor, kind="intake", object_id=intake.pk, unit_id=intake.unit_id,
        new={"left": count},
    )  # fmt: skip
    transaction.on_commit(lambda: quarantine.drop(*kept))
