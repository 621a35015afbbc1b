"""Parse edits of a proposal, rules that choose units, and passing down."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liencap.programmes.models import TaskDeadline, TaskOwner
from liencap.programmes.queries import Rule
from liencap.ui.widgets import DateInput
from liencap.units.models import Tier

BOUNDS = [
    ("by", _("by that day")), ("in", _("within the period")), ("before", _("before that day")),
    ("exact", _("on that day")), ("from", _("from that day")), ("recurring", _("again and again")),
    ("continuous", _("all the time")), ("conditional", _("depends on an event")), ("target", _("as a target")),
    ("relative", _("counted from another day")),
]  # fmt: skip


class EditForm(forms.Form):
    """One deed on one row, against the revision that the person saw."""

    revision = forms.IntegerField()
    deed = forms.ChoiceField(
        choices=[(d, d) for d in ("aside", "back", "merge", "split", "up", "down", "owner", "add")]
    )
    row = forms.CharField(required=False, max_length=60)
    at = forms.IntegerField(required=False, min_value=1)
    words = forms.CharField(required=False, strip=False)
    start = forms.IntegerField(required=False, min_value=0)


class RowForm(forms.Form):
    """A row's own words."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    label = forms.CharField(label=_("Label"), max_length=120, required=False)
    text = forms.CharField(label=_("What is to be done"), widget=forms.Textarea(attrs={"rows": 6}))
    product = forms.CharField(label=_("Product"), max_length=500, required=False)
    optional = forms.BooleanField(label=_("Units may do it, they need not"), required=False)


class DeadlineForm(forms.Form):
    """A stretch of time of a row."""

    kind = forms.ChoiceField(label=_("Kind of date"), choices=TaskDeadline.Kind.choices)
    start_date = forms.DateField(label=_("First day"), widget=DateInput, required=False)
    end_date = forms.DateField(label=_("Last day"), widget=DateInput, required=False)
    bound = forms.ChoiceField(label=_("How it binds"), choices=BOUNDS, required=False)
    event = forms.CharField(label=_("Event"), max_length=300, required=False)
    tier = forms.CharField(label=_("The plan's word for the tier"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a stretch that ends before it begins."""
        clean = self.cleaned_data
        if clean.get("start_date") and clean.get("end_date") and clean["end_date"] < clean["start_date"]:
            raise forms.ValidationError(_("The last day is before the first."))
        return clean


class OwnerForm(forms.Form):
    """Who leads or supports a row."""

    role = forms.ChoiceField(label=_("Role in the task"), choices=TaskOwner.Role.choices)
    words = forms.CharField(label=_("Unit, in the plan's words"), max_length=300, required=False)


DeadlineSet = forms.formset_factory(DeadlineForm, extra=1, can_delete=True, max_num=30)
OwnerSet = forms.formset_factory(OwnerForm, extra=1, can_delete=True, max_num=60)


class ConfirmForm(forms.Form):
    """The title and days of the programme to be."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=500)
    since = forms.DateField(label=_("First day"), widget=DateInput, required=False)
    until = forms.DateField(label=_("Last day"), widget=DateInput, required=False)


class TierForm(forms.Form):
    """A tier for each of the plan's words."""

    def __init__(self, words: list[str], chosen: dict[str, Tier], data: Any = None) -> None:
        super().__init__(data)
        self.words = words
        for n, word in enumerate(words):
            self.fields[f"w{n}"] = forms.ModelChoiceField(
                Tier.objects.all(), label=f"“{word}”", required=False, initial=chosen.get(word)
            )

    def mapping(self) -> dict[str, Tier | None]:
        """Return the tier chosen for each word."""
        return {word: self.cleaned_data[f"w{n}"] for n, word in enumerate(self.words)}


class RuleForm(forms.Form):
    """Which units, and by which day."""

    tiers = forms.ModelMultipleChoiceField(
        Tier.objects.all(),
        to_field_name="code",
        label=_("Tiers"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )
    under = forms.CharField(label=_("Under the unit with the code"), max_length=40, required=False)
    key = forms.CharField(label=_("With the attribute"), max_length=50, required=False)
    value = forms.CharField(label=_("whose value is"), max_length=120, required=False)
    codes = forms.CharField(
        label=_("Or these units, by their codes"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    due = forms.DateField(label=_("To be done by"), widget=DateInput, required=False)

    def rule(self) -> Rule:
        """Return the rule that the fields say."""
        clean = self.cleaned_data
        codes = tuple(clean["codes"].replace(",", " ").replace(";", " ").split())
        tiers = tuple(tier.code for tier in clean["tiers"])
        return Rule(tiers, clean["under"].strip(), clean["key"].strip(), clean["value"].strip(), codes)


class PassForm(RuleForm):
    """Whom to pass a task to, with sub-tasks of one's own, and a waiver for a later day."""

    subtasks = forms.CharField(
        label=_("Sub-tasks of your own, one a line"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    waiver = forms.CharField(
        label=_("Waiver: who allowed a later day, and why"), max_length=300, required=False
    )
