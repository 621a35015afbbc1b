"""Open foreign bytes; `look` and `read` run in the child process and import no Django.

The child imports this module before its walls stand. PDFium is a library loaded by ctypes, which the walls
refuse, so it is loaded here.
"""

import contextlib
from collections.abc import Iterable
from typing import Any

from liencap.core.reading import read_document, read_text
from liencap.core.reading.formats import secrecy_mark, sniff, to_text
from liencap.core.reading.grammar import languages

with contextlib.suppress(ModuleNotFoundError):
    import pypdfium2  # noqa: F401  # loaded for its library, see above


def prepare_children() -> None:
    """Let the grammars make their patterns, before any foreign bytes are there."""
    for language in languages():
        read_text("1. -", language=language)


def look(data: bytes) -> dict[str, str]:
    """Return the kind of a file and its secrecy mark; raise UnreadableFile when its text cannot be had."""
    source = to_text(data)
    return {"kind": source.kind, "mark": secrecy_mark(source.text) or ""}


def kind(data: bytes) -> str:
    """Return the kind of a file by its content."""
    return sniff(data)


def read(data: bytes, filename: str, unit_names: Iterable[tuple[str, str]] = ()) -> dict[str, Any]:
    """Return the plan that a file holds, as the contract writes it; units of these names carry their keys."""
    return read_document(data, filename, unit_names=unit_names).as_dict()
