"""What differs between a report as printed and as it stands; values in, values out."""

from collections.abc import Iterator
from dataclasses import dataclass

from liencap.reports.printing.values import PrintedReport, Row, Section, Table


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed figure that is another one now: of which task, which row and column."""

    section: Section
    row: Row
    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a task, or the coverage line (no section), that are others now."""

    section: Section | None
    old: str
    new: str


def name_of(section: Section) -> str:
    """Name a task as the head of its section does, cut where it is long."""
    heading = section.heading
    return heading if len(heading) <= 90 else f"{heading[:88].rstrip()}…"


def figures_between(old: PrintedReport, new: PrintedReport) -> list[Figure]:
    """List the figures that differ, in the order of the report; rows that came or went are compared with nothing."""
    before = {key: (row, cells) for _s, key, row, cells in _rows(old)}
    found, seen = [], set()
    for section, key, row, cells in _rows(new):
        seen.add(key)
        _row, had = before.get(key, (row, {}))
        found += [
            Figure(section, row, column, had.get(code, ("", "–"))[1], text)
            for code, (column, text) in cells.items()
            if had.get(code, ("", "–"))[1] != text
        ]
    for section, key, row, cells in _rows(old):
        if key not in seen:
            found += [
                Figure(section, row, column, text, "–") for column, text in cells.values() if text != "–"
            ]
    return found


def _rows(
    report: PrintedReport,
) -> Iterator[tuple[Section, tuple[str, ...], Row, dict[str, tuple[str, str]]]]:
    """Yield each row with a key that is the same in every edition, and its cells by code."""
    for section in report.sections:
        if not section.ref:
            continue  # what an edition says of itself
        for number, table in enumerate(section.tables):
            for row in table.rows:
                yield section, (section.ref, str(number), row.kind, row.ref), row, _cells(table, row)


def _cells(table: Table, row: Row) -> dict[str, tuple[str, str]]:
    codes = table.codes or table.columns
    return {code: (column, text) for code, column, text in zip(codes, table.columns, row.cells, strict=False)}


def words_between(old: PrintedReport, new: PrintedReport) -> list[Words]:
    """List the words that differ: the coverage line first, then task by task."""
    found = [Words(None, old.coverage, new.coverage)] if old.coverage != new.coverage else []
    before = {section.ref: _said(section) for section in old.sections if section.ref}
    now = {section.ref: section for section in new.sections if section.ref}
    for section in (*now.values(), *(s for s in old.sections if s.ref and s.ref not in now)):
        was, said = before.get(section.ref, ""), _said(section) if section.ref in now else ""
        if was != said:
            found.append(Words(section, was, said))
    return found


def _said(section: Section) -> str:
    """Return the narrative of a task as one text, each quote with the name of its unit, without counted lines."""
    parts = []
    for block in section.blocks:
        if block.kind == "coverage":
            continue
        named = "; ".join(source.unit for source in block.sources) if block.kind == "quote" else ""
        parts.append(f"“{block.text}” ({named})" if named else block.text)
    return "\n".join(parts)
