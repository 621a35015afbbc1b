"""Pieces of the ledger on the pages about one report."""

from typing import Any

from django.http import HttpRequest

from liencap.reports.models import Report
from liencap.reports.owed import queries
from liencap.units.access import today


def for_writing(request: HttpRequest, report: Report) -> dict[str, Any]:  # noqa: ARG001  # every panel is given the request
    """Show on the form its due day, the day of the unit above, and when it locks; one query."""
    owed = report.obligation
    return {
        "owed": owed, "report": report, "period": owed.period, "parent_due": queries.parent_due(owed),
        "locked": owed.is_locked_on(today()) and report.state != Report.State.RETURNED,
    }  # fmt: skip


def for_report(request: HttpRequest, report: Report) -> dict[str, Any] | None:  # noqa: ARG001  # as above
    """Say on a sent report that it speaks of a part of the period, and where another unit signed it."""
    owed, version = report.obligation, report.current
    seat = version.sent_by_seat if version else None
    other = seat if seat and seat.unit_id != owed.unit_id else None
    return {"owed": owed, "other": other, "heirs": queries.heirs_of(owed) if owed.covers_until else []}
