"""Rows of the jobs and the audit log with the names of their units, for one page at a time."""

from collections.abc import Iterable
from dataclasses import dataclass

from liencap.audit.models import Entry
from liencap.home.labels import DEEDS, FIELDS, JOBS, KINDS, words
from liencap.units.models import Unit
from liencap.work.models import Job


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A line of the log: the entry, its unit, deed and kind in words, and what changed as (field, old, new)."""

    entry: Entry
    unit: Unit | None
    deed: str
    kind: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class JobRow:
    """A line of background work: the job, its unit and what it does in words."""

    job: Job
    unit: Unit | None
    label: str


def entry_rows(entries: Iterable[Entry]) -> list[EntryRow]:
    """Join a page of entries with their units; one query."""
    entries = list(entries)
    units = _units({entry.unit_id for entry in entries})
    return [
        EntryRow(
            entry,
            units.get(entry.unit_id or 0),
            words(DEEDS, entry.action),
            words(KINDS, entry.kind),
            _changes(entry),
        )
        for entry in entries
    ]


def job_rows(jobs: Iterable[Job]) -> list[JobRow]:
    """Join a page of jobs with their units; one query."""
    jobs = list(jobs)
    units = _units({job.unit_id for job in jobs})
    return [JobRow(job, units.get(job.unit_id or 0), words(JOBS, job.kind)) for job in jobs]


def _units(ids: set[int | None]) -> dict[int, Unit]:
    return Unit.objects.in_bulk([pk for pk in ids if pk])


def _changes(entry: Entry) -> tuple[tuple[str, str, str], ...]:
    """Return the fields whose value differs; values are cut, the log itself is whole."""
    fields = sorted({*entry.old, *entry.new})
    pairs = ((field, entry.old.get(field), entry.new.get(field)) for field in fields)
    return tuple((words(FIELDS, field), _short(old), _short(new)) for field, old, new in pairs if old != new)


def _short(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= 120 else text[:119] + "…"
