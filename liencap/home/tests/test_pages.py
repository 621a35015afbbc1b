"""The start page, the seat, background work and the audit log, for every visitor."""

import pytest
from django.test import Client
from django.urls import reverse

from liencap.audit.actor import SYSTEM
from liencap.audit.models import Entry
from liencap.home.queries import entry_rows
from liencap.testing import DAY, make_cast
from liencap.units.actions import appoint, found_seat, rename_unit
from liencap.units.models import Person, Role
from liencap.work.actions import enqueue
from liencap.work.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


def text(response):
    return response.content.decode()


def test_the_start_page_greets_the_person_and_the_seat(cast):
    page = text(cast.officer.client().get(reverse("home"), headers={"Accept-Language": "en"}))
    assert "Hello, Officer" in page
    assert "Head · Xã Đông Hà" in page


def test_a_person_without_a_seat_is_told_what_to_do(cast):
    response = cast.stranger.client().get(reverse("home"), headers={"Accept-Language": "en"})
    assert response.status_code == 200
    assert "Ask the head of your unit" in text(response)


def test_the_start_page_asks_little(cast, django_assert_max_num_queries):
    client = cast.stranger.client()
    with django_assert_max_num_queries(4):
        client.get(reverse("home"))


@pytest.mark.parametrize("name", ["home", "home:jobs", "home:audit", "password"])
def test_a_guest_signs_in_first(name):
    assert Client().get(reverse(name))["Location"].startswith(reverse("sign-in"))


@pytest.mark.parametrize("name", ["home", "home:jobs", "home:audit"])
def test_pages_are_only_read(cast, name):
    assert cast.officer.client().post(reverse(name)).status_code == 405


@pytest.fixture
def second(cast):
    """Give the officer of A a reader's seat in B as well."""
    seat = found_seat(Role.objects.get(code="reader"), cast.b, key="B-second", actor=SYSTEM)
    appoint(Person.objects.get(user_id=cast.officer.actor.user_id), seat, since=DAY, actor=SYSTEM)
    return seat


def test_who_holds_two_seats_chooses_one(cast, second):
    client = cast.officer.client()
    assert f'name="seat" value="{second.pk}"' in " ".join(text(client.get(reverse("home"))).split())
    assert client.post(reverse("seat-choose"), {"seat": second.pk})["Location"] == reverse("home")
    assert client.get(reverse("home")).wsgi_request.actor.seat_id == second.pk


@pytest.mark.parametrize("wish", ["chief", "", "no", "999999"])
def test_nobody_takes_a_seat_of_another(cast, wish):
    client = cast.officer.client()
    seat = cast.chief.seat.pk if wish == "chief" else wish
    assert client.post(reverse("seat-choose"), {"seat": seat}).status_code == 404
    assert client.get(reverse("home")).wsgi_request.actor.seat_id == cast.officer.seat.pk


def test_a_stranger_has_no_seat_to_choose(cast):
    client = cast.stranger.client()
    assert client.post(reverse("seat-choose"), {"seat": cast.officer.seat.pk}).status_code == 404
    assert client.get(reverse("seat-choose")).status_code == 405


@pytest.mark.parametrize(
    ("who", "sees"),
    [("root", True), ("chief", True), ("officer", True), ("reader", True), ("neighbour", False)],
)
@pytest.mark.parametrize("name", ["home:jobs", "home:audit"])
def test_only_the_units_below_are_listed(cast, who, sees, name):
    rename_unit(cast.a, "Xã Tân Lập", actor=SYSTEM)
    enqueue("sample", actor=SYSTEM, unit_id=cast.a.pk)
    response = getattr(cast, who).client().get(reverse(name))
    assert response.status_code == 200
    units = {row.unit.pk for row in response.context["rows"] if row.unit}
    assert (cast.a.pk in units) is sees
    assert ("Xã Tân Lập" in text(response)) is sees


@pytest.mark.parametrize("name", ["home:jobs", "home:audit"])
def test_a_stranger_and_a_seat_without_the_right_are_turned_away(cast, name):
    assert cast.stranger.client().get(reverse(name)).status_code == 404
    Role.objects.filter(code="reader").update(own=["unit.view"])
    assert cast.reader.client().get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", ["home:jobs", "home:audit"])
def test_a_long_list_costs_as_much_as_a_short_one(cast, name, django_assert_max_num_queries):
    for number in range(120):
        enqueue("sample", actor=SYSTEM, unit_id=(cast.a.pk, cast.b.pk)[number % 2])
        rename_unit(cast.a, f"Xã {number}", actor=SYSTEM)
    client = cast.chief.client()
    with django_assert_max_num_queries(9):
        response = client.get(reverse(name), {"page": "2"})
    assert len(response.context["rows"]) == 50
    assert response.context["page"].number == 2


def test_the_log_shows_what_changed(cast):
    rename_unit(cast.a, "<b>Xã Mới</b>", actor=SYSTEM)
    page = text(cast.officer.client().get(reverse("home:audit")))
    assert "<del>Xã Đông Hà</del>" in page
    assert "&lt;b&gt;Xã Mới&lt;/b&gt;" in page
    assert "<b>Xã Mới" not in page


def test_equal_values_are_no_change_and_long_ones_are_cut():
    entry = Entry(action="x", kind="y", old={"a": 1, "b": "x" * 500}, new={"a": 1, "b": None, "c": 0})
    (row,) = entry_rows([entry])
    assert row.changes == (("b", "x" * 119 + "…", ""), ("c", "", "0"))


@pytest.mark.parametrize(
    ("who", "status"),
    [("root", 200), ("chief", 200), ("officer", 200), ("reader", 200), ("neighbour", 404), ("stranger", 404)],
)
def test_progress_is_for_those_above_and_beside_nobody(cast, who, status):
    job = enqueue("sample", actor=SYSTEM, unit_id=cast.a.pk)
    client = getattr(cast, who).client()
    assert client.get(reverse("home:job-progress", args=[job.pk])).status_code == status
    assert client.get(reverse("home:job-progress", args=[job.pk + 1])).status_code == 404


def test_who_began_a_job_may_watch_it_even_without_a_seat(cast):
    job = enqueue("sample", actor=cast.stranger.actor)
    assert cast.stranger.client().get(reverse("home:job-progress", args=[job.pk])).status_code == 200
    assert cast.officer.client().get(reverse("home:job-progress", args=[job.pk])).status_code == 404


@pytest.mark.parametrize(
    ("state", "asks_again"), [("queued", True), ("running", True), ("done", False), ("failed", False)]
)
def test_the_fragment_asks_again_until_the_job_is_over(
    cast, state, asks_again, django_assert_max_num_queries
):
    job = enqueue("sample", actor=cast.officer.actor, unit_id=cast.a.pk)
    Job.objects.filter(pk=job.pk).update(
        state=state, done=3, total=4, error="No text." if state == "failed" else ""
    )
    client = cast.officer.client()
    with django_assert_max_num_queries(5):
        response = client.get(reverse("home:job-progress", args=[job.pk]), headers={"HX-Request": "true"})
    page = text(response)
    assert ("every 2s" in page) is asks_again
    assert "<html" not in page
    assert ("No text." in page) is (state == "failed")
    assert f'value="{100 if state == "done" else 75}"' in page


def test_deeds_and_work_are_said_in_words_of_the_language(cast):
    rename_unit(cast.a, "Xã Mới", actor=SYSTEM)
    enqueue("read-document", actor=SYSTEM, unit_id=cast.a.pk)
    enqueue("some_other-work", actor=SYSTEM, unit_id=cast.a.pk)
    client = cast.officer.client()
    client.cookies["language"] = "vi"
    assert "đã đổi tên đơn vị" in text(client.get(reverse("home:audit")))
    assert "Đọc văn bản" in text(client.get(reverse("home:jobs")))
    client.cookies["language"] = "en"
    assert "renamed the unit" in text(client.get(reverse("home:audit")))
    assert "some other work" in text(client.get(reverse("home:jobs")))
