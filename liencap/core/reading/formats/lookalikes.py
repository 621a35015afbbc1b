"""Repair Cyrillic letters that look Latin inside document symbols ("NĐ-СР"), letter for letter."""

from __future__ import annotations

import re

from liencap.core.reading.model import Problem

_LATIN = str.maketrans("АВЕЅІЈКМНОРСТУХаеорсухіјѕ", "ABESIJKMHOPCTYXaeopcyxijs")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_TOKEN = re.compile(r"[^\s,;:()\[\]\"“”«»]*[\u0400-\u04ff][^\s,;:()\[\]\"“”«»]*")
_RARE = 0.02


def repair_lookalikes(text: str) -> tuple[str, tuple[Problem, ...]]:
    """Return the text with Latin letters where Cyrillic ones stand in a symbol or inside a Latin word.

    The length stays. A word wholly Cyrillic is a foreign word and is left alone, unless it stands between
    the digits and strokes of a symbol in a text that has no Russian.
    """
    if text.isascii() or not _CYRILLIC.search(text):
        return text, ()
    foreign = len(_CYRILLIC.findall(text)) / len(text) > _RARE
    problems: list[Problem] = []

    def repair(match: re.Match[str]) -> str:
        token = match.group()
        fixed = token.translate(_LATIN)
        if _CYRILLIC.search(fixed) or not _is_damage(token, foreign):
            return token
        problems.append(
            Problem("lookalike-repaired", f"Cyrillic letters in “{fixed}” were read as Latin.", *match.span())
        )
        return fixed

    return _TOKEN.sub(repair, text), tuple(problems)


def _is_damage(token: str, foreign: bool) -> bool:
    latin = any(c.isalpha() and not "\u0400" <= c <= "\u04ff" for c in token)
    if latin:
        return True
    digits = any(c.isdigit() for c in token)
    return not foreign and digits and ("/" in token or "-" in token)
