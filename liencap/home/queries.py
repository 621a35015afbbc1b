"""Rows of the jobs and the audit log with the names of their units, for one page at a time."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from liencap.accounts.models import User
from liencap.audit.models import Entry
from liencap.audit.queries import boxes_of
from liencap.home.labels import ACTORS, DEEDS, FIELDS, JOBS, KINDS, words
from liencap.units.models import Unit
from liencap.work.models import Job


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A line of the log: who did what where, in words, and what changed as (field, old, new).

    `people` are those whose personal values the entry holds closed, `erased` how many of them were erased.
    """

    entry: Entry
    who: str
    unit: Unit | None
    deed: str
    kind: str
    changes: tuple[tuple[str, str, str], ...]
    people: int = 0
    erased: int = 0


@dataclass(frozen=True, slots=True)
class JobRow:
    """A line of background work: the job, its unit and what it does in words."""

    job: Job
    unit: Unit | None
    label: str


def entry_rows(entries: Iterable[Entry]) -> list[EntryRow]:
    """Join a page of entries with units, accounts and people; three queries."""
    entries = list(entries)
    units = _units({entry.unit_id for entry in entries})
    accounts = User.objects.in_bulk([entry.actor_id for entry in entries if entry.actor_id])
    closed = boxes_of(entries)
    return [
        EntryRow(
            entry,
            _who(entry, accounts),
            units.get(entry.unit_id or 0),
            words(DEEDS, entry.action),
            words(KINDS, entry.kind),
            _changes(entry),
            *closed.get(entry.pk, (0, 0)),
        )
        for entry in entries
    ]


def _who(entry: Entry, accounts: dict[int, User]) -> str:
    """Name who acted: the account as it is called today, nobody's name after an erasure."""
    if entry.actor_id is None:
        return words(ACTORS, entry.actor_name)
    account = accounts.get(entry.actor_id)
    return (account.name if account else entry.actor_name) or _("erased account %(number)s") % {
        "number": entry.actor_id
    }


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
