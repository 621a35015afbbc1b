"""Signing in and out, the password and the language, for every visitor."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from liencap.accounts.actions import create_user
from liencap.accounts.models import FailedSignIn, User
from liencap.audit.actor import SYSTEM
from liencap.audit.models import Entry
from liencap.testing import PASSWORD, make_cast

pytestmark = pytest.mark.django_db
NEW = "seven quiet rivers"


@pytest.fixture
def user():
    names = {"lan@example.org": "email", "0912 345 678": "phone", "XA-01": "code"}
    return create_user("Lan", names=names, password=PASSWORD, actor=SYSTEM)


def sign_in(client, name, password=PASSWORD, **more):
    return client.post(reverse("sign-in"), {"name": name, "password": password, **more})


@pytest.mark.parametrize(
    "name", ["lan@example.org", " LAN@Example.org ", "+84 912-345-678", "0912345678", "xa-01"]
)
def test_any_name_of_the_account_opens(user, name):
    response = sign_in(Client(), name)
    assert (response.status_code, response["Location"]) == (302, "/")


@pytest.mark.parametrize(
    ("name", "password"), [("lan@example.org", "wrong"), ("nobody", PASSWORD), ("xa-02", PASSWORD)]
)
def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(user, name, password):
    client = Client()
    response = sign_in(client, name, password)
    assert response.status_code == 200
    assert response.context["form"].non_field_errors()
    assert "_auth_user_id" not in client.session
    assert password not in response.content.decode()


def test_a_closed_account_does_not_open(user):
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert sign_in(Client(), "xa-01").status_code == 200


def test_ten_failures_close_the_name_for_a_quarter_of_an_hour(user):
    client = Client()
    for _try in range(10):
        sign_in(client, "XA-01", "wrong")
    assert sign_in(client, "xa-01").status_code == 200, "the right password does not help now"
    assert sign_in(Client(), "lan@example.org").status_code == 302, "another name is not touched"
    FailedSignIn.objects.update(at=timezone.now() - timedelta(minutes=16))
    assert sign_in(client, "xa-01").status_code == 302


def test_old_failures_are_forgotten(user):
    FailedSignIn.objects.create(name="old", at=timezone.now() - timedelta(hours=1))
    sign_in(Client(), "xa-01", "wrong")
    assert list(FailedSignIn.objects.values_list("name", flat=True)) == ["xa-01"]


@pytest.mark.parametrize(
    ("wish", "place"),
    [("/jobs/?page=2", "/jobs/?page=2"), ("https://elsewhere.example/", "/"), ("//x.example", "/")],
)
def test_it_goes_on_to_our_own_pages_only(user, wish, place):
    assert sign_in(Client(), "xa-01", next=wish)["Location"] == place


def test_a_page_asked_for_before_signing_in_is_kept(user):
    response = Client().get(reverse("home:jobs"))
    assert response["Location"] == reverse("sign-in") + "?next=/jobs/"
    assert 'value="/jobs/"' in Client().get(response["Location"]).content.decode()


def test_signing_in_brings_the_persons_language_unless_the_browser_chose(user):
    User.objects.filter(pk=user.pk).update(language="en")
    assert sign_in(Client(), "xa-01").cookies["language"].value == "en"
    client = Client()
    client.cookies["language"] = "vi"
    assert "language" not in sign_in(client, "xa-01").cookies


def test_signing_out_needs_a_post(user):
    client = Client()
    sign_in(client, "xa-01")
    assert client.get(reverse("sign-out")).status_code == 405
    assert "_auth_user_id" in client.session
    assert client.post(reverse("sign-out"))["Location"] == reverse("sign-in")
    assert "_auth_user_id" not in client.session


def change(client, current=PASSWORD, new=NEW, again=NEW):
    return client.post(reverse("password"), {"current": current, "new": new, "again": again})


@pytest.mark.parametrize("who", ["chief", "officer", "neighbour", "reader", "stranger"])
def test_everybody_changes_their_own_password_and_stays_signed_in(who):
    member = getattr(make_cast(), who)
    client = member.client()
    assert change(client).status_code == 302
    assert client.get(reverse("home")).status_code == 200
    assert Client().login(username=member.login, password=NEW)
    assert not Client().login(username=member.login, password=PASSWORD)
    assert Entry.objects.filter(action="set_password", actor_id=member.actor.user_id).exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [({"current": "wrong"}, "current"), ({"new": "short", "again": "short"}, "new"), ({"again": NEW + "x"}, "again"),
     ({"new": "password123", "again": "password123"}, "new")],
)  # fmt: skip
def test_a_bad_new_password_changes_nothing(user, values, field):
    client = Client()
    sign_in(client, "xa-01")
    response = change(client, **values)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_nobody_changes_a_password_without_signing_in(user):
    response = change(Client())
    assert response["Location"].startswith(reverse("sign-in"))
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_the_language_is_kept_for_the_person_and_the_browser(user):
    client = Client()
    sign_in(client, "xa-01")
    response = client.post(reverse("set-language"), {"language": "en", "next": "/password/"})
    assert (response["Location"], response.cookies["language"].value) == ("/password/", "en")
    user.refresh_from_db()
    assert user.language == "en"
    assert "Change password" in client.get("/password/").content.decode()
    client.post(reverse("set-language"), {"language": "vi"})
    assert "Đổi mật khẩu" in client.get("/password/").content.decode()


def test_a_guest_chooses_a_language_too():
    client = Client()
    client.post(reverse("set-language"), {"language": "en"})
    assert 'lang="en"' in client.get(reverse("sign-in")).content.decode()


@pytest.mark.parametrize("language", ["", "xx", "vi\r\nSet-Cookie: a=b"])
def test_an_unknown_language_is_refused(language):
    assert Client().post(reverse("set-language"), {"language": language}).status_code == 400


def test_the_language_is_not_changed_by_a_link():
    assert Client().get(reverse("set-language")).status_code == 405


def test_forms_without_the_token_are_refused(user):
    client = Client(enforce_csrf_checks=True)
    response = sign_in(client, "xa-01")
    assert response.status_code == 403
    assert "<html" in response.content.decode()
