"""Leave in a text only what paper can carry, and say what was dropped."""

import dataclasses
import re
import unicodedata
from collections import Counter
from typing import Any, TypeVar

T = TypeVar("T")

# Directions and joiners that show nothing and can make a line read other than it is stored.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\ufff9-\uffff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def clean(paper: T) -> tuple[T, dict[str, int]]:
    """Return the values of a paper as they can be printed, and how often each reason changed it.

    Reasons: control-character and invisible-character (dropped), picture-character (printed as its name in
    brackets, since the fonts that every machine has know no emoji).
    """
    reasons: Counter[str] = Counter()
    cleaned: T = _walk(paper, reasons)
    return cleaned, dict(reasons)


def _walk(value: Any, reasons: Counter[str]) -> Any:
    if isinstance(value, str):
        return _clean_text(value, reasons)
    if isinstance(value, tuple):
        return tuple(_walk(held, reasons) for held in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: _walk(getattr(value, f.name), reasons) for f in dataclasses.fields(value)}
        return dataclasses.replace(value, **changed)
    return value


def _clean_text(text: str, reasons: Counter[str]) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    for pattern, reason in ((_CONTROL, "control-character"), (_INVISIBLE, "invisible-character")):
        text, times = pattern.subn("", text)
        if times:
            reasons[reason] += times
    letters = []
    for letter in unicodedata.normalize("NFC", text):
        if ord(letter) > 0xFFFF and unicodedata.category(letter) in {"So", "Sk", "Cn", "Co"}:
            reasons["picture-character"] += 1
            letter = f"[{unicodedata.name(letter, f'U+{ord(letter):X}').lower()}]"
        letters.append(letter)
    lines = (" ".join(line.split()) for line in "".join(letters).split("\n"))
    return "\n".join(line for line in lines if line)
