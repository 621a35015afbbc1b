"""Verify the chain and read its head."""

import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from liencap.audit.boxes import Values, digest_of, open_box
from liencap.audit.chain import mac_of
from liencap.audit.keystore import people_keys
from liencap.audit.models import Box, Entry, Seal, Subject

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verify found: how many sealed and unsealed entries, and the problems in words."""

    sealed: int
    unsealed: int
    problems: tuple[str, ...]


def head() -> str:
    """Return the newest seal as printed in reports: number and first 16 hex digits."""
    last = Seal.objects.order_by("-number").first()
    return f"{last.number}:{last.mac[:16]}" if last else "0:"


def entries_of_units(units: QuerySet[Any, Any], *, and_of_none: bool = False) -> QuerySet[Entry]:
    """Return the entries of units, newest first; those that belong to no unit when asked.

    Each entry asks for its unit: the newest of a page are found without listing 300,000 units first.
    """
    wanted = Q(Exists(units.filter(pk=OuterRef("unit_id"))))
    return Entry.objects.filter(wanted | Q(unit_id=None) if and_of_none else wanted).order_by("-pk")


def subjects_of(whom: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Subject]:
    """Return the subjects that have, or had, a key."""
    found: dict[tuple[str, int], Subject] = {}
    for kind, pairs in groupby(sorted(set(whom)), key=lambda pair: pair[0]):
        for some in _chunks(pk for _kind, pk in pairs):
            for subject in Subject.objects.filter(kind=kind, object_id__in=some):
                found[kind, subject.object_id] = subject
    return found


@dataclass(frozen=True, slots=True)
class Opened:
    """The personal values of one subject in an entry: readable, or erased, or lost with their key."""

    kind: str
    object_id: int
    state: str
    old: Values
    new: Values


def boxes_of(entries: Iterable[Entry]) -> dict[int, tuple[int, int]]:
    """Return by entry how many people's values it holds and how many of them were erased; one query."""
    closed = [entry.pk for entry in entries if entry.personal_digest]
    rows = Box.objects.filter(entry_id__in=closed).order_by().values_list("entry_id")
    return {pk: (n, gone) for pk, n, gone in rows.annotate(Count("pk"), Count("subject__erased_at"))}


def opened(entry: Entry, limit: int) -> list[Opened]:
    """Open the first boxes of an entry; the caller judges who may, and records the read."""
    boxes = list(entry.boxes.select_related("subject").order_by("pk")[:limit])
    keys = people_keys().read(b.subject.slot for b in boxes)
    return [_opened(b, keys) for b in boxes]


def _opened(box: Box, keys: dict[int, bytes]) -> Opened:
    subject = box.subject
    key = keys.get(subject.slot) if subject.erased_at is None else None
    values = open_box(key, str(subject), bytes(box.box)) if key else None
    state = "erased" if subject.erased_at else "open" if values else "lost"
    return Opened(subject.kind, subject.object_id, state, *(values or ({}, {})))


def verify() -> Verdict:
    """Recompute every seal; compare the chain with the heads kept in the key folder and the keys with their people."""
    sealed, problems = 0, []
    macs: dict[int, str] = {}
    wanted = dict(_heads())
    previous = ""
    seals = Seal.objects.select_related("entry").order_by("number").iterator(2000)
    for seal, digest in _with_digests(seals):
        sealed += 1
        if seal.number != sealed:
            problems.append(f"seal {sealed} is missing")
            break
        previous = mac_of(seal.entry, seal.number, previous)
        if not hmac.compare_digest(previous, seal.mac):
            problems.append(f"entry {seal.entry_id} (seal {seal.number}) was changed")
            break
        if digest != seal.entry.personal_digest:
            problems.append(f"the closed personal values of entry {seal.entry_id} were changed")
            break
        if seal.number in wanted:
            macs[seal.number] = seal.mac
    if not problems:
        problems += [
            f"the kept head {n} is not in the chain" for n, mac in wanted.items() if macs.get(n) != mac
        ][:5]
    problems += _key_problems()
    return Verdict(sealed, Entry.objects.filter(seal__isnull=True).count(), tuple(problems))


def _with_digests(seals: Iterator[Seal]) -> Iterator[tuple[Seal, str]]:
    """Yield seals with the digest of the boxes that their entries have now."""
    while some := list(islice(seals, CHUNK)):
        boxes = Box.objects.filter(entry_id__in=[s.entry_id for s in some]).order_by("entry_id")
        rows = boxes.values_list("entry_id", "subject_id", "box").iterator(2000)
        digests = {
            entry: digest_of((subject, bytes(box)) for _entry, subject, box in of_one)
            for entry, of_one in groupby(rows, key=lambda row: row[0])
        }
        yield from ((seal, digests.get(seal.entry_id, "")) for seal in some)


def _key_problems() -> list[str]:
    """Say whether erased people still have a key, or others lack theirs."""
    alive = lost = 0
    subjects = Subject.objects.order_by("slot").values_list("slot", "erased_at").iterator(2000)
    while some := dict(islice(subjects, 2000)):
        keys = people_keys().read(some)
        alive += sum(slot in keys for slot, erased in some.items() if erased)
        lost += sum(slot not in keys for slot, erased in some.items() if not erased)
    said = ((alive, "erased people still have a key"), (lost, "people have lost their key"))
    return [f"{count} {words}" for count, words in said if count]


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    some = iter(ids)
    while chunk := list(islice(some, CHUNK)):
        yield chunk


def _heads() -> Iterator[tuple[int, str]]:
    path = settings.KEYS / "audit-heads"
    for line in path.read_text().splitlines() if path.exists() else ():
        number, _, mac = line.partition(" ")
        yield int(number), mac
