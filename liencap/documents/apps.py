"""The card of the documents room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from liencap.card import Card, MenuItem, Panel


class DocumentsConfig(AppConfig):
    """Name the room, its menu line, its permissions and its job."""

    name = "liencap.documents"
    verbose_name = _("Documents")
    card = Card(
        menu=(MenuItem("documents:list", _("Documents"), "file-text", 30, "document.view"),),
        panels=(
            Panel("handover", "liencap.documents.panels.for_handover", "documents/_handover_panel.html", 30),
        ),
        permissions={
            "document.view": _("See documents and download the originals"),
            "document.upload": _("Upload documents"),
        },
        jobs={"read-document": "liencap.documents.jobs.read_document"},
    )
