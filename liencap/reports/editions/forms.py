"""Parse what the head says of a new edition."""

from django import forms
from django.utils.translation import gettext_lazy

from liencap.reports.models import Edition


class EditionForm(forms.Form):
    """The kind of the edition, why there is one, and the revision of the texts that was read."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is printed"), widget=forms.RadioSelect, initial=Edition.Kind.FULL,
        choices=[
            (Edition.Kind.FULL.value, gettext_lazy("A new edition: the whole report anew, headed by what changed")),
            (Edition.Kind.ERRATA.value, gettext_lazy("An errata page: nothing but what changed")),
        ],
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Why there is a new edition"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)
