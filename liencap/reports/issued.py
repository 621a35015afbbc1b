"""What a member of a unit may read of this room: reports that were accepted, by name, and what was published."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from liencap.core.rollup.cells import HIDDEN, SMALL
from liencap.reports.models import ComposedPassage, ConsolidatedReport, Edition, Obligation, Report
from liencap.reports.numbers import kept_text
from liencap.reports.printing.values import Block, PrintedReport, Row, Section
from liencap.units.models import Unit


def answered_by(unit: Unit) -> QuerySet[Obligation]:
    """Return the periods for which a unit's report was accepted, newest first; what it said stays with the seats.

    A draft, a report that still waits and one that was returned are not among them.
    """
    found = Obligation.objects.filter(unit=unit, report__accepted__isnull=False)
    joined = found.select_related("period__programme", "report__accepted")
    return joined.order_by("-period__until", "-pk")


def issued_to(unit: Unit) -> QuerySet[ConsolidatedReport]:
    """Return the published reports of a unit, and those of units above that name it, newest first.

    A report names the units whose figures are its rows, which the frozen ledger knows, and those whose passages
    it quotes or draws from.
    """
    row = Obligation.objects.filter(period=OuterRef("period"), parent=OuterRef("unit"), unit=unit)
    used = ComposedPassage.objects.filter(
        report=OuterRef("pk"), passage__version__report__obligation__unit=unit
    ).exclude(choice=ComposedPassage.Choice.ASIDE)
    named = Q(unit=unit) | Exists(row) | Exists(used)
    published = ConsolidatedReport.objects.filter(named, state=ConsolidatedReport.State.PUBLISHED)
    later = Edition.objects.filter(state=Edition.State.PUBLISHED).defer("values", "standing").order_by("-n")
    return (
        published.select_related("unit", "period__programme").order_by("-published_at", "-pk")
        .prefetch_related(Prefetch("editions", later, to_attr="later"))
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of our unit and the total it became part of."""

    name: str
    ours: str
    total: str


@dataclass(frozen=True, slots=True)
class Part:
    """A task in a published report as far as it concerns one unit: figures, words of the issuer, words of ours."""

    section: Section
    cells: list[Cell]
    blocks: list[Block]
    quotes: list[Block]


def values_of(report: ConsolidatedReport | Edition) -> PrintedReport:
    """Return what was printed."""
    return PrintedReport.from_json(json.dumps(report.values))


def newest_of(report: ConsolidatedReport) -> tuple[Edition | None, PrintedReport]:
    """Return the newest edition after the first, if there is one, and the whole report as it stands; one query."""
    last = report.editions.filter(state=Edition.State.PUBLISHED).order_by("n").last()
    if last is None:
        return None, values_of(report)
    return last, PrintedReport.from_json(json.dumps(last.standing or last.values))


def is_silent(values: PrintedReport, unit: Unit) -> bool:
    """Say whether a report names a unit among those that had not reported when it was published."""
    return bool({unit.name, unit.name_en} & {*values.missing})


def parts_for(values: PrintedReport, report: ConsolidatedReport, unit: Unit) -> list[Part]:
    """Return the tasks of a published report that name a unit; of its own report, all; one query.

    Rows and words of other units are left out: they stand in the printed document.
    """
    theirs = Report.objects.filter(obligation__period_id=report.period_id, obligation__unit=unit)
    ours = {str(pk) for pk in theirs.values_list("pk", flat=True)}
    refs, whole = {f"unit:{unit.pk}", *(f"report:{pk}" for pk in ours)}, report.unit_id == unit.pk
    parts = [_part(section, refs, ours) for section in values.sections]
    return [part for part in parts if whole or part.cells or part.quotes]


def _beside(place: int, total: Row, ours: Row, others: Sequence[Row]) -> str:
    """Return a total as a unit may read it beside its own figure, which it can take away from it.

    Where figures are kept back, at least two of other units have to be.
    """
    signs = {kept_text(SMALL), kept_text(HIDDEN)}
    kept = sum(row.cells[place] in signs for row in others)
    alone = kept + (ours.cells[place] in signs) > 0 and kept < 2
    return kept_text(HIDDEN) if alone else total.cells[place]


def _part(section: Section, refs: set[str], ours: set[str]) -> Part:
    cells = []
    for table in section.tables:
        row = next((row for row in table.rows if row.ref in refs), None)
        total = next((row for row in table.rows if row.kind == "official"), None)
        if row is not None and total is not None:
            rows = [one for one in table.rows if one.kind == "unit" and one is not row]
            totals = [_beside(place, total, row, rows) for place in range(len(total.cells))]
            cells += [Cell(*one) for one in zip(table.columns, row.cells, totals, strict=True)]
    said = [b for b in section.blocks if b.kind not in ("quote", "coverage")]
    quotes = [b for b in section.blocks if b.kind == "quote" and any(s.report in ours for s in b.sources)]
    return Part(section, cells, said, quotes)
