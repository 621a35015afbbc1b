"""Parse what is typed about the attributes of a unit."""

from django import forms
from django.utils.translation import gettext_lazy as _

from liencap.ui.widgets import ListedInput
from liencap.units.forms.tree import day_field


class AttributeForm(forms.Form):
    """A name, its value and the day from which it holds; names and values in use are offered."""

    key = forms.CharField(
        label=_("Attribute"), max_length=50, widget=ListedInput, help_text=_("Such as: sector, kind of area.")
    )
    value = forms.CharField(label=_("Value"), max_length=120, widget=ListedInput)
    since = day_field(_("Since"))

    def offering(self, known: dict[str, list[str]]) -> "AttributeForm":
        """Offer the names in use, and their values."""
        values = sorted({value for some in known.values() for value in some})
        for name, listed in (("key", [*known]), ("value", values)):
            widget = self.fields[name].widget
            assert isinstance(widget, ListedInput)
            widget.listed = listed
        return self


class EndAttributeForm(forms.Form):
    """The first day on which an attribute holds no more."""

    day = day_field(_("First day on which it holds no more"))
