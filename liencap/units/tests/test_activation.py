"""Activation slips: a code on paper, then a PIN, a password or a passkey, and one is inside."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from liencap.accounts.models import Device
from liencap.accounts.queries import has_way_in
from liencap.audit.actor import SYSTEM, Actor
from liencap.audit.models import Entry
from liencap.errors import DomainError
from liencap.testing import DAY, Cast, make_cast
from liencap.units import actions
from liencap.units.access import today
from liencap.units.models import ActivationSlip, Appointment, Person, Role

pytestmark = pytest.mark.django_db

PAPER = Actor(None, name="slip")
NEW = "quite another pass"
PIN = "407185"
NAME = "Võ Thị Mới"


@pytest.fixture
def cast(db) -> Cast:
    cast = make_cast()
    seat = actions.found_seat(Role.objects.get(code="reader"), cast.a, key="A-new", actor=SYSTEM)
    person = actions.enter_person(NAME, unit=cast.a, actor=SYSTEM)
    actions.appoint(person, seat, since=DAY, actor=SYSTEM)
    return cast


def held() -> Appointment:
    return Appointment.objects.select_related("seat__unit", "person__user").get(seat__key="A-new")


def code_for(cast: Cast) -> str:
    [(found, code)] = actions.make_slips(cast.a, actor=cast.officer.actor)
    assert found.person.name == NAME
    return code


def set_pin(client: Client, code: str, pin: str = PIN, again: str = PIN):
    return client.post(reverse("units:activate-by", args=["pin"]), {"code": code, "pin": pin, "again": again})


def test_the_slip_greets_its_holder_and_offers_ways(cast):
    code = code_for(cast)
    assert not ActivationSlip.objects.filter(code_hash__icontains=code).exists()
    client = Client()
    typed = code.lower().replace("-", " ").replace("o", "0")
    answer = client.post(reverse("units:activate"), {"code": typed}, follow=True)
    page = answer.content.decode()
    assert NAME in page
    assert "Xã Đông Hà" in page
    for way in ("pin", "password", "passkey"):
        assert reverse("units:activate-by", args=[way]) in page
    # A messenger that looks at the address before its reader uses nothing up.
    assert client.get(f"{reverse('units:activate')}?code={code}").status_code == 200
    assert ActivationSlip.objects.filter(used_at=None).exists()


def test_a_pin_lets_in_at_once_and_next_time_opens_on_this_device_alone(cast):
    client = Client(HTTP_USER_AGENT="Mozilla/5.0 (Linux; Android 14) Chrome/120 Mobile Safari/537")
    answer = set_pin(client, code_for(cast))
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/").status_code == 200
    cookie = answer.cookies["device"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    device = Device.objects.get()
    assert device.name == "Android · Chrome"
    assert PIN not in device.pin
    assert cookie.value not in device.secret_hash
    client.post(reverse("sign-out"))
    assert NAME in client.get(reverse("sign-in")).content.decode()
    body = {"device": device.pk, "pin": PIN}
    assert client.post(reverse("pin-sign-in"), body)["Location"] == "/"
    elsewhere = Client()
    assert elsewhere.post(reverse("pin-sign-in"), body).status_code == 200, "the PIN alone opens nothing"
    assert "_auth_user_id" not in elsewhere.session


def test_the_cookie_is_secure_where_the_site_is(cast):
    answer = Client().post(
        reverse("units:activate-by", args=["pin"]),
        {"code": code_for(cast), "pin": PIN, "again": PIN},
        secure=True,
    )
    assert answer.cookies["device"]["secure"]


def test_a_password_lets_in_at_once_and_the_code_works_once(cast):
    code = code_for(cast)
    address = reverse("units:activate-by", args=["password"])
    body = {"code": code, "password": NEW, "again": NEW}
    client = Client()
    assert client.post(address, body)["Location"] == "/"
    assert client.get("/").status_code == 200
    assert Client().login(username="A-new", password=NEW)
    assert Client().post(address, body, follow=True).status_code == 400
    with pytest.raises(DomainError):
        actions.activate(code, NEW, actor=PAPER)
    assert actions.make_slips(cast.a, actor=cast.officer.actor) == []
    assert Entry.objects.filter(action="activate", unit_id=cast.a.pk).count() == 1


@pytest.mark.parametrize(
    ("way", "change"),
    [("password", {"again": "something else"}), ("password", {"password": "short", "again": "short"}),
     ("pin", {"pin": "12345", "again": "12345"}), ("pin", {"pin": "123456", "again": "123456"}),
     ("pin", {"pin": "407185", "again": "407186"}), ("pin", {"pin": "4071a5", "again": "4071a5"}),
     ("passkey", {"credential": "{}"}), ("passkey", {"credential": "nothing"})],
)  # fmt: skip
def test_what_is_typed_wrong_activates_nothing_and_leaves_the_slip(cast, way, change):
    code = code_for(cast)
    body = {"code": code, "password": NEW, "pin": PIN, "again": NEW if way == "password" else PIN, **change}
    client = Client()
    assert client.post(reverse("units:activate-by", args=[way]), body).status_code == 400
    assert "_auth_user_id" not in client.session
    user = Person.objects.get(name=NAME).user
    assert user is None or not has_way_in(user)
    assert actions.activate(code, NEW, actor=PAPER)


@pytest.mark.parametrize("way", ["pin", "password", "passkey"])
def test_a_wrong_code_shows_nobody_and_opens_nothing(cast, way):
    code_for(cast)
    client = Client()
    address = reverse("units:activate-by", args=[way])
    wrong = "AAAA-BBBB-CCCC-DDDD"
    looked = client.get(f"{address}?code={wrong}", follow=True)
    tried = client.post(address, {"code": wrong, "pin": PIN, "again": PIN}, follow=True)
    for answer in (looked, tried):
        assert answer.status_code == 400
        assert NAME not in answer.content.decode()
    assert client.get("/units/activate/face/").status_code == 404


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
    person = Person.objects.get(name=NAME)
    seat = actions.found_seat(Role.objects.get(code="reader"), cast.b, key="B-new", actor=SYSTEM)
    actions.appoint(person, seat, since=DAY, actor=SYSTEM)
    assert actions.make_slips(cast.a, actor=cast.officer.actor) == []
    assert len(actions.make_slips(cast.province, actor=cast.chief.actor)) == 2


def test_a_seat_that_ends_or_begins_later_counts_for_what_may_be_given(cast):
    person = Person.objects.get(name=NAME)
    seat = actions.found_seat(Role.objects.get(code="head"), cast.b, key="B-acting", actor=SYSTEM)
    soon = today() + datetime.timedelta(days=9)
    actions.appoint(
        person, seat, since=soon, until=soon + datetime.timedelta(days=9), kind="acting", actor=SYSTEM
    )
    assert actions.make_slips(cast.a, actor=cast.officer.actor) == []


def test_ticked_people_get_new_slips_and_unticked_keep_theirs(cast):
    code = code_for(cast)
    client, address = cast.officer.client(), reverse("units:slips", args=[cast.a.pk])
    assert 'class="slip"' not in client.post(address).content.decode(), "who has a slip needs none"
    assert NAME in client.post(address, {"held": [held().pk]}).content.decode()
    with pytest.raises(DomainError):
        actions.activate(code, NEW, actor=PAPER)


def test_with_nobody_waiting_the_list_says_so_instead_of_an_empty_sheet(cast):
    code_for(cast)
    client, address = cast.officer.client(), reverse("units:slips", args=[cast.a.pk])
    answer = client.post(address, follow=True)
    assert answer.redirect_chain == [(address, 302)]
    assert NAME in answer.content.decode()
    assert any(word in answer.content.decode() for word in ("No new slip was made", "Không lập phiếu mới"))
    assert ActivationSlip.objects.count() == 1


def test_slips_come_in_sheets_of_a_hundred(cast, django_assert_max_num_queries):
    role = Role.objects.get(code="reader")
    for n in range(104):
        seat = actions.found_seat(role, cast.a, key=f"A-{n}", actor=SYSTEM)
        person = actions.enter_person(f"Người thứ {n}", unit=cast.a, actor=SYSTEM)
        actions.appoint(person, seat, since=DAY, actor=SYSTEM)
    with django_assert_max_num_queries(20):
        first = actions.make_slips(cast.a, fresh=True, actor=cast.officer.actor)
    second = actions.make_slips(cast.a, fresh=True, actor=cast.officer.actor)
    assert (len(first), len(second)) == (100, 5)
    assert not {a.pk for a, _code in first} & {a.pk for a, _code in second}
    client = cast.officer.client()
    with django_assert_max_num_queries(12):
        client.get(reverse("units:slips", args=[cast.a.pk]))


@pytest.mark.parametrize(
    ("who", "status"),
    [("officer", 200), ("chief", 200), ("neighbour", 404), ("reader", 403), ("stranger", 404)],
)
@pytest.mark.parametrize("name", ["units:slips", "units:slip"])
def test_slips_meet_their_visitors(cast, who, status, name):
    address = reverse(name, args=[cast.a.pk if name == "units:slips" else held().pk])
    client = getattr(cast, who).client()
    assert client.get(address).status_code == status
    assert not ActivationSlip.objects.exists()
    answer = client.post(address)
    assert answer.status_code == status
    assert ActivationSlip.objects.exists() is (status == 200)
    assert client.post(reverse(name, args=[999999])).status_code == 404
    assert client.put(address).status_code == 405
    if status == 200:
        page = answer.content.decode()
        assert "data:image/svg" in page
        assert "<textarea" in page
        assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("who", "status"), [("officer", 302), ("neighbour", 404), ("reader", 403), ("stranger", 404)]
)
def test_taking_a_slip_back_meets_its_visitors(cast, who, status):
    code = code_for(cast)
    address = reverse("units:revoke-slip", args=[ActivationSlip.objects.get().pk])
    client = getattr(cast, who).client()
    assert client.get(address).status_code == 405
    assert client.post(address).status_code == status
    assert client.post(reverse("units:revoke-slip", args=[999999])).status_code == 404
    assert ActivationSlip.objects.exists() is (status != 302)
    if status == 302:
        with pytest.raises(DomainError):
            actions.activate(code, NEW, actor=PAPER)


def test_an_import_leads_to_slips_for_exactly_its_seats(cast):
    sheet = (
        "unit_code,role,seat_key,person_name\nA,reader,,Lý Văn Một\nA,reader,A-2,Lý Văn Hai\nA,reader,A-3,\n"
    )
    batch = actions.upload_import(sheet.encode(), "a.csv", unit=cast.a, actor=cast.officer.actor)
    actions.apply_import(batch, actor=cast.officer.actor)
    client, address = cast.officer.client(), reverse("units:import-slips", args=[batch.pk])
    assert address in client.get(reverse("units:import", args=[batch.pk])).content.decode()
    page = client.post(address).content.decode()
    assert "Lý Văn Một" in page
    assert "Lý Văn Hai" in page
    assert NAME not in page
    assert ActivationSlip.objects.count() == 2
    for who, status in (("neighbour", 404), ("reader", 403), ("stranger", 404)):
        assert getattr(cast, who).client().post(address).status_code == status


@pytest.mark.parametrize(
    ("hosts", "address", "warned"),
    [
        (
            ["localhost", "127.0.0.1", "office", "192.168.1.7"],
            "http://192.168.1.7:8000/units/activate/",
            False,
        ),
        (["localhost", "office"], "http://office:8000/units/activate/", False),
        (["localhost", "127.0.0.1"], "http://localhost:8000/units/activate/", True),
    ],
)
def test_slips_made_at_the_machine_itself_carry_its_address_in_the_network(
    cast, settings, hosts, address, warned
):
    settings.ALLOWED_HOSTS = hosts
    page = cast.officer.client().post(
        reverse("units:slips", args=[cast.a.pk]), headers={"host": "localhost:8000"}
    )
    assert address in page.content.decode()
    assert page.context["only_here"] is warned
