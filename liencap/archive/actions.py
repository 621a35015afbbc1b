"""File records and write down what the checks of their files found."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from liencap.archive.models import DigitalObject, Fonds, Record, Series
from liencap.archive.search import KIND, text_of
from liencap.audit.actions import record
from liencap.audit.actor import SYSTEM, Actor
from liencap.documents import store
from liencap.errors import crash_point
from liencap.search.actions import index_texts
from liencap.units.access import require
from liencap.units.models import Unit
from liencap.work.actions import enqueue
from liencap.work.models import Job

OTHER = "application/octet-stream"
MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "pdf": "application/pdf",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Filed:
    """A file for a record: its name, its kind ("pdf"), and the sha256 under which the store has its bytes."""

    filename: str
    kind: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Description:
    """What is said of a record; days are those of the matter, not of the filing."""

    title: str
    symbol: str = ""
    creator: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None
    language: str = ""
    text: str = ""


@transaction.atomic
def file_record(
    unit: Unit, series: Series.Kind, description: Description, files: Sequence[Filed], *,
    source: tuple[str, int], actor: Actor, replaces: tuple[str, int] | None = None,
) -> Record:  # fmt: skip
    """File a record with its files in the unit's fonds, once for each source; the bytes are stored already.

    `replaces` is the source of the record in whose place it stands.

    The caller has judged: it files what its own deed has just made, in the same transaction.
    """
    known = _filed(source)
    if known is not None:
        return known
    held = _series(unit, series)
    year = (description.until or description.since or timezone.localdate()).year
    last = held.records.filter(year=year).aggregate(last=Max("number"))["last"]
    made = Record(
        series=held, year=year, number=(last or 0) + 1, title=description.title[:500],
        description=description.text, symbol=description.symbol[:80], creator=description.creator[:300],
        since=description.since, until=description.until, language=description.language[:8],
        source_kind=source[0], source_id=source[1], filed_by_seat_id=actor.seat_id,
        replaces=_filed(replaces) if replaces else None,
    )  # fmt: skip
    made.derive()
    made.save()
    index_texts(KIND, [(made.pk, text_of(made))], actor=actor)
    DigitalObject.objects.bulk_create(
        DigitalObject(
            record=made, order=order, filename=file.filename[:255], media_type=MEDIA_TYPES.get(file.kind, OTHER),
            size=store.path_of(file.sha256).stat().st_size, sha256=file.sha256,
        )
        for order, file in enumerate(files, 1)
    )  # fmt: skip
    record(
        "file_record", actor=actor, kind="record", object_id=made.pk, unit_id=unit.pk,
        new={"reference": made.reference, "source": list(source), "files": [f.sha256 for f in files]},
    )  # fmt: skip
    crash_point("file-before-commit")
    return made


def _filed(source: tuple[str, int]) -> Record | None:
    return Record.objects.filter(source_kind=source[0], source_id=source[1]).first()


def _series(unit: Unit, kind: Series.Kind) -> Series:
    """Return a series of the unit's fonds, both made when first needed, locked while a number is given."""
    fonds, _new = Fonds.objects.get_or_create(unit=unit)
    series, _new = Series.objects.get_or_create(fonds=fonds, kind=kind)
    locked = Series.objects.select_for_update(of=("self",)).select_related("fonds__unit")
    return locked.get(pk=series.pk)


@transaction.atomic
def order_check(unit: Unit, *, actor: Actor) -> Job:
    """Queue a check of every file that the unit and those below it have filed."""
    require(actor, "archive.check", unit)
    job = enqueue("check-fixity", {"unit": unit.pk}, actor=actor, key=str(unit.pk), unit_id=unit.pk)
    record("order_check", actor=actor, kind="unit", object_id=unit.pk, unit_id=unit.pk)
    return job


@transaction.atomic
def note_fixity(found: Mapping[int, str], *, actor: Actor) -> None:
    """Write down what a check found: file id -> state; one entry for each file that is not sound."""
    assert actor == SYSTEM, "only the job checks"
    now = timezone.now()
    objects = list(DigitalObject.objects.filter(pk__in=found).select_related("record__series__fonds"))
    for one in objects:
        old, one.fixity, one.checked_at = one.fixity, found[one.pk], now
        if one.is_broken and old != one.fixity:
            record(
                "note_fixity", actor=actor, kind="record", object_id=one.record_id,
                unit_id=one.record.series.fonds.unit_id, old={"fixity": old},
                new={"fixity": one.fixity, "file": one.filename, "sha256": one.sha256},
            )  # fmt: skip
    DigitalObject.objects.bulk_update(objects, ["fixity", "checked_at"])
