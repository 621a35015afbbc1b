"""What the search finds in this room: titles, numbers and issuers, and the text that was read."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liencap.audit.actor import Actor
from liencap.card import Hit
from liencap.documents.access import documents_visible_to
from liencap.documents.models import Document, Reading
from liencap.search.queries import best, places
from liencap.search.terms import excerpt, question

KIND, CHUNK = "document", 50


def documents(actor: Actor, typed: str, limit: int) -> list[Hit]:
    """Find documents that the actor's seat may see."""
    rows = best(documents_visible_to(actor).order_by("-pk"), KIND, typed, limit)
    at, asked = places(KIND, [row.pk for row in rows], typed), question(typed)
    texts = dict(
        Reading.objects.filter(version__document__in=rows).values_list("version__document_id", "text")
    )
    return [
        Hit(
            _("Documents"), str(row), reverse("documents:detail", args=[row.pk]),
            excerpt(text_of(row, texts.get(row.pk, ""))[slice(*at.get(row.pk, (0, 400)))], asked),
        )
        for row in rows
    ]  # fmt: skip


def text_of(document: Document, text: str) -> str:
    """Return what a document is found by."""
    return f"{document.title}\n{document.number} {document.issuer}\n{text}"


def all_texts() -> Iterator[list[tuple[int, str]]]:
    """Yield the texts of all documents, a chunk at a time."""
    last = 0
    while rows := list(Document.objects.filter(pk__gt=last, draft=False).order_by("pk")[:CHUNK]):
        last = rows[-1].pk
        read = Reading.objects.filter(version__document__in=rows).order_by("version__n")
        texts = dict(read.values_list("version__document_id", "text"))
        yield [(row.pk, text_of(row, texts.get(row.pk, ""))) for row in rows]
