"""Fetch records and judge: what a seat does not see does not exist for it."""

from django.http import Http404

from liencap.archive.models import DigitalObject, Record, RecordQuerySet, Series
from liencap.audit.actor import Actor
from liencap.units.access import can, member_of, units_visible_to
from liencap.units.models import Unit

ISSUED = (
    Series.Kind.PLAN,
    Series.Kind.REPORT,
)  # adopted or published; other records are the unit's own business
JOINED = ("series__fonds__unit", "filed_by_seat__role", "filed_by_seat__unit")


def records_visible_to(actor: Actor) -> RecordQuerySet:
    """Return the records of the units whose archive the actor's seat may see, newest first."""
    units = units_visible_to(actor, "archive.view")
    return Record.objects.filter(series__fonds__unit__in=units).select_related("series__fonds__unit")


def get_record_for(actor: Actor, pk: int) -> Record:
    """Fetch a record, or 404."""
    found = Record.objects.select_related(*JOINED).filter(pk=pk).first()
    if found is None or not can(actor, "archive.view", found.series.fonds.unit):
        raise Http404
    return found


def find_record(actor: Actor, kind: str, pk: int) -> Record | None:
    """Return the record filed from a row of an upper room, if there is one and the actor may see it."""
    found = (
        Record.objects.select_related("series__fonds__unit").filter(source_kind=kind, source_id=pk).first()
    )
    return found if found and can(actor, "archive.view", found.series.fonds.unit) else None


def issued_by(unit: Unit) -> RecordQuerySet:
    """Return the records of a unit that its members may read: what was adopted or published, newest first."""
    found = Record.objects.filter(series__fonds__unit=unit, series__kind__in=ISSUED)
    return found.select_related("series__fonds__unit", "replaces__series__fonds__unit").prefetch_related(
        "replaced_by__series__fonds__unit"
    )


def get_file_for(actor: Actor, pk: int) -> DigitalObject:
    """Fetch a file of a record: by right of a seat, or as a member of the unit that issued it; else 404."""
    found = DigitalObject.objects.select_related("record__series__fonds__unit").filter(pk=pk).first()
    if found is None:
        raise Http404
    series = found.record.series
    if not can(actor, "archive.view", series.fonds.unit) and not (
        series.kind in ISSUED and member_of(actor.user_id, series.fonds.unit)
    ):
        raise Http404
    return found
