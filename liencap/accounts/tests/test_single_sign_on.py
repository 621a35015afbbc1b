"""The organisation's sign-in service opens accounts that exist, and makes none."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from liencap.accounts.actions import add_login_names
from liencap.accounts.models import User
from liencap.audit.actor import SYSTEM
from liencap.audit.models import Entry
from liencap.config import env
from liencap.testing import PASSWORD, make_cast

pytestmark = pytest.mark.django_db


class Service(BaseHTTPRequestHandler):
    """A sign-in service that answers for whoever is at its door."""

    person: dict[str, object] = {}

    def do_GET(self):
        root = f"http://127.0.0.1:{self.server.server_port}"
        if self.path == "/.well-known/openid-configuration":
            self.say({
                "issuer": root, "authorization_endpoint": f"{root}/door", "token_endpoint": f"{root}/token",
                "userinfo_endpoint": f"{root}/me", "jwks_uri": f"{root}/keys",
            })  # fmt: skip
        else:
            self.say(self.person)

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        now = int(time.time())
        root = f"http://127.0.0.1:{self.server.server_port}"
        claims = {**self.person, "iss": root, "aud": "liencap", "iat": now, "exp": now + 60}
        token = jwt.encode(claims, "a secret of the service alone 1234", "HS256")
        self.say({"access_token": "open", "token_type": "Bearer", "id_token": token})

    def say(self, value):
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def service(settings, monkeypatch):
    server = HTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    values = {
        "URL": f"http://127.0.0.1:{server.server_port}",
        "CLIENT": "liencap",
        "SECRET": "s",
        "NAME": "Cổng",
    }
    for name, value in values.items():
        monkeypatch.setenv(f"LIENCAP_OIDC_{name}", value)
    settings.OIDC = env.oidc()
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [settings.OIDC.app]}
    }
    Service.person = {"sub": "77", "email": "lan@example.org", "email_verified": True, "name": "Lan Nguyễn"}
    yield Service
    server.shutdown()
    server.server_close()


@pytest.fixture
def cast():
    cast = make_cast()
    add_login_names([(cast.officer.actor.user_id, "lan@example.org", "email")], actor=SYSTEM)
    return cast


def through(client, query=""):
    """Go to the service and come back."""
    door = client.post(reverse("openid_connect_login", args=["oidc"]) + query)
    state = parse_qs(urlsplit(door["Location"]).query)["state"][0]
    return client.get(reverse("openid_connect_callback", args=["oidc"]), {"code": "c", "state": state})


def who_is_in(client):
    return int(client.session.get("_auth_user_id", 0))


def test_a_verified_e_mail_that_is_a_sign_in_name_opens_its_account(cast, service):
    client = Client()
    assert through(client)["Location"] == "/"
    assert who_is_in(client) == cast.officer.actor.user_id
    assert Entry.objects.filter(action="connect_sign_in", actor_id=cast.officer.actor.user_id).count() == 1
    again = Client()
    Service.person = {"sub": "77"}
    through(again)
    assert who_is_in(again) == cast.officer.actor.user_id, "the link is by the service's own key now"
    assert Entry.objects.filter(action="connect_sign_in").count() == 1


@pytest.mark.parametrize(
    "person",
    [
        {"sub": "1", "email": "lan@example.org", "email_verified": False},
        {"sub": "1", "email": "lan@example.org"},
        {"sub": "1", "email": "lan@example.org", "email_verified": "no"},
        {"sub": "1", "email": "nobody@example.org", "email_verified": True},
        {"sub": "1", "email": "officer", "email_verified": True},
        {"sub": "1"},
    ],
)
def test_anybody_else_is_sent_back_and_no_account_is_made(cast, service, person):
    service.person = person
    users, client = User.objects.count(), Client()
    assert through(client)["Location"] == reverse("sign-in")
    assert who_is_in(client) == 0
    assert User.objects.count() == users
    assert not SocialAccount.objects.exists()
    assert "Không có tài khoản nào" in client.get(reverse("sign-in")).content.decode()


def test_a_closed_account_stays_closed(cast, service):
    through(Client())
    User.objects.filter(pk=cast.officer.actor.user_id).update(is_active=False)
    client = Client()
    through(client)
    assert who_is_in(client) == 0


def test_nothing_that_the_service_tells_is_kept_but_its_key(cast, service):
    for _time in range(2):
        through(Client())
    kept = SocialAccount.objects.get()
    assert (kept.uid, kept.extra_data, kept.last_login) == ("77", {}, kept.date_joined)


def come_in(member):
    client = Client()
    client.post(reverse("sign-in"), {"name": member.login, "password": PASSWORD})
    return client


def test_it_is_connected_and_disconnected_on_the_account_page(cast, service):
    service.person = {"sub": "9"}
    client = come_in(cast.chief)
    assert through(client, "?process=connect")["Location"] == reverse("account")
    link = SocialAccount.objects.get()
    assert link.user_id == cast.chief.actor.user_id
    other = Client()
    through(other)
    assert who_is_in(other) == cast.chief.actor.user_id
    assert client.post(reverse("disconnect", args=[link.pk]))["Location"] == reverse("account")
    assert not SocialAccount.objects.exists()
    assert Entry.objects.filter(action="disconnect_sign_in", actor_id=cast.chief.actor.user_id).exists()


def test_what_another_account_has_connected_is_not_taken_over(cast, service):
    through(Client())
    client = come_in(cast.neighbour)
    through(client, "?process=connect")
    assert SocialAccount.objects.get().user_id == cast.officer.actor.user_id
    assert who_is_in(client) == cast.neighbour.actor.user_id


def test_connecting_asks_an_old_session_for_the_password(cast, service):
    response = cast.chief.client().post(reverse("openid_connect_login", args=["oidc"]) + "?process=connect")
    assert response["Location"].startswith(reverse("account_reauthenticate"))


@pytest.mark.parametrize("who", ["chief", "neighbour", "reader", "stranger"])
def test_nobody_disconnects_another(cast, service, who):
    through(Client())
    link = SocialAccount.objects.get()
    client = come_in(getattr(cast, who))
    assert client.post(reverse("disconnect", args=[link.pk])).status_code == 404
    assert client.post(reverse("disconnect", args=[0])).status_code == 404
    assert client.get(reverse("disconnect", args=[link.pk])).status_code == 405
    assert SocialAccount.objects.exists()


@pytest.mark.parametrize("query", [{}, {"state": "x", "code": "c"}, {"error": "access_denied"}])
def test_a_wrong_way_back_ends_at_the_door_with_a_sentence(cast, service, query):
    client = Client()
    assert client.get(reverse("openid_connect_callback", args=["oidc"]), query)["Location"] == reverse(
        "sign-in"
    )
    assert "Dịch vụ đăng nhập chưa cho bạn vào" in client.get(reverse("sign-in")).content.decode()


def test_a_service_that_does_not_answer_ends_at_the_door(cast, service, settings):
    settings.OIDC.app["settings"]["server_url"] = "http://127.0.0.1:9"
    response = Client().post(reverse("openid_connect_login", args=["oidc"]))
    assert response["Location"] == reverse("sign-in")


def test_a_service_that_falls_silent_halfway_ends_at_the_door(cast, service, settings):
    client = Client()
    door = client.post(reverse("openid_connect_login", args=["oidc"]))
    settings.OIDC.app["settings"]["server_url"] = "http://127.0.0.1:9"
    state = parse_qs(urlsplit(door["Location"]).query)["state"][0]
    back = client.get(reverse("openid_connect_callback", args=["oidc"]), {"code": "c", "state": state})
    assert back["Location"] == reverse("sign-in")
    assert "không trả lời" in client.get(reverse("sign-in")).content.decode()


@pytest.mark.parametrize("protocol", ["http", "https"])
def test_the_way_back_has_the_address_that_the_browser_sees(cast, service, settings, protocol):
    settings.ACCOUNT_DEFAULT_HTTP_PROTOCOL = protocol
    door = Client().post(reverse("openid_connect_login", args=["oidc"]))
    back = parse_qs(urlsplit(door["Location"]).query)["redirect_uri"][0]
    assert back == f"{protocol}://testserver/sign-in/oidc/back/"


def test_without_a_service_there_is_no_button_and_no_door(cast):
    assert "/sign-in/oidc/" not in Client().get(reverse("sign-in")).content.decode()
    assert Client().post(reverse("openid_connect_login", args=["oidc"])).status_code == 404
    assert Client().get(reverse("openid_connect_callback", args=["oidc"])).status_code == 404


def test_the_door_is_not_opened_by_a_link(cast, service):
    assert Client().get(reverse("openid_connect_login", args=["oidc"])).status_code == 405
