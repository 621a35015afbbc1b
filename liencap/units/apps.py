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
        permissions={
            "unit.view": _("See units"),
            "unit.edit": _("Change units, seats and appointments"),
            "person.erase": _("Erase what is personal of people who left"),
        },
        help={
            "units:members": _("Enter who belongs to the unit, then print slips so that they can sign in."),
            "units:enter-members": _("Paste the names; the next page prints their slips."),
        },
        words={
            "deeds": {
                "enter_members": _("entered members"),
                "enter_member": _("entered the member"),
                "end_membership": _("ended the membership"),
                "make_member_slips": _("made slips for members"),
                "activate_member": _("activated the account of a member"),
            },
            "kinds": {"membership": _("membership")},
        },
    )
