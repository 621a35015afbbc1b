"""A workbook asks every kind of indicator, and what checks find stands beside its cell."""

import datetime
from decimal import Decimal

import pytest

from liencap.core.rollup.layout import NOT_APPLICABLE
from liencap.offline.judging import content_from
from liencap.offline.models import ReturnedFile
from liencap.offline.tests.scene import close_account, drop, filled, form_for, hand_out, only
from liencap.reports.actions import open_period
from liencap.reports.forming.tests.scene import change, every_kind
from liencap.reports.tests.scene import assign, make_programme, plan_next
from liencap.testing import make_cast

GOOD = {"state": "done", "figure:all:value": 7, "figure:women:value": 3, "figure:men:value": 4}
MORE = {"choice:held": "Có", "choice:how": "Chưa tốt", "day:on": "8/3/2026", "figure:spent:value": "KAD"}


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def bundle(cast):
    programme = make_programme(cast.root_unit)
    assign(programme, cast.province, cast.a, cast.b)
    change(programme, every_kind(programme))
    close_account(cast.neighbour)
    return hand_out(cast, open_period(plan_next(programme), actor=cast.root.actor))


def came_back(cast, bundle, answers) -> ReturnedFile:
    return only(drop(cast, ("b.xlsx", filled(form_for(bundle, "an-hoa"), answers))))


def test_every_kind_goes_out_and_comes_back(cast, bundle):
    file = came_back(cast, bundle, GOOD | MORE)
    assert (file.state, file.problems) == ("ready", [])
    figures = content_from(file.content).figures
    assert figures["held", "value"] == 1
    assert [figures["how", c] for c in ("well", "ill")] == [0, 1]
    assert figures["on", "value"] == Decimal(datetime.date(2026, 3, 8).toordinal())
    assert figures["spent", "value"] is NOT_APPLICABLE
    assert ("tier", "value") not in figures


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"choice:how": "tạm"}, "not-in-list"),
        ({"day:on": "30/2/2026"}, "not-day"),
        ({"figure:men:value": 9}, "block-parts"),
        ({"figure:all:value": None}, "block-required"),
        ({"figure:all:value": 2000, "figure:women:value": 2000, "figure:men:value": 0}, "warn-range"),
    ],
)
def test_what_does_not_pass_is_named_by_its_cell(cast, bundle, answers, code):
    file = came_back(cast, bundle, {k: v for k, v in (GOOD | answers).items() if v is not None})
    assert file.state == "wrong"
    assert [(at[:8], found) for at, found, _key, _typed in file.problems] == [("Báo cáo!", code)]


def test_a_warning_with_its_reason_may_be_entered(cast, bundle):
    many = {
        "figure:all:value": 2000,
        "figure:women:value": 2000,
        "figure:men:value": 0,
        "why:all": "Ngày hội",
    }
    file = came_back(cast, bundle, GOOD | many)
    assert file.state == "ready"
    assert content_from(file.content).reasons == {"all": "Ngày hội"}
