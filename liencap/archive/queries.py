"""Reads of the archive for its pages and its job."""

from django.db.models import QuerySet

from liencap.archive.models import DigitalObject, RecordQuerySet, Series
from liencap.units.models import Unit


def narrowed(records: RecordQuerySet, *, typed: str, kind: str, year: str, unit: str) -> RecordQuerySet:
    """Keep what the filters of the list ask for; a filter that says nothing sensible is left out."""
    records = records.matching(typed)
    if kind in Series.Kind.values:
        records = records.filter(series__kind=kind)
    if year.isdecimal() and len(year) == 4:
        records = records.filter(year=int(year))
    if unit.isdecimal() and len(unit) < 18:
        records = records.filter(series__fonds__unit_id=int(unit))
    return records


def years_of(records: RecordQuerySet) -> list[int]:
    """Return the years that records are from, newest first."""
    return list(records.order_by("-year").values_list("year", flat=True).distinct())


def broken(records: RecordQuerySet) -> int:
    """Count the files among records that the last check did not find sound."""
    states = [DigitalObject.Fixity.CHANGED, DigitalObject.Fixity.MISSING]
    return DigitalObject.objects.filter(record__in=records.order_by(), fixity__in=states).count()


def files_below(unit: Unit) -> QuerySet[DigitalObject]:
    """Return the files filed by a unit and those below it, by id."""
    units = Unit.objects.all().below(unit)
    return DigitalObject.objects.filter(record__series__fonds__unit__in=units).order_by("pk")
