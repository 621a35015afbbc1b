"""The ledger handed out as CSV: what was sent below a unit, and nothing else."""

import csv
import io
from decimal import Decimal

import pytest
from django.urls import reverse

from liencap.reports.tests.scene import accept, content, make_period, report_of, save, send
from liencap.testing import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def period(cast):
    period = make_period(cast)
    send(period, cast.a, cast.officer, "10.5")
    accept(period, cast.a, cast.chief)
    save(report_of(period, cast.b), content(report_of(period, cast.b), "99"), cast.neighbour)
    return period


def ledger(member, period, unit):
    return member.client().get(reverse("reports:ledger", args=[period.pk, unit.pk]))


def rows_of(answer):
    text = b"".join(answer.streaming_content).decode().removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def test_it_holds_every_figure_sent_below_and_no_draft(cast, period):
    answer = ledger(cast.chief, period, cast.province)
    assert answer["Content-Disposition"].startswith("attachment")
    rows = rows_of(answer)
    assert {row["unit_code"] for row in rows} == {"A"}
    trees = [row for row in rows if row["indicator"] == "trees"]
    assert [(row["number"], row["accepted"], row["name"]) for row in trees] == [("10.5", "yes", "Số cây")]
    assert not any("99" in row["number"] for row in rows)


def test_a_name_is_never_a_formula(cast, period):
    cast.a.name = '=HYPERLINK("x")'
    cast.a.save(update_fields=["name"])
    assert {row["unit"] for row in rows_of(ledger(cast.chief, period, cast.province))} == {
        '\'=HYPERLINK("x")'
    }


def test_its_sum_is_the_received_total(cast, period):
    send(period, cast.b, cast.neighbour, "4")
    rows = rows_of(ledger(cast.root, period, cast.root_unit))
    assert sum(Decimal(row["number"]) for row in rows if row["indicator"] == "trees") == Decimal("14.5")


@pytest.mark.parametrize(
    ("who", "status"),
    [("root", 200), ("chief", 200), ("officer", 404), ("neighbour", 404), ("reader", 404), ("stranger", 404)],
)
def test_it_is_handed_out_in_the_line_alone(cast, period, who, status):
    member = getattr(cast, who)
    assert ledger(member, period, cast.province).status_code == status
    address = reverse("reports:ledger", args=[period.pk, cast.province.pk])
    assert member.client().post(address).status_code == 405
    assert member.client().get(reverse("reports:ledger", args=[999_999, cast.province.pk])).status_code == 404


def test_it_costs_few_queries(cast, period, django_assert_max_num_queries):
    client = cast.chief.client()
    with django_assert_max_num_queries(12):
        rows_of(client.get(reverse("reports:ledger", args=[period.pk, cast.province.pk])))
