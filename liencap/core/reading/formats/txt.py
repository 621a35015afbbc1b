"""Plain text: find the encoding, make the letters Unicode in composed form, leave everything else alone."""

from __future__ import annotations

import codecs
import unicodedata

from liencap.core.reading.formats.errors import UnreadableFile
from liencap.core.reading.formats.legacy import SAMPLE, from_tcvn3, from_vni, repair_fonts, vietnamese_score
from liencap.core.reading.formats.lookalikes import repair_lookalikes
from liencap.core.reading.formats.sniff import looks_utf16
from liencap.core.reading.model import Problem, SourceText

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Bytes that plain text does not hold; a form feed and the end mark of old editors are allowed.
_BINARY = bytes([*range(1, 8), *range(14, 26), *range(27, 32)])


def read_txt(data: bytes) -> SourceText:
    """Return the whole file as text, line ends as they are."""
    text, problems = decode(data)
    text, repaired = repair_fonts(text)
    if repaired:
        problems += (_converted(repaired),)
    text = unicodedata.normalize("NFC", text)
    text, lookalikes = repair_lookalikes(text)
    return SourceText(text=text, kind="txt", problems=problems + lookalikes)


def decode(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """Return the characters of a text file and what had to be guessed; never line ends or forms changed."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _decode_as(data[len(bom) :], name)
    name = looks_utf16(data)
    if name:
        return _decode_as(data, name)
    sample = data[:65536]
    if len(sample.translate(None, _BINARY)) < 0.9 * len(sample):
        raise UnreadableFile("wrong-type")
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        # A stray byte or a cut end in a long UTF-8 file does not make it another encoding.
        lossy = data.decode("utf-8", "replace")
        good = len(data[: error.start]) > 0 and lossy.count("\ufffd") * 50 < _beyond_ascii(lossy)
        if good:
            return _undecodable(lossy)
    return _decode_bytes(data)


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _decode_as(data: bytes, name: str) -> tuple[str, tuple[Problem, ...]]:
    text = data.decode(name, "replace")
    return _undecodable(text) if "\ufffd" in text else (text, ())


def _undecodable(text: str) -> tuple[str, tuple[Problem, ...]]:
    # Places are found again after composition, which is why the text is composed here.
    text = unicodedata.normalize("NFC", text)
    at = text.find("\ufffd")
    count = text.count("\ufffd")
    message = f"{count} places of the file are not in its own encoding and cannot be read."
    return text, (Problem("bytes-undecodable", message, at, at + 1),)


def _decode_bytes(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """Choose among the one-byte encodings by how Vietnamese the accented words become."""
    western = _western(data)
    sample = western[:SAMPLE]
    vietnamese = unicodedata.normalize("NFC", data[:SAMPLE].decode("cp1258", "replace"))
    scores = {
        "windows-1258": vietnamese_score(vietnamese),
        "tcvn3": vietnamese_score(from_tcvn3(sample)),
        "vni": vietnamese_score(from_vni(sample)),
    }
    name = max(scores, key=lambda key: scores[key])
    if scores[name] < 0.5 or (scores[name] <= vietnamese_score(sample) and name != "windows-1258"):
        return western, (_converted("windows-1252"),)
    if name == "windows-1258":
        text = data.decode("cp1258", "replace")
        return unicodedata.normalize("NFC", text), (_converted(name),)
    return (from_tcvn3(western) if name == "tcvn3" else from_vni(western)), (_converted(name),)


def _western(data: bytes) -> str:
    # Five bytes have no letter in Windows-1252; the older standard gives each a harmless control sign.
    return data.decode("cp1252", "surrogateescape").translate(
        {0xDC00 + byte: chr(byte) for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
    )


def _converted(name: str) -> Problem:
    return Problem("encoding-guessed", f"The file is not in Unicode; it was read as {name.upper()}.")
