"""The line of a workbook on which a coded cause is chosen: offered by name, read back, kept where it is not there."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from liencap.core.text import fold
from liencap.reports.content import Content
from liencap.reports.models import Cause


def offered(causes: Sequence[Cause], content: Content) -> tuple[str, ...]:
    """Return the names to choose from, the same on every line; a retired one only where it stands somewhere."""
    standing = set(content.causes.values())
    return tuple(str(one) for one in causes if not one.retired or one.pk in standing)


def named(causes: Sequence[Cause], standing: int | None) -> str:
    """Return what the standing cause is called in the language of the moment; nothing when there is none."""
    return next((str(one) for one in causes if one.pk == standing), "")


def cause_of(causes: Sequence[Cause], words: str) -> int | None:
    """Return the cause that is meant by its name in either language or by its code."""
    said = fold(words)
    return next((one.pk for one in causes if said in map(fold, (one.name, one.name_en, one.code))), None)


def with_kept(content: Content, file: Mapping[str, Any], standing: Content) -> Content:
    """Return what a file says with the causes that stand of tasks on which it has no line for one.

    Forms that were handed out before causes had a line clear none.
    """
    read = {int(task) for task in file.get("caused", ())}
    kept = {t: cause for t, cause in standing.causes.items() if t in content.states and t not in read}
    return replace(content, causes=content.causes | kept) if kept else content
