"""Targets against results over all periods of a review's term, and the earlier years that were imported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format

from liencap.core.rollup.cells import HIDDEN, SMALL, is_small
from liencap.core.rollup.layout import PAIRS
from liencap.programmes.models import Programme
from liencap.reports.forming.progress import since_break
from liencap.reports.forming.queries import Point
from liencap.reports.models import Indicator, Period, Total
from liencap.reports.numbers import kept_text
from liencap.reports.queries import Veils, aims_of, series_of, veils_for
from liencap.reviews.models import EarlierFigure, Review, TaskGroup
from liencap.units.models import Unit

MOST_PERIODS = 24  # two years of months; what lies before is in the result but has no column
Cells = Mapping[tuple[str, str], Decimal | None]


@dataclass(frozen=True, slots=True)
class Eyes:
    """For whom a table is made: what is kept back from the reader, and whether it is the unit itself."""

    veils: Veils
    own: bool


@dataclass(frozen=True, slots=True)
class Value:
    """A figure of a period, of a year or of the whole term: its cells in order; a pair is part and whole.

    Where it is kept back from the reader, `kept` is what stands in its place. `breaks` says that it was defined anew
    from this period on: what lies before is not comparable, and not in the result.
    """

    cells: tuple[Decimal | None, ...]
    pair: bool = False
    scale: int = 0
    kept: str = ""
    breaks: bool = False

    @property
    def number(self) -> Decimal | None:
        """Return the figure, of a pair its share in per cent; nothing where nothing is known."""
        if not self.pair:
            return self.cells[0] if self.cells else None
        part, whole = self.cells
        return part * 100 / whole if part is not None and whole else None

    def __str__(self) -> str:
        if self.kept or self.number is None:
            return self.kept
        if not self.pair:
            return written(self.number, self.scale)
        part, whole = (written(cell or Decimal(0), self.scale) for cell in self.cells)
        return f"{part}/{whole} ({written(self.number, 1)} %)"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: an indicator, or one cell of it; `group` is the group its task belongs to, or 0.

    `guarded` has its names in both languages where it may be kept back from other units.
    """

    code: str
    name: str
    group: int
    earlier: tuple[Value, ...]
    periods: tuple[Value, ...]
    result: Value
    received: Value
    target: Decimal | None
    scale: int
    guarded: tuple[str, ...] = ()

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

    @property
    def has_targets(self) -> bool:
        """Say whether anything was aimed at."""
        return any(row.target is not None for row in self.rows)

    @property
    def has_signs(self) -> bool:
        """Say whether a figure is kept back."""
        return any(v.kept for row in self.rows for v in (*row.earlier, *row.periods, row.result))

    @property
    def has_breaks(self) -> bool:
        """Say whether a figure was defined anew within the term."""
        return any(value.breaks for row in self.rows for value in row.periods)

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


def tables_of(
    review: Review, unit: Unit, reader: int | None, *, imported: bool = True, on_paper: bool = False
) -> list[FigureTable]:
    """Return a table for each programme under review; three queries, and some ten a programme.

    `reader` is the unit for whose eyes it is; what goes on paper is read by more than that unit.
    Without `imported` the earlier years are left out: before the unit has sent its review they are its draft's.
    """
    subjects = review.subjects.filter(programme__isnull=False).select_related("programme")
    programmes = [one.programme for one in subjects if one.programme]
    earlier = _earlier(unit, programmes, review) if imported else {}
    links = TaskGroup.tasks.through.objects.filter(taskgroup__review=review)
    groups = dict(links.values_list("task_id", "taskgroup_id"))
    eyes = Eyes(veils_for(reader, on_paper=on_paper), reader == unit.pk and not on_paper)
    return [_table(one, review, unit, eyes, earlier.get(one.pk, {}), groups) for one in programmes]


def _earlier(unit: Unit, programmes: Sequence[Programme], review: Review) -> dict[int, dict[int, Cells]]:
    """Return the unit's imported figures by programme and year; one query."""
    found = EarlierFigure.objects.filter(unit=unit, programme__in=programmes, year__lte=review.until.year)
    years: dict[int, dict[int, dict[tuple[str, str], Decimal | None]]] = {}
    for one in found.order_by("year"):
        years.setdefault(one.programme_id, {}).setdefault(one.year, {})[one.code, one.cell] = one.number
    return {programme: dict(held) for programme, held in years.items()}


def _table(
    programme: Programme, review: Review, unit: Unit, eyes: Eyes, earlier: Mapping[int, Cells],
    groups: Mapping[int, int],
) -> FigureTable:  # fmt: skip
    official = _within(series_of(programme, unit, veils=eyes.veils), review)
    received = _within(series_of(programme, unit, Total.Kind.RECEIVED, veils=eyes.veils), review)
    asked = {p.period.pk: p.period for points in official.values() for p in points}
    periods = sorted(asked.values(), key=lambda p: (p.since, p.pk))[-MOST_PERIODS:]
    targets = aims_of(programme, unit, list(asked))
    years = tuple(sorted(earlier))[-5:]
    rows = []
    for code, points in official.items():
        one, task = points[-1].indicator, points[-1].indicator.task_id
        there = {p.period.pk: (p, p.breaks and n > 0) for n, p in enumerate(points)}
        counted, got = since_break(points), since_break(received.get(code, []))
        for name, cells in lines_of(one):
            rows.append(
                Row(
                    code, name, groups.get(task, 0),
                    tuple(_imported(_value(code, one, cells, earlier[year]), one, eyes) for year in years),
                    tuple(_in_period(one, cells, *there.get(p.pk, (None, False))) for p in periods),
                    _result(one, cells, counted), _result(one, cells, got),
                    _target(one, targets.get(code, {}), counted), one.scale,
                    (one.name, one.name_en) if one.guarded else (),
                )
            )  # fmt: skip
    return FigureTable(programme, years, tuple(periods), tuple(rows))


def _in_period(indicator: Indicator, cells: tuple[str, ...], point: Point | None, breaks: bool) -> Value:
    """Return the figure of a period; of one in which it was not asked nothing."""
    known = _sums(indicator.code, point) if point else {}
    value = _kept(_value(indicator.code, indicator, cells, known), kept=point is not None and point.kept_back)
    return replace(value, breaks=breaks)


def _result(indicator: Indicator, cells: tuple[str, ...], points: Sequence[Point]) -> Value:
    """Return the figure over some periods, or the sign where one of them is kept back."""
    known = [_sums(indicator.code, point) for point in points]
    return _kept(over_term(indicator.code, indicator, cells, known), kept=any(p.kept_back for p in points))


def _kept(value: Value, *, kept: bool) -> Value:
    """Put the sign in the place of a figure that is kept back, or that would be summed without one."""
    return replace(value, cells=(None,) * len(value.cells), kept=kept_text(HIDDEN)) if kept else value


def _imported(value: Value, indicator: Indicator, eyes: Eyes) -> Value:
    """Keep back the small figures of earlier years, which stand in no tree."""
    if eyes.own or not indicator.guarded or not any(is_small(cell) for cell in value.cells):
        return value
    return replace(value, cells=(None,) * len(value.cells), kept=kept_text(SMALL))


def _within(series: Mapping[str, list[Point]], review: Review) -> dict[str, list[Point]]:
    """Keep the periods that fall in the term, and the figures that were asked for in one of them."""
    kept = {
        code: [p for p in points if p.period.since <= review.until and p.period.until >= review.since]
        for code, points in series.items()
    }
    return {code: points for code, points in kept.items() if points}


def _sums(code: str, point: Point) -> Cells:
    """Return the sums of a period by code and cell; what nobody reported is nothing, never zero."""
    return {(code, name): cell.sum if cell.values else None for name, cell in point.cells.items()}


def lines_of(indicator: Indicator) -> list[tuple[str, tuple[str, ...]]]:
    """Return the lines of an indicator: one for a pair, else one a cell, each with its name."""
    if indicator.tree_axis in PAIRS:
        return [(str(indicator), tuple(indicator.cells))]
    if len(indicator.cells) == 1:
        return [(str(indicator), (indicator.cells[0],))]
    labels = dict(indicator.labelled_options)
    return [(f"{indicator}: {labels.get(cell, cell)}", (cell,)) for cell in indicator.cells]


def _value(code: str, indicator: Indicator, cells: tuple[str, ...], known: Cells) -> Value:
    return Value(
        tuple(known.get((code, cell)) for cell in cells),
        indicator.tree_axis in PAIRS,
        indicator.scale,
    )


def over_term(code: str, indicator: Indicator, cells: tuple[str, ...], periods: Sequence[Cells]) -> Value:
    """Return the figure over all periods by the indicator's own time axis; periods without a word are left out."""
    pair = indicator.tree_axis in PAIRS
    rows = [[known.get((code, cell)) for cell in cells] for known in periods]
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


def _target(indicator: Indicator, targets: Mapping[int, Decimal], points: Sequence[Point]) -> Decimal | None:
    """Return what was aimed at over the term: the programme's own target, else the periods' by the time axis."""
    if 0 in targets:
        return targets[0]
    known = [p.target for p in points if p.target is not None]
    if not known:
        return None
    return (
        sum(known, Decimal(0))
        if indicator.time_axis == "sum" and indicator.tree_axis not in PAIRS
        else known[-1]
    )
