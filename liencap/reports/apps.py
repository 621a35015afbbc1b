"""The card of the reports room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from liencap.card import Card, MenuItem, Panel


class ReportsConfig(AppConfig):
    """Name the room, its menu line, its pieces of other pages and its permissions."""

    name = "liencap.reports"
    verbose_name = _("Reports")
    card = Card(
        menu=(MenuItem("reports:list", _("Reports"), "report-analytics", 40, "report.view"),),
        panels=(
            Panel("home", "liencap.reports.panels.owed", "reports/_owed_panel.html", 10),
            Panel("home", "liencap.reports.panels.waiting", "reports/_waiting_panel.html", 20),
            Panel("home", "liencap.reports.panels.standing", "reports/_standing_panel.html", 30),
            Panel("unit", "liencap.reports.panels.for_unit", "reports/_unit_panel.html", 60),
            Panel("handover", "liencap.reports.panels.for_handover", "reports/_handover_panel.html", 10),
            Panel("member", "liencap.reports.panels.for_member", "reports/_member_panel.html", 20),
            Panel("record", "liencap.reports.panels.for_record", "reports/_record_panel.html"),
            Panel("programme", "liencap.reports.panels.for_programme", "reports/_programme_panel.html", 60),
        ),
        search=("liencap.reports.search.passages",),
        texts={"passage": "liencap.reports.search.all_texts"},
        permissions={
            "report.view": _("See reports that were sent"),
            "report.fill": _("Write the unit's report"),
            "report.send": _("Send the unit's report"),
            "report.accept": _("Accept and return reports of the units below"),
            "report.enter-for": _("Enter reports for units below that cannot do so themselves"),
            "report.open": _("Open and close reporting periods"),
            "report.template": _("Change the Word template of the unit's reports"),
        },
        events=("liencap.reports.calendar_events.events",),
        jobs={"check-totals": "liencap.reports.jobs.check_totals"},
        daily=("check-totals",),
        duties=("liencap.reports.duties.to_send", "liencap.reports.duties.to_do"),
        words={
            "notices": {
                "report-asked": _("A report is asked for"),
                "report-returned": _("Your report was returned"),
                "report-accepted": _("Your report was accepted"),
                "report-waiting": _("Reports wait for your answer"),
                "more-time": _("You have more time for a report"),
            }
        },
    )
