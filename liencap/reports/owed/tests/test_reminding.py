"""Units are reminded on the days of their period's rhythm, and no more once they have sent or are excused."""

import datetime

import pytest
from django.utils import timezone

from liencap.audit.actor import SYSTEM
from liencap.demo.calendar import clock_on
from liencap.notices.hours import mark_on
from liencap.notices.jobs import remind
from liencap.notices.models import Notice
from liencap.reports.actions import open_period
from liencap.reports.models import Obligation, ObligationAct
from liencap.reports.owed import actions
from liencap.reports.tests.scene import assign, make_programme, plan, send
from liencap.testing import make_cast
from liencap.units.actions import close_unit
from liencap.work.models import Job

pytestmark = pytest.mark.django_db
DUE = datetime.date(2026, 3, 20)
DAYS = datetime.timedelta


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def period(cast):
    programme = make_programme(cast.root_unit)
    assign(programme, cast.province, cast.a, cast.b)
    made = plan(programme, DUE)
    actions.set_who_owes(made, None, lock_days=10, reminders=[-3, -1, 2], actor=cast.root.actor)
    with clock_on(DUE - DAYS(days=10)):
        return open_period(made, actor=cast.root.actor)


def run(day):
    """Run the daily job on a day."""
    with clock_on(day):
        remind(Job.objects.create(kind="remind", run_at=timezone.now()))


def reminded(unit):
    acts = ObligationAct.objects.filter(kind="reminded", obligation__unit=unit)
    return sorted((act.day - DUE).days for act in acts)


def test_the_rhythm_is_kept_and_a_day_that_was_missed_is_made_up_for(cast, period):
    for day in (-5, -3, -3, -2, 0, 1, 2, 3, 8):
        run(DUE + DAYS(days=day))
    assert reminded(cast.a) == [-3, 0, 2]


def test_nobody_is_reminded_who_has_sent_or_is_excused(cast, period):
    with clock_on(DUE - DAYS(days=8)):
        send(period, cast.a, cast.officer)
        owed = Obligation.objects.get(unit=cast.b)
        actions.excuse_obligation(owed, reason="Lũ", actor=cast.chief.actor)
    for day in (-3, -1, 2):
        run(DUE + DAYS(days=day))
    assert (reminded(cast.a), reminded(cast.b), reminded(cast.province)) == ([], [], [-3, -1, 2])
    assert not Notice.objects.open().filter(seat=cast.officer.seat, key__startswith="report-").exists()


def test_a_locked_report_is_reminded_of_no_more(cast, period):
    run(DUE + DAYS(days=15))
    assert not reminded(cast.a)


def test_an_extension_moves_the_rhythm(cast, period):
    with clock_on(DUE - DAYS(days=8)):
        actions.extend_many(
            period,
            cast.root_unit,
            until=DUE + DAYS(days=10),
            reason="Bão",
            tier=cast.a.tier,
            actor=cast.root.actor,
        )
    for day in (-3, 7):  # the second makes up for the day after that was missed
        run(DUE + DAYS(days=day))
    assert (reminded(cast.a), reminded(cast.province)) == ([7], [-3, 7])


def test_a_period_without_days_of_reminding_reminds_nobody(cast, period):
    actions.set_who_owes(period, None, lock_days=None, reminders=[], actor=cast.root.actor)
    run(DUE)
    assert not ObligationAct.objects.exists()


def test_the_successor_of_a_closed_unit_is_reminded_too(cast, period):
    with clock_on(DUE - DAYS(days=8)):
        close_unit(cast.a, day=DUE - DAYS(days=8), reason="x", successors=[cast.b], actor=SYSTEM)
    run(DUE - DAYS(days=3))
    told = Notice.objects.open().filter(seat=cast.neighbour.seat, kind="reminder")
    assert told.count() == 2


@pytest.mark.parametrize(
    ("today", "mark"), [(-8, None), (-7, -7), (-5, -7), (-1, -1), (0, -1), (1, 1), (40, 7)]
)
def test_a_rhythm_names_its_own_days(today, mark):
    found = mark_on(DUE, DUE + DAYS(days=today), (-7, -3, -1, 1, 7))
    assert found == (None if mark is None else DUE + DAYS(days=mark))
