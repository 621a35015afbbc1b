"""The card of the reports room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from liencap.card import Card


class ReportsConfig(AppConfig):
    """Name the room and its permissions."""

    name = "liencap.reports"
    verbose_name = _("Reports")
    card = Card(
        permissions={
            "report.view": _("See reports that were sent"),
            "report.fill": _("Write the unit's report"),
            "report.send": _("Send the unit's report"),
            "report.accept": _("Accept and return reports of the units below"),
            "report.open": _("Open and close reporting periods"),
        },
    )
