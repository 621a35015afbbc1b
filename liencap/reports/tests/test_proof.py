"""The totals of a period are proven every night and when somebody asks; what differs is shown and logged."""

import pytest
from django.db import connection
from django.urls import reverse

from liencap.audit.models import Entry
from liencap.reports.proof import check_totals
from liencap.reports.queries import last_proof
from liencap.reports.tests.scene import accept, make_period, send
from liencap.testing import make_cast
from liencap.work.actions import run_one
from liencap.work.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def period(cast):
    made = make_period(cast)
    send(made, cast.a, cast.officer, "10")
    send(made, cast.b, cast.neighbour, "2.5")
    accept(made, cast.a, cast.chief)
    return made


def spoil(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        assert cursor.rowcount == 1


def ask(member, period, unit, name="reports:check-totals", method="post"):
    return getattr(member.client(), method)(reverse(name, args=[period.pk, unit.pk]))


def shown(member, period, unit) -> str:
    client = member.client()
    client.cookies["language"] = "en"
    return client.get(reverse("reports:rollup", args=[period.pk, unit.pk])).content.decode()


@pytest.mark.parametrize("kind", ["received", "official"])
def test_a_total_changed_in_sql_is_found_shown_and_logged(cast, period, kind):
    other = f"(SELECT packed FROM reports_total WHERE kind='{kind}' AND unit_id={cast.root_unit.pk})"
    if kind == "received":
        other = f"(SELECT packed FROM reports_total WHERE kind='{kind}' AND unit_id={cast.b.pk})"
    spoil(f"UPDATE reports_total SET packed={other} WHERE kind='{kind}' AND unit_id={cast.province.pk}")
    assert ask(cast.root, period, cast.root_unit).status_code == 302
    assert run_one("w")
    assert check_totals(period) == [(cast.province.pk, kind)]
    entry = Entry.objects.get(action="check_totals")
    assert entry.new == {"checked": 8, "differing": 1, "totals": [f"{cast.province.pk}:{kind}"]}
    assert (entry.unit_id, entry.object_id) == (cast.root_unit.pk, period.pk)
    for member, unit in ((cast.root, cast.root_unit), (cast.chief, cast.province)):
        page = shown(member, period, unit)
        assert "1 of 8 totals differs" in page
        assert f"<li>Tỉnh hội Bình Minh: {kind.title()}</li>" in page
    assert (
        "<li>"
        not in shown(cast.officer, period, cast.a).split("Proof of the totals")[1].split("</section>")[0]
    )


def test_a_total_that_is_not_there_is_found(cast, period):
    spoil(f"DELETE FROM reports_total WHERE kind='received' AND unit_id={cast.a.pk}")
    assert check_totals(period) == [(cast.a.pk, "received")]


def test_equal_totals_are_shown_as_proven(cast, period):
    assert "That has not happened yet" in shown(cast.root, period, cast.root_unit)
    ask(cast.root, period, cast.root_unit)
    ask(cast.root, period, cast.root_unit)
    assert Job.objects.filter(kind="check-totals").count() == 1, "a second wish is the same wish"
    assert run_one("w")
    proof = last_proof(period, cast.root_unit)
    assert (proof.checked, proof.differing, proof.named) == (8, 0, ())
    assert "are equal, bit for bit" in shown(cast.chief, period, cast.province)


@pytest.mark.parametrize(
    ("who", "status"),
    [("root", 302), ("chief", 403), ("officer", 403), ("neighbour", 404), ("reader", 403), ("stranger", 404)],
)
def test_only_who_opens_periods_of_the_programme_asks_for_a_proof(cast, period, who, status):
    member = getattr(cast, who)
    assert ask(member, period, cast.a).status_code == status
    assert Job.objects.filter(kind="check-totals").exists() is (status == 302)
    assert ask(member, period, cast.a, method="get").status_code == 405
    assert member.client().post(reverse("reports:check-totals", args=[999999, cast.a.pk])).status_code == 404
    if who != "stranger":
        own = cast.a if who in ("officer", "reader", "neighbour") else cast.province
        if who != "neighbour":
            assert ("Check now" in shown(member, period, own)) is (status == 302)
