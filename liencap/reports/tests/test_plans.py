"""How the database finds what one unit sees: by an index, however many obligations there are."""

from decimal import Decimal

import pytest
from django.db import connection
from django.urls import reverse

from liencap.core.rollup.totals import TotalCell
from liencap.reports import lists, queries
from liencap.reports.forming.counting import counts_text
from liencap.reports.models import Obligation
from liencap.reports.owed.queries import Wanted, rows_of, transfers_of
from liencap.reports.owed.who import owing
from liencap.reports.tests.scene import make_period, send
from liencap.testing import DAY, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


def reads_all(rows, table):
    """Say whether the database goes through a table though it was asked to do anything else if it can."""
    if connection.vendor == "sqlite":
        return any(line.split()[1:3] == ["SCAN", table] for line in rows.explain().splitlines())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
    return f"Seq Scan on {table}" in rows.explain()


def test_what_a_unit_owes_is_found_without_reading_what_all_owe(cast):
    period = make_period(cast)
    for rows in (
        queries.owed_by(cast.a.pk),
        lists.still_owed(cast.a.pk),
        rows_of(period, cast.root_unit, Wanted(branch=cast.province), DAY),
    ):
        assert not reads_all(rows, Obligation._meta.db_table), rows.explain()


@pytest.mark.parametrize("rule", [{}, {"tiers": ["commune"]}])
def test_who_would_owe_is_asked_unit_by_unit(cast, rule):
    period = make_period(cast)
    period.rule = rule
    asked = str(owing(period).query)
    assert "EXISTS" in asked
    assert " IN (SELECT" not in asked  # a list that is gone through anew for every unit


def test_changes_of_place_are_found_by_their_own_place(cast):
    period = make_period(cast)
    assert " IN (SELECT" not in str(transfers_of(period, cast.root_unit).query)


def test_what_very_many_reports_say_of_tasks_is_counted_once_in_five_minutes(cast, monkeypatch):
    monkeypatch.setattr("liencap.reports.queries.totals.MANY", 0)
    period = make_period(cast)
    send(period, cast.a, cast.officer)
    client, page = cast.root.client(), reverse("reports:rollup", args=[period.pk, cast.root_unit.pk])
    assert "Đếm lúc" in client.get(page).content.decode()
    send(period, cast.b, cast.neighbour)
    first, at = queries.task_states_lately(period, cast.root_unit, 2)
    assert at is not None
    assert set(map(str, first.values())) == {"{'done': 1}"}
    monkeypatch.setattr("liencap.reports.queries.totals.MANY", 2)
    assert "Đếm lúc" not in client.get(page).content.decode()


@pytest.mark.parametrize("name", ["missing", "parts"])
def test_lists_of_units_are_bounded(cast, name, monkeypatch):
    monkeypatch.setattr("liencap.reports.lists.MOST", 1)
    period = make_period(cast)
    for unit, member in ((cast.a, cast.officer), (cast.b, cast.neighbour)):
        if name == "parts":
            send(period, unit, member)
    more = ["received", "trees", "value"] if name == "parts" else []
    page = reverse(f"reports:{name}", args=[period.pk, cast.root_unit.pk, *more])
    assert "Chỉ hiển thị 1 mục đầu" in cast.root.client().get(f"{page}?all=1").content.decode()


def test_counts_of_very_many_reports_keep_the_thousands_apart():
    cell = TotalCell("a", "value", Decimal(7), 177234, 1200, 5000)
    assert counts_text(cell) == "177.234 có số liệu, 5.000 không áp dụng, 1.200 để trống"
