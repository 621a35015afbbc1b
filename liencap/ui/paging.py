"""Cut lists into pages, and long reads into chunks."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

T = TypeVar("T")
M = TypeVar("M", bound=Model)


class Bounded(Paginator):  # type: ignore[type-arg]  # Django's own takes no parameter when it runs
    """Pages over the first rows of a list, so that neither counting nor paging reads all of a very long one."""

    most = 1000

    @cached_property
    def count(self) -> int:
        """Return how many rows are paged."""
        return min(self._seen, self.most)

    @property
    def is_cut(self) -> bool:
        """Say whether there are more."""
        return self._seen > self.most

    @cached_property
    def _seen(self) -> int:
        assert isinstance(self.object_list, QuerySet), "what is in memory needs no bound"
        return int(self.object_list.order_by()[: self.most + 1].count())


def page_of(
    request: HttpRequest, rows: "QuerySet[Any, T] | Sequence[T]", size: int = 50, most: int | None = None
) -> "Page[T]":
    """Return the page that `?page=` asks for, the nearest there is; two queries for a QuerySet.

    `most` bounds a QuerySet that may be very long.
    """
    pages = Paginator(rows, size) if most is None else Bounded(rows, size)
    if isinstance(pages, Bounded) and most is not None:
        pages.most = most
    return pages.get_page(request.GET.get("page"))


def in_chunks(rows: "QuerySet[M]", size: int = 1000) -> "Iterator[list[M]]":
    """Yield all rows by their id, a query a chunk, each read when it is asked for: what changes meanwhile is seen."""
    after = 0
    while chunk := list(rows.order_by("pk").filter(pk__gt=after)[:size]):
        yield chunk
        after = chunk[-1].pk
