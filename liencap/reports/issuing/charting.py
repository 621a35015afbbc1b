"""The charts of a consolidated report, from the same figures as its tables: who has reported, targets, trends."""

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import BinaryField, Count, IntegerField, Q, Value
from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from liencap.core.rollup.cells import HIDDEN
from liencap.printing.charts import Bar, Chart, Dot
from liencap.reports.forming.progress import Progress, progress_of
from liencap.reports.forming.queries import Point, series_of
from liencap.reports.models import ConsolidatedReport, Indicator, Obligation
from liencap.reports.numbers import kept_text, number_text
from liencap.reports.queries import Veils, below, chain_of, veils_for
from liencap.units.models import Unit

MOST_BARS = 30  # more lines are read in the table
MOST_TRENDS = 4
MOST_PERIODS = 8
_STEP = 4  # bytes of a unit in a chain
_HUNDRED = Decimal(100)


def charts_of(report: ConsolidatedReport) -> tuple[Chart, ...]:
    """Return the charts of a unit's report as it stands; about ten queries however many units there are."""
    veils = veils_for(report.unit_id, on_paper=True)
    points = series_of(report.period.programme, report.unit, veils=veils, until=report.period)
    made = [completeness_chart(report), targets_chart(report, points, veils)]
    made += trend_charts(points)
    return tuple(chart for chart in made if chart is not None)


def shares_below(report: ConsolidatedReport) -> list[tuple[Unit, int, int]]:
    """Return the units directly below with how many reports they and theirs owe, and how many came; two queries."""
    chain = chain_of(report.period, report.unit)
    branch = Substr(
        "chain",
        Value(len(chain) + 1, IntegerField()),
        Value(_STEP, IntegerField()),
        output_field=BinaryField(),
    )
    exempt = [Obligation.Class.EXCUSED, Obligation.Class.NOT_DUE]
    rows = (
        below(report.period, chain).order_by().annotate(branch=branch).values_list("branch")
        .annotate(
            owed=Count("pk", filter=~Q(cls__in=exempt)),
            came=Count("pk", filter=~Q(cls__in=exempt) & Q(report__current__isnull=False)),
        )
    )  # fmt: skip
    counted = {int.from_bytes(bytes(place), "big"): (owed, came) for place, owed, came in rows}
    units = Unit.objects.filter(pk__in=counted).order_by("sort_key", "pk")
    return [(unit, *counted[unit.pk]) for unit in units if counted[unit.pk][0]]


def completeness_chart(report: ConsolidatedReport) -> Chart | None:
    """Draw how many reports came from each unit directly below; with many units, of the least complete."""
    rows = shares_below(report)
    if not rows:
        return None
    shown = rows
    if len(rows) > MOST_BARS:
        shown = sorted(rows, key=lambda row: (Decimal(row[2]) / row[1], -row[1]))[:MOST_BARS]
    bars = tuple(
        Bar(str(unit), f"{_HUNDRED * came / owed:.2f}", f"{came}/{owed}") for unit, owed, came in shown
    )
    caption = _("Reports received by unit, of those owed")
    if len(rows) > MOST_BARS:
        caption = _("Reports received by unit, of those owed: the %(shown)s least complete of %(all)s units") % {
            "shown": len(shown), "all": len(rows)
        }  # fmt: skip
    return Chart("bars", caption, _alt(caption, [f"{bar.name} {bar.shown}" for bar in bars]), bars=bars)


def targets_chart(report: ConsolidatedReport, points: dict[str, list[Point]], veils: Veils) -> Chart | None:
    """Draw the official results against what they are to reach, in percent of the target."""
    bars = tuple(
        Bar(str(one.indicator), "" if one.share is None else f"{one.share:.2f}", _against(one))
        for one in progress_of(report.period, report.unit, veils, points)[:MOST_BARS]
        if one.amount
    )
    if not bars:
        return None
    caption = _("Official results against their targets, in percent of the target")
    return Chart("bars", caption, _alt(caption, [f"{bar.name} {bar.shown}" for bar in bars]), bars=bars)


def _against(one: Progress) -> str:
    """Write a result beside its target; of a ratio both are percent."""
    percent = " %" if one.indicator.tree_axis == Indicator.TreeAxis.RATIO else ""
    said = one.value if one.reached is None and one.value else _said(one.reached)
    return f"{said} / {_said(one.amount)}{percent}"


def trend_charts(points: dict[str, list[Point]]) -> list[Chart]:
    """Draw the indicators that have numbers of two periods or more."""
    made = []
    for line in points.values():
        recent = line[-MOST_PERIODS:]
        if sum(one.value is not None for one in recent) < 2:
            continue
        made.append(_trend(recent))
        if len(made) == MOST_TRENDS:
            break
    return made


def _trend(line: Sequence[Point]) -> Chart:
    dots = tuple(
        Dot(
            str(one.period), "" if one.value is None else f"{one.value:f}",
            kept_text(HIDDEN) if one.kept_back else _said(one.value),
            "" if one.target is None else f"{one.target:f}", one.breaks,
        )
        for one in line
    )  # fmt: skip
    name = str(line[-1].indicator)
    caption = _("%(indicator)s by period, official totals") % {"indicator": name}
    if any(dot.target for dot in dots):
        caption = _("%(indicator)s by period, official totals; dashed: target") % {"indicator": name}
    return Chart("line", caption, _alt(caption, [f"{dot.name} {dot.shown}" for dot in dots]), dots=dots)


def _said(number: Decimal | None) -> str:
    """Write a number as the axis of a chart has room for: two places at most, no noughts at the end."""
    if number is None:
        return "–"
    return number_text(number.quantize(Decimal("0.01")).normalize()) if number else "0"


def _alt(caption: str, said: Sequence[str]) -> str:
    return f"{caption}: {'; '.join(said)}."
