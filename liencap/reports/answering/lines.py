"""The lines in which two versions of a report differ; no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from liencap.core.rollup import pack, unpack
from liencap.core.rollup.layout import BLANK, NOT_APPLICABLE, Layout, State
from liencap.core.rollup.totals import TotalCell, mixed, read
from liencap.reports.content import Content

SKIPPED = "n/a"


@dataclass(frozen=True, slots=True)
class Line:
    """One difference: `key` as in `Correction`, old and new as plain values, empty where nothing was said."""

    key: str
    old: str
    new: str


def figure_key(code: str, cell: str) -> str:
    """Name a figure of the unit's own."""
    return f"f:{code}/{cell}"


def carried_key(code: str, cell: str) -> str:
    """Name a figure that is carried up from the units below."""
    return f"c:{code}/{cell}"


def state_key(task: int) -> str:
    """Name how far a task is."""
    return f"s:{task}"


def words_key(task: int, question: str) -> str:
    """Name the words on a task in answer to a question."""
    return f"q:{task}:{question}"


def cell_of(key: str) -> tuple[str, str]:
    """Return the code and cell that the key of a figure names."""
    code, _slash, cell = key[2:].partition("/")
    return code, cell


def task_of(key: str) -> int | None:
    """Return the task that the key of words or of a state names."""
    part = key[2:].partition(":")[0]
    return int(part) if key[:2] in ("s:", "q:") and part.isdecimal() else None


def plain(figure: Decimal | State | None) -> str:
    """Write a figure as a plain value: empty for blank."""
    if figure is NOT_APPLICABLE:
        return SKIPPED
    return "" if figure is None or isinstance(figure, State) else f"{figure:f}"


def figure(text: str) -> Decimal | State:
    """Read a plain value."""
    if text == SKIPPED:
        return NOT_APPLICABLE
    return Decimal(text) if text else BLANK


def lines_between(old: Content, new: Content) -> list[Line]:
    """List what differs: figures in the order of the form, then states and words by task."""
    found = []
    for (code, cell), after in new.figures.items():
        before = old.figures.get((code, cell), BLANK)
        if before != after:
            found.append(Line(figure_key(code, cell), plain(before), plain(after)))
    for task in sorted({*old.states, *new.states}):
        was, now = (" · ".join(filter(None, c.states.get(task, ("", "")))) for c in (old, new))
        if was != now:
            found.append(Line(state_key(task), was, now))
    for task, question in sorted({*old.passages, *new.passages}):
        was, now = (c.passages.get((task, question), "") for c in (old, new))
        if was != now:
            found.append(Line(words_key(task, question), was, now))
    return found


def carried_between(layout: Layout, old: bytes, new: bytes) -> list[Line]:
    """List the cells in which two totals carried from below differ, be it only in how many reports gave a value."""
    pairs = zip(read(layout, old).cells, read(layout, new).cells, strict=True)
    return [Line(carried_key(a.code, a.cell), _total(a), _total(b)) for a, b in pairs if a != b]


def _total(cell: TotalCell) -> str:
    return f"{cell.sum:f}" if cell.values and cell.sum is not None else ""


def with_partners(layout: Layout, keys: Iterable[str]) -> set[str]:
    """Add to each figure the other of its pair: a part and its whole, the options of a choice fall together."""
    found = set(keys)
    for key in list(found):
        place = layout.place.get(cell_of(key)) if key[:2] in ("f:", "c:") else None
        if place is not None:
            code, cell = layout.keys[layout.partners[place]]
            found.add(f"{key[:2]}{code}/{cell}")
            measure = layout.measure_at[place]
            if measure.kind == "choice":
                found |= {f"{key[:2]}{code}/{option}" for option in measure.cells}
    return found


def figures_without(layout: Layout, old: bytes, new: bytes, returned: Iterable[str]) -> bytes:
    """Return the new figures, but the old ones in the lines that were returned."""
    before, after = unpack(layout, old), unpack(layout, new)
    keep: Mapping[tuple[str, str], Decimal | State] = {
        key: before[key] for key in map(cell_of, (k for k in returned if k.startswith("f:"))) if key in before
    }
    return pack(layout, {**after, **keep})


def carried_without(layout: Layout, old: bytes, new: bytes, returned: Iterable[str]) -> bytes:
    """Return the new carried totals, but the old ones in the lines that were returned."""
    kept = {layout.place[cell_of(key)] for key in returned if key.startswith("c:")}
    return mixed(layout, old, new, frozenset(range(len(layout.keys))) - kept)
