"""Cut lists into pages."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

T = TypeVar("T")


def page_of(request: HttpRequest, rows: "QuerySet[Any, T] | Sequence[T]", size: int = 50) -> "Page[T]":
    """Return the page that `?page=` asks for, the nearest there is; two queries for a QuerySet."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
