"""The card of the units room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from liencap.card import Card, MenuItem, Panel


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
        panels=(Panel("home", "liencap.units.panels.took_over", "units/_took_over_panel.html", 5),),
        events=("liencap.units.panels.events",),
        help={
            "units:slips": _("Make slips, print or send them, and give each to its person."),
            "units:import-slips": _("Make slips for those you have just imported, and give each to its person."),
            "units:slip": _("Make the slip and give it to its person alone; a new one makes the old one void."),
            "units:hand-over": _("Look at what goes along, choose the successor and the day, then confirm."),
            "units:protocol": _("Print it for both to sign, or read what was open."),
            "units:stand-in": _("Choose who stands in and the last day; the rights end by themselves."),
            "units:renew": _("Ask the person to show who they are; then say what happened and hand out the new slip."),
        },
        words={
            "deeds": {
                "cancel_hand_over": _("took the hand-over back"),
                "hand_over": _("handed the seat over"),
                "renew_access": _("renewed the access"),
                "revoke_slip": _("took the slip back"),
            },
            "kinds": {"hand_over": _("hand-over")},
            "values": {
                "password": _("password or PIN forgotten"), "phone": _("device lost"),
                "stolen": _("somebody else may have got in"), "factor": _("second step lost"),
            },
        },
    )  # fmt: skip
