"""Write the words of texts into the index, in the transaction of the deed that wrote the text."""

from collections.abc import Iterable, Iterator, Sequence

from django.db import connection, transaction

from liencap.audit.actor import SYSTEM, Actor
from liencap.card import cards
from liencap.search.models import Entry
from liencap.search.terms import WORD, words

PART = 3000  # words of one entry: PostgreSQL counts positions up to 16,383
BATCH = 400


@transaction.atomic
def index_texts(kind: str, texts: Iterable[tuple[int, str]], *, actor: Actor) -> None:
    """Put the texts of rows (id, text) in place of what the index held of them; no audit row: the deed has its own."""
    assert actor is not None
    rows = list(texts)
    for at in range(0, len(rows), BATCH):
        some = rows[at : at + BATCH]
        _drop(kind, [pk for pk, _text in some])
        entries = [entry for pk, text in some for entry in _parts(kind, pk, text)]
        for first in range(0, len(entries), BATCH):
            made = Entry.objects.bulk_create(entries[first : first + BATCH])
            _tell_sqlite("INSERT INTO search_words (rowid, folded, marked) VALUES (%s, %s, %s)", made)


@transaction.atomic
def forget_texts(kind: str, ids: Sequence[int], *, actor: Actor) -> None:
    """Take rows out of the index."""
    assert actor is not None
    for at in range(0, len(ids), BATCH):
        _drop(kind, ids[at : at + BATCH])


def _parts(kind: str, pk: int, text: str) -> Iterator[Entry]:
    """Yield the entries of a text, each of at most PART words."""
    spans = [m.span() for m in WORD.finditer(text)]
    for part, at in enumerate(range(0, len(spans), PART)):
        start, end = spans[at][0], spans[min(at + PART, len(spans)) - 1][1]
        stretch = text[start:end]
        yield Entry(
            kind=kind, object_id=pk, part=part, start=start, end=end,
            folded=" ".join(words(stretch, marked=False)), marked=" ".join(words(stretch, marked=True)),
        )  # fmt: skip


def _drop(kind: str, ids: Sequence[int]) -> None:
    """Delete entries; FTS5 is told the old words, which it needs to find them."""
    old = Entry.objects.filter(kind=kind, object_id__in=ids)
    if connection.vendor == "sqlite":
        told = "INSERT INTO search_words (search_words, rowid, folded, marked) VALUES ('delete', %s, %s, %s)"
        _tell_sqlite(told, list(old))
    old.delete()


def _tell_sqlite(statement: str, entries: Sequence[Entry]) -> None:
    if connection.vendor == "sqlite" and entries:
        with connection.cursor() as cursor:
            cursor.executemany(statement, [(e.pk, e.folded, e.marked) for e in entries])


def rebuild(*, actor: Actor = SYSTEM) -> Iterator[tuple[str, int]]:
    """Index all texts of all rooms anew, a chunk a transaction; yield (kind, rows so far). Safe to run again."""
    for card in cards():
        for kind, chunks in card.indexed().items():
            done, seen = 0, set[int]()
            for chunk in chunks:
                index_texts(kind, chunk, actor=actor)
                seen |= {pk for pk, _text in chunk}
                done += len(chunk)
                yield kind, done
            there = Entry.objects.filter(kind=kind).order_by().values_list("object_id", flat=True).distinct()
            forget_texts(kind, sorted(set(there) - seen), actor=actor)
