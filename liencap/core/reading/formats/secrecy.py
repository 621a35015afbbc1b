"""Find the secrecy mark of the first page: a line of its own before the document begins."""

from __future__ import annotations

import re
import unicodedata

_LINES = 40
_CHARACTERS = 4000
_OPEN, _CLOSE = r"[\s|*_#\[({<«“\"–-]*", r"[\s|*_#\])}>»”\".!:–-]*"
_MARK = re.compile(_OPEN + r"(?:(?:độ|dấu)\s*:?\s+)?(tuyệt\s+mật|tối\s+mật|mật)" + _CLOSE, re.IGNORECASE)
_DEGREE = re.compile(
    _OPEN + r"(?:độ|mức)(?:\s+độ)?\s+mật\s*:?\s*(tuyệt\s+mật|tối\s+mật|mật)" + _CLOSE, re.IGNORECASE
)
# The word goes on from the line before ("BẢO / MẬT").
_GOES_ON = re.compile(r"(?:bảo|bí|giữ|cơ|sự|tuyệt|tối|hoa|ong|mức|và|của)\W*$", re.IGNORECASE)
_NAMES = {"mật": "Mật", "tối mật": "Tối mật", "tuyệt mật": "Tuyệt mật"}
# A body of sentences has begun: the header, where the mark stands, is over.
_BODY = re.compile(r"\s*(?:căn cứ|thực hiện|kính gửi|điều 1|chương i\b|i\.\s|1\.\s|phần )", re.IGNORECASE)


def secrecy_mark(text: str) -> str | None:
    """Return "Mật", "Tối mật" or "Tuyệt mật" when the first page carries that mark, else None."""
    head = unicodedata.normalize("NFC", text[:_CHARACTERS])
    seen, before = 0, ""
    for line in head.splitlines():
        if not line.strip(" |*-_\t"):
            continue
        seen += 1
        if seen > _LINES or _BODY.match(line.strip(" |*_")):
            return None
        for part in re.split(r"\t+| {4,}|\|", line):
            mark = _mark_of(part)
            if mark and not _GOES_ON.search(before):
                return mark
        before = line
    return None


def _mark_of(line: str) -> str | None:
    words = " ".join(line.split())
    match = _DEGREE.fullmatch(words) or _MARK.fullmatch(words)
    if not match:
        return None
    mark = " ".join(match.group(1).split())
    # "mật" alone in small letters is the end of a wrapped line ("bảo / mật"); a stamp has a capital.
    if mark[0].islower():
        return None
    return _NAMES[mark.lower()]
