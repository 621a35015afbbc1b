"""Fetch records and judge: what a seat does not see does not exist for it."""

from django.http import Http404

from liencap.archive.models import DigitalObject, Record, RecordQuerySet
from liencap.audit.actor import Actor
from liencap.units.access import can, units_visible_to

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


def get_file_for(actor: Actor, pk: int) -> DigitalObject:
    """Fetch a file of a record, or 404."""
    found = DigitalObject.objects.select_related("record__series__fonds__unit").filter(pk=pk).first()
    if found is None or not can(actor, "archive.view", found.record.series.fonds.unit):
        raise Http404
    return found
