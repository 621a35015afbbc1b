"""Joint activities on the pages of a report."""

from typing import Any

from django.http import HttpRequest

from liencap.reports.joint.queries import figure_words, frozen, named_in, shown
from liencap.reports.models import Period, Report
from liencap.units.access import actor_of

SHOWN = 10


def for_writing(request: HttpRequest, report: Report) -> dict[str, Any] | None:  # noqa: ARG001  # every panel is given the request
    """Show which activities the report will name and what they add, and the way to register one."""
    owed = report.obligation
    if owed.period.state != Period.State.OPEN:
        return None
    found = list(named_in(owed.period, owed.unit_id)[: SHOWN + 1])
    rows = shown(found[:SHOWN], owed.unit, owed.period) if found else []
    # What was sent before stays as it was: a correction brings what has changed since.
    behind = (
        report.current is not None
        and bool(found or report.current.joint)
        and report.current.joint != frozen(owed)
    )
    return {"rows": rows, "period": owed.period, "behind": behind, "more": len(found) > SHOWN}


def for_report(request: HttpRequest, report: Report) -> dict[str, Any] | None:
    """Show which activities the sent version names: counted here, or counted at their host."""
    version = report.current
    if version is None or not version.joint or version.form is None:
        return None
    names = {i.code: i for i in version.form.indicators.all()}
    own = actor_of(request).unit_id == report.obligation.unit_id
    return {
        "rows": [
            (row, ", ".join(row["partners"]), figure_words(row["figures"], names, own=own))
            for row in version.joint
        ]
    }
