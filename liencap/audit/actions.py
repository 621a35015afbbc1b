"""Add entries to the log and seal them."""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import transaction

from liencap.audit.actor import Actor
from liencap.audit.chain import mac_of
from liencap.audit.models import Entry, Seal
from liencap.errors import crash_point

BATCH = 500


def record(
    action: str,
    *,
    actor: Actor,
    kind: str,
    object_id: int | None = None,
    unit_id: int | None = None,
    old: dict[str, Any] | None = None,
    new: dict[str, Any] | None = None,
) -> Entry:
    """Add one unchained entry within the caller's transaction."""
    assert transaction.get_connection().in_atomic_block, "a deed and its entry stand or fall together"
    return Entry.objects.create(
        actor_id=actor.user_id,
        actor_seat_id=actor.seat_id,
        actor_name=actor.name[:200],
        action=action,
        kind=kind,
        object_id=object_id,
        unit_id=unit_id,
        old=old or {},
        new=new or {},
    )


def digest(rows: list[Any]) -> str:
    """Return the sha256 of many rows, for the single entry of a bulk deed."""
    return hashlib.sha256(json.dumps(rows, default=str, separators=(",", ":")).encode()).hexdigest()


@transaction.atomic
def seal_entries(*, actor: Actor, limit: int = BATCH) -> int:
    """Chain the oldest unsealed entries and return how many; the unique number lets one sealer win."""
    assert actor.user_id is None, "only the system seals"
    last = Seal.objects.order_by("-number").first()
    number, previous = (last.number, last.mac) if last else (0, "")
    seals = []
    for entry in Entry.objects.filter(seal__isnull=True).order_by("pk")[:limit]:
        number += 1
        previous = mac_of(entry, number, previous)
        seals.append(Seal(entry=entry, number=number, mac=previous))
    crash_point("seal-before-write")
    Seal.objects.bulk_create(seals)
    crash_point("seal-before-commit")
    if seals:
        transaction.on_commit(lambda: _append_head(number, previous))
    return len(seals)


def _append_head(number: int, mac: str) -> None:
    """Write the head of the chain to a file beside the keys, outside the database."""
    crash_point("seal-before-head")
    with (settings.KEYS / "audit-heads").open("a") as heads:
        heads.write(f"{number} {mac}\n")
