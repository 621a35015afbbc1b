"""Verify the chain and read its head."""

import hmac
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from liencap.audit.chain import mac_of
from liencap.audit.models import Entry, Seal


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


def entries_of_units(unit_ids: Collection[int] | QuerySet[Any, Any]) -> QuerySet[Entry]:
    """Return the entries of units, newest first."""
    return Entry.objects.filter(unit_id__in=unit_ids).order_by("-pk")


def verify() -> Verdict:
    """Recompute every seal; compare the chain with the heads kept in the key folder."""
    sealed, problems = 0, []
    macs: dict[int, str] = {}
    wanted = dict(_heads())
    previous = ""
    for seal in Seal.objects.select_related("entry").order_by("number").iterator(2000):
        sealed += 1
        if seal.number != sealed:
            problems.append(f"seal {sealed} is missing")
            break
        previous = mac_of(seal.entry, seal.number, previous)
        if not hmac.compare_digest(previous, seal.mac):
            problems.append(f"entry {seal.entry_id} (seal {seal.number}) was changed")
            break
        if seal.number in wanted:
            macs[seal.number] = seal.mac
    if not problems:
        problems += [
            f"the kept head {n} is not in the chain" for n, mac in wanted.items() if macs.get(n) != mac
        ][:5]
    return Verdict(sealed, Entry.objects.filter(seal__isnull=True).count(), tuple(problems))


def _heads() -> Iterator[tuple[int, str]]:
    path = settings.KEYS / "audit-heads"
    for line in path.read_text().splitlines() if path.exists() else ():
        number, _, mac = line.partition(" ")
        yield int(number), mac
