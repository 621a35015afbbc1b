"""A period is planned, changed and taken back until it is open."""

from decimal import Decimal

import pytest
from django.urls import reverse

from liencap.audit.models import Entry
from liencap.errors import DomainError
from liencap.reports.actions import TargetInput, drop_plan, lay_down, set_targets
from liencap.reports.models import Period
from liencap.reports.tests.scene import assign, make_period, make_programme, plan, plan_next
from liencap.testing import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def period(cast):
    return make_period(cast)


def plan_typed(cast, **more):
    tiers = {"province": cast.province.tier_id, "commune": cast.a.tier_id}
    days = {f"due-{pk}": more.pop(name, "2026-07-05") for name, pk in tiers.items()}
    return {"title": "Quý II", "since": "2026-04-01", "until": "2026-06-30"} | days | more


@pytest.mark.parametrize(
    "wrong",
    [{"until": "2026-01-01"}, {"commune": "2026-07-09"}, {"title": "x" * 300}, {"since": "2026-13-40"}],
)
def test_a_plan_with_wrong_days_says_so_and_keeps_what_was_typed(cast, wrong):
    programme = make_programme(cast.root_unit)
    assign(programme, cast.province, cast.a)
    new = reverse("reports:period-new", args=[programme.pk])
    page = cast.root.client().post(new, plan_typed(cast, **wrong))
    assert page.status_code == 400
    assert 'value="2026-06-30"' in page.content.decode() or 'value="2026-04-01"' in page.content.decode()
    assert not Period.objects.exists()


def test_a_planned_period_is_changed_or_taken_back_until_it_is_open(cast):
    programme = make_programme(cast.root_unit)
    assign(programme, cast.province, cast.a)
    client = cast.root.client()
    client.post(reverse("reports:period-new", args=[programme.pk]), plan_typed(cast))
    period = Period.objects.get()
    change, drop = (reverse(f"reports:period-{name}", args=[period.pk]) for name in ("change", "drop"))
    assert change in client.get(reverse("reports:periods")).content.decode()
    assert 'value="2026-07-05"' in client.get(change).content.decode()
    said = plan_typed(cast, title="Quý hai", commune="2026-07-01")
    assert client.post(change, said).status_code == 302
    period.refresh_from_db()
    assert period.title == "Quý hai"
    assert {d.tier.code: str(d.due) for d in period.dues.all()} == {
        "province": "2026-07-05",
        "commune": "2026-07-01",
    }
    entry = Entry.objects.get(action="change_plan")
    assert (entry.old["title"], entry.new["dues"]["commune"]) == ("Quý II", "2026-07-01")
    assert client.post(change, plan_typed(cast, commune="2026-07-09")).status_code == 400
    for who in ("chief", "officer", "neighbour", "reader", "stranger"):
        others = getattr(cast, who).client()
        assert {others.get(change).status_code, others.post(drop).status_code} <= {403, 404}
    assert client.get(drop).status_code == 405
    assert client.post(drop).status_code == 302
    assert not Period.objects.exists()
    assert client.get(change).status_code == 404


def test_the_plan_of_an_open_period_stands(cast, period):
    client = cast.root.client()
    for name, typed in (("change", plan_typed(cast)), ("drop", {})):
        client.post(reverse(f"reports:period-{name}", args=[period.pk]), typed)
    assert Period.objects.get().title == "Quý I"


def test_a_period_with_targets_or_that_a_worker_began_to_open_is_not_taken_back(cast):
    programme = make_programme(cast.root_unit)
    assign(programme, cast.a)
    planned = plan(programme)
    laid = lay_down(planned, actor=cast.root.actor)
    next(laid)
    with pytest.raises(DomainError) as begun:
        drop_plan(planned, actor=cast.root.actor)
    assert begun.value.code == "period-begun"
    Period.objects.filter(pk=planned.pk).update(title="Quý I")
    other = plan_next(programme)
    set_targets(programme, [TargetInput("trees", cast.root_unit, Decimal(5), other)], actor=cast.root.actor)
    with pytest.raises(DomainError) as aimed:
        drop_plan(other, actor=cast.root.actor)
    assert aimed.value.code == "period-aimed"
