"""The key by which a workbook is known again, whatever its name: what it is for, and a seal nobody can make."""

import hashlib
import hmac
import re
from typing import NamedTuple

from django.conf import settings

MARK = "LIENCAP1"
_KEY = re.compile(MARK + r"\.(\d{1,18})\.(\d{1,18})\.(\d{1,18})\.(\d{1,9})\.([0-9a-f]{32})")


class FormKey(NamedTuple):
    """Which period and unit a workbook is for, on which form, and the how-manieth it is."""

    period: int
    unit: int
    form: int
    n: int


def sealed(key: FormKey) -> str:
    """Write a key with its seal."""
    words = ".".join([MARK, *map(str, key)])
    return f"{words}.{_seal(words)}"


def opened(text: str) -> FormKey | None:
    """Return the key that a text holds when its seal is ours, else None."""
    found = _KEY.fullmatch(text.strip())
    if found is None:
        return None
    words = text.strip().rpartition(".")[0]
    if not hmac.compare_digest(_seal(words), found[5]):
        return None
    return FormKey(*(int(number) for number in found.groups()[:4]))


def _seal(words: str) -> str:
    return hmac.new(settings.OFFLINE_KEY.encode(), words.encode(), hashlib.sha256).hexdigest()[:32]
