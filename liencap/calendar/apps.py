"""The card of the calendar room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from liencap.card import Card, MenuItem, Panel


class CalendarConfig(AppConfig):
    """Name the room, its menu line and its permission."""

    name = "liencap.calendar"
    verbose_name = _("Calendar")
    card = Card(
        menu=(MenuItem("calendar:month", _("Calendar"), "calendar-event", 15, "calendar.view"),),
        panels=(
            Panel("handover", "liencap.calendar.panels.for_handover", "calendar/_handover_panel.html", 80),
        ),
        permissions={"calendar.view": _("See the calendar of the seat and subscribe to it")},
        help={
            "calendar:month": _(
                "Open an entry to work on it, or subscribe to have all of them on your phone."
            ),
            "calendar:list": _("Choose a first day and a kind; an entry leads to the page where it is done."),
            "calendar:subscribe": _(
                "Make an address, then add it to the calendar of your phone or computer."
            ),
        },
        words={
            "deeds": {
                "make_feed": _("made the calendar address"),
                "end_feed": _("ended the calendar address"),
            },
            "kinds": {"feed": _("calendar address")},
        },
    )
