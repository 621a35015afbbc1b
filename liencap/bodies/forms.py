"""Parse what people type about bodies and what is asked of them."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from liencap.bodies.models import PART_LABELS, BodyKind, EquipmentLine
from liencap.documents.models import Document
from liencap.ui.widgets import DateInput
from liencap.units.models import Tier, Unit

RECENT = 200  # documents that a form offers, the newest


def _document() -> "forms.ModelChoiceField[Document]":
    return forms.ModelChoiceField(Document.objects.none(), label=_("Its document"), required=False)


class _Form(forms.Form):
    """A form that may offer the documents of a unit."""

    def among(self, documents: "QuerySet[Document]", unit: Unit) -> Any:
        """Offer the newest documents of the unit that the asker may see."""
        field = self.fields["document"]
        assert isinstance(field, forms.ModelChoiceField)
        newest = documents.filter(unit=unit).order_by("-pk").values("pk")[:RECENT]
        field.queryset = Document.objects.filter(pk__in=list(newest.values_list("pk", flat=True)))
        return self


class BodyForm(_Form):
    """Kind, founding document and term of a body."""

    kind = forms.ModelChoiceField(BodyKind.objects.all(), label=_("Kind"), required=False)
    founded_by = forms.CharField(
        label=_("Founded by"), max_length=250, required=False, help_text=_("Number and date of the decision.")
    )
    document = _document()
    term_since = forms.DateField(label=_("Term from"), widget=DateInput, required=False)
    term_until = forms.DateField(label=_("Term to"), widget=DateInput, required=False)


class RegulationForm(_Form):
    """A regulation."""

    title = forms.CharField(label=_("Title"), max_length=300)
    since = forms.DateField(label=_("In force from"), widget=DateInput)
    document = _document()


class BudgetForm(forms.Form):
    """A line of money."""

    year = forms.IntegerField(label=_("Year"), min_value=1900, max_value=2200)
    purpose = forms.CharField(label=_("What for"), max_length=300)
    source = forms.CharField(label=_("From where"), max_length=200, required=False)
    planned = forms.DecimalField(label=_("Planned (đồng)"), min_value=0, max_digits=18, decimal_places=0)
    spent = forms.DecimalField(
        label=_("Spent (đồng)"), min_value=0, max_digits=18, decimal_places=0, required=False
    )


class EquipmentForm(forms.Form):
    """A line of things."""

    what = forms.CharField(label=_("Thing"), max_length=300)
    count = forms.IntegerField(label=_("Number of pieces"), min_value=0, max_value=10_000_000)
    condition = forms.ChoiceField(label=_("Condition"), choices=EquipmentLine.Condition.choices)
    since = forms.DateField(label=_("Since"), widget=DateInput, required=False)


class KindForm(forms.Form):
    """A kind of body."""

    name = forms.CharField(label=_("Name"), max_length=200)
    name_en = forms.CharField(label=_("English name"), max_length=200, required=False)


class AskForm(forms.Form):
    """What is asked of which units."""

    kind = forms.ModelChoiceField(BodyKind.objects.all(), label=_("Kind of body"))
    tiers = forms.ModelMultipleChoiceField(
        Tier.objects.all(), label=_("In every unit of the tiers"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )  # fmt: skip
    under = forms.CharField(label=_("Only under the unit with the code"), max_length=40, required=False)
    parts = forms.MultipleChoiceField(
        label=_("It is complete with"), choices=list(PART_LABELS.items()),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )  # fmt: skip
    seats = forms.IntegerField(
        label=_("At least so many seats filled"), min_value=0, max_value=999, initial=1, required=False
    )

    def clean_seats(self) -> int:
        """Read an empty field as none."""
        return int(self.cleaned_data["seats"] or 0)
