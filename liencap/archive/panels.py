"""Pieces of this room on the pages of others."""

from typing import Any

from django.http import HttpRequest

from liencap.archive.models import Record
from liencap.units.access import actor_of, can
from liencap.units.models import Unit


def for_unit(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:
    """Show on a unit's page what it has filed, to those who may see it."""
    if not can(actor_of(request), "archive.view", unit):
        return None
    records = Record.objects.filter(series__fonds__unit=unit).select_related("series__fonds__unit")
    rows = list(records[:4])
    return {"unit": unit, "rows": rows[:3], "more": len(rows) > 3} if rows else None
