"""Tell what a file is by its content; the name is never believed."""

from __future__ import annotations

import re

from liencap.core.reading.formats.archive import open_archive, read_entry

_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*", b"BM")
_OTHER = (
    b"\x7fELF", b"MZ", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh",
    b"\xfd7zXZ", b"SQLite format 3\x00", b"ID3", b"OggS", b"%!PS",
)  # fmt: skip
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|div|table|p|h1|article|script)\b", re.IGNORECASE
)
_HEAD = 4096


def sniff(data: bytes) -> str:
    """Return txt, html, mhtml, docx, pdf, doc, odt, rtf, locked-office, picture, xlsx and the like."""
    head = data[:_HEAD]
    if not head.strip(b"\x00\t\n\r \xef\xbb\xbf\xff\xfe"):
        return "empty" if not data.strip(b"\x00\t\n\r \xef\xbb\xbf\xff\xfe") else _text_kind(data)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    if head.startswith(_CFB):
        return _compound_kind(data)
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(_PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return "picture" if not head.startswith(b"BM") or b"\x00" in head[:32] else _text_kind(data)
    if head.startswith(_OTHER) and (b"\x00" in head or not head.startswith((b"MZ", b"ID3", b"BZh"))):
        return "binary"
    return _text_kind(data)


def _text_kind(data: bytes) -> str:
    head = data[:_HEAD]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "html" if _HTML.search(head.replace(b"\x00", b"")[:1024]) else "txt"
    if b"\x00" in data[:65536] and not looks_utf16(data):
        return "binary"
    plain = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf \t\r\n")
    if re.match(rb"(?i)mime-version:|from:\s*<?saved by", plain) and b"text/html" in data[:65536].lower():
        return "mhtml"
    if plain[:1] == b"<" and _HTML.search(plain[:2048]):
        return "html"
    if plain.startswith(b"<?xml"):
        return "html" if _HTML.search(plain) else "xml"
    return "txt"


def looks_utf16(data: bytes) -> str:
    """Return utf-16-le or utf-16-be when every other byte of text without a mark is mostly zero, else ""."""
    sample = data[:8192]
    if len(sample) < 4:
        return ""
    even, odd = sample[0::2], sample[1::2]
    zeros_even, zeros_odd = even.count(0) / len(even), odd.count(0) / len(odd)
    if zeros_odd > 0.35 and zeros_even < 0.02:
        return "utf-16-le"
    if zeros_even > 0.35 and zeros_odd < 0.02:
        return "utf-16-be"
    return ""


def _zip_kind(data: bytes) -> str:
    archive = open_archive(data)
    names = set(archive.namelist())
    kind = "zip"
    if "[Content_Types].xml" in names or "word/document.xml" in names:
        if any(name.startswith("xl/") for name in names):
            kind = "xlsx"
        elif any(name.startswith("word/") for name in names):
            kind = "docx"
    elif "mimetype" in names:
        mimetype = read_entry(archive, "mimetype") or b""
        kind = "odt" if b"opendocument.text" in mimetype[:100] else "zip"
    archive.close()
    return kind


def _compound_kind(data: bytes) -> str:
    """Tell apart the uses of the old container by the names of its streams."""
    for name, kind in (("EncryptedPackage", "locked-office"), ("WordDocument", "doc")):
        if name.encode("utf-16-le") in data:
            return kind
    return "binary"
