"""A PIN opens an account on one device and nowhere else; devices and sessions are ended by their holder."""

import time

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse

from liencap.accounts.actions import add_device, erase_user
from liencap.accounts.models import Device, OpenSession, User
from liencap.accounts.pins import browser_name, weakness
from liencap.audit.actor import SYSTEM
from liencap.audit.models import Entry
from liencap.errors import DomainError
from liencap.testing import PASSWORD, make_cast

pytestmark = pytest.mark.django_db
PIN = "407185"


@pytest.fixture
def cast():
    return make_cast()


def come_in(member) -> Client:
    client = Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Firefox/130")
    client.post(reverse("sign-in"), {"name": member.login, "password": PASSWORD})
    return client


def set_pin(client, pin=PIN, again=None):
    return client.post(reverse("pin-add"), {"pin": pin, "again": again or pin})


def by_pin(client, device, pin=PIN):
    return client.post(reverse("pin-sign-in"), {"device": device.pk, "pin": pin})


def test_the_help_of_the_pin_is_in_the_language_of_who_reads_it(cast):
    client = come_in(cast.officer)
    client.cookies["language"] = "en"
    page = client.get(reverse("pin-add")).content.decode()
    assert "6 digits or more" in page
    assert "chữ số" not in page


@pytest.fixture
def phone(cast):
    """Give the officer a phone with a PIN, signed out."""
    client = come_in(cast.officer)
    assert set_pin(client).status_code == 302
    client.post(reverse("sign-out"))
    return client


@pytest.mark.parametrize(
    ("pin", "good"),
    [("407185", True), ("40718529", True), ("000000", False), ("123456", False), ("987654", False),
     ("890123", False), ("121212", False), ("123123", False), ("112211", False), ("12345", False),
     ("1234567890123", False), ("40718a", False), ("٤٠٧١٨٥", False), ("345678", False), ("912345", False)],
)  # fmt: skip
def test_which_pins_will_do(pin, good):
    assert (weakness(pin, ["84912345678"]) == "") is good


@pytest.mark.parametrize(
    ("agent", "name"),
    [("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604", "iPhone · Safari"),
     ("Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/120 Safari/537 Edg/120", "Windows · Edge")],
)  # fmt: skip
def test_a_browser_has_a_name_without_a_version(agent, name):
    assert browser_name(agent) == name
    assert browser_name("")


def test_the_pin_opens_the_account_on_its_device(cast, phone):
    answer = by_pin(phone, Device.objects.get())
    assert answer["Location"] == "/"
    assert phone.get(reverse("home")).status_code == 200
    assert cast.officer.actor.name in phone.get(reverse("home")).content.decode()


def test_five_wrong_pins_burn_the_device_and_not_the_account(cast, phone):
    device = Device.objects.get()
    for _try in range(4):
        assert by_pin(phone, device, "999990").status_code == 200
    assert by_pin(phone, device, "999991").status_code == 200
    assert not Device.objects.exists()
    assert by_pin(phone, device).status_code == 200, "the right PIN comes too late"
    assert "_auth_user_id" not in phone.session
    assert come_in(cast.officer).get(reverse("home")).status_code == 200
    assert Entry.objects.filter(action="burn_device", object_id=cast.officer.actor.user_id).count() == 1


def test_a_right_pin_gives_the_tries_back(cast, phone):
    device = Device.objects.get()
    for _round in range(2):
        for _try in range(4):
            by_pin(phone, device, "999990")
        assert by_pin(phone, device).status_code == 302
    assert Device.objects.get().tries == 0


def test_a_pin_opens_nothing_without_the_device_nor_another_persons(cast, phone):
    other = come_in(cast.neighbour)
    set_pin(other, "518204")
    mine = Device.objects.get(user_id=cast.officer.actor.user_id)
    assert by_pin(Client(), mine).status_code == 200
    other.post(reverse("sign-out"))
    assert by_pin(other, mine).status_code == 200, "the cookie of another device names another person"
    assert "_auth_user_id" not in other.session
    stolen = Client()
    stolen.cookies["device"] = mine.secret_hash
    assert by_pin(stolen, mine).status_code == 200, "what the database keeps is not the secret"
    assert Device.objects.get(pk=mine.pk).tries == 0


def test_two_people_share_a_browser_each_with_their_own_pin(cast, phone):
    phone.post(reverse("sign-in"), {"name": cast.neighbour.login, "password": PASSWORD})
    set_pin(phone, "518204")
    phone.post(reverse("sign-out"))
    page = phone.get(reverse("sign-in")).content.decode()
    assert cast.officer.actor.name in page
    assert cast.neighbour.actor.name in page
    officers, neighbours = Device.objects.order_by("pk")
    assert by_pin(phone, officers, "518204").status_code == 200
    assert by_pin(phone, neighbours, "518204").status_code == 302


def test_a_closed_account_does_not_open_by_pin(cast, phone):
    User.objects.filter(pk=cast.officer.actor.user_id).update(is_active=False)
    assert by_pin(phone, Device.objects.get()).status_code == 200


def test_erasing_an_account_takes_its_devices_and_sessions(cast, phone):
    by_pin(phone, Device.objects.get())
    erase_user(User.objects.get(pk=cast.officer.actor.user_id), actor=SYSTEM)
    assert not Device.objects.exists()
    assert not OpenSession.objects.filter(user_id=cast.officer.actor.user_id).exists()
    assert phone.get(reverse("home")).status_code == 302


@pytest.fixture
def pin_alone(cast, phone):
    """Take the officer's password, so that the PIN is the one way in; sign in by it."""
    User.objects.filter(pk=cast.officer.actor.user_id).update(password=make_password(None))
    assert by_pin(phone, Device.objects.get()).status_code == 302
    return phone


def forget_confirmation(client):
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "pin", "at": time.time() - 3600, "reauthenticated": True}
    ]
    session.save()


@pytest.mark.parametrize("name", ["mfa_add_webauthn", "mfa_activate_totp", "pin-add", "password"])
def test_pages_that_ask_to_confirm_ask_for_the_pin(cast, pin_alone, name):
    forget_confirmation(pin_alone)
    answer = pin_alone.get(reverse(name))
    assert answer["Location"].split("?")[0] == reverse("pin-confirm")
    confirm = answer["Location"]
    device = Device.objects.get()
    assert pin_alone.post(confirm, {"device": device.pk, "pin": "999990"}).status_code == 200
    assert pin_alone.get(reverse(name)).status_code == 302
    assert pin_alone.post(confirm, {"device": device.pk, "pin": PIN})["Location"] == reverse(name)
    assert pin_alone.get(reverse(name)).status_code == 200


def test_an_open_session_without_the_device_confirms_nothing(cast, pin_alone):
    forget_confirmation(pin_alone)
    del pin_alone.cookies["device"]
    assert pin_alone.get(reverse("mfa_add_webauthn"))["Location"].startswith(reverse("sign-in"))
    assert pin_alone.get(reverse("pin-confirm")).status_code == 404


def test_who_has_a_pin_alone_sets_a_password_later(cast, pin_alone):
    assert pin_alone.post(reverse("password"), {"new": "short", "again": "short"}).status_code == 200
    body = {"new": "seven quiet rivers", "again": "seven quiet rivers"}
    assert pin_alone.post(reverse("password"), body)["Location"] == reverse("account")
    assert pin_alone.get(reverse("home")).status_code == 200
    assert Client().login(username=cast.officer.login, password="seven quiet rivers")


def test_the_last_way_in_is_not_ended(cast, pin_alone):
    device = Device.objects.get()
    pin_alone.post(reverse("device-end", args=[device.pk]))
    assert Device.objects.filter(pk=device.pk).exists()


def test_a_new_pin_takes_the_place_of_the_old_one(cast, phone):
    by_pin(phone, Device.objects.get())
    old = phone.cookies["device"].value
    assert set_pin(phone, "518204").status_code == 302
    assert Device.objects.count() == 1
    assert old not in phone.cookies["device"].value


@pytest.mark.parametrize("who", ["officer", "chief", "reader", "stranger"])
def test_everybody_sees_and_ends_their_own_devices_and_sessions_alone(cast, phone, who):
    by_pin(phone, Device.objects.get())
    device, session = Device.objects.get(), OpenSession.objects.get(user_id=cast.officer.actor.user_id)
    member = getattr(cast, who)
    client = come_in(member)
    own = who == "officer"
    page = client.get(reverse("account")).content.decode()
    assert (reverse("device-end", args=[device.pk]) in page) is own
    for name, pk in (("device-end", device.pk), ("session-end", session.pk)):
        assert client.get(reverse(name, args=[pk])).status_code == 405
        assert client.post(reverse(name, args=[pk])).status_code == (302 if own else 404)
        assert client.post(reverse(name, args=[999999])).status_code == 404
    assert phone.get(reverse("home")).status_code == (302 if own else 200)
    assert client.get(reverse("home")).status_code == 200
    for name in ("pin-add", "pin-confirm", "pin-sign-in", "sessions-end"):
        assert Client().put(reverse(name)).status_code in (302, 405)


def test_all_other_sessions_end_at_once_and_with_a_new_password(cast):
    first, second = come_in(cast.officer), come_in(cast.officer)
    first.post(reverse("sessions-end"))
    assert second.get(reverse("home")).status_code == 302
    assert first.get(reverse("home")).status_code == 200
    third = come_in(cast.officer)
    new = "seven quiet rivers"
    third.post(reverse("password"), {"current": PASSWORD, "new": new, "again": new})
    assert first.get(reverse("home")).status_code == 302
    assert third.get(reverse("home")).status_code == 200
    assert [s.key for s in OpenSession.objects.all()] == [third.session.session_key]


def test_a_second_factor_is_still_asked_after_the_pin(cast, phone, monkeypatch):
    monkeypatch.setattr("allauth.mfa.stages.is_mfa_enabled", lambda *_args: True)
    assert by_pin(phone, Device.objects.get())["Location"] == reverse("mfa_authenticate")


def test_no_hour_and_no_address_is_kept(cast, phone):
    fields = {f.name for model in (Device, OpenSession) for f in model._meta.get_fields()}
    assert fields == {"id", "user", "secret_hash", "pin", "name", "since", "tries", "key"}
    assert Device._meta.get_field("since").get_internal_type() == "DateField"


def test_a_weak_pin_is_refused_by_the_deed_too(cast):
    user = User.objects.get(pk=cast.officer.actor.user_id)
    with pytest.raises(DomainError):
        add_device(user, "111111", name="x", actor=cast.officer.actor)
