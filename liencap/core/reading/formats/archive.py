"""Open a ZIP only after its declared sizes are judged; entries are read by fixed names, never written out."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from liencap.core.reading.formats.errors import UnreadableFile

UNPACKED_MAX = 100 * 1024 * 1024
RATIO_MAX = 100
# Below this even a page of one repeated letter is harmless, and small files pack well.
RATIO_FREE = 1024 * 1024
ENTRIES_MAX = 10_000
_ENCRYPTED = 0x1

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    IndexError,
    OverflowError,
)


def open_archive(data: bytes) -> zipfile.ZipFile:
    """Open a ZIP whose declared sizes are bearable; refuse bombs, damage and passwords."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except _BROKEN as error:
        raise UnreadableFile("broken-zip") from error
    if len(entries) > ENTRIES_MAX:
        raise UnreadableFile("zip-bomb")
    unpacked = sum(entry.file_size for entry in entries)
    packed = min(sum(entry.compress_size for entry in entries), len(data))
    if unpacked > UNPACKED_MAX or (unpacked > RATIO_FREE and unpacked > RATIO_MAX * max(packed, 1)):
        raise UnreadableFile("zip-bomb")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise UnreadableFile("password")
    return archive


def read_entry(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """Return the bytes of an entry, None when there is none; a size that lies is damage."""
    try:
        entry = archive.getinfo(name)
    except KeyError:
        return None
    try:
        with archive.open(entry) as stream:
            data = stream.read(entry.file_size + 1)
    except _BROKEN as error:
        raise UnreadableFile("broken-zip") from error
    return data
