"""The packed bytes of figures and of totals: values in, values out, no database.

Figures: a version byte, an int64 (scaled decimal) for each cell, then a state byte for each cell.
Totals: a version byte, the number of reports, then for each cell the sum and how many reports gave a
value, left it blank, and said that it does not apply. All little-endian.
"""

import enum
import struct
from collections.abc import Sequence
from dataclasses import dataclass

VERSION = 1
LIMIT = 10**12  # of one scaled figure: a million reports of it still fit in an int64


class CellState(enum.IntEnum):
    """What stands in a cell; blank, zero and not applicable differ."""

    BLANK = 0
    VALUE = 1
    ZERO = 2
    NOT_APPLICABLE = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell: its state and, when it has one, its scaled value."""

    state: CellState = CellState.BLANK
    value: int = 0


def figure(value: int) -> Figure:
    """Return the cell of a value."""
    return Figure(CellState.VALUE if value else CellState.ZERO, value)


def pack(figures: Sequence[Figure]) -> bytes:
    """Return the bytes of one report's figures; a value beyond the limit is the caller's mistake."""
    if any(abs(f.value) > LIMIT for f in figures):
        raise ValueError("figure beyond the limit")
    values = struct.pack(f"<{len(figures)}q", *(f.value for f in figures))
    return bytes([VERSION]) + values + bytes(f.state for f in figures)


def unpack(packed: bytes, cells: int) -> list[Figure]:
    """Return the figures in their bytes; the length must be that of the form version."""
    data = bytes(packed)
    if len(data) != 1 + 9 * cells or data[0] != VERSION:
        raise ValueError("not figures of this form version")
    values = struct.unpack_from(f"<{cells}q", data, 1)
    return [Figure(CellState(s), v) for s, v in zip(data[1 + 8 * cells :], values, strict=True)]


@dataclass(frozen=True, slots=True)
class CellTotal:
    """The sum of a cell and how many reports gave, left blank and set aside a value."""

    total: int = 0
    given: int = 0
    blank: int = 0
    not_applicable: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals of all cells over a number of reports."""

    reports: int
    cells: tuple[CellTotal, ...]

    def plus(self, other: "Totals", sign: int = 1) -> "Totals":
        """Return these totals with others added, or with sign -1 taken away."""
        return Totals(
            self.reports + sign * other.reports,
            tuple(
                CellTotal(
                    a.total + sign * b.total,
                    a.given + sign * b.given,
                    a.blank + sign * b.blank,
                    a.not_applicable + sign * b.not_applicable,
                )
                for a, b in zip(self.cells, other.cells, strict=True)
            ),
        )


def nothing(cells: int) -> Totals:
    """Return the totals of no report."""
    return Totals(0, (CellTotal(),) * cells)


def totals_of(figures: Sequence[Figure]) -> Totals:
    """Return the totals of one report."""
    states = CellState
    return Totals(
        1,
        tuple(
            CellTotal(
                f.value,
                int(f.state in (states.VALUE, states.ZERO)),
                int(f.state == states.BLANK),
                int(f.state == states.NOT_APPLICABLE),
            )
            for f in figures
        ),
    )


def pack_totals(totals: Totals) -> bytes:
    """Return the bytes of totals."""
    flat = [n for c in totals.cells for n in (c.total, c.given, c.blank, c.not_applicable)]
    return bytes([VERSION]) + struct.pack(f"<{1 + len(flat)}q", totals.reports, *flat)


def unpack_totals(packed: bytes, cells: int) -> Totals:
    """Return the totals in their bytes."""
    data = bytes(packed)
    if len(data) != 9 + 32 * cells or data[0] != VERSION:
        raise ValueError("not totals of this form version")
    reports, *flat = struct.unpack_from(f"<{1 + 4 * cells}q", data, 1)
    return Totals(reports, tuple(CellTotal(*flat[i : i + 4]) for i in range(0, len(flat), 4)))
