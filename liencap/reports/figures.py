"""Add and take back totals of one form; what the core calls a problem is refused in the user's words."""

from django.utils.translation import gettext as _

from liencap.core.rollup import totals
from liencap.core.rollup.layout import Layout, Problem
from liencap.errors import DomainError


def nothing(layout: Layout) -> bytes:
    """Return the totals of no report."""
    return totals.empty(layout)


def totals_of(layout: Layout, figures: bytes | memoryview) -> bytes:
    """Return the totals of one report alone."""
    return _fits(totals.add(layout, nothing(layout), bytes(figures)))


def plus(layout: Layout, some: bytes | memoryview, more: bytes | memoryview) -> bytes:
    """Add totals to totals."""
    return _fits(totals.merge(layout, bytes(some), bytes(more)))


def minus(layout: Layout, some: bytes | memoryview, part: bytes | memoryview) -> bytes:
    """Take back totals that were added."""
    return _fits(totals.take_back(layout, bytes(some), bytes(part)))


def _fits(result: bytes | Problem) -> bytes:
    if isinstance(result, Problem):
        raise DomainError(
            "overflow", _("The total of “%(measure)s” is too large to keep.") % {"measure": result.measure}
        )
    return result
