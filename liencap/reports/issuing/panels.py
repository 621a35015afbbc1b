"""Pieces of the way to a numbered paper on other pages."""

from typing import Any

from django.http import HttpRequest

from liencap.reports.issuing import queries
from liencap.reports.issuing.access import REGISTER, asked_of, is_clerk
from liencap.reports.models import ConsolidatedReport
from liencap.units.access import actor_of
from liencap.units.models import Seat

SHOWN = 5


def to_comment(request: HttpRequest, seat: Seat) -> dict[str, Any] | None:  # noqa: ARG001  # every panel is given the request
    """Show on the start page which drafts wait for a comment of the seat, its body or its unit."""
    open_ = asked_of(seat).filter(round__closed_at=None, agreed_at=None, comments=None)
    found = open_.select_related("round__report__unit", "round__report__period").defer("round__values")
    rows = list(found.order_by("round__due", "pk")[: SHOWN + 1])
    return {"rows": rows[:SHOWN], "more": len(rows) > SHOWN} if rows else None


def to_number(request: HttpRequest, seat: Seat) -> dict[str, Any] | None:  # noqa: ARG001  # as above
    """Show the clerk what is published and has no number."""
    if REGISTER not in {*seat.role.own, *seat.role.below}:
        return None
    rows = list(queries.without_number(seat.unit_id)[: SHOWN + 1])
    return {"rows": rows[:SHOWN], "more": len(rows) > SHOWN} if rows else None


def for_draft(request: HttpRequest, report: ConsolidatedReport) -> dict[str, Any] | None:  # noqa: ARG001  # as above
    """Show on a report that is being composed its rounds of comments and its adoption."""
    rounds = list(queries.rounds_of(report).defer("values")[:10])
    return {
        "report": report, "rounds": rounds, "out": any(one.closed_at is None for one in rounds),
        "open": queries.unanswered(report) if rounds else 0, "adoption": queries.adoption_of(report),
    }  # fmt: skip


def for_published(request: HttpRequest, report: ConsolidatedReport) -> dict[str, Any] | None:
    """Show on a published report its number, its adoption and its signed copy, and to the clerk what to do."""
    shown = {"report": report, "adoption": queries.adoption_of(report)}
    return shown | number_of(request, "consolidated_report", report.pk)


def number_of(request: HttpRequest, kind: str, pk: int) -> dict[str, Any]:
    """Return what `_number.html` shows of a published paper: its row, its signed copy, who may number."""
    row = queries.row_of(kind, pk)
    copy = row.copies.defer("differences").first() if row else None
    return {"row": row, "copy": copy, "clerk": row is not None and is_clerk(actor_of(request), row.unit)}
