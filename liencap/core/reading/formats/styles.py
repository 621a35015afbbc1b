"""What the styles of a Word document say about numbering, capitals and hidden words."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree as ET

from liencap.core.reading.formats.numbering import W

_CHAIN_MAX = 30


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph or character style with what it inherits worked in; None says nothing."""

    name: str = ""
    list_id: str | None = None
    list_style: str = ""
    place: int | None = None
    capitals: bool | None = None
    hidden: bool | None = None
    font: str | None = None


def read_styles(root: ET.Element | None) -> tuple[dict[str, Style], str]:
    """Return the styles by id and the id of the default paragraph style."""
    if root is None:
        return {}, ""
    raw = {style.get(f"{W}styleId", ""): style for style in root.findall(f"{W}style")}
    default = next(
        (
            key
            for key, style in raw.items()
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true")
        ),
        "",
    )
    return {key: _resolved(key, raw) for key in raw}, default


def _resolved(key: str, raw: dict[str, ET.Element]) -> Style:
    """Work the chain of parents into one style, the nearest word counting."""
    found = Style(name=_name(raw[key]))
    for _ in range(_CHAIN_MAX):
        style = raw.get(key)
        if style is None:
            break
        list_id, place = list_of(style.find(f"{W}pPr"))
        run = style.find(f"{W}rPr")
        found = Style(
            name=found.name,
            list_id=found.list_id if found.list_id is not None else list_id,
            list_style=found.list_style if found.list_id is not None or list_id is None else key,
            place=found.place if found.list_id is not None else place,
            capitals=found.capitals if found.capitals is not None else switch(run, "caps"),
            hidden=found.hidden if found.hidden is not None else switch(run, "vanish"),
            font=found.font if found.font is not None else font_of(run),
        )
        parent = style.find(f"{W}basedOn")
        key = "" if parent is None else parent.get(f"{W}val", "")
    return found


def _name(style: ET.Element) -> str:
    name = style.find(f"{W}name")
    return "" if name is None else name.get(f"{W}val", "").lower()


def list_of(properties: ET.Element | None) -> tuple[str | None, int | None]:
    """Return the list and level that paragraph properties name, None for what they do not."""
    number = None if properties is None else properties.find(f"{W}numPr")
    if number is None:
        return None, None
    list_id, place = number.find(f"{W}numId"), number.find(f"{W}ilvl")
    level = None if place is None else place.get(f"{W}val", "0")
    return (
        None if list_id is None else list_id.get(f"{W}val", "0"),
        None if level is None or not level.isdecimal() else min(int(level[:3]), 8),
    )


def switch(properties: ET.Element | None, name: str) -> bool | None:
    """Return whether run properties turn something on or off, None when they are silent."""
    found = None if properties is None else properties.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val", "1") not in ("0", "false", "off", "none")


def font_of(properties: ET.Element | None) -> str | None:
    """Return the name of the font of the letters beyond ASCII."""
    fonts = None if properties is None else properties.find(f"{W}rFonts")
    return None if fonts is None else fonts.get(f"{W}hAnsi") or fonts.get(f"{W}ascii")
