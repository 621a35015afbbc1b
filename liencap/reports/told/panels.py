"""Pieces of the workbench on other pages: the start page, a draft, a published report."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest

from liencap.reports.models import ConsolidatedReport, Obligation, Period
from liencap.reports.told import queries
from liencap.units.access import actor_of
from liencap.units.models import Seat

SHOWN = 5


def late(request: HttpRequest, seat: Seat) -> dict[str, Any] | None:  # noqa: ARG001  # every panel is given the request
    """Show a seat that writes which consolidated reports late passages touch."""
    if "report.fill" not in {*seat.role.own, *seat.role.below}:
        return None
    rows = list(queries.late_of_unit(seat.unit_id)[:SHOWN])
    return {"rows": rows} if rows else None


def to_take_over(request: HttpRequest, report: ConsolidatedReport) -> dict[str, Any] | None:
    """Offer to take the composed text into the unit's own report, where it owes one to a unit above."""
    if actor_of(request).unit_id != report.unit_id:
        return None
    owed = Obligation.objects.filter(
        period=report.period_id, unit=report.unit_id, parent__isnull=False, period__state=Period.State.OPEN
    )
    return {"report": report} if owed.exists() else None


def late_after(request: HttpRequest, report: ConsolidatedReport) -> dict[str, Any] | None:
    """Show who wrote a published report which passages came or changed since, task by task."""
    if actor_of(request).unit_id != report.unit_id:
        return None
    rows = queries.late_rows(report)
    return (
        {"report": report, "tasks": [(t, list(g)) for t, g in groupby(rows, lambda one: one.task)]}
        if rows
        else None
    )
