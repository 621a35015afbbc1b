"""A wrong setting stops the start with one line that names it."""

import subprocess
import sys

import pytest
from django.db import connection

from liencap.config import env


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LIENCAP_PORT", "eighty"), ("LIENCAP_PORT", "0"), ("LIENCAP_PORT", "70000"), ("LIENCAP_DEMO", "yes"),
        ("LIENCAP_LANGUAGE", "fr"), ("DATABASE_URL", "mysql://a/b"), ("DATABASE_URL", "postgresql://host"),
        ("LIENCAP_HOEM", "var"), ("LIENCAP_MAX_UPLOAD_MB", "-1"),
    ],
)  # fmt: skip
def test_a_wrong_value_stops_the_start(name, value, tmp_path):
    run = subprocess.run(
        [sys.executable, "-c", "import liencap.config.settings"],
        env={"PATH": "", "LIENCAP_HOME": str(tmp_path), "PYTHONPATH": ":".join(sys.path), name: value},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode != 0
    assert run.stderr.startswith("liencap: ")
    assert name in run.stderr
    assert len(run.stderr.splitlines()) == 1


WHOLE = {"URL": "https://id.example.org/a/", "CLIENT": "c", "SECRET": "s", "NAME": "Our door"}


@pytest.mark.parametrize("left_out", list(WHOLE))
def test_a_half_given_sign_in_service_stops_the_start(monkeypatch, left_out):
    for name, value in WHOLE.items():
        monkeypatch.setenv(f"LIENCAP_OIDC_{name}", "" if name == left_out else value)
    with pytest.raises(env.WrongSetting, match=f"LIENCAP_OIDC_{left_out}"):
        env.oidc()


@pytest.mark.parametrize(
    "url", ["id.example.org", "http://id.example.org", "https://", "https://a.example/?b", "ftp://a"]
)
def test_a_wrong_address_of_the_sign_in_service_stops_the_start(monkeypatch, url):
    for name, value in (WHOLE | {"URL": url}).items():
        monkeypatch.setenv(f"LIENCAP_OIDC_{name}", value)
    with pytest.raises(env.WrongSetting, match="LIENCAP_OIDC_URL"):
        env.oidc()


def test_a_whole_sign_in_service_is_taken(monkeypatch):
    for name, value in WHOLE.items():
        monkeypatch.setenv(f"LIENCAP_OIDC_{name}", value)
    service = env.oidc()
    assert (service.name, service.origin) == ("Our door", "https://id.example.org")
    assert service.app["settings"] == {"server_url": "https://id.example.org/a"}


def test_a_database_address_is_taken_apart(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://an%40b:p%2Fw@db:5433/lien")
    entry = env.database("x")
    assert (entry["USER"], entry["PASSWORD"], entry["HOST"], entry["PORT"], entry["NAME"]) == (
        "an@b", "p/w", "db", "5433", "lien",
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL alone weighs the order of joins")
def test_the_server_is_told_how_many_joins_to_weigh():
    with connection.cursor() as cursor:
        cursor.execute("SHOW join_collapse_limit")
        assert cursor.fetchone() == (str(env.JOINS_WEIGHED),)


def test_whoever_comes_first_does_not_wait_for_imports():
    said = "import sys, liencap.config.wsgi; print('liencap.config.urls' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.split()[-1] == "True"


def test_a_socket_folder_may_be_the_host(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://postgres:@/postgres?host=/run/pg")
    assert env.database("x")["HOST"] == "/run/pg"
