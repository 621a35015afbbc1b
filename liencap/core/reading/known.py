"""The organisation's own unit names, found in a text: the longest that begins at a place wins."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from liencap.core.reading.view import View, canonical


@dataclass(frozen=True, slots=True)
class Names:
    """The organisation's own names by lower-case canonical form, and the longest by first word."""

    keys: dict[str, tuple[str, str]]
    longest: dict[str, int]

    def match(self, view: View, at: int, end: int) -> tuple[int, str, str] | None:
        """Return the end, key and name of the longest known name that begins at a place."""
        if not self.keys:
            return None
        word = re.compile(r"\w+").match(view.low, at, end)
        size = self.longest.get(word.group()) if word else None
        if not size:
            return None
        window = view.low[at : min(end, at + 4 * size)]
        ends = [m.end() for m in re.finditer(r"[\w)](?!\w)", window)]
        for stop in reversed(ends):
            hit = self.keys.get(" ".join(window[:stop].split()))
            if hit:
                return at + stop, *hit
        return None


def known(unit_names: Iterable[tuple[str, str]]) -> Names:
    """Index the organisation's names so that the longest match is found in one look at each place."""
    keys: dict[str, tuple[str, str]] = {}
    longest: dict[str, int] = {}
    for key, name in unit_names:
        plain = " ".join(canonical(name).lower().split())
        first = re.match(r"\w+", plain)
        if first:
            keys.setdefault(plain, (key, name))
            longest[first.group()] = max(longest.get(first.group(), 0), len(plain))
    return Names(keys, longest)
