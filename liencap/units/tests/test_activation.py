"""Activation slips: a code on paper, then a first password."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from liencap.audit.actor import SYSTEM, Actor
from liencap.errors import DomainError
from liencap.testing import DAY, Cast, make_cast
from liencap.units import actions
from liencap.units.models import ActivationSlip, Appointment, Person, Role

pytestmark = pytest.mark.django_db

PAPER = Actor(None, name="slip")
NEW = "quite another pass"


@pytest.fixture
def cast(db) -> Cast:
    cast = make_cast()
    seat = actions.found_seat(Role.objects.get(code="reader"), cast.a, key="A-new", actor=SYSTEM)
    person = actions.enter_person("Võ Thị Mới", unit=cast.a, actor=SYSTEM)
    actions.appoint(person, seat, since=DAY, actor=SYSTEM)
    return cast


def code_for(cast: Cast) -> str:
    [(held, code)] = actions.make_slips(cast.a, actor=cast.officer.actor)
    assert held.person.name == "Võ Thị Mới"
    return code


def test_a_slip_makes_the_account_once(cast):
    code = code_for(cast)
    assert not ActivationSlip.objects.filter(code_hash__icontains=code).exists()
    address = reverse("units:activate")
    body = {"code": code.lower().replace("-", " ").replace("o", "0"), "password": NEW, "again": NEW}
    answer = Client().post(address, body)
    assert answer["Location"] == f"{reverse('sign-in')}?next=%2Faccount%2F", "which offers a passkey"
    assert Client().login(username="A-new", password=NEW)
    assert Client().post(address, body).status_code == 400
    assert actions.make_slips(cast.a, actor=cast.officer.actor) == []


@pytest.mark.parametrize(
    "change",
    [{"code": "AAAA-BBBB-CCCC-DDDD"}, {"again": "something else"}, {"password": "short", "again": "short"}],
)
def test_what_is_typed_wrong_activates_nothing(cast, change):
    body = {"code": code_for(cast), "password": NEW, "again": NEW, **change}
    assert Client().post(reverse("units:activate"), body).status_code == 400
    assert Person.objects.get(name="Võ Thị Mới").user is None


def test_a_slip_ends_with_its_days_with_the_seat_and_with_a_new_sheet(cast):
    code = code_for(cast)
    ActivationSlip.objects.update(expires=timezone.now() - datetime.timedelta(days=1))
    with pytest.raises(DomainError):
        actions.activate(code, NEW, actor=PAPER)
    old, new = code_for(cast), code_for(cast)
    with pytest.raises(DomainError):
        actions.activate(old, NEW, actor=PAPER)
    actions.end_appointment(Appointment.objects.get(seat__key="A-new"), until=DAY, actor=SYSTEM)
    with pytest.raises(DomainError):
        actions.activate(new, NEW, actor=PAPER)


def test_nobody_gets_a_slip_for_a_person_who_also_holds_a_seat_elsewhere(cast):
    person = Person.objects.get(name="Võ Thị Mới")
    seat = actions.found_seat(Role.objects.get(code="reader"), cast.b, key="B-new", actor=SYSTEM)
    actions.appoint(person, seat, since=DAY, actor=SYSTEM)
    assert actions.make_slips(cast.a, actor=cast.officer.actor) == []
    assert len(actions.make_slips(cast.province, actor=cast.chief.actor)) == 2


@pytest.mark.parametrize(
    ("who", "status"),
    [("officer", 200), ("chief", 200), ("neighbour", 404), ("reader", 403), ("stranger", 404)],
)
def test_slips_meet_their_visitors(cast, who, status):
    address = reverse("units:slips", args=[cast.a.pk])
    client = getattr(cast, who).client()
    assert client.get(address).status_code == status
    assert not ActivationSlip.objects.exists()
    answer = client.post(address)
    assert answer.status_code == status
    assert ActivationSlip.objects.exists() is (status == 200)
    assert client.post(reverse("units:slips", args=[999999])).status_code == 404
    assert client.put(address).status_code == 405
    if status == 200:
        assert "data:image/svg" in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
