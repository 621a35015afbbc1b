"""The card of the archive room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from liencap.card import Card, MenuItem, Panel


class ArchiveConfig(AppConfig):
    """Name the room, its menu line, its permissions and its job."""

    name = "liencap.archive"
    verbose_name = _("Archive")
    card = Card(
        menu=(MenuItem("archive:list", _("Archive"), "archive", 70, "archive.view"),),
        panels=(
            Panel("unit", "liencap.archive.panels.for_unit", "archive/_unit_panel.html", 80),
            Panel("member", "liencap.archive.panels.for_member", "archive/_member_panel.html", 30),
        ),
        search=("liencap.archive.search.records",),
        texts={"record": "liencap.archive.search.all_texts"},
        help={
            "archive:list": _(
                "Open a record to read it and its files; narrow the list by words, kind or year."
            ),
            "archive:record": _("Download the files; the fingerprint shows that they have not changed."),
        },
        permissions={
            "archive.view": _("See the archive and download its files"),
            "archive.check": _("Have the files of the archive checked"),
        },
        jobs={"check-fixity": "liencap.archive.jobs.check_fixity"},
        daily=("check-fixity",),
        choices={"record.fixity": "archive.DigitalObject.fixity"},
    )
