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
            "unit.event": _("Record events of units"),
        },
        events=("liencap.units.happenings.events",),
        duties=("liencap.units.happenings.duties",),
        help={
            "units:events": _("Record what took place; tasks that wait for it get their day at once."),
            "units:record-event": _("Choose what took place and its day, then press “Record it”."),
            "units:correct-event": _("Put the right day; the old entry stays in the list."),
        },
        words={
            "deeds": {
                "record_event": _("recorded an event of the unit"),
                "correct_event": _("corrected an event of the unit"),
            },
            "kinds": {"unit_event": _("event of a unit")},
            "fields": {"day": _("day"), "note": _("note")},
            "values": {
                "held": _("Took place"),
                "dropped": _("Does not take place"),
                "congress": _("Congress"),
                "first-meeting": _("First meeting of the term"),
                "conference": _("Annual conference"),
                "founding-day": _("Founding day"),
                "leaders": _("Leading body completed"),
                "document-received": _("Document received"),
                "plan-issued": _("Own plan issued"),
                "inspection": _("Inspection"),
            },
        },
        words={
            "deeds": {"change_tier": _("changed the tier"), "remove_tier": _("took the tier away")},
            "fields": {"rank": _("place in the order")},
        },
    )
