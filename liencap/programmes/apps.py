"""The card of the programmes room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from liencap.card import Card, MenuItem, Panel


class ProgrammesConfig(AppConfig):
    """Name the room, its menu line, its permissions and its piece of the document page."""

    name = "liencap.programmes"
    verbose_name = _("Programmes")
    card = Card(
        menu=(MenuItem("programmes:list", _("Programmes"), "list-check", 35, "programme.view"),),
        panels=(
            Panel("document", "liencap.programmes.panels.for_document", "programmes/_document_panel.html"),
            Panel("unit", "liencap.programmes.panels.for_unit", "programmes/_unit_panel.html"),
            Panel("home", "liencap.programmes.panels.for_home", "programmes/_home_panel.html", 15),
            Panel("home", "liencap.programmes.panels.start", "programmes/_start_panel.html", 40),
            Panel("record", "liencap.programmes.panels.for_record", "programmes/_record_panel.html"),
        ),
        permissions={
            "programme.view": _("See programmes and assignments"),
            "programme.edit": _("Prepare proposals and confirm programmes"),
            "programme.assign": _("Assign tasks and pass them down"),
            "programme.receive": _("Confirm receipt of assignments"),
        },
        duties=("liencap.programmes.duties.to_confirm",),
        words={"notices": {"assigned": _("New or changed tasks")}},
    )
