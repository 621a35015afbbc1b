"""Opening and closing a period of many units: in the background, from the tree of the last moment, unseen before."""

import datetime

import pytest
from django.db import transaction
from django.urls import reverse

from liencap.audit.actor import SYSTEM
from liencap.audit.models import Entry
from liencap.errors import DomainError, NotAllowed
from liencap.notices.models import Notice
from liencap.offline.tests.scene import work
from liencap.reports.actions import (
    lay_down,
    name_exception,
    open_period,
    opening,
    order_closing,
    order_opening,
    ordering,
    set_indicators,
)
from liencap.reports.models import Obligation, Period, Report, Total
from liencap.reports.owed.proof import is_as_frozen
from liencap.reports.proof import check_totals
from liencap.reports.tests.scene import assign, make_programme, plan
from liencap.testing import make_cast
from liencap.units.actions import close_unit, move_unit
from liencap.work.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(monkeypatch):
    """Let two units be many, laid down one at a time."""
    monkeypatch.setattr(ordering, "AT_ONCE", 1)
    monkeypatch.setattr(opening, "STRETCH", 1)
    return make_cast()


@pytest.fixture
def period(cast):
    programme = make_programme(cast.root_unit)
    assign(programme, cast.province, cast.a, cast.b, cast.other_province)
    return plan(programme)


def places(period):
    owed = Obligation.objects.filter(period=period)
    return {
        o.unit.code: (o.parent and o.parent.code, o.chain_ids) for o in owed.select_related("unit", "parent")
    }


def post(cast, name, period, member=None):
    return (member or cast.root).client().post(reverse(f"reports:{name}", args=[period.pk]))


def test_many_units_are_asked_in_the_background_and_the_page_shows_how_far_it_is(cast, period):
    answer = post(cast, "period-open", period)
    job = Job.objects.get(kind="open-period")
    assert answer.url == reverse("home:job-progress", args=[job.pk])
    assert Period.objects.get().state == "draft"
    listed = cast.root.client().get(reverse("reports:periods"))
    assert reverse("home:job-progress", args=[job.pk]) in listed.content.decode()
    assert reverse("reports:period-open", args=[period.pk]) not in listed.content.decode()
    assert post(cast, "period-open", period).url == answer.url
    work()
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.message) == ("done", 8, 8, "Số đơn vị đã báo: 4")
    root, p = cast.root_unit.pk, cast.province.pk
    assert places(period) == {
        "P": ("ROOT", [root, p]), "P2": ("ROOT", [root, cast.other_province.pk]),
        "A": ("P", [root, p, cast.a.pk]), "B": ("P", [root, p, cast.b.pk]),
    }  # fmt: skip
    assert is_as_frozen(Period.objects.get())
    assert [e.actor_id for e in Entry.objects.filter(action="order_opening")] == [cast.root.actor.user_id]
    keys = {f"report-{pk}" for pk in Report.objects.values_list("pk", flat=True)}
    assert set(Notice.objects.filter(kind="report-asked").values_list("key", flat=True)) <= keys
    assert post(cast, "period-open", period).status_code == 409


def test_nobody_sees_what_is_laid_down_before_the_period_is_open(cast, period):
    for _step in lay_down(period, actor=SYSTEM):
        pass
    assert Obligation.objects.count() == 4
    client = cast.officer.client()
    for page in ("/", "/reports/", "/reports/periods/"):
        assert "Quý I" not in client.get(page).content.decode()
    pk = Report.objects.get(obligation__unit=cast.a).pk
    assert client.get(reverse("reports:write", args=[pk])).status_code == 404
    assert client.get(reverse("reports:report", args=[pk])).status_code == 404
    owed = Obligation.objects.get(unit=cast.a).pk
    assert client.get(reverse("reports:owed-one", args=[owed])).status_code == 404


def test_what_was_laid_down_gives_way_to_the_tree_and_the_form_of_the_last_moment(cast, period):
    for _step in lay_down(period, actor=SYSTEM):
        pass
    move_unit(cast.a, cast.other_province, since=datetime.date(2026, 1, 2), actor=SYSTEM)
    close_unit(cast.b, day=datetime.date(2026, 1, 2), reason="x", successors=[], actor=SYSTEM)
    name_exception(period, cast.other_province, False, reason="mới lập", actor=SYSTEM)
    set_indicators(period.programme, [], actor=SYSTEM)
    period = open_period(period, actor=SYSTEM)
    root, a = cast.root_unit.pk, cast.a.pk
    assert places(period) == {
        "P": ("ROOT", [root, cast.province.pk]), "A": ("ROOT", [root, a]),
    }  # fmt: skip
    assert is_as_frozen(period)
    assert sorted(Total.objects.values_list("unit__code", flat=True)) == ["A"] * 2 + ["P"] * 2 + ["ROOT"] * 2
    assert check_totals(period) == []


def test_a_worker_that_wakes_up_late_adds_nothing_to_a_frozen_set(cast, period):
    late = lay_down(period, actor=SYSTEM)
    next(late)
    open_period(period, actor=SYSTEM)
    frozen = places(period)
    with pytest.raises(DomainError) as refused, transaction.atomic():
        list(late)
    assert refused.value.code == "period-not-draft"
    assert places(period) == frozen
    assert is_as_frozen(Period.objects.get())


def test_many_units_are_closed_in_the_background(cast, period):
    open_period(period, actor=SYSTEM)
    answer = post(cast, "period-close", period)
    job = Job.objects.get(kind="close-period")
    assert answer.url == reverse("home:job-progress", args=[job.pk])
    assert "Đang đóng" in cast.root.client().get(reverse("reports:periods")).content.decode()
    work()
    assert set(Obligation.objects.values_list("cls", flat=True)) == {"missing"}
    assert not Notice.objects.open().filter(kind="report-asked").exists()
    assert post(cast, "period-close", period).status_code == 409


@pytest.mark.parametrize("who", ["chief", "officer", "neighbour", "reader", "stranger"])
def test_only_the_unit_that_set_the_tasks_orders_it(cast, period, who):
    for deed in (order_opening, order_closing):
        with pytest.raises(NotAllowed):
            deed(period, actor=getattr(cast, who).actor)
    assert not Job.objects.exists()


def test_a_rule_that_names_nobody_is_refused_at_once(cast):
    period = plan(make_programme(cast.root_unit))
    refused = post(cast, "period-open", period)
    assert (refused.status_code, "Chưa đơn vị nào được giao" in refused.content.decode()) == (400, True)
    assert not Job.objects.exists()
