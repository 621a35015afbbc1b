"""Fetch documents and judge: a stranger meets 404, who may not do it 403."""

from django.http import Http404

from liencap.audit.actor import Actor
from liencap.documents.models import Document, DocumentQuerySet, Version
from liencap.units.access import can, require, units_visible_to


def documents_visible_to(actor: Actor) -> DocumentQuerySet:
    """Return the documents of the units whose documents the actor's seat may see."""
    seen = Document.objects.filter(unit__in=units_visible_to(actor, "document.view"), draft=False)
    return seen.select_related("unit")


def get_document_for(actor: Actor, pk: int, permission: str = "document.view") -> Document:
    """Fetch a document and judge."""
    document = Document.objects.select_related("unit").filter(pk=pk, draft=False).first()
    if document is None or not can(actor, "document.view", document.unit):
        raise Http404
    require(actor, permission, document.unit)
    return document


def get_version_for(actor: Actor, pk: int, permission: str = "document.view") -> Version:
    """Fetch a version with its document and judge."""
    version = Version.objects.select_related("document__unit").filter(pk=pk, document__draft=False).first()
    if version is None or not can(actor, "document.view", version.document.unit):
        raise Http404
    require(actor, permission, version.document.unit)
    return version
