"""What units owe of the reports, and what their reports have not said to be done, for reminders."""

import datetime
from collections.abc import Iterator, Sequence

from django.db.models import DateField, Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liencap.card import Duty
from liencap.programmes.models import Assignment, Programme
from liencap.reports.models import Obligation, Period, Report, TaskEntry, Transfer
from liencap.ui.paging import in_chunks
from liencap.units.access import today

NOT_SENT = (Report.State.DRAFT, Report.State.RETURNED)


def to_send(since: datetime.date, until: datetime.date) -> Iterator[Duty]:
    """Yield the reports of open periods that are not sent, or were returned; two queries a thousand.

    Each from the first day of its period's rhythm on; none that is excused, not due, or locked.
    """
    found = (
        Report.objects.filter(state__in=NOT_SENT, obligation__period__state=Period.State.OPEN)
        .annotate(last=Coalesce("obligation__extended_to", "obligation__due", output_field=DateField()))
        .filter(last__range=(since, until))
        .exclude(obligation__cls__in=[Obligation.Class.EXCUSED, Obligation.Class.NOT_DUE])
        .select_related("obligation__period")
    )
    day = today()
    for chunk in in_chunks(found):
        heirs = _heirs(chunk)
        for report in chunk:
            owed, rhythm = report.obligation, tuple(report.obligation.period.reminders)
            come = rhythm and owed.last_day + datetime.timedelta(days=min(rhythm)) <= day
            if come and (report.state == Report.State.RETURNED or not owed.is_locked_on(day)):
                yield from _duties(report, [owed.unit_id, *heirs.get(owed.pk, ())], rhythm)


def _duties(report: Report, units: list[int], rhythm: tuple[int, ...]) -> Iterator[Duty]:
    owed, returned = report.obligation, report.state == Report.State.RETURNED
    word: str | Promise = _("Returned report to mend") if returned else _("Report to send")
    url = reverse("reports:write", args=[report.pk])
    for unit in units:
        yield Duty(
            key_of(report.pk), word, owed.period.title, url, unit, owed.last_day, "report.fill", rhythm
        )


def _heirs(reports: Sequence[Report]) -> dict[int, list[int]]:
    """Return for each obligation of a closed unit the units that took its place and may report for it."""
    closed = [r.obligation_id for r in reports if r.obligation.covers_until]
    rows = Transfer.objects.filter(obligation__in=closed, kind=Transfer.Kind.SUCCEEDED).order_by("pk")
    found: dict[int, list[int]] = {}
    for owed, unit in rows.values_list("obligation_id", "successor_id") if closed else ():
        if unit is not None:
            found.setdefault(owed, []).append(unit)
    return found


def key_of(report: int) -> str:
    """Return by what name the notices know a unit's report of a period."""
    return f"report-{report}"


def to_do(since: datetime.date, until: datetime.date) -> Iterator[Duty]:
    """Yield the confirmed tasks that the unit has not reported as done; a query a thousand.

    Past its day a task is reminded of only where the unit has a report to say so in: an open one of the programme.
    """
    said = TaskEntry.objects.filter(
        version__report__obligation__unit=OuterRef("unit"), task=OuterRef("task"),
        state__in=[TaskEntry.State.DONE, TaskEntry.State.NOT_APPLICABLE],
        version=F("version__report__current"),
    )  # fmt: skip
    asked = Obligation.objects.filter(
        unit=OuterRef("unit"), period__programme=OuterRef("task__programme"), period__state=Period.State.OPEN
    )
    found = Assignment.objects.filter(
        ~Exists(said), Q(due__gte=today()) | Exists(asked), state=Assignment.State.RECEIVED,
        due__range=(since, until), task__programme__state=Programme.State.ACTIVE, task__rescinded=False,
    ).select_related("task")  # fmt: skip
    for chunk in in_chunks(found):
        for one in chunk:
            assert one.due is not None, "the filter asks for a day"
            yield Duty(
                f"task-{one.pk}", _("Task to carry out"), str(one.task),
                reverse("programmes:assignment", args=[one.pk]), one.unit_id, one.due, "report.fill",
            )  # fmt: skip
