"""Choose the reader for a file's content."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from liencap.core.reading.formats.errors import UnreadableFile
from liencap.core.reading.formats.sniff import sniff
from liencap.core.reading.model import SourceText

SIZE_MAX = 200 * 1024 * 1024
CHARACTERS_MAX = 12_000_000  # some forty seconds of reading at worst
_READERS = {"txt": "txt", "html": "html", "mhtml": "html", "docx": "docx", "pdf": "pdf"}
_REFUSED = {
    "empty": "empty",
    "doc": "needs-libreoffice",
    "odt": "needs-libreoffice",
    "rtf": "needs-libreoffice",
    "locked-office": "password",
    "picture": "scan-without-text",
}


def to_text(data: bytes, filename: str = "") -> SourceText:
    """Return the text of a file, or raise UnreadableFile with the reason; nothing else is ever raised.

    `filename` is only for messages: the kind is told by the content.
    """
    if len(data) > SIZE_MAX:
        raise UnreadableFile("too-large")
    kind = sniff(data)
    if kind not in _READERS:
        raise UnreadableFile(_REFUSED.get(kind, "wrong-type"))
    name = _READERS[kind]
    try:
        module = import_module(f"liencap.core.reading.formats.{name}")
        read: Callable[[bytes], SourceText] = getattr(module, f"read_{name}")
        source = read(data)
    except (MemoryError, RecursionError) as error:
        raise UnreadableFile("too-large") from error
    except ModuleNotFoundError as error:
        raise UnreadableFile(
            "missing-extra", f"Reading {kind} files needs {error.name}: {filename}".rstrip(": ")
        ) from error
    if len(source.text) > CHARACTERS_MAX:
        raise UnreadableFile("too-long")
    return source
