"""Parse edits of a proposal, rules that choose units, and passing down."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from liencap.programmes.models import Task, TaskDeadline, TaskOwner, WaitUnit
from liencap.programmes.queries import Rule
from liencap.programmes.waiting import likely_kind
from liencap.ui.widgets import DateInput
from liencap.units.asking import AttributeField
from liencap.units.models import Tier, Unit, UnitEvent

BOUNDS = [
    ("by", _("by that day")), ("in", _("within the period")), ("before", _("before that day")),
    ("exact", _("on that day")), ("from", _("from that day")), ("recurring", _("again and again")),
    ("continuous", _("all the time")), ("conditional", _("depends on an event")), ("target", _("as a target")),
    ("relative", _("counted from another day")),
]  # fmt: skip


DEEDS = ("aside", "back", "merge", "split", "up", "down", "owner", "add", "task-of", "link")


class EditForm(forms.Form):
    """One deed on one row, against the revision that the person saw."""

    revision = forms.IntegerField()
    deed = forms.ChoiceField(choices=[(d, d) for d in DEEDS])
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
    attribute = AttributeField()
    codes = forms.CharField(
        label=_("Or these units, by their codes"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    due = forms.DateField(label=_("To be done by"), widget=DateInput, required=False)

    def __init__(self, data: Any, within: Unit, **more: Any) -> None:
        super().__init__(data, **more)
        field = self.fields["attribute"]
        assert isinstance(field, AttributeField)
        field.offer(within)

    def rule(self) -> Rule:
        """Return the rule that the fields say."""
        clean = self.cleaned_data
        codes = tuple(clean["codes"].replace(",", " ").replace(";", " ").split())
        tiers = tuple(tier.code for tier in clean["tiers"])
        key, value = clean["attribute"]
        return Rule(tiers, clean["under"].strip(), key, value, codes)


class PassForm(RuleForm):
    """Whom to pass a task to, with sub-tasks of one's own, and a waiver for a later day."""

    subtasks = forms.CharField(
        label=_("Sub-tasks of your own, one a line"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    waiver = forms.CharField(
        label=_("Waiver: who allowed a later day, and why"), max_length=300, required=False
    )


class PassManyForm(RuleForm):
    """Whom to pass several tasks to, and a waiver for a later day."""

    waiver = forms.CharField(
        label=_("Waiver: who allowed a later day, and why"), max_length=300, required=False
    )


EVENTS = [("", _("It waits for no event")), *UnitEvent.Kind.choices]


class EventWordForm(forms.Form):
    """A kind of event for each of the plan's words."""

    def __init__(self, words: list[str], chosen: dict[str, str], data: Any = None) -> None:
        super().__init__(data)
        self.words = words
        for n, word in enumerate(words):
            first = chosen.get(word) or likely_kind(word)
            self.fields[f"e{n}"] = forms.ChoiceField(
                choices=EVENTS, label=f"“{word}”", required=False, initial=first
            )

    def mapping(self) -> dict[str, str]:
        """Return the kind chosen for each word."""
        return {word: self.cleaned_data[f"e{n}"] for n, word in enumerate(self.words)}


class ConditionForm(forms.Form):
    """Which event a task waits for, and how long after or before it."""

    kind = forms.ChoiceField(label=_("Event of the unit"), choices=EVENTS, required=False)
    n = forms.IntegerField(label=_("How many"), min_value=0, max_value=400, initial=0)
    unit = forms.ChoiceField(label=_("Counted in"), choices=WaitUnit.choices)
    way = forms.ChoiceField(
        label=_("After or before"),
        choices=[("after", _("after the event")), ("before", _("before the event"))],
    )
    reaches_below = forms.BooleanField(
        label=_("The event of a unit also counts for the units below it"), required=False
    )

    def values(self) -> dict[str, Any]:
        """Return the fields as the action takes them."""
        clean = self.cleaned_data
        return {
            "kind": clean["kind"], "wait": -clean["n"] if clean["way"] == "before" else clean["n"],
            "unit": clean["unit"], "reaches_below": clean["reaches_below"],
        }  # fmt: skip


class DirectionTaskForm(forms.Form):
    """The task to be made of a direction."""

    label = forms.CharField(label=_("Label"), max_length=120, required=False)
    text = forms.CharField(label=_("What is to be done"), widget=forms.Textarea(attrs={"rows": 4}))
    due = forms.DateField(label=_("To be done by"), widget=DateInput, required=False)
    lead = forms.CharField(
        label=_("Who leads it, in the plan's words or by the unit's name"), max_length=300, required=False
    )


class LinkForm(forms.Form):
    """A task of the programme that carries out a direction."""

    task = forms.ModelChoiceField(Task.objects.none(), label=_("Task"))

    def among(self, tasks: "QuerySet[Task]") -> "LinkForm":
        """Offer only these tasks."""
        field = self.fields["task"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = tasks
        return self
