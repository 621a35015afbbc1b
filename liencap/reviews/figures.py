"""Targets against results over all periods of a review's term, and the earlier years that were imported."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from liencap.core.rollup.layout import PAIRS
from liencap.core.rollup.totals import read
from liencap.programmes.models import Programme
from liencap.reports.models import Indicator, Period, Total
from liencap.reviews.models import EarlierFigure, Review, TaskGroup
from liencap.units.models import Unit

MOST_PERIODS = 24  # two years of months; what lies before is in the result but has no column
Cells = Mapping[tuple[str, str], Decimal | None]


@dataclass(frozen=True, slots=True)
class Value:
    """A figure of a period, of a year or of the whole term: its cells in order; a pair is part and whole."""

    cells: tuple[Decimal | None, ...]
    pair: bool = False
    scale: int = 0

    @property
    def number(self) -> Decimal | None:
        """Return the figure, of a pair its share in per cent; nothing where nothing is known."""
        if not self.pair:
            return self.cells[0] if self.cells else None
        part, whole = self.cells
        return part * 100 / whole if part is not None and whole else None

    def __str__(self) -> str:
        if self.number is None:
            return ""
        if not self.pair:
            return written(self.number, self.scale)
        part, whole = (written(cell or Decimal(0), self.scale) for cell in self.cells)
        return f"{part}/{whole} ({written(self.number, 1)} %)"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: an indicator, or one cell of it; `group` is the group its task belongs to, or 0."""

    code: str
    name: str
    group: int
    earlier: tuple[Value, ...]
    periods: tuple[Value, ...]
    result: Value
    received: Value
    target: Decimal | None
    scale: int

    @property
    def share(self) -> Decimal | None:
        """Return the result in per cent of the target."""
        if self.target and self.result.number is not None:
            return self.result.number * 100 / self.target
        return None

    @property
    def share_text(self) -> str:
        """Write the share for reading."""
        return "" if self.share is None else f"{written(self.share, 1)} %"

    @property
    def target_text(self) -> str:
        """Write the target for reading."""
        return "" if self.target is None else written(self.target, self.scale)

    @property
    def waits(self) -> bool:
        """Say whether more was received than is accepted, so that the official result is not the last word."""
        return self.received != self.result


@dataclass(frozen=True, slots=True)
class FigureTable:
    """The figures of one programme for one unit: columns of earlier years and of periods, a row an indicator."""

    programme: Programme
    years: tuple[int, ...]
    periods: tuple[Period, ...]
    rows: tuple[Row, ...]

    def counts(self) -> tuple[int, int]:
        """Return how many figures are imported, and how many there are in all."""
        imported = sum(v.number is not None for row in self.rows for v in row.earlier)
        here = sum(v.number is not None for row in self.rows for v in row.periods)
        return imported, imported + here


def written(number: Decimal, places: int) -> str:
    """Write a number for reading, in the language of the moment, without needless noughts."""
    rounded = round(number, places)
    whole = rounded == rounded.to_integral_value()
    return number_format(rounded, decimal_pos=0 if whole else places, force_grouping=True)


def tables_of(review: Review, unit: Unit) -> list[FigureTable]:
    """Return a table for each programme under review; six queries however many tasks and periods there are."""
    subjects = review.subjects.filter(programme__isnull=False).select_related("programme")
    programmes = [one.programme for one in subjects if one.programme]
    within = Period.objects.filter(
        programme__in=programmes, form__isnull=False, since__lte=review.until, until__gte=review.since
    )
    periods = list(within.select_related("form").order_by("since", "pk"))
    totals: dict[tuple[int, str], bytes] = {
        (one.period_id, one.kind): bytes(one.packed)
        for one in Total.objects.filter(period__in=periods, unit=unit)
    }
    forms = {one.form_id for one in periods}
    indicators = list(
        Indicator.objects.filter(form__in=forms).select_related("form").order_by("-form__n", "order")
    )
    earlier = _earlier(unit, programmes, review)
    groups = dict(
        TaskGroup.tasks.through.objects.filter(taskgroup__review=review).values_list(
            "task_id", "taskgroup_id"
        )
    )
    return [
        _table(
            programme, [p for p in periods if p.programme_id == programme.pk], totals,
            _newest(one for one in indicators if one.form.programme_id == programme.pk),
            earlier.get(programme.pk, {}), groups,
        )
        for programme in programmes
    ]  # fmt: skip


def _newest(indicators: Iterable[Indicator]) -> list[Indicator]:
    """Keep of each code the newest definition, in the order of the newest form."""
    found: dict[str, Indicator] = {}
    for one in indicators:
        found.setdefault(one.code, one)
    return list(found.values())


def _earlier(
    unit: Unit, programmes: Sequence[Programme], review: Review
) -> dict[int, dict[int, dict[tuple[str, str], Decimal]]]:
    """Return the unit's imported figures by programme and year; one query."""
    found = EarlierFigure.objects.filter(unit=unit, programme__in=programmes, year__lte=review.until.year)
    years: dict[int, dict[int, dict[tuple[str, str], Decimal]]] = {}
    for one in found.order_by("year"):
        years.setdefault(one.programme_id, {}).setdefault(one.year, {})[one.code, one.cell] = one.number
    return years


def _table(
    programme: Programme, periods: list[Period], totals: Mapping[tuple[int, str], bytes], indicators: list[Indicator],
    earlier: Mapping[int, Cells], groups: Mapping[int, int],
) -> FigureTable:  # fmt: skip
    official = [_cells(p, totals.get((p.pk, Total.Kind.OFFICIAL))) for p in periods]
    received = [_cells(p, totals.get((p.pk, Total.Kind.RECEIVED))) for p in periods]
    years = tuple(sorted(earlier))[-5:]
    rows = []
    for one in indicators:
        for name, cells in _lines(one):
            shown = tuple(_value(one, cells, known) for known in official)
            rows.append(
                Row(
                    one.code, name, groups.get(one.task_id, 0),
                    tuple(_value(one, cells, earlier[year]) for year in years), shown[-MOST_PERIODS:],
                    over_term(one, cells, official), over_term(one, cells, received), _target(one), one.scale,
                )
            )  # fmt: skip
    return FigureTable(programme, years, tuple(periods[-MOST_PERIODS:]), tuple(rows))


def _lines(indicator: Indicator) -> list[tuple[str, tuple[str, ...]]]:
    """Return the lines of an indicator: one for a pair, else one a cell, each with its name."""
    if indicator.tree_axis in PAIRS:
        return [(str(indicator), tuple(indicator.cells))]
    if len(indicator.cells) == 1:
        return [(str(indicator), (indicator.cells[0],))]
    return [(f"{indicator}: {cell}", (cell,)) for cell in indicator.cells]


def _cells(period: Period, packed: bytes | None) -> Cells:
    """Return the sums of a period's total by code and cell; what nobody reported is nothing, never zero."""
    if packed is None or period.form is None:
        return {}
    return {(c.code, c.cell): c.sum if c.values else None for c in read(period.form.cells, packed).cells}


def _value(indicator: Indicator, cells: tuple[str, ...], known: Cells) -> Value:
    return Value(
        tuple(known.get((indicator.code, cell)) for cell in cells),
        indicator.tree_axis in PAIRS,
        indicator.scale,
    )


def over_term(indicator: Indicator, cells: tuple[str, ...], periods: Sequence[Cells]) -> Value:
    """Return the figure over all periods by the indicator's own time axis; periods without a word are left out."""
    pair = indicator.tree_axis in PAIRS
    rows = [[known.get((indicator.code, cell)) for cell in cells] for known in periods]
    filled = [row for row in rows if all(cell is not None for cell in row)]
    axis = indicator.time_axis
    if not filled or (axis == "none" and len(periods) > 1):
        return Value((None,) * len(cells), pair, indicator.scale)
    if axis in ("last", "none"):
        return Value(tuple(filled[-1]), pair, indicator.scale)
    columns: list[list[Any]] = [list(column) for column in zip(*filled, strict=True)]
    if axis == "max":
        return Value(tuple(max(column) for column in columns), pair, indicator.scale)
    sums = [sum(column, Decimal(0)) for column in columns]
    if axis == "average" and not pair:
        sums = [total / len(filled) for total in sums]
    return Value(tuple(sums), pair, indicator.scale)


def _target(indicator: Indicator) -> Decimal | None:
    """Return what was aimed at over the term, where the form says so."""
    target = getattr(indicator, "target", None)
    return None if target is None else Decimal(target)


def imported_sentence(imported: int, of: int) -> str:
    """Say how many of the figures are imported and were never accepted here."""
    if not imported:
        return _("All figures were reported and accepted here.")
    return _("%(n)s of %(of)s figures are imported, not accepted here.") % {"n": imported, "of": of}
