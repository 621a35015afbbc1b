"""Parse what a device brings; nothing here is saved."""

import hashlib
import json
import re

from django import forms
from django.http import QueryDict

# Fields that carry the writing: one that the server does not know any more would be lost in silence.
CARRY = re.compile(r"(state|q|f|na|why)-([0-9]{1,18})\b")


class DeliveryForm(forms.Form):
    """The key of a bringing, the draft that the device knew, and whether its head let it wait to be sent."""

    key = forms.UUIDField()
    revision = forms.IntegerField(min_value=0, max_value=10**8)
    send = forms.BooleanField(required=False)
    reason = forms.CharField(required=False, max_length=500)


def digest_of(brought: QueryDict) -> str:
    """Return the digest of all that was brought but the token of the session and the key itself."""
    said = sorted(
        (name, brought.getlist(name)) for name in brought if name not in ("key", "csrfmiddlewaretoken")
    )
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def unknown(brought: QueryDict, tasks: set[int], indicators: set[int]) -> list[str]:
    """Return the filled fields of tasks and indicators that the report does not ask any more."""
    found = []
    for name in brought:
        if (field := CARRY.match(name)) and str(brought[name]).strip():
            asked = tasks if field[1] in ("state", "q") else indicators
            if int(field[2]) not in asked:
                found.append(name)
    return found
