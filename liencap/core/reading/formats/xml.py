"""Parse the XML of a document without a DTD, outside files or bombs."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from liencap.core.reading.formats.errors import UnreadableFile

MARKS_MAX = 6_000_000
DEPTH_MAX = 400
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


def parse_xml(data: bytes) -> ET.Element:
    """Return the root of the XML; a DTD, too many elements or a deep nest is a bomb.

    The bytes are decoded here, so that no encoding known to the parser alone can hide a DTD.
    """
    try:
        text = _decoded(data)
    except UnicodeDecodeError as error:
        raise UnreadableFile("broken") from error
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise UnreadableFile("xml-bomb")
    if text.count("<") > MARKS_MAX:
        raise UnreadableFile("too-large")
    try:
        root = ET.fromstring(_DECLARATION.sub("", text, count=1))  # noqa: S314 - see above
    except (ET.ParseError, ValueError) as error:
        raise UnreadableFile("broken") from error
    _refuse_depth(root)
    return root


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    return data.decode("utf-8-sig")


def _refuse_depth(root: ET.Element) -> None:
    """Refuse a nest that would exhaust the stack of whoever walks the tree."""
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > DEPTH_MAX:
            raise UnreadableFile("xml-bomb")
        level = [child for element in level for child in element]
