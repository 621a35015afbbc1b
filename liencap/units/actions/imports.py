"""Import units and seats from a sheet: upload and judge, then apply all or nothing."""

import hashlib
import secrets
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.errors import DomainError, NotAllowed, crash_point
from liencap.units.access import require, today, too_wide
from liencap.units.actions.importing import write_rows
from liencap.units.judging import ERROR, Given, Judged, judge
from liencap.units.models import ImportBatch, ImportRow, Seat, Unit
from liencap.units.queries import import_world
from liencap.work.actions import refresh_statistics
from liencap.work.child import ChildFailed, ChildRefusal, run_in_child

QUARANTINE = "quarantine"
SECONDS = 30
MANY = 1000  # rows that change what the database should expect of its tables


def upload_import(data: bytes, file_name: str, *, unit: Unit | None, actor: Actor) -> ImportBatch:
    """Read a sheet in the child process and keep a preview for a unit's subtree; nothing else changes."""
    _may_import(unit, actor)
    stored = _store(data)
    try:
        rows = _read(data)
        with transaction.atomic():
            return _keep(rows, data, file_name, stored, unit=unit, actor=actor)
    except BaseException:
        _unlink(stored)
        raise


@transaction.atomic
def apply_import(batch: ImportBatch, *, actor: Actor) -> dict[str, int]:
    """Apply a preview as it was shown; refuse when a row is wrong or the tree has changed since."""
    _may_import(batch.unit, actor)
    batch = _locked(batch)
    rows = list(batch.rows.order_by("line"))
    given = [Given(row.line, row.given, row.problem) for row in rows]
    world = import_world(given, scope=batch.unit, too_wide=partial(too_wide, actor), today=today())
    judged = judge(given, world)
    if any(one.state == ERROR for one in judged):
        raise DomainError(
            "import-errors",
            _("Some lines are wrong; nothing was imported. Mend the file and upload it again."),
        )
    if [one.state for one in judged] != [row.state for row in rows]:
        raise DomainError("import-stale", _("The tree has changed since the preview. Upload the file again."))
    counts = write_rows(judged, world, unit_id=batch.unit_id, actor=actor)
    _note_seats(rows, judged)
    crash_point("import-after-rows")
    _close(batch, ImportBatch.State.APPLIED)
    if len(rows) >= MANY:
        transaction.on_commit(refresh_statistics)
    record(
        "apply_import", actor=actor, kind="import", object_id=batch.pk, unit_id=batch.unit_id,
        new={**counts, "rows": len(rows), "sha256": batch.sha256},
    )  # fmt: skip
    return counts


@transaction.atomic
def drop_import(batch: ImportBatch, *, actor: Actor) -> None:
    """Throw a preview away."""
    _may_import(batch.unit, actor)
    batch = _locked(batch)
    _close(batch, ImportBatch.State.DROPPED)
    batch.rows.all().delete()
    record("drop_import", actor=actor, kind="import", object_id=batch.pk, unit_id=batch.unit_id)


def _note_seats(rows: list[ImportRow], judged: list[Judged]) -> None:
    """Keep which seat each line filled, so that slips can be made for exactly these."""
    keys = [one.values.get("seat_key", "") if one.values.get("person_name") else "" for one in judged]
    named = sorted(filter(None, keys))
    seats = {k: v for at in range(0, len(named), 500) for k, v in Seat.objects.filter(key__in=named[at : at + 500]).values_list("key", "pk")}  # noqa: E501  # fmt: skip
    for row, key in zip(rows, keys, strict=True):
        row.seat_id = seats.get(key)
    ImportRow.objects.bulk_update([row for row in rows if row.seat_id], ["seat"], batch_size=500)


def _may_import(unit: Unit | None, actor: Actor) -> None:
    if unit is not None:
        require(actor, "unit.edit", unit)
    elif actor.user_id is not None or actor.name != "system":
        raise NotAllowed("not-allowed", _("Your seat does not carry the right to do this here."))


def _locked(batch: ImportBatch) -> ImportBatch:
    """Take the preview for oneself: of two who confirm, one wins."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != ImportBatch.State.PREVIEW:
        raise DomainError("import-over", _("This import has already been applied or dropped."))
    return batch


def _close(batch: ImportBatch, state: str) -> None:
    stored, batch.state, batch.stored, batch.closed_at = batch.stored, state, "", timezone.now()
    batch.save(update_fields=["state", "stored", "closed_at"])
    transaction.on_commit(lambda: _unlink(stored))


def _keep(
    rows: list[Given], data: bytes, file_name: str, stored: str, *, unit: Unit | None, actor: Actor
) -> ImportBatch:
    """Write the preview; an older one that the same person left open is dropped."""
    for old in ImportBatch.objects.filter(unit=unit, made_by=actor.user_id, state=ImportBatch.State.PREVIEW):
        drop_import(old, actor=actor)
    judged = judge(rows, import_world(rows, scope=unit, too_wide=partial(too_wide, actor), today=today()))
    sha256 = hashlib.sha256(data).hexdigest()
    batch = ImportBatch.objects.create(
        unit=unit, made_by=actor.user_id, file_name=file_name[-200:], sha256=sha256, stored=stored
    )
    made = [_row(batch, one, row) for one, row in zip(judged, rows, strict=True)]
    ImportRow.objects.bulk_create(made, batch_size=500)
    record(
        "upload_import", actor=actor, kind="import", object_id=batch.pk, unit_id=batch.unit_id,
        new={"rows": len(rows), "sha256": sha256},
    )  # fmt: skip
    return batch


def _row(batch: ImportBatch, one: Judged, row: Given) -> ImportRow:
    return ImportRow(
        batch=batch,
        line=one.line,
        given=row.values,
        problem=row.problem,
        state=one.state,
        message=one.message[:400],
    )


def _read(data: bytes) -> list[Given]:
    try:
        sheet = run_in_child("liencap.units.sheet:read_sheet", data=data, seconds=SECONDS)
    except ChildRefusal as refusal:
        raise DomainError(f"sheet-{refusal.code}", _refusal(refusal.code, refusal.message)) from refusal
    except ChildFailed as failure:
        raise DomainError("sheet-unreadable", _("The file could not be read.")) from failure
    return [Given(row["line"], row["given"], row["problem"]) for row in sheet["rows"]]


def _refusal(code: str, detail: str) -> str:
    """Say why the file as a whole is refused."""
    words = {
        "old-excel": _("This is an old or locked Excel file. Save it as XLSX without a password."),
        "empty": _("The file has no rows."),
        "unknown-column": _("The column “%(name)s” is not known. See the columns on this page."),
        "double-column": _("The column “%(name)s” stands twice."),
        "no-code-column": _("The column with the unit code is missing."),
        "too-large": _("The file is too large when unpacked."),
        "encoding": _("The file is not UTF-8 text. Save it as XLSX or as CSV UTF-8."),
        "too-many-rows": _("The file has more than %(name)s rows. Split it."),
    }
    return words.get(code, _("The file could not be read.")) % {"name": detail}


def _store(data: bytes) -> str:
    """Keep the upload where only we read it, until it is applied or dropped."""
    folder = settings.FILES / QUARANTINE
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = secrets.token_hex(16)
    path = folder / name
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(data)
    return name


def _unlink(stored: str) -> None:
    if stored:
        (settings.FILES / QUARANTINE / stored).unlink(missing_ok=True)
