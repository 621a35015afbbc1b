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
        panels=(
            Panel("sign-in", "liencap.guides.panels.for_sign_in", "guides/_sign_in.html", 90),
            Panel("home", "liencap.guides.panels.for_home", "guides/_tour_home.html", 0),
            Panel("member", "liencap.guides.panels.for_home", "guides/_tour_home.html", 0),
            Panel("frame", "liencap.guides.panels.for_frame", "guides/_tour_frame.html"),
        ),
        help={
            "guides:index": _("Begin with the first guide of your role."),
            "guides:tour": _("Begin; each step opens a page, and you can leave and come back at any time."),
            "guides:guide": _("Keep this page open beside the one you work on."),
        },
    )
