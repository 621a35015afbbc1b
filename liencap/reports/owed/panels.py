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
