"""The card of the first hour."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from liencap.card import Card, Panel
from liencap.founding.kinds import KINDS


class FoundingConfig(AppConfig):
    """Name the room and its pieces of other pages."""

    name = "liencap.founding"
    verbose_name = _("Setting up")
    card = Card(
        panels=(
            Panel("home", "liencap.founding.panels.for_home", "founding/_home_panel.html", 1),
            Panel("frame", "liencap.founding.panels.for_frame", "founding/_frame.html"),
            Panel("sign-in", "liencap.founding.panels.for_sign_in", "founding/_sign_in.html"),
        ),
        help={
            "founding:begin": _("Fill in what you know; everything can be changed later."),
            "founding:steps": _(
                "Take the step that is marked; any step can wait, and you can leave at any time."
            ),
            "founding:tiers": _(
                "Type over the names, empty a line to drop it, fill an empty one to add a tier."
            ),
            "founding:units": _("Type a few units, or download the sheet, fill it in and upload it."),
            "founding:dates": _("Look at the days offered; change them or confirm."),
        },
        words={
            "values": {f"founding.kind.{code}": kind.label for code, kind in KINDS.items()},
            "deeds": {
                "found_organisation": _("founded the organisation"),
                "skip_step": _("put a step of the setting up off"),
                "finish_founding": _("finished the setting up"),
            },
            "kinds": {"founding": _("setting up")},
            "fields": {"step": _("step")},
        },
    )
