"""Open a document in the child process; what only LibreOffice opens is first made DOCX, where it is installed."""

from typing import Any

from liencap.work import office
from liencap.work.child import ChildRefusal, run_in_child


def in_child(function: str, data: bytes, args: dict[str, Any] | None = None) -> Any:
    """Return what a function of `opening` answers for a file; raise what `run_in_child` raises.

    The kind is that of the file as it came: a `.doc` stays one, however it was opened.
    """
    try:
        return run_in_child(f"liencap.documents.opening:{function}", data=data, args=args)
    except ChildRefusal as refusal:
        if refusal.code != "needs-libreoffice":
            raise
        converted = office.to_docx(data)
        if converted is None:
            raise
    answer = run_in_child(f"liencap.documents.opening:{function}", data=converted, args=args)
    if function == "look":
        kind = run_in_child("liencap.documents.opening:kind", data=data)
        answer = {**answer, "kind": kind}
    return answer
