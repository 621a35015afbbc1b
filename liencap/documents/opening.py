"""Open foreign bytes; `look` and `read` run in the child process and import no Django."""

from typing import Any


def look(data: bytes) -> dict[str, str]:
    """Return the kind of a file and its secrecy mark; raise UnreadableFile when its text cannot be had."""
    from liencap.core.reading.formats import secrecy_mark, to_text

    source = to_text(data)
    return {"kind": source.kind, "mark": secrecy_mark(source.text) or ""}


def read(data: bytes, filename: str) -> dict[str, Any]:
    """Return the plan that a file holds, as the contract writes it."""
    from liencap.core.reading import read_document

    return read_document(data, filename).as_dict()
