"""Who owes: the holders of tasks or a rule, with exceptions by name; counted before opening, frozen by it."""

import datetime

import pytest
from django.urls import reverse

from liencap.audit.models import Entry
from liencap.errors import DomainError, NotAllowed
from liencap.reports.actions import open_period
from liencap.reports.lists import tiers_of
from liencap.reports.models import Obligation, Period, PeriodDue
from liencap.reports.owed.actions import name_exception, set_who_owes
from liencap.reports.owed.proof import is_as_frozen
from liencap.reports.owed.who import preview
from liencap.reports.tests.scene import assign, make_programme, plan, plan_next
from liencap.testing import make_cast
from liencap.units.models import Unit, UnitAttribute
from liencap.units.rules import Rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def period(cast):
    programme = make_programme(cast.root_unit)
    assign(programme, cast.a)
    return plan(programme)


def choose(period, rule, actor, lock_days=None, reminders=(-3, 1)):
    return set_who_owes(period, rule, lock_days=lock_days, reminders=reminders, actor=actor)


def owing(period):
    return sorted(Obligation.objects.filter(period=period).values_list("unit__code", flat=True))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (None, ["A"]),
        (Rule(tiers=("commune",)), ["A", "B"]),
        (Rule(tiers=("province", "commune"), under="P"), ["A", "B", "P"]),
        (Rule(key="coast", value="yes"), ["B"]),
    ],
)
def test_units_owe_by_tasks_or_by_a_rule(cast, period, rule, expected):
    UnitAttribute.objects.create(unit=cast.b, key="coast", value="yes")
    period = choose(period, rule, cast.root.actor)
    seen = preview(period)
    assert seen.total == len(expected)
    assert seen.without_task == (len([c for c in expected if c != "A"]) if rule else 0)
    open_period(period, actor=cast.root.actor)
    assert owing(period) == expected
    assert is_as_frozen(period)
    entry = Entry.objects.get(action="open_period")
    assert entry.new["rule"] == Period.objects.get(pk=period.pk).rule


def test_exceptions_by_name_add_and_take_away_and_go_on_to_the_next_period(cast, period):
    choose(period, Rule(tiers=("commune",)), cast.root.actor, lock_days=5)
    name_exception(period, cast.a, False, reason="Sáp nhập", actor=cast.root.actor)
    name_exception(period, cast.other_province, True, reason="Làm điểm", actor=cast.root.actor)
    open_period(period, actor=cast.root.actor)
    assert owing(period) == ["B", "P2"]
    later = plan_next(period.programme)
    assert (later.rule, later.lock_days, later.reminders) == ({"tiers": ["commune"]}, 5, [-3, 1])
    name_exception(later, cast.a, None, reason="", actor=cast.root.actor)
    open_period(later, actor=cast.root.actor)
    assert owing(later) == ["A", "B", "P2"]


def test_after_opening_the_rule_is_frozen_and_the_days_are_not(cast, period):
    open_period(period, actor=cast.root.actor)
    period.refresh_from_db()
    for deed in (
        lambda: choose(period, Rule(tiers=("commune",)), cast.root.actor),
        lambda: name_exception(period, cast.b, True, reason="x", actor=cast.root.actor),
    ):
        with pytest.raises(DomainError) as refused:
            deed()
        assert refused.value.code == "frozen"
    assert choose(period, None, cast.root.actor, lock_days=3).lock_days == 3


def test_nobody_to_owe_empty_rules_and_days_too_far_are_refused(cast, period):
    for rule, lock, days, code in (
        (Rule(), None, [], "rule-empty"),
        (None, 999, [], "lock-far"),
        (None, None, [-30], "reminders-far"),
    ):
        with pytest.raises(DomainError) as refused:
            choose(period, rule, cast.root.actor, lock, days)
        assert refused.value.code == code
    choose(period, Rule(key="coast", value="no"), cast.root.actor)
    with pytest.raises(DomainError) as nobody:
        open_period(period, actor=cast.root.actor)
    assert nobody.value.code == "nobody-owes"
    with pytest.raises(DomainError) as foreign:
        name_exception(
            plan(make_programme(cast.province)), cast.root_unit, True, reason="x", actor=cast.root.actor
        )
    assert foreign.value.code == "foreign-unit"


@pytest.mark.parametrize("who", ["chief", "officer", "neighbour", "reader", "stranger"])
def test_only_who_opens_periods_chooses(cast, period, who):
    actor = getattr(cast, who).actor
    with pytest.raises(NotAllowed):
        choose(period, None, actor)
    with pytest.raises(NotAllowed):
        name_exception(period, cast.b, True, reason="x", actor=actor)


def test_the_page_keeps_the_choice_shows_how_many_and_takes_exceptions(cast, period):
    client = cast.root.client()
    there = reverse("reports:period-who", args=[period.pk])
    sent = {"by": "rule", "tiers": ["commune"], "lock_days": "10", "before": "7, 3", "after": "1"}
    assert client.post(there, sent).status_code == 302
    period.refresh_from_db()
    assert (period.rule, period.lock_days, period.reminders) == ({"tiers": ["commune"]}, 10, [-7, -3, 1])
    named = {"exception-unit": "B", "exception-owes": "no", "exception-reason": "Sáp nhập"}
    assert client.post(reverse("reports:period-exception", args=[period.pk]), named).status_code == 302
    shown = client.get(there).content.decode()
    assert "Sáp nhập" in shown
    off = reverse("reports:period-exception-off", args=[period.pk, period.exceptions.get().pk])
    assert client.post(off).status_code == 302
    assert not period.exceptions.exists()
    bad = client.post(there, sent | {"before": "x", "under": "NONE"})
    assert bad.status_code == 400
    assert "NONE" in bad.content.decode(), "what was typed is kept"
    assert client.post(reverse("reports:period-exception", args=[period.pk]), {}).status_code == 400
    open_period(period, actor=cast.root.actor)
    assert client.get(there).status_code == 200
    assert client.post(there, {"lock_days": "", "before": "", "after": ""}).status_code == 302
    period.refresh_from_db()
    assert (period.rule, period.lock_days, period.reminders) == ({"tiers": ["commune"]}, None, [])


@pytest.mark.parametrize(
    ("who", "status"), [("chief", 404), ("officer", 404), ("neighbour", 404), ("stranger", 404)]
)
def test_the_page_is_for_who_opens_periods(cast, period, who, status):
    client = getattr(cast, who).client()
    assert client.get(reverse("reports:period-who", args=[period.pk])).status_code == status
    assert client.post(reverse("reports:period-exception", args=[period.pk])).status_code == status
    assert client.post(reverse("reports:period-exception-off", args=[period.pk, 1])).status_code == status


def test_a_tier_that_a_rule_brings_in_is_due_no_later_than_the_one_above(cast, period):
    """Nobody gave communes a day: they were once due with the last of all, after those who wait for them."""
    PeriodDue.objects.filter(period=period).delete()
    for tier, day in ((cast.root_unit.tier, 20), (cast.province.tier, 10)):
        PeriodDue.objects.create(period=period, tier=tier, due=datetime.date(2026, 4, day))
    period = choose(period, Rule(tiers=("province", "commune")), cast.root.actor)
    day = datetime.date(2026, 4, 10)
    assert [(tier.code, due) for tier, _n, due in preview(period).tiers] == [
        ("commune", day),
        ("province", day),
    ]
    asked = [tier.code for tier in tiers_of(period.programme, period)]
    assert asked == ["commune", "province", "centre"]
    open_period(period, actor=cast.root.actor)
    assert set(Obligation.objects.filter(period=period).values_list("due", flat=True)) == {day}


def test_a_unit_is_found_by_its_name_where_one_alone_has_it(cast, period):
    client, url = cast.root.client(), reverse("reports:period-who", args=[period.pk])
    said = {"by": "rule", "under": cast.province.name}
    assert client.post(url, said).status_code == 302
    period.refresh_from_db()
    assert period.rule == {"under": "P"}
    Unit.objects.filter(pk=cast.b.pk).update(name=cast.a.name)
    assert client.post(url, said | {"under": cast.a.name}).status_code == 400
