"""Which tasks and indicators a report is asked about."""

import datetime
from collections.abc import Iterable

from django.db.models import Q

from liencap.core.rollup import pack, unpack
from liencap.programmes.models import Task
from liencap.programmes.queries import is_asked, occurrences_of
from liencap.reports.content import Content
from liencap.reports.models import (
    FormVersion,
    Indicator,
    Obligation,
    Period,
    Report,
    TaskEntry,
)


def tasks_of(obligation: Obligation) -> list[Task]:
    """Return the tasks that the unit was given in the period's programme, in the plan's order.

    One that only recurs, and on no day of the period, is not asked for. Two queries.
    """
    period = obligation.period
    given = Task.objects.filter(
        programme_id=obligation.period.programme_id, assignments__unit_id=obligation.unit_id
    )
    found = (
        given.filter(_asked_of(obligation))
        .select_related("programme")
        .prefetch_related("deadlines")
        .order_by("order", "pk")
    )
    return [task for task in found if is_asked(task, period.since, period.until)]


def falls_due(tasks: Iterable[Task], period: Period) -> dict[int, list[datetime.date]]:
    """Return the days of a period on which recurring tasks fall due; the tasks come from `tasks_of`."""
    days: dict[int, list[datetime.date]] = {}
    for one in occurrences_of(tasks, period.since, period.until):
        days.setdefault(one.task.pk, []).append(one.day)
    return days


def _asked_of(obligation: Obligation, prefix: str = "") -> Q:
    """Leave out tasks that an amendment rescinded before the unit wrote on them."""
    said = TaskEntry.objects.filter(
        Q(draft__report__obligation=obligation) | Q(version__report__obligation=obligation)
    )
    task = prefix.removesuffix("__") or "pk"
    return Q(**{f"{prefix}rescinded": False}) | Q(**{f"{task}__in": said.values("task_id")})


def indicators_of(form: FormVersion) -> list[Indicator]:
    """Return the indicators of a form in order."""
    return list(form.indicators.select_related("task"))


def indicators_for(report: Report) -> list[Indicator]:
    """Return the indicators of the tasks that the unit was given, where its tier is asked for them."""
    owed = report.obligation
    found = Indicator.objects.filter(form_id=owed.period.form_id, task__assignments__unit_id=owed.unit_id)
    asked = found.filter(_asked_of(owed, "task__")).select_related("form").order_by("order")
    return [i for i in asked if not i.tiers or i.asked_of(owed.tier.code)]


def blank_content(form: FormVersion) -> Content:
    """Return the content of a report that says nothing yet."""
    return Content(figures=unpack(form.cells, pack(form.cells, {})))
