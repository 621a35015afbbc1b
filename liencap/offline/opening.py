"""Open a file that came back in the walled child process."""

import json
from typing import Any

from liencap.offline.codes import code_of
from liencap.work.child import ChildFailed, ChildRefusal, run_in_child

SECONDS = 40
FILE_MAX = 20 << 20


class CannotUse(Exception):
    """The file cannot be used: a code we have words for, and a detail."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


def look(data: bytes) -> dict[str, Any]:
    """Return what a file is; raise CannotUse."""
    if len(data) > FILE_MAX and not data.startswith(b"PK"):
        raise CannotUse("too-large")
    try:
        found: dict[str, Any] = run_in_child("liencap.offline.sheet:look", data=data, seconds=SECONDS)
    except ChildRefusal as refusal:
        # The reader of documents speaks in its own words of what it refuses; only ours carry a detail.
        detail = refusal.message if refusal.kind == "Unusable" else ""
        raise CannotUse(code_of(refusal.code), detail) from refusal
    except ChildFailed as failure:
        raise CannotUse(code_of(failure.code)) from failure
    return found


def unpack(data: bytes) -> list[tuple[str, bytes]]:
    """Return the files of a ZIP; raise CannotUse."""
    try:
        packed: bytes = run_in_child("liencap.offline.sheet:unpack", data=data, seconds=SECONDS)
    except ChildRefusal as refusal:
        raise CannotUse(code_of(refusal.code), refusal.message) from refusal
    except ChildFailed as failure:
        raise CannotUse(code_of(failure.code)) from failure
    head = 8 + int.from_bytes(packed[:8], "big")
    found, start = [], head
    for name, size in json.loads(packed[8:head]):
        found.append((name, packed[start : start + size]))
        start += size
    return found
