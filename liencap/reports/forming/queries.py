"""Values of indicators over periods, through the versions of the form, and what they are to reach."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet

from liencap.core.rollup.cells import YES
from liencap.core.rollup.lineage import Link, Origin, lineage, rescaled
from liencap.core.rollup.periods import MEAN_PLACES
from liencap.core.rollup.totals import TotalCell, read
from liencap.programmes.models import Programme
from liencap.reports.models import FormVersion, Indicator, Period, Target, Total
from liencap.units.models import Unit

if TYPE_CHECKING:
    from liencap.reports.queries import Veils  # which opens the door to this module


@dataclass(frozen=True, slots=True)
class Point:
    """An indicator of a unit and all below it in one period, in the measure of the newest form.

    `cells` are the totals by cell (converted); `value` is the one number: the sum, the percentage of a ratio, how many
    said yes; None for a choice, a date, and where nobody gave a value. `given`, `blank` and `not_applicable` count
    reports of `received` received. `breaks` says that it cannot be compared with the point before, `converted` that it
    was asked in another measure. `target` is that of this very period and unit.
    """

    period: Period
    indicator: Indicator
    cells: Mapping[str, TotalCell]
    value: Decimal | None
    given: int
    blank: int
    not_applicable: int
    received: int
    breaks: bool
    converted: bool
    target: Decimal | None

    @property
    def kept_back(self) -> bool:
        """Say whether the reader may not see the number."""
        return any(cell.shown is not YES for cell in self.cells.values())


def series(
    programme: Programme,
    code: str,
    unit: Unit,
    kind: str = Total.Kind.OFFICIAL,
    *,
    veils: "Veils",
    until: Period | None = None,
) -> list[Point]:
    """Return an indicator of the newest form over all opened periods, oldest first; four queries.

    A period in which it was not asked (under any name it had) has no point. `until` is the last period to look at.
    """
    return series_of(programme, unit, kind, veils=veils, codes=[code], until=until).get(code, [])


def series_of(
    programme: Programme,
    unit: Unit,
    kind: str = Total.Kind.OFFICIAL,
    *,
    veils: "Veils",
    codes: Iterable[str] | None = None,
    until: Period | None = None,
) -> dict[str, list[Point]]:
    """Return `series` for each code of the newest form, or of the form of `until`; the same four queries.

    `veils` keep back what the reader may not see of the figures that count people by a personal attribute.
    """
    opened = Period.objects.filter(programme=programme, form__isnull=False).select_related("form")
    if until is not None:
        opened = opened.filter(Q(until__lt=until.until) | Q(pk=until.pk))
    periods = list(opened.order_by("until", "pk"))
    forms = _forms(programme, until)
    if not periods or not forms:
        return {}
    newest = forms[0].by_code
    packed = dict(
        Total.objects.filter(period__in=periods, unit=unit, kind=kind).values_list("period_id", "packed")
    )
    targets = {
        (t.code, t.period_id): t.amount
        for t in Target.objects.filter(programme=programme, unit=unit, period__isnull=False)
    }
    read_ = {p.pk: _cells(veils, p, unit, packed.get(p.pk)) for p in periods}
    found = {}
    for code in newest if codes is None else [c for c in codes if c in newest]:
        traced = lineage([f.links for f in forms], code)
        origins = {f.pk: origin for f, origin in zip(forms, traced, strict=True)}
        found[code] = _points(periods, forms, origins, read_, targets)
    return found


def targets_of(period: Period, unit: Unit) -> dict[str, tuple[Decimal, bool]]:
    """Return by code what a unit is to reach, and whether in this very period (else by the end of the programme)."""
    rows = list(_aims(period.programme, unit, Q(period=period) | Q(period=None)))
    whole = [row for row in rows if row.period_id is None]
    found = {code: (amount, False) for code, amount in _as_in(period.form, period.programme, whole).items()}
    return found | {t.code: (t.amount, True) for t in rows if t.period_id is not None}


def aims_of(programme: Programme, unit: Unit, periods: Sequence[int] = ()) -> dict[str, dict[int, Decimal]]:
    """Return by code what a unit is to reach: under 0 by the end of the programme, else in one of the periods.

    What concerns the whole programme stands under the codes and in the measures of its newest form. One query without
    any, two with, four where a form was laid down since.
    """
    rows = list(_aims(programme, unit, Q(period=None) | Q(period__in=periods)))
    whole = [row for row in rows if row.period_id is None]
    newest = FormVersion.objects.filter(programme=programme).first() if whole else None
    found = {code: {0: amount} for code, amount in _as_in(newest, programme, whole).items()}
    for row in rows:
        if row.period_id is not None:
            found.setdefault(row.code, {})[row.period_id] = row.amount
    return found


def _aims(programme: Programme, unit: Unit, which: Q) -> QuerySet[Target]:
    """Return targets of a unit; those that were set on a newer form come later."""
    rows = Target.objects.filter(which, programme=programme, unit=unit)
    return rows.order_by(F("form__n").asc(nulls_first=True), "pk")


def _as_in(form: FormVersion | None, programme: Programme, rows: Sequence[Target]) -> dict[str, Decimal]:
    """Follow targets of a programme into a form: under the code and in the measure that their indicator has there.

    Over a break nothing can be converted: the amount stays as it was typed.
    """
    if form is None or all(row.form_id in (None, form.pk) for row in rows):
        return {row.code: row.amount for row in rows}
    forms = _forms(programme, None)
    found, followed = {row.code: row.amount for row in rows if row.form_id is None}, set[int]()
    for code in forms[0].by_code:
        traced = lineage([f.links for f in forms], code)
        origins = {f.pk: origin for f, origin in zip(forms, traced, strict=True)}
        if (there := origins.get(form.pk)) is None:
            continue
        for row in rows:
            here = origins.get(row.form_id or 0)
            if here is not None and here.code == row.code:
                factor = here.factor / there.factor if here.breaks == there.breaks else Fraction(1)
                found[there.code] = rescaled(row.amount, factor, 9)
                followed.add(row.pk)
    return {row.code: row.amount for row in rows if row.form_id and row.pk not in followed} | found


@dataclass(frozen=True, slots=True)
class _Form:
    pk: int
    by_code: Mapping[str, Indicator] = field(default_factory=dict)
    links: Mapping[str, Link] = field(default_factory=dict)


def _forms(programme: Programme, until: Period | None) -> list[_Form]:
    """Read the versions of a form, newest first, with how each indicator continues the one before; two queries."""
    versions = FormVersion.objects.filter(programme=programme)
    if until is not None and until.form is not None:
        versions = versions.filter(n__lte=until.form.n)
    found = []
    for version in versions.only("pk", "n", "programme").prefetch_related("indicators"):
        by_code = {i.code: i for i in version.indicators.all()}
        links = {i.code: Link(i.before, Fraction(i.factor), i.breaks) for i in by_code.values()}
        found.append(_Form(version.pk, by_code, links))
    return found


def _cells(
    veils: "Veils", period: Period, unit: Unit, packed: bytes | memoryview | None
) -> tuple[int, dict[tuple[str, str], TotalCell]]:
    """Read a stored total; a unit without one has said nothing."""
    if packed is None or period.form is None:
        return 0, {}
    received = read(period.form.cells, bytes(packed)).received
    return received, veils(period).total(unit, bytes(packed))


def _points(
    periods: Sequence[Period],
    forms: Sequence[_Form],
    origins: Mapping[int, Origin | None],
    totals: Mapping[int, tuple[int, dict[tuple[str, str], TotalCell]]],
    targets: Mapping[tuple[str, int | None], Decimal],
) -> list[Point]:
    """Lay out the points of one indicator in the order of the periods."""
    by_pk, points = {f.pk: f for f in forms}, []
    earlier: int | None = None
    for period in periods:
        origin = origins.get(period.form_id or 0)
        if origin is None:
            continue
        indicator = by_pk[period.form_id or 0].by_code[origin.code]
        received, cells = totals[period.pk]
        own = {cell: cells[origin.code, cell] for cell in indicator.cells if (origin.code, cell) in cells}
        turned = {name: _turned(cell, indicator, origin.factor) for name, cell in own.items()}
        lead = next(iter(own.values()), None)
        target = targets.get((origin.code, period.pk))
        points.append(
            Point(
                period, indicator, turned, value_of(indicator, turned),
                lead.values if lead and indicator.kind != Indicator.Kind.CHOICE else _chosen(own),
                lead.blank if lead else 0, lead.not_applicable if lead else 0, received,
                breaks=earlier is not None and earlier != origin.breaks,
                converted=origin.factor != 1,
                target=None if target is None else rescaled(target, origin.factor, 9),
            )
        )  # fmt: skip
        earlier = origin.breaks
    return points


def _chosen(cells: Mapping[str, TotalCell]) -> int:
    """Count the reports that chose an option; each of them fills every cell."""
    return max((c.values for c in cells.values()), default=0)


def _turned(cell: TotalCell, indicator: Indicator, factor: Fraction) -> TotalCell:
    """Convert a total to the newest measure; counts of reports stay."""
    if cell.sum is None or factor == 1:
        return cell
    return cell._replace(sum=rescaled(cell.sum, factor, indicator.scale + MEAN_PLACES))


def value_of(indicator: Indicator, cells: Mapping[str, TotalCell]) -> Decimal | None:
    """Return the one number that totals of an indicator say: a sum, a percentage, a count of yes; else None."""
    if indicator.kind in (Indicator.Kind.CHOICE, Indicator.Kind.DATE) or not cells:
        return None
    if indicator.tree_axis == Indicator.TreeAxis.RATIO:
        above, below = cells["numerator"].sum, cells["denominator"].sum
        if above is None or not below:
            return None
        return rescaled(above, Fraction(100) / Fraction(below), MEAN_PLACES)
    first = cells[indicator.cells[0]]
    return first.sum if first.values else None
