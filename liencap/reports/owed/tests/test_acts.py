"""What a unit above does about an obligation: each act has a giver and a reason, and only those above may."""

import datetime

import pytest

from liencap.audit.models import Entry
from liencap.errors import DomainError, NotAllowed
from liencap.notices.models import Notice
from liencap.reports.actions import close_period, open_period, return_report
from liencap.reports.models import Obligation, ObligationAct
from liencap.reports.owed import actions
from liencap.reports.owed.queries import by_branch, by_tier, open_request, with_state
from liencap.reports.tests.scene import assign, make_period, make_programme, plan, report_of, send
from liencap.testing import make_cast
from liencap.units.access import today

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
LATER = datetime.date(2101, 1, 1)


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def period(cast):
    return make_period(cast)


def late_period(cast, lock_days=None):
    programme = make_programme(cast.root_unit)
    assign(programme, cast.province, cast.a, cast.b)
    made = plan(programme, today() - 3 * DAY)
    actions.set_who_owes(made, None, lock_days=lock_days, reminders=[-3, 1], actor=cast.root.actor)
    return open_period(made, actor=cast.root.actor)


def owed_by(period, unit):
    return Obligation.objects.select_related("unit", "period__programme", "report").get(
        period=period, unit=unit
    )


def test_an_excuse_has_a_giver_and_a_reason_ends_reminders_and_leaves_the_count(cast, period):
    actions.excuse_obligation(owed_by(period, cast.a), reason="Lũ lụt", actor=cast.chief.actor)
    owed = owed_by(period, cast.a)
    act = owed.acts.get()
    assert (owed.cls, act.kind, act.reason, act.by_seat) == (
        "excused", "excused", "Lũ lụt", cast.chief.seat,
    )  # fmt: skip
    assert Entry.objects.filter(action="excuse_obligation", object_id=owed.pk).exists()
    assert not Notice.objects.open().filter(key=f"report-{owed.report.pk}").exists()
    assert Notice.objects.open().filter(kind="report-excused", seat=cast.officer.seat).exists()
    whole = by_tier(period, cast.root_unit, today())[-1]
    assert (whole.expected, whole.counts["excused"]) == (2, 1)


def test_an_excuse_is_taken_back_and_who_sends_in_spite_of_it_is_judged(cast, period):
    owed = owed_by(period, cast.a)
    actions.excuse_obligation(owed, reason="Lũ lụt", actor=cast.chief.actor)
    actions.owe_again(owed, reason="Nước đã rút", actor=cast.chief.actor)
    assert owed_by(period, cast.a).cls is None
    actions.declare_not_due(owed, reason="Mới thành lập", actor=cast.root.actor)
    send(period, cast.a, cast.officer)
    assert owed_by(period, cast.a).cls == "on_time"
    with pytest.raises(DomainError) as sent:
        actions.excuse_obligation(owed, reason="x", actor=cast.chief.actor)
    with pytest.raises(DomainError) as judged:
        actions.owe_again(owed, reason="x", actor=cast.chief.actor)
    assert (sent.value.code, judged.value.code) == ("sent-already", "not-excused")


@pytest.mark.parametrize("deed", ["excuse_obligation", "declare_not_due", "owe_again", "refuse_more_time"])
@pytest.mark.parametrize("who", ["officer", "neighbour", "reader", "stranger"])
def test_only_units_above_act_and_always_with_a_reason(cast, period, deed, who):
    owed = owed_by(period, cast.a)
    with pytest.raises(NotAllowed):
        getattr(actions, deed)(owed, reason="x", actor=getattr(cast, who).actor)
    with pytest.raises(DomainError) as silent:
        getattr(actions, deed)(owed, reason=" ", actor=cast.chief.actor)
    assert silent.value.code == "reason-missing"
    assert not ObligationAct.objects.exists()


def test_a_unit_asks_once_and_the_unit_above_gives_or_refuses(cast, period):
    owed = owed_by(period, cast.a)
    actions.ask_more_time(owed, until=LATER, reason="Cán bộ ốm", actor=cast.officer.actor)
    assert Notice.objects.open().filter(kind="more-time-asked", seat=cast.chief.seat).exists()
    with pytest.raises(DomainError) as twice:
        actions.ask_more_time(owed, until=LATER, reason="Cán bộ ốm", actor=cast.officer.actor)
    assert twice.value.code == "asked-already"
    actions.refuse_more_time(owed, reason="Đã gia hạn một lần", actor=cast.chief.actor)
    assert open_request(owed) is None
    assert Notice.objects.open().filter(kind="more-time-refused", seat=cast.officer.seat).exists()
    actions.ask_more_time(owed, until=LATER, reason="Xin lần hai", actor=cast.officer.actor)
    actions.extend_obligation(report_of(period, cast.a), until=LATER, reason="Được", actor=cast.chief.actor)
    assert open_request(owed) is None
    assert not Notice.objects.open().filter(kind="more-time-asked").exists()
    assert owed_by(period, cast.a).extended_to == LATER


@pytest.mark.parametrize("who", ["chief", "neighbour", "reader", "stranger"])
def test_only_the_unit_itself_asks(cast, period, who):
    with pytest.raises(NotAllowed):
        actions.ask_more_time(
            owed_by(period, cast.a), until=LATER, reason="x", actor=getattr(cast, who).actor
        )


def test_many_are_given_more_time_at_once_by_tier_or_branch(cast, django_assert_max_num_queries):
    period = late_period(cast)
    actions.ask_more_time(owed_by(period, cast.a), until=LATER, reason="x", actor=cast.officer.actor)
    send(period, cast.b, cast.neighbour)
    with django_assert_max_num_queries(24):
        done = actions.extend_many(
            period, cast.root_unit, until=LATER, reason="Bão", tier=cast.a.tier, actor=cast.root.actor
        )
    assert done == 1
    assert owed_by(period, cast.a).acts.first().by_seat == cast.root.seat
    assert open_request(owed_by(period, cast.a)) is None
    assert owed_by(period, cast.province).extended_to is None
    again = datetime.date(2102, 1, 1)
    assert actions.extend_many(
        period, cast.root_unit, until=again, reason="Bão", branch=cast.province, actor=cast.root.actor
    ) == 2  # fmt: skip
    with pytest.raises(DomainError) as nobody:
        actions.extend_many(period, cast.root_unit, until=again, reason="Bão", actor=cast.root.actor)
    assert nobody.value.code == "nobody-left"
    with pytest.raises(DomainError) as past:
        actions.extend_many(period, cast.root_unit, until=today() - DAY, reason="Bão", actor=cast.root.actor)
    assert past.value.code == "day-past"
    for who in ("chief", "reader", "stranger"):
        with pytest.raises(NotAllowed):
            actions.extend_many(
                period, cast.root_unit, until=LATER, reason="x", actor=getattr(cast, who).actor
            )


def test_late_and_locked_are_two_things_and_a_locked_report_is_opened_again_for_one(cast):
    period = late_period(cast, lock_days=2)
    with pytest.raises(DomainError) as locked:
        send(period, cast.a, cast.officer)
    assert locked.value.code == "locked"
    owed = owed_by(period, cast.a)
    with pytest.raises(NotAllowed):
        actions.reopen_obligation(owed, until=today(), reason="x", actor=cast.officer.actor)
    with pytest.raises(DomainError) as past:
        actions.reopen_obligation(owed, until=today() - DAY, reason="x", actor=cast.chief.actor)
    assert past.value.code == "day-past"
    actions.reopen_obligation(owed, until=today(), reason="Mất điện", actor=cast.chief.actor)
    version = send(period, cast.a, cast.officer, text="Kết quả")
    assert owed_by(period, cast.a).cls == "late"
    Obligation.objects.filter(pk=owed.pk).update(reopened_to=None)
    with pytest.raises(DomainError):
        send(period, cast.a, cast.officer, reason="sửa")
    return_report(report_of(period, cast.a), n=version.n, reason="Thiếu", actor=cast.chief.actor)
    assert send(period, cast.a, cast.officer).n == 2


def test_a_period_without_lock_takes_late_reports_until_it_is_closed(cast):
    period = late_period(cast)
    send(period, cast.a, cast.officer)
    assert owed_by(period, cast.a).cls == "late"
    with pytest.raises(DomainError) as refused:
        actions.reopen_obligation(owed_by(period, cast.b), until=LATER, reason="x", actor=cast.chief.actor)
    assert refused.value.code == "not-locked"


def test_classes_stay_when_a_task_is_taken_away_and_the_period_is_closed(cast):
    period = late_period(cast)
    send(period, cast.a, cast.officer)
    actions.excuse_obligation(owed_by(period, cast.province), reason="x", actor=cast.root.actor)
    states = dict(with_state(Obligation.objects.all(), today()).values_list("unit__code", "standing"))
    assert states == {"A": "late", "B": "overdue", "P": "excused"}
    period.programme.tasks.first().assignments.filter(unit=cast.a).delete()
    close_period(period, actor=cast.root.actor)
    classes = dict(Obligation.objects.values_list("unit__code", "cls"))
    assert classes == {"A": "late", "B": "missing", "P": "excused"}
    (line,) = by_branch(period, cast.root_unit, today())
    assert (line.of, line.received, line.expected) == (cast.province, 1, 2)
    with pytest.raises(DomainError) as closed:
        actions.owe_again(owed_by(period, cast.province), reason="x", actor=cast.root.actor)
    assert closed.value.code == "period-closed"
