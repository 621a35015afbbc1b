"""Why a file cannot be read: a stable code and one plain sentence each."""

from __future__ import annotations

from typing import Final

MESSAGES: Final = {
    "empty": "The file is empty.",
    "wrong-type": "The file is not a text, web page, Word or PDF document.",
    "needs-libreoffice": "The file is in an older or open office format that LibreOffice must convert first.",
    "broken-zip": "The file is damaged: it begins as an office document but cannot be unpacked.",
    "broken": "The file is damaged and cannot be opened.",
    "password": "The file is protected by a password; remove the password and send it again.",
    "scan-without-text": "The file holds only pictures of pages; send the original file or a PDF with text.",
    "too-large": "The file is too large to be read.",
    "too-long": "The text has more than twelve million characters; send its parts one by one.",
    "zip-bomb": "The file unpacks to far more than a document needs and was not opened.",
    "xml-bomb": "The file holds XML made to exhaust the machine and was not opened.",
    "secrecy-mark": "The document carries a secrecy mark and must not be kept in this system.",
    "missing-extra": "A library for this format is not installed.",
}


class UnreadableFile(Exception):
    """A file that cannot be read; `code` is stable, `message` is for people."""

    def __init__(self, code: str, message: str = "") -> None:
        self.code = code
        self.message = message or MESSAGES[code]
        super().__init__(self.message)
