"""What the search finds in this room."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liencap.archive.access import records_visible_to
from liencap.archive.models import Record
from liencap.audit.actor import Actor
from liencap.card import Hit
from liencap.search.queries import best

KIND, CHUNK = "record", 500


def records(actor: Actor, typed: str, limit: int) -> list[Hit]:
    """Find records of the units whose archive the actor's seat may see."""
    return [
        Hit(_("Records"), str(row), reverse("archive:record", args=[row.pk]), f"{row.reference} {row.symbol}")
        for row in best(records_visible_to(actor).select_related("series"), KIND, typed, limit)
    ]


def text_of(record: Record) -> str:
    """Return what a record is found by."""
    return f"{record.reference} {record.symbol} {record.title} {record.creator} {record.description}"


def all_texts() -> Iterator[list[tuple[int, str]]]:
    """Yield the texts of all records, a chunk at a time."""
    last = 0
    while rows := list(
        Record.objects.filter(pk__gt=last).order_by("pk").select_related("series__fonds__unit")[:CHUNK]
    ):
        last = rows[-1].pk
        yield [(row.pk, text_of(row)) for row in rows]
