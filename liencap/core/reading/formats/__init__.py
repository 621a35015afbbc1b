"""Bytes -> text: tell a file's kind by its content and return what a reader of it would call its text."""

from __future__ import annotations

from liencap.core.reading.formats.errors import MESSAGES, UnreadableFile
from liencap.core.reading.formats.secrecy import secrecy_mark
from liencap.core.reading.formats.sniff import sniff
from liencap.core.reading.formats.text import to_text

__all__ = ["MESSAGES", "UnreadableFile", "secrecy_mark", "sniff", "to_text"]
