"""Parse what people type about who owes; nothing here is saved."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liencap.reports.models import Period
from liencap.reports.owed.queries import STATES, Wanted
from liencap.reports.owed.who import rule_of
from liencap.ui.widgets import DateInput
from liencap.units.asking import AttributeField
from liencap.units.models import Tier, Unit
from liencap.units.rules import Rule

REASON = {"rows": 2, "maxlength": 500}


def unit_typed(typed: str, within: Unit) -> Unit:
    """Find the unit of a subtree with a typed code, or with a name that only one unit there has."""
    units = Unit.objects.all().below(within)
    found = units.filter(code=typed.strip()).first()
    if found is None:
        named = list(units.filter(Q(name__iexact=typed.strip()) | Q(name_en__iexact=typed.strip()))[:2])
        found = named[0] if len(named) == 1 else None
    if found is None:
        raise forms.ValidationError(
            _("There is no unit with the code or name “%(code)s”, or several have it.")
            % {"code": typed.strip()}
        )
    return found


class WhoForm(forms.Form):
    """Who owes in a period, when sending ends, and when units are reminded."""

    by = forms.ChoiceField(
        label=gettext_lazy("Who reports"),
        choices=[
            ("tasks", gettext_lazy("The units that hold a task of the programme")),
            ("rule", gettext_lazy("All units that the following have in common")),
        ],
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
    )
    tiers = forms.MultipleChoiceField(
        label=gettext_lazy("Tiers"), required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )  # fmt: skip
    under = forms.CharField(
        label=gettext_lazy("Only this unit and those under it (code or name)"), required=False, max_length=250
    )
    attribute = AttributeField()
    lock_days = forms.IntegerField(
        label=gettext_lazy("Locked: days after the due day on which a unit can still send"),
        required=False, min_value=0, max_value=366,
        help_text=gettext_lazy(
            "Left empty, units can send until the period is closed; whoever sends after the due day is late."
        ),
    )  # fmt: skip
    before = forms.CharField(
        label=gettext_lazy("Remind so many days before the due day"), required=False, max_length=60,
        help_text=gettext_lazy("Numbers with commas, such as 7, 3, 1. Empty: no reminder."),
    )  # fmt: skip
    after = forms.CharField(
        label=gettext_lazy("Remind so many days after it, while nothing is sent"),
        required=False,
        max_length=60,
    )

    def __init__(self, data: Any, period: Period, **more: Any) -> None:
        rule = period.rule
        first = {
            "by": "rule" if rule else "tasks", "tiers": rule.get("tiers", []), "under": rule.get("under", ""),
            "attribute": f"{rule['key']}={rule.get('value', '')}" if "key" in rule else "",
            "lock_days": period.lock_days,
            "before": ", ".join(str(-n) for n in period.reminders if n <= 0),
            "after": ", ".join(str(n) for n in period.reminders if n > 0),
        }  # fmt: skip
        super().__init__(data, initial=first, **more)
        self.period = period
        field = self.fields["tiers"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(tier.code, str(tier)) for tier in Tier.objects.all()]
        if period.state != Period.State.DRAFT:
            for name in ("by", "tiers", "under", "attribute"):
                del self.fields[name]
            return
        named = self.fields["attribute"]
        assert isinstance(named, AttributeField)
        named.offer(period.programme.unit, [(rule.get("key", ""), rule.get("value", ""))])

    def clean_under(self) -> str:
        """Refuse a code that no unit below has."""
        typed = self.cleaned_data["under"].strip()
        return unit_typed(typed, self.period.programme.unit).code if typed else ""

    def clean_before(self) -> list[int]:
        """Return the days before the due day, as negative numbers."""
        return [-n for n in _numbers(self.cleaned_data["before"])]

    def clean_after(self) -> list[int]:
        """Return the days after the due day."""
        return _numbers(self.cleaned_data["after"])

    def rule(self) -> Rule | None:
        """Return the rule that was chosen; None for the holders of tasks."""
        said = self.cleaned_data
        if "by" not in self.fields:
            return rule_of(self.period)
        if said["by"] == "tasks":
            return None
        return Rule(tuple(said["tiers"]), said["under"], *said["attribute"])

    def reminders(self) -> list[int]:
        """Return all days of reminding."""
        return [*self.cleaned_data["before"], *self.cleaned_data["after"]]


def _numbers(typed: str) -> list[int]:
    words = typed.replace(";", " ").replace(",", " ").split()
    if not all(word.isdecimal() and len(word) < 4 for word in words):
        raise forms.ValidationError(_("Write whole numbers with commas between them, such as 7, 3, 1."))
    return [int(word) for word in words]


class ExceptionForm(forms.Form):
    """A unit that owes, or does not, whatever the rule says."""

    unit = forms.CharField(label=gettext_lazy("Code or name of the unit"), max_length=250)
    owes = forms.ChoiceField(
        label=gettext_lazy("What holds for it"),
        choices=[("yes", gettext_lazy("It reports too")), ("no", gettext_lazy("It need not report"))],
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500)

    def __init__(self, data: Any, within: Unit) -> None:
        super().__init__(data, prefix="exception")
        self.within = within

    def clean_unit(self) -> Unit:
        """Find the unit with the typed code."""
        return unit_typed(self.cleaned_data["unit"], self.within)


class JoinForm(forms.Form):
    """A unit that owes from a day of an open period on."""

    unit = forms.CharField(label=gettext_lazy("Code or name of the unit"), max_length=250)
    since = forms.DateField(label=gettext_lazy("Reports from"), widget=DateInput)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500)

    def __init__(self, data: Any, period: Period) -> None:
        super().__init__(data, initial={"since": period.since}, prefix="join")
        self.period = period

    def clean_unit(self) -> Unit:
        """Find the unit with the typed code."""
        return unit_typed(self.cleaned_data["unit"], self.period.programme.unit)


class DayReasonForm(forms.Form):
    """A new day and why."""

    until = forms.DateField(label=gettext_lazy("Until"), widget=DateInput)
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs=REASON)
    )


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs=REASON)
    )


def wanted_of(said: Any) -> Wanted:
    """Return the filter that an address asks for; what cannot be read counts as not asked."""

    def number(name: str) -> int:
        text = said.get(name, "")
        return int(text) if text.isdecimal() and len(text) < 18 else 0

    state = said.get("state", "")
    return Wanted(
        state if state in STATES else "",
        Tier.objects.filter(pk=number("tier")).first() if said.get("tier") else None,
        Unit.objects.filter(pk=number("branch")).first() if said.get("branch") else None,
    )
