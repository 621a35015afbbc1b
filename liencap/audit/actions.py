"""Add entries to the log and seal them."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from liencap.audit.actor import About, Actor
from liencap.audit.boxes import close, digest_of
from liencap.audit.chain import mac_of
from liencap.audit.keystore import people_keys
from liencap.audit.models import Box, Entry, Seal, Subject
from liencap.audit.queries import subjects_of
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
    about: Sequence[About] = (),
) -> Entry:
    """Add one unchained entry within the caller's transaction; `about` holds what is personal in the deed."""
    assert transaction.get_connection().in_atomic_block, "a deed and its entry stand or fall together"
    boxes = _closed(about)
    entry = Entry.objects.create(
        actor_id=actor.user_id,
        actor_seat_id=actor.seat_id,
        actor_name="" if actor.user_id else actor.name[:200],
        action=action,
        kind=kind,
        object_id=object_id,
        unit_id=unit_id,
        old=old or {},
        new=new or {},
        personal_digest=digest_of(boxes),
    )
    Box.objects.bulk_create(
        [Box(entry=entry, subject_id=subject, box=box) for subject, box in boxes], batch_size=BATCH
    )
    return entry


def record_read(
    what: str,
    *,
    actor: Actor,
    kind: str,
    object_id: int | None = None,
    unit_id: int | None = None,
    count: int = 0,
    people: Sequence[int] = (),
) -> Entry:
    """Record that personal data of others was shown: what it was, of whom or of how many; never the data."""
    with transaction.atomic():
        new = {"what": what, "count": count or len(people), **({"people": list(people)} if people else {})}
        return record("read_personal", actor=actor, kind=kind, object_id=object_id, unit_id=unit_id, new=new)


@transaction.atomic
def forget(whom: Sequence[tuple[str, int]], *, actor: Actor) -> None:
    """Give up the keys of subjects with the caller's deed: the entries stay, what is in their boxes is gone."""
    subjects = list(subjects_of(whom).values())
    Subject.objects.filter(pk__in=[s.pk for s in subjects], erased_at=None).update(erased_at=timezone.now())
    record("forget", actor=actor, kind="key", new={"count": len(subjects)})
    transaction.on_commit(lambda: _destroy(subjects))


def destroy_given_up_keys() -> int:
    """Destroy the keys that a crash left between the erasure and its last step; return how many."""
    return people_keys().destroy(Subject.objects.exclude(erased_at=None).values_list("slot", flat=True))


def _destroy(subjects: Iterable[Subject]) -> None:
    crash_point("erase-before-key")
    people_keys().destroy(subject.slot for subject in subjects)


def _closed(about: Sequence[About]) -> list[tuple[int, bytes]]:
    """Close the values of each subject with its key; of a subject that was erased nothing is kept."""
    if not about:
        return []
    subjects = _with_keys([(a.kind, a.object_id) for a in about])
    keys = people_keys().read(s.slot for s in subjects.values())
    found = []
    for a in about:
        subject = subjects[a.kind, a.object_id]
        if subject.erased_at is None:
            found.append((subject.pk, close(keys[subject.slot], str(subject), a.old, a.new)))
    return found


def _with_keys(whom: list[tuple[str, int]]) -> dict[tuple[str, int], Subject]:
    """Return the subjects, each with a key unless erased; new keys are written together, once."""
    known = subjects_of(whom)
    lacking = [pair for pair in dict.fromkeys(whom) if pair not in known]
    if lacking:
        slots = _new_keys(len(lacking))
        made = [Subject(kind=k, object_id=i, slot=slot) for (k, i), slot in zip(lacking, slots, strict=True)]
        # Whoever comes second takes the first one's key; the slot made for nothing stays unused.
        Subject.objects.bulk_create(made, batch_size=BATCH, ignore_conflicts=True)
        known |= subjects_of(lacking)
    there = people_keys().read(s.slot for s in known.values())
    lost = [s for s in known.values() if s.erased_at is None and s.slot not in there]
    for subject, slot in zip(lost, _new_keys(len(lost)), strict=True):
        subject.slot = slot
        subject.save(update_fields=["slot"])
    return known


def _new_keys(count: int) -> list[int]:
    """Make keys in slots that no subject names, even when an older key file was put back."""
    highest = Subject.objects.aggregate(highest=Max("slot"))["highest"] if count else 0
    return people_keys().make(count, above=highest or 0)


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
