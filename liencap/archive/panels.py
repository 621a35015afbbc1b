"""Pieces of this room on the pages of others."""

from typing import Any

from django.http import HttpRequest

from liencap.archive.access import issued_by
from liencap.archive.models import Record
from liencap.units.access import actor_of, can, member_of
from liencap.units.models import Unit


def for_unit(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:
    """Show on a unit's page what it has filed, to those who may see it."""
    if not can(actor_of(request), "archive.view", unit):
        return None
    records = Record.objects.filter(series__fonds__unit=unit).select_related("series__fonds__unit")
    rows = list(records[:4])
    return {"unit": unit, "rows": rows[:3], "more": len(rows) > 3} if rows else None


def for_member(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:
    """Show who belongs to a unit the documents it has issued, with their files."""
    if not member_of(actor_of(request).user_id, unit):
        return None
    rows = list(issued_by(unit).prefetch_related("files")[:5])
    return {"unit": unit, "rows": rows[:4], "more": len(rows) > 4} if rows else None
