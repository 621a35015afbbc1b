"""Results against targets; where there is no target, or no value, there is no progress."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from liencap.core.rollup.cells import HIDDEN
from liencap.reports.forming.queries import Point, series_of, targets_of
from liencap.reports.models import Indicator, Period
from liencap.reports.numbers import kept_text, number_text
from liencap.reports.queries.kept import Veils
from liencap.units.models import Unit


@dataclass(frozen=True, slots=True)
class Progress:
    """One target: what was reached of it, how many reports gave a value of how many that came in.

    `amount` and `reached` are the numbers themselves, `target` and `value` how they are written.
    """

    indicator: Indicator
    amount: Decimal
    reached: Decimal | None
    target: str
    value: str
    given: int
    received: int
    whole_programme: bool
    since_break: bool

    @property
    def share(self) -> Decimal | None:
        """Return what was reached in percent of the target; None without a value."""
        return self.reached * 100 / self.amount if self.reached is not None and self.amount else None

    @property
    def percent(self) -> int | None:
        """Return the whole percents that were reached."""
        return None if self.share is None else int(self.share)


def progress_of(
    period: Period, unit: Unit, veils: Veils, series: Mapping[str, Sequence[Point]] | None = None
) -> list[Progress]:
    """Hold the official totals of a unit and all below it against their targets; one query without any, else five.

    `series` is what `series_of` gives until the period, where it was read already.
    """
    targets = targets_of(period, unit)
    if targets and series is None:
        series = series_of(period.programme, unit, veils=veils, codes=targets, until=period)
    found = []
    for code, (amount, own) in targets.items():
        points = (series or {}).get(code, ())
        here = [point for point in points if point.period.pk == period.pk]
        counted = here if own else since_break(points)
        if not here:
            continue
        value, indicator = _value(counted), here[0].indicator
        found.append(
            Progress(
                indicator, amount, value,
                _written(indicator, amount), _reached(indicator, value, counted),
                sum(p.given for p in counted), sum(p.received for p in counted), not own,
                len(counted) < len(points) and not own,
            )
        )  # fmt: skip
    return found


def since_break(points: Sequence[Point]) -> list[Point]:
    """Return the points after the last break: what lies before cannot be added."""
    last = max((i for i, point in enumerate(points) if point.breaks), default=0)
    return list(points[last:])


def _value(points: Sequence[Point]) -> Decimal | None:
    """Combine the values of periods as the indicator says; periods without a value are left out, not taken for zero."""
    if any(point.kept_back for point in points):
        return None  # without those the sum would be another
    values = [point.value for point in points if point.value is not None]
    if not values:
        return None
    indicator = points[-1].indicator
    axis = indicator.time_axis
    if axis == Indicator.TimeAxis.SUM and indicator.tree_axis != Indicator.TreeAxis.RATIO:
        return sum(values, Decimal(0))
    if axis == Indicator.TimeAxis.SUM:
        return _ratio(points)
    if axis == Indicator.TimeAxis.AVERAGE:
        return round(sum(values, Decimal(0)) / len(values), indicator.scale + 4)
    return max(values) if axis == Indicator.TimeAxis.MAX else values[-1]


def _ratio(points: Sequence[Point]) -> Decimal | None:
    """Divide the parts of all periods by their wholes: never an average of percentages."""
    pairs = [(p.cells["numerator"].sum, p.cells["denominator"].sum) for p in points if p.value is not None]
    above, below = (sum((pair[i] or Decimal(0) for pair in pairs), Decimal(0)) for i in (0, 1))
    return round(above * 100 / below, 4) if below else None


def _reached(indicator: Indicator, value: Decimal | None, points: Sequence[Point]) -> str:
    if any(point.kept_back for point in points):
        return kept_text(HIDDEN)
    return "" if value is None else _written(indicator, value)


def _written(indicator: Indicator, number: Decimal) -> str:
    whole = number.to_integral_value()
    plain = number_text(whole if whole == number else round(number, max(1, indicator.scale)))
    if indicator.tree_axis == Indicator.TreeAxis.RATIO:
        return f"{plain} %"
    if indicator.kind == Indicator.Kind.YES_NO:
        return _("%(n)s said yes") % {"n": plain}
    return f"{plain} {indicator.measure_name}".strip()
