"""Rows of the jobs and the audit log with the names of their units, for one page at a time."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from liencap.accounts.models import User
from liencap.audit.models import Entry
from liencap.audit.queries import boxes_of, opened
from liencap.core.text import fold
from liencap.home.labels import ACTORS, DEEDS, FIELDS, JOBS, KINDS, said_of, words
from liencap.units.models import Person, Unit
from liencap.work.models import Job

SHORT, LONGEST, PEOPLE = 120, 5000, 100
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
FINGERPRINT = re.compile(r"[0-9a-f]{64}")


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


def narrowed(entries: QuerySet[Entry], asked: dict[str, Any]) -> QuerySet[Entry]:
    """Keep the entries of a unit and all below it (by code) or of units with a name, of people, a kind, some days."""
    if asked["unit"]:
        code = asked["unit"].strip()
        whole = Unit.objects.filter(code__in=[code, code.upper(), code.lower()]).first()
        units = Unit.objects.all().below(whole) if whole else Unit.objects.all().matching(asked["unit"])
        entries = entries.filter(Exists(units.order_by().filter(pk=OuterRef("unit_id"))))
    if asked["who"]:
        people = Person.objects.filter(folded__contains=fold(asked["who"]), user__isnull=False)
        entries = entries.filter(actor_id__in=people.values("user_id"))
    if asked["kind"]:
        entries = entries.filter(kind=asked["kind"])
    if asked["since"]:
        entries = entries.filter(at__gte=_start(asked["since"]))
    if asked["until"]:
        entries = entries.filter(at__lt=_start(asked["until"] + datetime.timedelta(days=1)))
    return entries


def _start(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def entry_rows(entries: Iterable[Entry], *, whole: bool = False) -> list[EntryRow]:
    """Join a page of entries with units, accounts and people; three queries. Long values are cut unless `whole`."""
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
            _differing(entry.kind, entry.old, entry.new, LONGEST if whole else SHORT),
            *closed.get(entry.pk, (0, 0)),
        )
        for entry in entries
    ]


@dataclass(frozen=True, slots=True)
class PersonIn:
    """The personal values of one person in an entry: open with what changed, erased, or lost."""

    kind: str
    number: int
    state: str
    changes: tuple[tuple[str, str, str], ...]


def people_in(entry: Entry) -> list[PersonIn]:
    """Open the personal values of an entry, the first hundred; who asks was judged and is recorded."""
    return [
        PersonIn(words(KINDS, o.kind), o.object_id, o.state, _differing(o.kind, o.old, o.new, SHORT))
        for o in opened(entry, PEOPLE)
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


def _differing(
    kind: str, old: dict[str, Any], new: dict[str, Any], longest: int
) -> tuple[tuple[str, str, str], ...]:
    """Return the fields whose value differs, in words; long values are cut, the log itself is whole."""
    pairs = ((field, old.get(field), new.get(field)) for field in sorted({*old, *new}))
    return tuple(
        (words(FIELDS, f), _text(kind, f, o, longest), _text(kind, f, n, longest))
        for f, o, n in pairs
        if o != n
    )


def _day(text: str) -> str:
    """Write a day as people do; other texts stay."""
    try:
        day = datetime.date.fromisoformat(text) if ISO_DAY.fullmatch(text) else None
    except ValueError:
        return text
    return date_format(day, "SHORT_DATE_FORMAT") if day else text


def _plain(value: object, kind: str, field: str) -> str:
    """Write one value without the signs of a programming language; what nests is written from outside in."""
    if isinstance(value, str) and (said := said_of(kind, field)) and value in said:
        return str(said[value])
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        parts = ((key, field if key.isdigit() else f"{field}.{key}", one) for key, one in value.items())
        return ", ".join(f"{words(FIELDS, k)}: {_plain(one, kind, at) or '–'}" for k, at, one in parts)
    if isinstance(value, list):
        return " ".join(filter(None, (_plain(one, kind, field) for one in value)))
    return "" if value is None else _day(str(value))


def _text(kind: str, field: str, value: object, longest: int) -> str:
    several = value if isinstance(value, list) else [value]
    texts = [_plain(one, kind, field) for one in several]
    if longest == SHORT:
        texts = [text[:12] + "…" if FINGERPRINT.fullmatch(text) else text for text in texts]
    text = ", ".join(texts)
    return text if len(text) <= longest else text[: longest - 1] + "…"
