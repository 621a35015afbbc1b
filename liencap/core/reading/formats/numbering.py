"""Number paragraphs as Word does: levels, restarts, overrides, and how each number is written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final
from xml.etree import ElementTree as ET

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
# Bullets of the private fonts Symbol and Wingdings as the signs that they show.
_BULLETS = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf02d": "-",
    "\uf076": "❖", "\uf0e0": "→", "o": "◦", "\u2212": "-",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is counted and written."""

    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""


@dataclass(slots=True)
class Numbering:
    """The lists of a document and where each stands now."""

    abstracts: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, tuple[str, dict[int, Level], dict[int, int]]] = field(default_factory=dict)
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def level_of_style(self, list_id: str, style: str) -> int:
        """Return the level that a list keeps for a paragraph style, 0 when it names none."""
        abstract, changed, _ = self.lists.get(list_id, ("", {}, {}))
        levels = {**self.abstracts.get(abstract, {}), **changed}
        return next((place for place, level in levels.items() if level.style == style), 0)

    def next_label(self, list_id: str, place: int) -> str:
        """Count one paragraph of a list and return its label as printed."""
        if list_id not in self.lists:
            return ""
        abstract, changed, starts = self.lists[list_id]
        levels = {**self.abstracts.get(abstract, {}), **changed}
        level = levels.get(place)
        if level is None:
            return ""
        counts = self.counts.setdefault(abstract, [None] * LEVELS)
        if list_id not in self.begun:
            # A list that begins anew begins once, where it is first used.
            self.begun.add(list_id)
            for changed_place in starts:
                counts[changed_place] = None
        start = starts.get(place, level.start)
        before = counts[place]
        counts[place] = start if before is None else before + 1
        for higher in range(place):
            if counts[higher] is None:
                counts[higher] = levels.get(higher, Level()).start
        for deeper in range(place + 1, LEVELS):
            rule = levels.get(deeper, Level()).restart
            if rule is None or (rule > 0 and place < rule):
                counts[deeper] = None
        return _written(level, levels, counts, starts)


def _written(level: Level, levels: dict[int, Level], counts: list[int | None], starts: dict[int, int]) -> str:
    if level.form == "none" and not level.pattern.replace("%", ""):
        return ""
    if level.form == "bullet":
        return "".join(
            _BULLETS.get(c, "•" if "\ue000" <= c <= "\uf8ff" else c) for c in level.pattern
        ).strip()

    def number(match: re.Match[str]) -> str:
        place = int(match.group(1)) - 1
        shown = levels.get(place, Level())
        count = counts[place]
        form = "decimal" if level.legal and shown.form not in ("none", "bullet") else shown.form
        return written_number(starts.get(place, shown.start) if count is None else count, form)

    return _PLACE.sub(number, level.pattern).strip()


def written_number(count: int, form: str) -> str:
    """Write a number in one of Word's forms; what has no letters here is written in digits."""
    if form in ("none", "bullet"):
        return ""
    if form == "decimalZero":
        return f"{count:02d}"
    if form in ("upperLetter", "lowerLetter") and 0 < count <= 780:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("upperRoman", "lowerRoman") and 0 < count < 4000:
        roman = _roman(count)
        return roman.upper() if form == "upperRoman" else roman
    if form == "ordinal":
        tail = "th" if count % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
        return f"{count}{tail}"
    if form == "numberInDash":
        return f"- {count} -"
    return str(count)


def _roman(count: int) -> str:
    letters = []
    for value, sign in _ROMAN:
        times, count = divmod(count, value)
        letters.append(sign * times)
    return "".join(letters)


def read_numbering(root: ET.Element | None) -> Numbering:
    """Read word/numbering.xml; what it does not say is as Word takes it."""
    numbering = Numbering()
    if root is None:
        return numbering
    by_style: dict[str, str] = {}
    links: dict[str, str] = {}
    for abstract in root.iter(f"{W}abstractNum"):
        key = abstract.get(f"{W}abstractNumId", "")
        numbering.abstracts[key] = dict(_read_level(level) for level in abstract.findall(f"{W}lvl"))
        style = abstract.find(f"{W}styleLink")
        if style is not None:
            by_style[style.get(f"{W}val", "")] = key
        link = abstract.find(f"{W}numStyleLink")
        if link is not None:
            links[key] = link.get(f"{W}val", "")
    for num in root.iter(f"{W}num"):
        target = num.find(f"{W}abstractNumId")
        key = target.get(f"{W}val", "") if target is not None else ""
        key = by_style.get(links.get(key, ""), key)
        numbering.lists[num.get(f"{W}numId", "")] = (key, *_overrides(num, numbering.abstracts.get(key, {})))
    return numbering


def _overrides(num: ET.Element, levels: dict[int, Level]) -> tuple[dict[int, Level], dict[int, int]]:
    changed: dict[int, Level] = {}
    starts: dict[int, int] = {}
    for override in num.findall(f"{W}lvlOverride"):
        place = _integer(override.get(f"{W}ilvl"), 0)
        if not 0 <= place < LEVELS:
            continue
        own = override.find(f"{W}lvl")
        if own is not None:
            changed[place] = _read_level(own)[1]
            starts[place] = changed[place].start
        begin = override.find(f"{W}startOverride")
        if begin is not None:
            starts[place] = _integer(begin.get(f"{W}val"), levels.get(place, Level()).start)
            if own is None and place in levels:
                changed[place] = replace(levels[place], start=starts[place])
    return changed, starts


def _read_level(level: ET.Element) -> tuple[int, Level]:
    def value(name: str) -> str | None:
        found = level.find(f"{W}{name}")
        return None if found is None else found.get(f"{W}val", "")

    legal = level.find(f"{W}isLgl")
    restart = value("lvlRestart")
    return min(max(_integer(level.get(f"{W}ilvl"), 0), 0), LEVELS - 1), Level(
        start=_integer(value("start"), 0),
        form=value("numFmt") or "decimal",
        pattern=value("lvlText") or "",
        restart=None if restart is None else _integer(restart, 0),
        legal=legal is not None and legal.get(f"{W}val", "1") not in ("0", "false", "off"),
        style=value("pStyle") or "",
    )


def _integer(text: str | None, otherwise: int) -> int:
    try:
        return max(-(10**9), min(10**9, int(text or "")))
    except ValueError:
        return otherwise
