"""Authenticator app, recovery codes and the account page, for every visitor."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from cryptography.fernet import InvalidToken
from django.test import Client
from django.urls import reverse

from liencap.accounts.actions import erase_user
from liencap.accounts.models import User
from liencap.audit.actor import SYSTEM
from liencap.audit.models import Entry
from liencap.testing import PASSWORD, make_cast

pytestmark = pytest.mark.django_db
GUARDED = (
    "mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes", "mfa_deactivate_totp",
)  # fmt: skip
OWN = ("account", "mfa_index", "mfa_list_webauthn", "account_reauthenticate", "mfa_reauthenticate",
       "mfa_reauthenticate_webauthn", *GUARDED)  # fmt: skip


def come_in(member, password=PASSWORD):
    client = Client()
    response = client.post(reverse("sign-in"), {"name": member.login, "password": password})
    return client, response


def code_of(secret, ahead=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def app(cast, django_capture_on_commit_callbacks):
    """Turn the officer's app on, as a person does; return its secret and the answer."""
    client, _response = come_in(cast.officer)
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    secret = client.session["mfa.totp.secret"]
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert response["Location"] == reverse("mfa_view_recovery_codes")
    return secret, client


def test_a_password_alone_no_longer_opens(cast, app):
    secret, _client = app
    client, response = come_in(cast.officer)
    assert response["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("home")).status_code == 302
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert client.get(reverse("home")).status_code == 302
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})["Location"] == "/"
    assert client.get(reverse("home")).status_code == 200


def test_the_page_asked_for_is_reached_after_the_second_step(cast, app):
    client = Client()
    client.post(reverse("sign-in"), {"name": cast.officer.login, "password": PASSWORD, "next": "/password/"})
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(app[0])})["Location"] == "/password/"


def test_a_code_opens_once(cast, app):
    code = code_of(app[0])
    for answer in (302, 200):
        client, _response = come_in(cast.officer)
        assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == answer


def test_guessing_codes_is_slowed_for_the_account_whatever_the_browser(cast, app):
    for _try in range(5):
        client, _response = come_in(cast.officer)
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client, _response = come_in(cast.officer)
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(app[0])}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_recovery_code_opens_once(cast, app):
    codes = app[1].get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert len(codes) == 10
    for answer in (302, 200):
        client, _response = come_in(cast.officer)
        assert client.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == answer
    assert codes[1] in app[1].get(reverse("mfa_download_recovery_codes")).content.decode()


def test_secrets_are_closed_in_the_database(app, settings):
    totp, codes = (Authenticator.objects.get(type=t) for t in ("totp", "recovery_codes"))
    assert app[0] not in str(totp.data)
    assert totp.wrap().validate_code(code_of(app[0]))
    shown = codes.wrap().get_unused_codes()
    assert not [code for code in shown if code in str(codes.data)]
    settings.MFA_KEY = "another key"
    with pytest.raises(InvalidToken):
        totp.wrap().validate_code(code_of(app[0]))


def test_no_time_of_use_is_kept(cast, app):
    client, _response = come_in(cast.officer)
    client.post(reverse("mfa_authenticate"), {"code": code_of(app[0])})
    assert not Authenticator.objects.exclude(last_used_at=None).exists()


def test_turning_on_and_off_stands_in_the_log(cast, app, django_capture_on_commit_callbacks):
    who = cast.officer.actor.user_id
    assert Entry.objects.filter(action="add_authenticator_app", actor_id=who, object_id=who).count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert app[1].post(reverse("mfa_generate_recovery_codes")).status_code == 302
        assert app[1].post(reverse("mfa_deactivate_totp")).status_code == 302
    assert Entry.objects.filter(action="make_recovery_codes", actor_id=who).count() == 1
    assert Entry.objects.filter(action="remove_authenticator_app", actor_id=who).count() == 1
    assert not Authenticator.objects.exists(), "codes without a factor open nothing"
    assert come_in(cast.officer)[1]["Location"] == "/"


@pytest.mark.parametrize("name", GUARDED)
def test_an_old_session_confirms_before_it_changes_anything(cast, app, name):
    response = cast.officer.client().get(reverse(name))
    if name == "mfa_view_recovery_codes" or name == "mfa_download_recovery_codes":
        assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_reauthenticate"))


def test_confirming_wants_the_right_password_and_goes_on(cast):
    client = cast.officer.client()
    place = client.get(reverse("mfa_activate_totp"))["Location"]
    next_page = {"next": reverse("mfa_activate_totp")}
    wrong = client.post(place, {"password": "wrong", **next_page})
    assert list(wrong.context["form"].errors) == ["password"]
    assert client.post(place, {"password": PASSWORD, **next_page})["Location"] == reverse("mfa_activate_totp")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_confirming_by_code(cast, app):
    client = cast.officer.client()
    place = reverse("mfa_reauthenticate")
    assert client.get(place).status_code == 200
    response = client.post(place, {"code": code_of(app[0]), "next": reverse("account")})
    assert response["Location"] == reverse("account")
    assert client.get(reverse("mfa_generate_recovery_codes")).status_code == 200


def key_of(member, name="Phone"):
    """Give a member a passkey's row, without the device behind it."""
    return Authenticator.objects.create(
        user_id=member.actor.user_id, type="webauthn", data={"name": name, "credential": {}}
    )


@pytest.mark.parametrize("who", ["chief", "neighbour", "reader", "stranger"])
@pytest.mark.parametrize("name", ["mfa_edit_webauthn", "mfa_remove_webauthn"])
def test_nobody_reaches_the_passkey_of_another(cast, who, name):
    key = key_of(cast.officer)
    client, _response = come_in(getattr(cast, who))
    assert client.get(reverse(name, args=[key.pk])).status_code == 404
    assert client.post(reverse(name, args=[key.pk]), {"name": "x"}).status_code == 404
    assert client.get(reverse(name, args=[0])).status_code == 404
    assert Authenticator.objects.get().data["name"] == "Phone"


def test_a_passkey_is_renamed_and_removed(cast):
    client, _response = come_in(cast.officer)
    key = key_of(cast.officer)
    client.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": "Work phone"})
    assert "Work phone" in client.get(reverse("account")).content.decode()
    client.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    assert not Authenticator.objects.exists()
    assert Entry.objects.filter(action="remove_passkey", actor_id=cast.officer.actor.user_id).exists()


@pytest.mark.parametrize("who", ["chief", "officer", "neighbour", "reader", "stranger"])
def test_everybody_sees_their_own_account_and_no_other(cast, who, django_assert_max_num_queries):
    key_of(cast.root, "Key of the root")
    member = getattr(cast, who)
    client = member.client()
    with django_assert_max_num_queries(12):
        page = client.get(reverse("account")).content.decode()
    assert member.login in page
    assert "Key of the root" not in page
    assert client.post(reverse("account")).status_code == 405


@pytest.mark.parametrize("name", OWN)
def test_nobody_sees_any_of_it_without_signing_in(cast, name):
    assert Client().get(reverse(name))["Location"].startswith(reverse("sign-in"))


def test_no_page_of_the_librarys_own_is_shown(cast, app):
    """What allauth shows is in our words: it has no Vietnamese."""
    client = app[1]
    named = ("account", "account_reauthenticate", "mfa_reauthenticate", *GUARDED[1:])
    waiting, _response = come_in(cast.officer)
    answers = [client.get(reverse(name)) for name in named] + [waiting.get(reverse("mfa_authenticate"))]
    answers.append(come_in(cast.stranger)[0].get(reverse("mfa_activate_totp")))
    key = key_of(cast.officer)
    answers += [
        client.get(reverse(name, args=[key.pk])) for name in ("mfa_edit_webauthn", "mfa_remove_webauthn")
    ]
    assert {answer.status_code for answer in answers} == {200}
    from_it = {
        t.origin.name for answer in answers for t in answer.templates if "allauth" in str(t.origin.name)
    }
    assert not [name for name in from_it if not name.endswith(".txt")]


def test_a_page_asked_too_often_says_so_in_vietnamese(cast, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reauthenticate": "1/m/user"}
    client = cast.officer.client()
    answers = [client.post(reverse("account_reauthenticate"), {"password": "wrong"}) for _try in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert "Thử quá nhiều lần" in answers[1].content.decode()


def test_erasing_an_account_takes_its_second_factors(cast, app):
    erase_user(User.objects.get(pk=cast.officer.actor.user_id), actor=SYSTEM)
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("credential", ["", "{}", "[]", "x", '{"response": {"userHandle": "AA"}}'])
def test_a_forged_passkey_opens_nothing(cast, credential):
    client = Client()
    assert client.post(reverse("mfa_login_webauthn"), {"credential": credential})["Location"] == reverse(
        "sign-in"
    )
    assert "_auth_user_id" not in client.session
