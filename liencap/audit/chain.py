"""How an entry is chained to the one before it."""

import hashlib
import hmac
import json

from django.conf import settings

from liencap.audit.models import Entry


def mac_of(entry: Entry, number: int, previous: str) -> str:
    """Return the HMAC that chains an entry to the seal before it; the key never enters the database."""
    fields = [
        number, previous, entry.pk, entry.at.isoformat(), entry.actor_id, entry.actor_seat_id, entry.actor_name,
        entry.action, entry.kind, entry.object_id, entry.unit_id, entry.old, entry.new,
    ]  # fmt: skip
    if entry.personal_digest:  # entries older than the boxes keep their seals
        fields.append(entry.personal_digest)
    body = json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(settings.AUDIT_KEY.encode(), body.encode(), hashlib.sha256).hexdigest()
