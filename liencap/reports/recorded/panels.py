"""Numbers of communication and study on the pages of a report and of a consolidated report."""

from typing import Any

from django.http import HttpRequest

from liencap.communication.access import VIEW
from liencap.communication.models import Share
from liencap.reports.models import ConsolidatedReport, Period, Report
from liencap.reports.recorded.queries import asked_lines, counted
from liencap.units.access import actor_of, can
from liencap.units.models import Unit


def for_report(request: HttpRequest, report: Report) -> dict[str, Any] | None:
    """Show what the unit recorded of the lines that the period asks for, and the way to each; five queries at most."""
    owed = report.obligation
    values = _values(request, owed.period, owed.unit)
    if values is not None:
        items = [one.line.item_id for one in values["rows"]]
        shares = dict(Share.objects.filter(unit=owed.unit_id, item__in=items).values_list("item_id", "pk"))
        values["rows"] = [(one, shares.get(one.line.item_id)) for one in values["rows"]]
    return values


def for_draft(request: HttpRequest, report: ConsolidatedReport) -> dict[str, Any] | None:
    """Show what will stand in the consolidated report; four queries at most."""
    values = _values(request, report.period, report.unit)
    return values and values | {"rows": [(one, None) for one in values["rows"]]}


def _values(request: HttpRequest, period: Period, unit: Unit) -> dict[str, Any] | None:
    rows = counted(asked_lines(period), period, unit)
    if not rows:
        return None
    links = can(actor_of(request), VIEW, unit)
    return {"rows": rows, "period": period, "unit": unit, "links": links}
