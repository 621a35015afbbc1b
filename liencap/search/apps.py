"""The card of the search."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from liencap.card import Card, MenuItem, Panel


class SearchConfig(AppConfig):
    """Name the room and its menu line."""

    name = "liencap.search"
    verbose_name = _("Search")
    card = Card(
        menu=(MenuItem("search:search", _("Search"), "search", 5, "unit.view"),),
        panels=(Panel("head", "liencap.search.panels.box", "search/_head.html"),),
        help={
            "search:search": _("Type words with or without marks; put a phrase between quotation marks."),
            "search:more": _("Press a line to open it."),
        },
    )
