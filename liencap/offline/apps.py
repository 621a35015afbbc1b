"""The card of the offline room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from liencap.card import Card, MenuItem, Panel


class OfflineConfig(AppConfig):
    """Name the room, its menu line, its pieces of other pages and its jobs."""

    name = "liencap.offline"
    verbose_name = _("Reports by file")
    card = Card(
        menu=(MenuItem("offline:home", _("Reports by file"), "table", 45, "report.enter-for"),),
        panels=(
            Panel("home", "liencap.offline.panels.waiting", "offline/_waiting_panel.html", 25),
            Panel("home", "liencap.offline.panels.entered", "offline/_entered_panel.html", 26),
            Panel("handover", "liencap.offline.panels.for_handover", "offline/_waiting_panel.html", 60),
            Panel("report", "liencap.offline.panels.for_report", "offline/_report_panel.html", 50),
            Panel("report-inbox", "liencap.offline.panels.for_inbox", "offline/_inbox_panel.html", 50),
            Panel("report-write", "liencap.offline.panels.for_writing", "offline/_write_panel.html", 50),
        ),
        jobs={
            "offline-bundle": "liencap.offline.jobs.write_bundle",
            "offline-read": "liencap.offline.jobs.read_intake",
            "offline-book": "liencap.offline.jobs.book_intake",
        },
        help={
            "offline:home": _("Make the forms, or drop in what came back."),
            "offline:bundle": _("Download the ZIP and give each unit its own file."),
            "offline:intake": _("Look at each file, choose what counts, then enter the chosen reports."),
            "offline:file": _("Compare old and new in each cell, then go back and choose the file."),
            "offline:own": _("Download the form, fill it in on your computer, then bring it back here."),
        },
        choices={"intake.state": "offline.ReturnedFile.state"},
        words={
            "deeds": {
                "make_bundle": _("ordered forms for the units below"),
                "issue_forms": _("numbered forms"),
                "finish_bundle": _("made a ZIP of forms"),
                "take_form": _("took the report as a workbook"),
                "drop_files": _("took in files that came back"),
                "unpack_file": _("unpacked a ZIP that came back"),
                "read_file": _("read a file that came back"),
                "choose_file": _("chose a file, or left it out"),
                "close_intake": _("left files out and deleted them"),
                "begin_booking": _("confirmed the entering of reports"),
                "book_file": _("entered a report from a file"),
                "enter_report": _("entered the report for the unit"),
                "refuse_file": _("could not enter a file"),
                "finish_booking": _("finished entering reports"),
                "fill_draft": _("filled the draft from a workbook"),
            },
            "kinds": {"bundle": _("forms"), "intake": _("files that came back")},
            "fields": {
                "agreed": _("how the head agreed"), "account": _("has an account"), "left": _("left out"),
                "booked": _("entered"), "chosen": _("chosen"), "deep": _("all below"), "problems": _("errors"),
            },
            "jobs": {
                "offline-bundle": _("Write forms for units below"),
                "offline-read": _("Read files that came back"),
                "offline-book": _("Enter reports from files"),
            },
        },
    )  # fmt: skip
