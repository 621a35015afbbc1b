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
        search=("liencap.documents.search.documents",),
        texts={"document": "liencap.documents.search.all_texts"},
        panels=(
            Panel("handover", "liencap.documents.panels.for_handover", "documents/_handover_panel.html", 30),
        ),
        permissions={
            "document.view": _("See documents and download the originals"),
            "document.upload": _("Upload documents"),
            "document.letterhead": _("Say what stands at the head of the unit's papers"),
        },
        help={
            "documents:list": _("Upload the plan that your unit adopted; it is read into tasks."),
            "documents:upload": _("Choose the file; what is found in it is shown before anything counts."),
            "documents:detail": _("Look at what was found, then propose a programme from it."),
            "documents:letterhead": _("Fill in what differs from the tree, then look at the lines below."),
        },
        words={
            "deeds": {"set_letterhead": _("set the head of papers"), "keep_draft": _("kept a draft")},
            "kinds": {"letterhead": _("head of papers")},
            "fields": {
                "form": _("form"),
                "authority": _("the body above"),
                "issuer": _("issuer"),
                "place": _("place"),
                "on_behalf": _("in whose name it is signed"),
            },
        },
        jobs={"read-document": "liencap.documents.jobs.read_document"},
    )
