"""The card of the home room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from liencap.card import BELONGS, Card, MenuItem


class HomeConfig(AppConfig):
    """Name the room and its menu lines."""

    name = "liencap.home"
    verbose_name = _("Home")
    card = Card(
        help={
            "home": _("Begin with what is due first."),
            "home:member": _("Read what your unit was asked and what it answered; press a line to open it."),
            "home:jobs": _("Nothing needs doing here; open a line to see how far it is."),
            "home:audit": _("Narrow the log by unit, person, kind or days; open an entry to see it whole."),
            "home:audit-entry": _(
                "Open the personal values only when your work needs them; that is recorded too."
            ),
        },
        menu=(
            MenuItem("home", _("Start page"), "home", 0),
            MenuItem("home:member", _("My unit"), "users", 5, BELONGS),
            MenuItem("home:jobs", _("Background work"), "clock", 90, "work.view"),
            MenuItem("home:audit", _("Audit log"), "history", 91, "audit.view"),
        ),
    )
