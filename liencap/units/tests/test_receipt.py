"""The successor ticks what was received at a hand-over; the protocol shows and prints it."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from liencap.audit.actor import SYSTEM, Actor
from liencap.audit.models import Entry
from liencap.errors import DomainError, NotAllowed
from liencap.testing import make_cast
from liencap.units import access, actions, queries
from liencap.units.models import HandOver

pytestmark = pytest.mark.django_db
KEPT = [
    {"title": "Báo cáo phải gửi", "lines": ["Báo cáo quý I", "Báo cáo quý II"]},
    {"title": "Văn bản", "lines": ["Quy chế làm việc"]},
]


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def made(cast):
    """Hand the officer's seat to the neighbour, who can sign in and now holds two seats."""
    person = queries.holder_of(cast.neighbour.seat).person
    seen = queries.holder_of(cast.officer.seat).pk
    made, _code = actions.hand_over(
        cast.officer.seat, to=person, day=access.today(), seen=seen, kept=KEPT, actor=cast.chief.actor
    )
    return made


def new_holder(cast) -> tuple[Client, Actor]:
    client = cast.neighbour.client()
    session = client.session
    session["seat"] = cast.officer.seat.pk
    session.save()
    return client, Actor(cast.neighbour.actor.user_id, cast.officer.seat.pk)


def test_the_successor_ticks_what_was_received_and_the_rest_later(cast, made):
    client, _actor = new_holder(cast)
    address = reverse("units:protocol", args=[made.pk])
    assert f'href="{address}"' in client.get("/").content.decode()
    page = client.get(address).content.decode()
    assert page.count('name="line"') == 3
    sent = {"line": ["0-0", "1-0", "9-9", "x"], "remark": "Thiếu quý II."}
    assert client.post(reverse("units:receive", args=[made.pk]), sent).status_code == 302
    made = HandOver.objects.get()
    assert (made.ticked, made.is_complete, made.remark) == ({(0, 0), (1, 0)}, False, "Thiếu quý II.")
    page = client.get(address).content.decode()
    assert (page.count("☑"), page.count('name="line"')) == (2, 1)
    assert "Thiếu quý II." in page
    client.post(reverse("units:receive", args=[made.pk]), {"line": "0-1"})
    made.refresh_from_db()
    assert made.is_complete, "what was ticked before stays"
    page = client.get(address).content.decode()
    assert (page.count("☑"), page.count('name="line"')) == (3, 0)
    entries = Entry.objects.filter(action="receive_hand_over", object_id=made.pk, unit_id=cast.a.pk)
    assert [(e.old["received"], e.new["received"]) for e in entries.order_by("pk")] == [(0, 2), (2, 3)]


def test_who_gave_the_seat_sees_the_receipt_and_cannot_tick(cast, made):
    chief = cast.chief.client()
    assert 'name="line"' not in chief.get(reverse("units:protocol", args=[made.pk])).content.decode()
    assert chief.post(reverse("units:receive", args=[made.pk]), {"line": "0-0"}).status_code == 403
    _client, actor = new_holder(cast)
    actions.receive_hand_over(made, {(0, 0)}, actor=actor)
    assert "☑" in chief.get(reverse("units:protocol", args=[made.pk])).content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("officer", 404), ("reader", 403), ("neighbour", 404), ("stranger", 404)]
)
def test_nobody_else_confirms(cast, made, who, status):
    """Who left, who reads, the successor in another seat, and a stranger."""
    client = getattr(cast, who).client()
    if who == "neighbour":
        session = client.session
        session["seat"] = cast.neighbour.seat.pk
        session.save()
    assert client.post(reverse("units:receive", args=[made.pk]), {"line": "0-0"}).status_code == status
    assert client.post(reverse("units:receive", args=[999999])).status_code == 404
    with pytest.raises(NotAllowed):
        actions.receive_hand_over(made, {(0, 0)}, actor=getattr(cast, who).actor)
    assert HandOver.objects.get().received_at is None


def test_get_is_no_receipt_and_a_planned_or_foreign_list_is_refused(cast, made):
    client, actor = new_holder(cast)
    assert client.get(reverse("units:receive", args=[made.pk])).status_code == 405
    with pytest.raises(DomainError):
        actions.receive_hand_over(made, {(7, 7)}, actor=actor)
    too_long = client.post(reverse("units:receive", args=[made.pk]), {"remark": "a" * 1001, "line": "0-0"})
    assert too_long.status_code == 400
    HandOver.objects.update(day=access.today() + datetime.timedelta(days=1))
    with pytest.raises(DomainError) as early:
        actions.receive_hand_over(made, {(0, 0)}, actor=actor)
    assert early.value.code == "not-yet"


def test_the_remark_goes_with_the_person(cast, made):
    _client, actor = new_holder(cast)
    actions.receive_hand_over(made, (), remark="Bà Sáu giữ chìa khóa.", actor=actor)
    leaving = made.old.person
    leaving.appointments.update(until=access.today())
    actions.erase_person(leaving, reason="asked", actor=SYSTEM)
    assert HandOver.objects.get().remark == ""
