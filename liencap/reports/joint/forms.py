"""Parse a joint activity and the answer of a partner; nothing here is saved."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liencap.reports.forming.counting import cell_name
from liencap.reports.forming.forms import NumberField
from liencap.reports.joint.actions import ActivityInput
from liencap.reports.models import Indicator, JointActivity, Obligation
from liencap.ui.widgets import DateInput
from liencap.units.models import Unit


class ActivityForm(forms.Form):
    """An activity, its partners and what it adds to the host's figures."""

    title = forms.CharField(label=gettext_lazy("What was held together"), max_length=300)
    held_on = forms.DateField(label=gettext_lazy("Day"), widget=DateInput, required=False)
    near = forms.MultipleChoiceField(
        label=gettext_lazy("Partners beside your unit"), required=False, widget=forms.CheckboxSelectMultiple
    )
    codes = forms.CharField(
        label=gettext_lazy("Other partners, by the codes of their units"), required=False, max_length=1000,
        help_text=gettext_lazy("Several codes with commas between them."),
    )  # fmt: skip

    def __init__(
        self, data: Any, *, owed: Obligation, near: Sequence[Unit], indicators: Sequence[Indicator],
        activity: JointActivity | None = None,
    ) -> None:  # fmt: skip
        super().__init__(data, initial=_initial(activity, near))
        self.owed = owed
        field = self.fields["near"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(unit.pk), str(unit)) for unit in near]
        self.beside = {str(unit.pk): unit for unit in near}
        self.keys: dict[str, tuple[str, str]] = {}
        had = {
            (row["code"], row["cell"]): Decimal(row["number"])
            for row in (activity.figures if activity else ())
        }
        for indicator in indicators:
            for i, cell in enumerate(indicator.cells):
                name = f"f-{indicator.pk}-{i}"
                label = " · ".join(filter(None, (str(indicator), cell_name(indicator, cell))))
                self.keys[name] = indicator.code, cell
                initial = had.get((indicator.code, cell))
                self.fields[name] = NumberField(label=label, initial=initial, required=False, max_length=30)

    def clean_codes(self) -> list[Unit]:
        """Find the units of the codes among those that owe a report in the period."""
        codes = {code.strip() for code in self.cleaned_data["codes"].split(",") if code.strip()}
        owing = Obligation.objects.filter(period_id=self.owed.period_id, unit__code__in=codes)
        found = {one.unit.code: one.unit for one in owing.select_related("unit")}
        if missing := sorted(codes - found.keys()):
            said = _("No unit that reports in this period has the code %(codes)s.")
            raise forms.ValidationError(said % {"codes": ", ".join(missing)})
        return list(found.values())

    def said(self) -> ActivityInput:
        """Return the activity as entered; an empty number adds nothing."""
        data = self.cleaned_data
        partners = {unit.pk: unit for unit in [*(self.beside[pk] for pk in data["near"]), *data["codes"]]}
        figures = {key: data[name] for name, key in self.keys.items() if data[name] is not None}
        return ActivityInput(data["title"], list(partners.values()), figures, data["held_on"])


def _initial(activity: JointActivity | None, near: Sequence[Unit]) -> dict[str, Any]:
    if activity is None:
        return {}
    beside, here = (
        {unit.pk for unit in near},
        [partner.unit for partner in activity.partners.select_related("unit")],
    )
    return {
        "title": activity.title, "held_on": activity.held_on, "near": [str(u.pk) for u in here if u.pk in beside],
        "codes": ", ".join(u.code for u in here if u.pk not in beside),
    }  # fmt: skip


class AnswerForm(forms.Form):
    """Whether a partner takes part, and why not."""

    confirms = forms.TypedChoiceField(choices=[("yes", ""), ("no", "")], coerce=lambda said: said == "yes")
    reason = forms.CharField(label=gettext_lazy("Why not"), max_length=500, required=False)
