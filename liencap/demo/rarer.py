"""Let the sample year come to the states that luck seldom brings, one deed each."""

import datetime
import random
import secrets
from collections.abc import Iterator
from dataclasses import replace

from django.db import transaction

from liencap.accounts.actions import create_user
from liencap.audit.actor import SYSTEM, Actor
from liencap.demo.calendar import clock_on
from liencap.demo.reporting import HeadOf
from liencap.demo.saying import content_of
from liencap.reports.actions import accept_report, carry_up, save_draft, send_report
from liencap.reports.content import Content
from liencap.reports.models import Obligation, Period, Report
from liencap.reports.owed.actions.transfers import join_period
from liencap.reports.queries import tasks_of
from liencap.units.access import today
from liencap.units.actions import (
    appoint,
    close_unit,
    enter_person,
    found_seat,
    found_unit,
    link_user,
    move_unit,
)
from liencap.units.models import Appointment, Role, Seat, Unit

DAYS = datetime.timedelta
AREA, COOP = "khu-vuc", "hop-tac-xa"
TWICE = "Hợp tác xã chuyển đến được tính ở khu vực này."


@transaction.atomic
def come_to_the_rarer(period: Period, head_of: HeadOf) -> None:
    """Live through a merger into a new unit, a unit of a few days, an acting head, and one that counts twice."""
    silent = silent_in(period)
    first, second = next(silent), next(silent)
    day = min(today(), period.until)
    with clock_on(day):
        _merge_into_a_new_one(first, day)
        _come_and_go(period, second.obligation, day)
    _let_an_acting_head_send(period)
    _count_twice(period, head_of, day)


def silent_in(period: Period, under: str = "SX.2.") -> Iterator[Report]:
    """Yield cooperatives under a unit, of the second province unless named, that have written nothing."""
    found = Report.objects.filter(
        obligation__period=period, obligation__unit__tier__code=COOP, obligation__unit__code__startswith=under,
        state=Report.State.DRAFT, draft=None, obligation__cls=None, obligation__unit__closed=None,
    )  # fmt: skip
    joined = found.select_related("obligation__unit__tier", "obligation__parent", "obligation__period__form")
    yield from joined.order_by("pk")


def said_today(report: Report) -> Content:
    """Draw what a unit says of the tasks of today: the plan was amended since the quarter began."""
    content = content_of(report, random.Random(report.pk))  # noqa: S311  # a sample, not a secret
    tasks = tasks_of(report.obligation)
    asked = {task.pk for task in tasks}
    return replace(
        content,
        states={
            task.pk: content.states.get(task.pk, ("under_way", "")) for task in tasks if not task.rescinded
        },
        passages={place: text for place, text in content.passages.items() if place[0] in asked},
        causes={task: cause for task, cause in content.causes.items() if task in asked},
    )


def send_first(report: Report, actor: Actor) -> None:
    """Write and send a first report."""
    draft = save_draft(report, said_today(report), revision=0, actor=actor)
    send_report(report, revision=draft.revision, actor=actor)


def newly_seated(
    seat: Seat, name: str, kind: str, since: datetime.date, until: datetime.date | None
) -> Actor:
    """Let a new person sit in a seat."""
    person = enter_person(name, unit=seat.unit, actor=SYSTEM)
    user = create_user(
        name, names={f"{seat.unit.code}-{secrets.token_hex(2)}": "code"}, password=None, actor=SYSTEM
    )
    link_user(person, user.pk, unit=seat.unit, actor=SYSTEM)
    appoint(person, seat, since=since, until=until, kind=kind, actor=SYSTEM)
    return Actor(user.pk, seat.pk, seat.unit_id, name)


def _merge_into_a_new_one(report: Report, day: datetime.date) -> None:
    """Found a cooperative in whose favour another ends; its head sends the old one's part of the quarter."""
    old = report.obligation.unit
    above, since = report.obligation.parent, day - DAYS(days=1)
    heir = found_unit(
        f"{above.code if above else ''}.M", "Hợp tác xã Hợp Nhất", name_en="Hop Nhat Cooperative", tier=old.tier,
        parent=above, since=since, actor=SYSTEM,
    )  # fmt: skip
    seat = found_seat(Role.objects.get(code="head"), heir, key=f"{heir.code}/head", actor=SYSTEM)
    chair = newly_seated(seat, "Trịnh Văn Hợp", Appointment.Kind.FULL, since, None)
    close_unit(old, day=day, reason="Quyết định hợp nhất số 22-QĐ/LH", successors=[heir], actor=SYSTEM)
    send_first(
        Report.objects.select_related("obligation__period__form", "obligation__unit").get(pk=report.pk), chair
    )


def _come_and_go(period: Period, beside: Obligation, day: datetime.date) -> None:
    """Found a cooperative that is let into the quarter and given up again."""
    since = day - DAYS(days=1)
    made = found_unit(
        f"{beside.unit.code}.T", "Hợp tác xã Thử Nghiệm", name_en="Trial Cooperative", tier=beside.unit.tier,
        parent=beside.parent,
        since=since, actor=SYSTEM,
    )  # fmt: skip
    join_period(
        period, made, since=since, reason="Thành lập trong quý, giao báo cáo phần còn lại.", actor=SYSTEM
    )
    close_unit(made, day=day, reason="Không đủ số thành viên để hoạt động.", actor=SYSTEM)


def _let_an_acting_head_send(period: Period) -> None:
    """Let somebody stand in for the vacant head of a cooperative and send."""
    owing = {report.obligation.unit_id: report for report in silent_in(period)}
    vacant = Seat.objects.filter(unit__in=owing, role__is_head=True, appointments=None).select_related("unit")
    seat = vacant.order_by("pk").first()
    if seat is not None:
        until = today() + DAYS(days=90)
        send_first(
            owing[seat.unit_id], newly_seated(seat, "Quách Thị Liễu", Appointment.Kind.ACTING, today(), until)
        )


def _count_twice(period: Period, head_of: HeadOf, day: datetime.date) -> None:
    """Move a cooperative whose area has sent it on; the area it comes to sends it on too, the old one does not."""
    for province in Unit.objects.filter(code__in=("SX.2", "SX.3")).order_by("code"):
        above, areas = head_of(province), []
        owed = Report.objects.filter(obligation__period=period, obligation__parent=province)
        for report in owed.select_related("obligation__unit", "obligation__period__form").order_by("pk"):
            chair = head_of(report.obligation.unit)
            if above and chair and _taken(report, chair, above):
                areas.append((report, chair))
        for old, _chair in areas:
            moved = _carried_by(old)
            to = next(((r, c) for r, c in areas if r.pk != old.pk), None)
            if moved is not None and to is not None and above is not None:
                _move(moved, *to, above, day)
                return


def _taken(report: Report, chair: Actor, above: Actor) -> bool:
    """Say whether an area's report is accepted, which one that has written nothing sends for it."""
    if report.state == Report.State.DRAFT and not hasattr(report, "draft"):
        send_first(report, chair)
        accept_report(report, n=1, actor=above)
        return True
    return report.state == Report.State.ACCEPTED


def _carried_by(area: Report) -> Unit | None:
    """Return a cooperative that stood in an area's report when it was sent."""
    area = Report.objects.select_related("current", "obligation").get(pk=area.pk)
    assert area.current is not None, "it was sent"
    found = Report.objects.filter(
        obligation__period=area.obligation.period_id, obligation__parent=area.obligation.unit_id,
        acceptance__at__lt=area.current.sent_at,
    )  # fmt: skip
    first = found.select_related("obligation__unit").order_by("pk").first()
    return first.obligation.unit if first else None


def _move(unit: Unit, to: Report, chair: Actor, above: Actor, day: datetime.date) -> None:
    # By the hour of today, not by a set clock: what was accepted before the move must have been so.
    move_unit(unit, to.obligation.unit, since=day, actor=SYSTEM)
    sent = carry_up(to, reason=TWICE, actor=chair)
    accept_report(to, n=sent.n, actor=above)
