"""The card of the units room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from liencap.card import Card, MenuItem


class UnitsConfig(AppConfig):
    """Name the room, its menu line and its permissions."""

    name = "liencap.units"
    verbose_name = _("Units")
    card = Card(
        menu=(MenuItem("units:list", _("Units"), "sitemap", 20, "unit.view"),),
        search=("liencap.units.search.units",),
        permissions={
            "unit.view": _("See units"),
            "unit.edit": _("Change units, seats and appointments"),
            "person.erase": _("Erase what is personal of people who left"),
        },
        words={
            "deeds": {"change_tier": _("changed the tier"), "remove_tier": _("took the tier away")},
            "fields": {"rank": _("place in the order")},
        },
    )
