"""Targets as a page of one unit, for a whole programme or one of its periods."""

from typing import Any

from django import forms

from liencap.programmes.models import Programme
from liencap.reports.forming.forms import NumberField
from liencap.reports.forming.queries import aims_of
from liencap.reports.forming.values import TargetInput
from liencap.reports.models import FormVersion, Indicator, Period, Target
from liencap.units.models import Unit

AIMED = (Indicator.Kind.NUMBER, Indicator.Kind.MONEY, Indicator.Kind.PERCENTAGE, Indicator.Kind.YES_NO)


def unit_named(programme: Programme, code: str) -> Unit | None:
    """Return the unit of a code among those at or below the one that set the programme; of no code, that one."""
    if not code.strip():
        return programme.unit
    return Unit.objects.all().below(programme.unit).filter(code__iexact=code.strip()).first()


class TargetsForm(forms.Form):
    """An amount for each indicator that can be aimed at."""

    def __init__(self, *args: Any, programme: Programme, unit: Unit | None, period: Period | None) -> None:
        super().__init__(*args)
        self.unit, self.period = unit, period
        form = (
            period.form if period and period.form else FormVersion.objects.filter(programme=programme).first()
        )
        asked = form.indicators.filter(kind__in=AIMED) if form else Indicator.objects.none()
        had = {}
        if period is not None:
            own = Target.objects.filter(programme=programme, unit=unit, period=period)
            had = dict(own.values_list("code", "amount"))
        elif unit is not None:
            had = {code: to[0] for code, to in aims_of(programme, unit).items()}
        for indicator in asked:
            amount = had.get(indicator.code)
            counted = "%" if indicator.tree_axis == Indicator.TreeAxis.RATIO else indicator.measure_name
            label = f"{indicator} ({counted})" if counted else str(indicator)
            shown = None if amount is None else _plain(amount)
            self.fields[f"t-{indicator.code}"] = NumberField(
                label=label, initial=shown, required=False, max_length=30
            )

    def rows(self) -> list[TargetInput]:
        """Return the targets that were typed; an empty one takes its target away."""
        assert self.unit is not None, "targets belong to a unit"
        return [
            TargetInput(name[2:], self.unit, amount, self.period)
            for name, amount in self.cleaned_data.items()
        ]


def _plain(amount: Any) -> Any:
    """Drop the zeros that the column adds."""
    whole = amount.to_integral_value()
    return whole if amount == whole else amount.normalize()
