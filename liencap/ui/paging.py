"""Cut lists into pages."""

from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

M = TypeVar("M", bound=Model)


def page_of(request: HttpRequest, queryset: "QuerySet[M, Any]", size: int = 50) -> "Page[M]":
    """Return the page that `?page=` asks for, the nearest there is; two queries."""
    return Paginator(queryset, size).get_page(request.GET.get("page"))
