"""The card of the home room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from liencap.card import BELONGS, Card, MenuItem


class HomeConfig(AppConfig):
    """Name the room and its menu lines."""

    name = "liencap.home"
    verbose_name = _("Home")
    card = Card(
        menu=(
            MenuItem("home", _("Start page"), "home", 0),
            MenuItem("home:member", _("My unit"), "users", 5, BELONGS),
            MenuItem("home:jobs", _("Background work"), "clock", 90, "work.view"),
            MenuItem("home:audit", _("Audit log"), "history", 91, "audit.view"),
        ),
    )
