"""The card of the guides."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from liencap.card import Card, MenuItem, Panel


class GuidesConfig(AppConfig):
    """Name the room, its menu line and its pages."""

    name = "liencap.guides"
    verbose_name = _("Help")
    card = Card(
        menu=(MenuItem("guides:index", _("Help"), "book", 95),),
        panels=(Panel("sign-in", "liencap.guides.panels.for_sign_in", "guides/_sign_in.html", 90),),
        help={
            "guides:index": _("Begin with the first guide of your role."),
            "guides:guide": _("Keep this page open beside the one you work on."),
        },
    )
