"""How forms of all rooms ask for an attribute of units."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liencap.units.models import Unit
from liencap.units.queries import attributes_within


class AttributeField(forms.ChoiceField):
    """One of the attributes that units have, "" for any; the value is (name, value)."""

    def __init__(self, **more: Any) -> None:
        label, said = _("Attribute of the unit"), _("Attributes are noted on the units' pages, or imported.")
        super().__init__(label=label, help_text=said, required=False, **more)

    def offer(self, within: Unit, chosen: Iterable[tuple[str, str]] = ()) -> None:
        """Offer what units of a subtree have, and what was chosen before, whether or not a unit still has it."""
        known = attributes_within(within)
        for key, value in chosen:
            if key and value not in known.setdefault(key, []):
                known[key].append(value)
        named = [(key, [(f"{key}={value}", value) for value in some]) for key, some in known.items()]
        self.choices = [("", _("Any")), *named]

    def clean(self, value: Any) -> tuple[str, str]:
        """Return name and value; ("", "") when none is asked for."""
        key, _mark, held = super().clean(value).partition("=")
        return key, held
