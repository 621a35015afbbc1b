"""Planning, opening and closing periods."""

import datetime

import pytest

from liencap.audit.actor import SYSTEM
from liencap.audit.models import Entry
from liencap.errors import DomainError, NotAllowed
from liencap.programmes.models import Assignment
from liencap.reports.actions import (
    IndicatorInput,
    close_period,
    extend_obligation,
    open_period,
    plan_period,
    set_indicators,
)
from liencap.reports.models import Obligation, Report, Total
from liencap.reports.tests.scene import assign, make_period, make_programme, plan, report_of, send
from liencap.testing import make_cast
from liencap.units.models import Tier

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


def test_opening_freezes_who_owes_under_the_nearest_unit_that_owes_too(cast):
    programme = make_programme(cast.root_unit)
    assign(programme, cast.a, cast.province)
    period = open_period(plan(programme), actor=cast.root.actor)
    found = {o.unit.code: (o.parent.code, o.chain_ids) for o in Obligation.objects.all()}
    root, p, a = cast.root_unit.pk, cast.province.pk, cast.a.pk
    assert found == {"P": ("ROOT", [root, p]), "A": ("P", [root, p, a])}
    assign(programme, cast.b)
    assert Obligation.objects.filter(period=period).count() == 2


def test_a_unit_hangs_under_the_top_when_nobody_between_owes(cast):
    programme = make_programme(cast.root_unit)
    assign(programme, cast.a)
    open_period(plan(programme), actor=SYSTEM)
    owed = Obligation.objects.get()
    assert (owed.parent, owed.chain_ids) == (cast.root_unit, [cast.root_unit.pk, cast.a.pk])


def test_the_unit_that_set_the_tasks_may_owe_itself(cast):
    programme = make_programme(cast.province)
    assign(programme, cast.province, cast.a)
    open_period(plan(programme), actor=cast.chief.actor)
    own = Obligation.objects.get(unit=cast.province)
    assert (own.parent, own.chain_ids) == (None, [cast.province.pk])
    assert Obligation.objects.get(unit=cast.a).chain_ids == [cast.province.pk, cast.a.pk]


def test_opening_is_one_entry_with_a_digest_and_makes_reports_and_totals(cast):
    make_period(cast)
    entry = Entry.objects.get(action="open_period")
    assert entry.new["obligations"] == 3
    assert len(entry.new["sha256"]) == 64
    assert Report.objects.filter(state="draft").count() == 3
    assert Total.objects.count() == 8


def test_opening_takes_few_queries_however_many_units(cast, django_assert_max_num_queries):
    programme = make_programme(cast.root_unit)
    assign(programme, cast.province, cast.a, cast.b, cast.other_province, cast.root_unit)
    period = plan(programme)
    with django_assert_max_num_queries(25):
        open_period(period, actor=SYSTEM)


@pytest.mark.parametrize("who", ["chief", "officer", "neighbour", "reader", "stranger"])
def test_only_the_unit_that_set_the_tasks_opens_and_closes(cast, who):
    programme = make_programme(cast.root_unit)
    assign(programme, cast.a)
    actor = getattr(cast, who).actor
    period = plan(programme)
    for deed in (
        lambda: set_indicators(programme, [], actor=actor),
        lambda: plan_period(programme, "x", since=period.since, until=period.until, dues={}, actor=actor),
        lambda: open_period(period, actor=actor),
        lambda: close_period(period, actor=actor),
    ):
        with pytest.raises(NotAllowed):
            deed()
    assert not Obligation.objects.exists()


def test_a_period_opens_once_and_only_when_somebody_owes(cast):
    programme = make_programme(cast.root_unit)
    period = plan(programme)
    with pytest.raises(DomainError) as nobody:
        open_period(period, actor=SYSTEM)
    assert nobody.value.code == "nobody-owes"
    assign(programme, cast.a)
    open_period(period, actor=SYSTEM)
    with pytest.raises(DomainError) as refused:
        open_period(period, actor=SYSTEM)
    assert refused.value.code == "period-not-draft"


def test_lower_tiers_are_due_first(cast):
    programme = make_programme(cast.root_unit)
    day = datetime.date(2026, 4, 1)
    province, commune = Tier.objects.get(code="province"), Tier.objects.get(code="commune")
    with pytest.raises(DomainError) as refused:
        plan_period(
            programme, "x", since=day, until=day, actor=SYSTEM,
            dues={province: day, commune: day + datetime.timedelta(1)},
        )  # fmt: skip
    assert refused.value.code == "dues-crossed"


def test_closing_marks_the_silent_as_missing_and_takes_no_report_more(cast):
    period = make_period(cast)
    send(period, cast.a, cast.officer)
    close_period(period, actor=cast.root.actor)
    classes = dict(Obligation.objects.values_list("unit__code", "cls"))
    assert classes == {"A": "on_time", "B": "missing", "P": "missing"}
    with pytest.raises(DomainError) as refused:
        send(period, cast.b, cast.neighbour)
    assert refused.value.code == "period-closed"


@pytest.mark.parametrize(
    ("extended", "cls"),
    [(None, "late"), (datetime.date(2100, 1, 1), "late_extended"), (datetime.date(2026, 1, 3), "late")],
)
def test_the_class_is_judged_at_the_first_sending(cast, extended, cls):
    programme = make_programme(cast.root_unit)
    assign(programme, cast.province, cast.a)
    period = open_period(plan(programme, datetime.date(2026, 1, 2)), actor=SYSTEM)
    if extended:
        given = datetime.date(2100, 1, 1)
        extend_obligation(report_of(period, cast.a), until=given, reason="lũ lụt", actor=cast.chief.actor)
        Obligation.objects.filter(unit=cast.a).update(extended_to=extended)  # no day is given that has passed
    send(period, cast.a, cast.officer)
    assert Obligation.objects.get(unit=cast.a).cls == cls


@pytest.mark.parametrize("who", ["officer", "neighbour", "reader", "stranger"])
def test_only_units_above_give_more_time(cast, who):
    period = make_period(cast)
    with pytest.raises(NotAllowed):
        extend_obligation(
            report_of(period, cast.a), until=datetime.date(2101, 1, 1), reason="x",
            actor=getattr(cast, who).actor,
        )  # fmt: skip


def test_a_form_refuses_two_indicators_of_one_code_and_tasks_of_others(cast):
    programme, other = make_programme(cast.root_unit), make_programme(cast.root_unit)
    task = programme.tasks.first()
    with pytest.raises(DomainError) as twice:
        set_indicators(programme, [IndicatorInput(task, "a", "A")] * 2, actor=SYSTEM)
    with pytest.raises(DomainError) as foreign:
        set_indicators(other, [IndicatorInput(task, "a", "A")], actor=SYSTEM)
    assert (twice.value.code, foreign.value.code) == ("code-twice", "foreign-task")
    assert not Assignment.objects.exists()
