"""Pieces of this room on the pages of others."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from liencap.offline import access, queries
from liencap.offline.models import Intake
from liencap.reports.access import may_answer
from liencap.reports.models import Period, Report
from liencap.units.access import actor_of
from liencap.units.models import Seat


def waiting(request: HttpRequest, seat: Seat) -> dict[str, Any] | None:  # noqa: ARG001  # every panel is given the request
    """Show which files that came back wait for confirmation."""
    if access.RIGHT not in {*seat.role.own, *seat.role.below}:
        return None
    rows = list(queries.intakes_of(seat.unit_id).exclude(state=Intake.State.CLOSED)[:3])
    return {"rows": rows} if rows else None


def for_handover(request: HttpRequest, seat: Seat) -> dict[str, Any] | None:
    """Show a successor which files that came back are still to be entered."""
    return waiting(request, seat)


def entered(request: HttpRequest, seat: Seat) -> dict[str, Any] | None:  # noqa: ARG001  # as above
    """Tell a unit what was entered for it, so that it can look and correct."""
    rows = list(queries.entered_for(seat.unit_id)[:3])
    return {"rows": rows} if rows else None


def for_report(request: HttpRequest, report: Report) -> dict[str, Any] | None:
    """Say on a report's page that it was entered for its unit, by whom, and from which file."""
    entry = queries.entry_of(report.current)
    if entry is None:
        return None
    actor = actor_of(request)
    own_entry = entry.by_seat is not None and entry.by_seat.unit_id == actor.unit_id
    evidence = report.current.evidence_links.first() if report.current else None
    answers = report.state == Report.State.SENT and own_entry and may_answer(actor, report)
    own = actor.unit_id == report.obligation.unit_id
    return {"entry": entry, "evidence": evidence, "answers": answers, "own": own}


def for_inbox(request: HttpRequest, reports: Sequence[Report]) -> dict[str, Any] | None:  # noqa: ARG001  # as above
    """Name above the inbox the reports on the page that were entered for their units; one query."""
    ids = [report.current_id for report in reports]
    units = {report.current_id: report for report in reports}
    found = queries.entries_of(ids)
    return {"rows": [units[pk] for pk in found]} if found else None


def for_writing(request: HttpRequest, report: Report) -> dict[str, Any] | None:  # noqa: ARG001  # as above
    """Offer the workbook beside the report form, and say what was entered for the unit."""
    if report.obligation.period.state != Period.State.OPEN:
        return None
    return {"report": report, "entry": queries.entry_of(report.current)}
