"""Let the closed quarter of the sample know lateness in every form: extended, gone on without, locked, opened again."""

import datetime
from collections.abc import Callable, Sequence

from django.db import transaction

from liencap.audit.actor import Actor
from liencap.demo.calendar import clock_on
from liencap.notices.jobs import remind
from liencap.reports.actions.gaps import go_on_without
from liencap.reports.models import Obligation, Period, Report
from liencap.reports.owed.actions import extend_obligation, reopen_obligation, set_who_owes
from liencap.units.access import today
from liencap.units.models import Unit
from liencap.work.models import Job

HeadOf = Callable[[Unit], Actor | None]
DAYS = datetime.timedelta
LOCK = (3, 17)  # days, at first and for the rest of the closed quarter, whose corrections come on the 17th
WITHOUT = "Đã nhắc hai lần, chưa gửi; sẽ bổ sung bằng bản đính chính."


def before_the_late(
    late: Sequence[Report], never: Sequence[Report], due: datetime.date, head_of: HeadOf
) -> None:
    """Give the first of the late more time; let the areas go on without the others that have not sent."""
    answered = [(report, above) for report in late if (above := _above(report, head_of))]
    with clock_on(due - DAYS(days=1)), transaction.atomic():
        for report, above in answered[:1]:
            until = due + DAYS(days=5)
            extend_obligation(report, until=until, reason="Kế toán nghỉ sinh con.", actor=above)
    with clock_on(due + DAYS(days=1)):
        remind(Job(kind="remind"))
    with clock_on(due + DAYS(days=1)), transaction.atomic():
        silent = [(report, above) for report in never if (above := _above(report, head_of))]
        for report, above in (*answered[1:2], *silent):
            owed = report.obligation
            assert owed.parent is not None, "somebody stands above"
            go_on_without(owed.period, owed.parent, {owed.pk: WITHOUT}, actor=above)


def lock_the_silent(
    period: Period, never: Sequence[Report], due: datetime.date, head_of: HeadOf, actor: Actor
) -> None:
    """Lock what is not sent three days after the due day, open one again, and then lock later for all."""
    with clock_on(due + DAYS(days=LOCK[0] + 1)), transaction.atomic():
        set_who_owes(period, None, lock_days=LOCK[0], reminders=period.reminders, actor=actor)
        for report in never:
            above = _above(report, head_of)
            if above is not None:
                owed = Obligation.objects.select_related("period").get(pk=report.obligation_id)
                until = today() + DAYS(days=2)
                reopen_obligation(owed, until=until, reason="Mất điện nhiều ngày do bão.", actor=above)
                break
        set_who_owes(period, None, lock_days=LOCK[1], reminders=period.reminders, actor=actor)


def _above(report: Report, head_of: HeadOf) -> Actor | None:
    return head_of(report.obligation.parent) if report.obligation.parent else None
