"""Going on without missing reports: named, with a reason, printed, and flagged when one comes late."""

import pytest
from django.urls import reverse

from liencap.audit.models import Entry
from liencap.errors import DomainError, NotAllowed
from liencap.reports.actions import begin_consolidated_report, go_on_without
from liencap.reports.answering.gaps import gaps_line
from liencap.reports.answering.waiting import sorted_waiting
from liencap.reports.consolidation import printed
from liencap.reports.models import Gap
from liencap.reports.tests.scene import accept, make_period, report_of, send
from liencap.testing import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def period(cast):
    return make_period(cast)


def owed(period, unit) -> int:
    return report_of(period, unit).obligation_id


def test_the_missing_are_named_with_their_reason_and_the_paper_says_so(cast, period):
    send(period, cast.a, cast.officer, "10")
    accept(period, cast.a, cast.chief)
    chief = cast.chief.client()
    page = chief.get(reverse("reports:missing", args=[period.pk, cast.province.pk])).content.decode()
    assert f'value="{owed(period, cast.b)}"' in page
    url = reverse("reports:go-on-without", args=[period.pk, cast.province.pk])
    typed = {"gap": [owed(period, cast.b)], "reason": "mất liên lạc vì bão."}
    assert chief.post(url, typed).status_code == 302
    page = chief.get(reverse("reports:missing", args=[period.pk, cast.province.pk])).content.decode()
    assert "mất liên lạc vì bão" in page
    draft = begin_consolidated_report(period, cast.province, actor=cast.chief.actor)
    paper = printed(draft, cast.chief.seat, "Chief", sample=False)
    assert "chốt khi thiếu 1 đơn vị: Xã An Hòa (mất liên lạc vì bão)" in paper.coverage
    assert "Xã An Hòa (mất liên lạc vì bão)" in gaps_line(period, cast.root_unit)
    assert Entry.objects.get(action="go_on_without").new["count"] == 1


def test_one_that_comes_late_is_received_and_flagged(cast, period):
    go_on_without(period, cast.province, {owed(period, cast.b): "vắng"}, actor=cast.chief.actor)
    send(period, cast.b, cast.neighbour, "4")
    assert sorted_waiting(cast.province.pk)[0].look == ["đến sau khi đã chốt tổng hợp"]
    assert gaps_line(period, cast.province) == "; báo cáo đến sau khi đã chốt: 1"
    accept(period, cast.b, cast.chief)
    assert report_of(period, cast.b).state == "accepted"


def test_without_a_reason_or_for_who_is_not_missing_it_is_refused(cast, period):
    send(period, cast.a, cast.officer, "10")
    for reasons, code in (
        ({}, "reason-missing"), ({owed(period, cast.b): " "}, "reason-missing"),
        ({owed(period, cast.a): "x"}, "not-missing"),
    ):  # fmt: skip
        with pytest.raises(DomainError) as refused:
            go_on_without(period, cast.province, reasons, actor=cast.chief.actor)
        assert refused.value.code == code
    go_on_without(period, cast.province, {owed(period, cast.b): "x"}, actor=cast.chief.actor)
    go_on_without(period, cast.province, {owed(period, cast.b): "y"}, actor=cast.chief.actor)
    assert Gap.objects.get().reason == "x"


@pytest.mark.parametrize("who", ["root", "officer", "neighbour", "reader", "stranger"])
def test_nobody_else_closes_the_collection(cast, period, who):
    someone = getattr(cast, who)
    url = reverse("reports:go-on-without", args=[period.pk, cast.province.pk])
    typed = {"gap": [owed(period, cast.b)], "reason": "x"}
    assert someone.client().post(url, typed).status_code in (403, 404)
    assert someone.client().get(url).status_code == 405
    with pytest.raises(NotAllowed):
        go_on_without(period, cast.province, {owed(period, cast.b): "x"}, actor=someone.actor)
    assert not Gap.objects.exists()
