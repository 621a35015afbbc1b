"""The words inside a Word paragraph: runs, breaks, fields, changes, text boxes and references to notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from liencap.core.reading.formats.legacy import from_tcvn3, from_vni
from liencap.core.reading.formats.numbering import W
from liencap.core.reading.formats.styles import Style, font_of, switch

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_GONE = {
    f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "delInstrText", "rt")
}
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_DRAWINGS = {f"{W}drawing", f"{W}pict", f"{W}object"}
_SYMBOLS = {
    "F0B7": "•",
    "F02D": "-",
    "F0FC": "✓",
    "F0A7": "▪",
    "F0D8": "➢",
    "F0E0": "→",
    "F0A8": "□",
    "F0FE": "☑",
    "F06F": "□",
}


@dataclass(frozen=True, slots=True)
class Fonts:
    """The style of the paragraph, and the character styles a run may name."""

    paragraph: Style
    styles: dict[str, Style]


@dataclass(slots=True)
class Runs:
    """What has been read of a paragraph."""

    fonts: Fonts
    parts: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[ET.Element] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    # Fields stand in one another: True while the code of a field is read, which is not text.
    codes: list[bool] = field(default_factory=list)
    struck: bool = False

    def finished(self) -> str:
        """Return the words; stretches of one old font are turned into Unicode together."""
        done: list[str] = []
        place = 0
        while place < len(self.parts):
            kind = self.parts[place][1]
            end = place
            while end < len(self.parts) and self.parts[end][1] == kind:
                end += 1
            text = "".join(words for words, _ in self.parts[place:end])
            place = end
            done.append({"tcvn3": from_tcvn3, "vni": from_vni}.get(kind, str)(text))
        return "".join(done)


def read_runs(parent: ET.Element, runs: Runs) -> None:
    """Read the runs below an element, in order; iterative, so that no nest is too deep."""
    waiting = list(reversed(parent))
    while waiting:
        child = waiting.pop()
        if child.tag in _GONE:
            continue
        if child.tag == f"{W}r":
            _read_run(child, runs)
        elif child.tag == f"{_MC}AlternateContent":
            waiting += reversed(_chosen(child))
        elif child.tag == _M_TEXT:
            runs.parts.append((child.text or "", ""))
        elif child.tag in _DRAWINGS:
            runs.boxes += _boxes(child)
        else:
            waiting += reversed(child)


def _chosen(alternate: ET.Element) -> list[ET.Element]:
    """Return one branch of a drawing that is written twice."""
    branches = [branch for branch in alternate if branch.tag in (f"{_MC}Choice", f"{_MC}Fallback")]
    for branch in branches:
        if next(branch.iter(f"{W}t"), None) is not None:
            return list(branch)
    return list(branches[0]) if branches else []


def _boxes(drawing: ET.Element) -> list[ET.Element]:
    """Return the outermost text boxes of a drawing, once each."""
    found: list[ET.Element] = []
    waiting = [drawing]
    while waiting:
        element = waiting.pop()
        if element.tag == f"{W}txbxContent":
            found.append(element)
        elif element.tag == f"{_MC}AlternateContent":
            waiting += reversed(_chosen(element))
        else:
            waiting += reversed(element)
    return found


def _read_run(run: ET.Element, runs: Runs) -> None:
    properties = run.find(f"{W}rPr")
    named = None if properties is None else properties.find(f"{W}rStyle")
    style = runs.fonts.styles.get("" if named is None else named.get(f"{W}val", ""), Style())
    paragraph = runs.fonts.paragraph
    hidden = _first(switch(properties, "vanish"), style.hidden, paragraph.hidden)
    if switch(properties, "strike") or switch(properties, "dstrike"):
        # Struck by hand, in a draft without tracked changes.
        hidden = runs.struck = True
    capitals = _first(switch(properties, "caps"), style.capitals, paragraph.capitals)
    font = font_of(properties) or style.font or paragraph.font or ""
    kind = "tcvn3" if font.lower().startswith(".vn") else "vni" if font.lower().startswith("vni-") else ""
    # The old fonts whose name ends in H show every letter as a capital.
    capitals = capitals or (kind == "tcvn3" and font.endswith("H"))
    waiting = list(reversed(run))
    while waiting:
        child = waiting.pop()
        if child.tag == f"{_MC}AlternateContent":
            waiting += reversed(_chosen(child))
        elif child.tag in _DRAWINGS:
            runs.boxes += _boxes(child)
        elif child.tag == f"{W}ruby":
            waiting += reversed([run for base in child.iter(f"{W}rubyBase") for run in base.iter(f"{W}t")])
        elif child.tag == f"{W}fldChar":
            _field(child.get(f"{W}fldCharType", ""), runs)
        elif child.tag in _NOTES:
            runs.notes.append(f"{_NOTES[child.tag]}:{child.get(f'{W}id', '')}")
        elif not hidden and not any(runs.codes):
            text = _text(child)
            if text:
                runs.parts.append((_capital(text, kind), "") if capitals else (text, kind))


def _capital(text: str, kind: str) -> str:
    if kind == "tcvn3":
        # Converted first: the old codes have no capitals to turn to.
        return from_tcvn3(text).upper()
    return text.upper()


def _text(element: ET.Element) -> str:
    if element.tag == f"{W}t":
        return element.text or ""
    if element.tag == f"{W}sym":
        return _SYMBOLS.get(element.get(f"{W}char", "").upper(), "")
    return _SIGNS.get(element.tag, "")


def _field(step: str, runs: Runs) -> None:
    if step == "begin":
        runs.codes.append(True)
    elif step == "separate" and runs.codes:
        runs.codes[-1] = False
    elif step == "end" and runs.codes:
        runs.codes.pop()


def _first(*answers: bool | None) -> bool:
    return next((answer for answer in answers if answer is not None), False)
