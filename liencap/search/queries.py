"""Find rows by the words of their texts: folded, exact marks first."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.expressions import RawSQL

from liencap.search.models import Entry
from liencap.search.terms import Question, for_postgres, for_sqlite, question

Row = TypeVar("Row", bound=models.Model)
SQLITE = (
    "SELECT e.{what} FROM search_words w JOIN search_entry e ON e.id = w.rowid"
    " WHERE search_words MATCH %s AND e.kind = %s"
)
POSTGRES = (
    "SELECT e.{what} FROM search_entry e WHERE e.{column}_words @@ to_tsquery('simple', %s) AND e.kind = %s"
)


def _sql(kind: str, asked: Question, column: str, what: str) -> tuple[str, list[Any]]:
    if connection.vendor == "sqlite":
        return SQLITE.format(what=what), [for_sqlite(asked, column), kind]
    return POSTGRES.format(what=what, column=column), [for_postgres(asked), kind]


def ids_matching(kind: str, typed: str, *, marked: bool = False) -> RawSQL:
    """Return a subquery of the ids of rows whose text holds all that was typed; for `filter(pk__in=…)`."""
    sql, values = _sql(kind, question(typed, marked=marked), "marked" if marked else "folded", "object_id")
    return RawSQL(sql, values)  # noqa: S611  # the statement is ours, what was typed travels as a value


def best(rows: "models.QuerySet[Row]", kind: str, typed: str, limit: int) -> list[Row]:
    """Return the rows of a judged queryset that match, those with the very marks first; two queries at most."""
    if not question(typed):
        return []
    exact = list(rows.filter(pk__in=ids_matching(kind, typed, marked=True))[:limit])
    if len(exact) >= limit:
        return exact
    rest = rows.filter(pk__in=ids_matching(kind, typed)).exclude(pk__in=[row.pk for row in exact])
    return exact + list(rest[: limit - len(exact)])


def places(kind: str, ids: Iterable[int], typed: str) -> dict[int, tuple[int, int]]:
    """Return for each row the first stretch of its text that holds what was typed; one query."""
    sql, values = _sql(kind, question(typed), "folded", "id")
    found = Entry.objects.filter(pk__in=RawSQL(sql, values), object_id__in=list(ids), kind=kind)  # noqa: S611  # as above
    out: dict[int, tuple[int, int]] = {}
    for pk, start, end in found.order_by("part").values_list("object_id", "start", "end"):
        out.setdefault(pk, (start, end))
    return out
