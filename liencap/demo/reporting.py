"""Let the sample units report: a closed quarter with late and missing ones, and one that is under way."""

import datetime
import random
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache

from django.db import transaction

from liencap.audit.actor import Actor
from liencap.demo.calendar import REPORTING, Quarter, clock_on
from liencap.demo.lateness import before_the_late, lock_the_silent
from liencap.demo.saying import content_of, corrected
from liencap.programmes.models import Programme
from liencap.reports.actions.drafts import save_draft
from liencap.reports.actions.opening import open_period
from liencap.reports.actions.periods import close_period, plan_period
from liencap.reports.actions.review import accept_report, return_report
from liencap.reports.actions.sending import send_report
from liencap.reports.content import Content
from liencap.reports.models import Obligation, Period, Report
from liencap.reports.owed.actions import extend_obligation
from liencap.reports.queries import tasks_of
from liencap.units.access import reading_as
from liencap.units.models import Seat, Unit

HeadOf = Callable[[Unit], Actor | None]
DAYS = datetime.timedelta
RETURNED = "Số liệu chưa khớp với kỳ trước, đề nghị kiểm tra lại."
CORRECTED = "Bổ sung hoạt động ghi sót."


@dataclass(frozen=True, slots=True)
class Round:
    """One quarter of reporting: its period, the dice, and who heads which unit."""

    period: Period
    chance: random.Random
    head_of: HeadOf

    def heads(self, owed: Obligation) -> tuple[Actor | None, Actor | None]:
        """Return the heads of the unit and of the one above."""
        return self.head_of(owed.unit), self.head_of(owed.parent) if owed.parent else None


def plan_quarter(programme: Programme, quarter: Quarter, actor: Actor) -> Period:
    """Plan and open a quarter."""
    period = plan_period(
        programme, quarter.title, since=quarter.since, until=quarter.until, dues=quarter.dues_by_tier(),
        actor=actor,
    )  # fmt: skip
    return open_period(period, actor=actor)


def report_closed_quarter(programme: Programme, quarter: Quarter, actor: Actor, head_of: HeadOf) -> Period:
    """Live through a whole quarter: most on time, some late, a few never; then it is closed."""
    with clock_on(quarter.until - DAYS(days=10)):
        period = plan_quarter(programme, quarter, actor)
    round_ = Round(period, random.Random(f"closed {quarter.title}"), head_of)  # noqa: S311  # a sample, not a secret
    for tier in REPORTING:
        reports = _reports(period, tier)
        late = [r for r in reports if round_.chance.random() < 0.09]
        never = {r.pk for r in late if round_.chance.random() < 0.35}
        due, silent = quarter.dues[tier], [r for r in late if r.pk in never]
        coming = [r for r in late if r.pk not in never]
        _let(round_, [r for r in reports if r not in late], due - DAYS(days=2))
        if tier == REPORTING[0]:
            before_the_late(coming, silent, due, head_of)
        _let(round_, coming, due + DAYS(days=3))
        if tier == REPORTING[0]:
            lock_the_silent(period, silent, due, head_of, actor)
    with clock_on(quarter.dues["tinh"] + DAYS(days=5)):
        return close_period(period, actor=actor)


def report_open_quarter(programme: Programme, quarter: Quarter, actor: Actor, head_of: HeadOf) -> Period:
    """Begin the quarter under way: the cooperatives report, a few areas already, the provinces not yet."""
    with clock_on(min(quarter.dues.values()) - DAYS(days=10)):
        period = plan_quarter(programme, quarter, actor)
    round_ = Round(period, random.Random(f"open {quarter.title}"), head_of)  # noqa: S311  # a sample, not a secret
    with transaction.atomic():
        for report in _reports(period, "hop-tac-xa"):
            _begin(round_, report, round_.chance.random())
        for report in _reports(period, "khu-vuc"):
            _begin(round_, report, 1.5 * round_.chance.random())
        for report in _reports(period, "tinh")[:2]:
            _give_time(round_, report, quarter.dues["tinh"] + DAYS(days=7), actor)
    return period


def _reports(period: Period, tier: str) -> list[Report]:
    """Return what a tier owes."""
    found = Report.objects.filter(obligation__period=period, obligation__unit__tier__code=tier)
    return list(found.select_related("obligation__unit", "obligation__parent").order_by("pk"))


def _let(round_: Round, reports: Iterable[Report], day: datetime.date) -> None:
    """Let units send on a day, and the units above answer: a few return first, most accept at once."""
    with clock_on(day), transaction.atomic():
        for report in reports:
            head, above = round_.heads(report.obligation)
            if head is None:
                continue  # a vacant seat signs nothing
            content = content_of(report, round_.chance)
            revision, luck = _send(report, content, head), round_.chance.random()
            if above is None:
                continue
            if luck < 0.05:
                return_report(report, n=1, reason=RETURNED, actor=above)
                _send(report, corrected(content), head, revision=revision)
            if luck < 0.97:
                _accept(report, above, n=2 if luck < 0.05 else 1)
            if luck > 0.96:
                _send(report, corrected(content), head, revision=revision, reason=CORRECTED)


def _begin(round_: Round, report: Report, luck: float) -> None:
    """Let one unit of the open quarter come as far as its luck."""
    head, above = round_.heads(report.obligation)
    if head is None or luck > 0.75:
        return  # not begun
    content = content_of(report, round_.chance)
    if luck > 0.62:
        save_draft(report, content, revision=0, actor=head)
        return
    revision = _send(report, content, head)
    if above is None or luck > 0.45:
        return  # waits for an answer
    if luck > 0.40:
        one = tasks_of(report.obligation)[:1] if luck > 0.43 else []
        return_report(report, n=1, reason=RETURNED, actor=above, tasks=one)
        return
    _accept(report, above)
    if luck < 0.02:
        _send(report, corrected(content), head, revision=revision, reason=CORRECTED)


def _send(report: Report, content: Content, head: Actor, *, revision: int = 0, reason: str = "") -> int:
    """Write the draft and send it; return its revision, from which a correction starts."""
    fresh = Report.objects.get(pk=report.pk)
    with _seated(head):
        draft = save_draft(fresh, content, revision=revision, actor=head)
        send_report(fresh, revision=draft.revision, actor=head, reason=reason)
    return draft.revision


def _accept(report: Report, above: Actor, n: int = 1) -> None:
    with _seated(above):
        accept_report(report, n=n, actor=above)


def _seated(actor: Actor) -> AbstractContextManager[None]:
    """Take an actor's seat as read: nobody changes seats while a quarter is lived through."""
    assert actor.seat_id is not None, "heads hold seats"
    return reading_as(actor, _seat(actor.seat_id))


@cache
def _seat(pk: int) -> Seat:
    return Seat.objects.select_related("role", "unit__tier").get(pk=pk)


def _give_time(round_: Round, report: Report, until: datetime.date, actor: Actor) -> None:
    if report.obligation.parent_id == actor.unit_id and round_.head_of(report.obligation.unit):
        extend_obligation(report, until=until, reason="Đơn vị đang chuyển trụ sở.", actor=actor)
