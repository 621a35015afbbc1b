"""The mail server's address: taken apart, or a start that stops without repeating the password."""

import pytest

from liencap.config import env

FROM = "Liencap <liencap@example.org>"


def given(monkeypatch, url, sender=FROM):
    monkeypatch.setenv("LIENCAP_MAIL_URL", url)
    monkeypatch.setenv("LIENCAP_MAIL_FROM", sender)
    return env.mail()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.org", ("mail.example.org", 587, "", "", "start")),
        ("smtp://an%40b:p%2Fw@mail.example.org?tls=on", ("mail.example.org", 465, "an@b", "p/w", "on")),
        ("smtp://mail.example.org:2525?tls=off", ("mail.example.org", 2525, "", "", "off")),
        ("smtp://a:b@localhost?tls=off", ("localhost", 25, "a", "b", "off")),
    ],
)
def test_an_address_is_taken_apart(monkeypatch, url, expected):
    mail = given(monkeypatch, url)
    assert mail is not None
    assert (mail.host, mail.port, mail.user, mail.password, mail.tls) == expected
    assert mail.sender == FROM


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org", "http://mail.example.org", "smtp://", "smtp://h:0", "smtp://h:99999", "smtp://h/box",
        "smtp://h?tls=maybe", "smtp://h?ssl=1", "smtp://h?tls", "smtp://secret-user@h", "smtp://h#a",
        "smtp://user:secret-word@h?tls=off",
    ],
)  # fmt: skip
def test_a_wrong_address_stops_the_start_and_repeats_no_password(monkeypatch, url):
    with pytest.raises(env.WrongSetting, match="LIENCAP_MAIL_URL") as stop:
        given(monkeypatch, url)
    assert "secret" not in str(stop.value)


@pytest.mark.parametrize("sender", ["Liencap", "a@b@c", "a <b>", "a@b\nBcc: c@d", "<a@b", "a b@c"])
def test_a_wrong_sender_stops_the_start(monkeypatch, sender):
    with pytest.raises(env.WrongSetting, match="LIENCAP_MAIL_FROM"):
        given(monkeypatch, "smtp://h", sender)


def test_the_two_are_given_together_or_not_at_all(monkeypatch):
    monkeypatch.delenv("LIENCAP_MAIL_URL", raising=False)
    monkeypatch.delenv("LIENCAP_MAIL_FROM", raising=False)
    assert env.mail() is None
    for url, sender, named in (("smtp://h", "", "FROM"), ("", FROM, "URL")):
        with pytest.raises(env.WrongSetting, match=f"LIENCAP_MAIL_{named}"):
            given(monkeypatch, url, sender)
