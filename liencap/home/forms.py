"""Read what part of the log somebody asks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from liencap.home.labels import KINDS
from liencap.ui.widgets import DateInput


class AuditForm(forms.Form):
    """Which entries: of a unit, of somebody, about a kind of thing, of some days."""

    unit = forms.CharField(label=_("Unit (code or name)"), max_length=100, required=False)
    who = forms.CharField(label=_("Who"), max_length=100, required=False)
    kind = forms.ChoiceField(label=_("About"), required=False)
    since = forms.DateField(label=_("From day"), widget=DateInput(), required=False)
    until = forms.DateField(label=_("To day"), widget=DateInput(), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed through
        kinds = sorted(((code, str(label)) for code, label in KINDS.items()), key=lambda pair: pair[1])
        self.fields["kind"].choices = [("", _("everything")), *kinds]  # type: ignore[attr-defined]  # a ChoiceField
