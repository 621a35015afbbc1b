"""Parse what a person decides of an amendment's rows."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from liencap.programmes.models import Change, Task
from liencap.ui.widgets import DateInput


class DeedForm(forms.Form):
    """One deed on one row, against the revision that the person saw."""

    revision = forms.IntegerField()
    deed = forms.ChoiceField(choices=[(d, d) for d in ("aside", "back", "add")])
    row = forms.CharField(required=False, max_length=60)
    words = forms.CharField(required=False, strip=False)


class DecideForm(forms.Form):
    """What a row does, to which task, with which words and day."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    change = forms.ChoiceField(label=_("What the document does"), choices=Change.choices)
    task = forms.TypedChoiceField(
        label=_("To which task of the plan"), coerce=int, required=False, empty_value=None,
        help_text=_("Leave empty for a task that is added."),
    )  # fmt: skip
    label = forms.CharField(label=_("Label"), max_length=120, required=False)
    text = forms.CharField(
        label=_("What is to be done from now on"), widget=forms.Textarea(attrs={"rows": 6}), required=False,
        help_text=_("A task that is rescinded keeps its words."),
    )  # fmt: skip
    due = forms.DateField(label=_("To be done by"), widget=DateInput, required=False)
    after = forms.TypedChoiceField(
        label=_("An added task stands after"), coerce=int, required=False, empty_value=None
    )
    like = forms.TypedChoiceField(
        label=_("Offer it to the units that hold"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, *args: Any, tasks: Iterable[Task], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(task.pk, f"{task.label or '–'} · {Truncator(task.text).chars(70)}") for task in tasks]
        for name in ("task", "after", "like"):
            field = self.fields[name]
            assert isinstance(field, forms.TypedChoiceField)
            field.choices = [("", "–"), *named]

    def values(self) -> dict[str, Any]:
        """Return the decision as the proposal keeps it."""
        clean = dict(self.cleaned_data)
        clean.pop("revision")
        due: datetime.date | None = clean["due"]
        return clean | {"due": due.isoformat() if due else None}


class AdoptForm(forms.Form):
    """From which day the new versions hold."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    since = forms.DateField(label=_("In force from"), widget=DateInput, required=False)
