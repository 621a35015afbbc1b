"""Compare a signed copy with what was frozen, in child processes; reads files, writes nothing."""

from typing import Any

from liencap.documents import store
from liencap.reports.issuing.papers import paper_of
from liencap.reports.models import Registration, SignedCopy
from liencap.work.child import ChildFailed, ChildRefusal, run_in_child

CHILD = "liencap.reports.issuing.scanning"


def compared(registration: Registration, data: bytes) -> dict[str, Any]:
    """Return the state of a copy and its differences, as the row keeps them.

    The frozen side is read from our own numbered PDF by the same reader, so that both come in the same order.
    """
    headings = list(paper_of(registration).headings)
    try:
        frozen = run_in_child(f"{CHILD}:read_words", data=store.get(registration.pdf))
        found = run_in_child(f"{CHILD}:read_copy", data=data, args={"frozen": frozen, "headings": headings})
    except (ChildFailed, ChildRefusal):
        return {"state": SignedCopy.State.UNREADABLE}
    if not found["readable"]:
        return {"state": SignedCopy.State.UNREADABLE, "read": found["read"]}
    state = SignedCopy.State.DIFFERS if found["count"] else SignedCopy.State.SAME
    return {"state": state, "differences": found["rows"], "count": found["count"], "read": found["read"]}
