"""`liencap doctor` fails when others could read what is ours."""

import os
import subprocess
import sys

import pytest

from liencap import doctor
from liencap.demo import prepare

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes are a matter of POSIX systems")
FILES = (
    "liencap.sqlite3",
    "liencap.sqlite3-wal",
    "files/quarantine/upload",
    "keys/audit-key",
    "backups/b.zip",
)


@pytest.fixture
def home(settings, tmp_path, monkeypatch, db):
    """Give a healthy home folder with a file of every kind."""
    home = tmp_path / "home"
    settings.HOME, settings.KEYS, settings.FILES = home, home / "keys", home / "files"
    for name in (*FILES, "keys/secret-key", "keys/mfa-key"):
        path = home / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text("x")
        path.chmod(0o600)
    for folder in (home, *(p for p in home.rglob("*") if p.is_dir())):
        folder.chmod(0o700)
    monkeypatch.setattr(doctor, "database_file", lambda: home / "liencap.sqlite3")
    old = os.umask(0o077)
    yield home
    os.umask(old)


def test_nothing_is_found_in_a_healthy_home(home):
    assert doctor.findings() == []


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("mode", [0o640, 0o604])
def test_a_file_that_others_may_read_is_found(home, name, mode):
    (home / name).chmod(mode)
    assert doctor.findings() == [f"{name}: others may read this file; chmod 600 it."]


@pytest.mark.parametrize("name", ["", "keys", "files", "files/quarantine", "backups"])
def test_a_folder_that_others_may_enter_is_found(home, name):
    (home / name).chmod(0o750)
    assert doctor.findings() == [f"{name or 'home'}: others may read this folder; chmod 700 it."]


def test_a_database_outside_the_home_is_looked_at_too(home, tmp_path, monkeypatch):
    (tmp_path / "other").mkdir()
    (tmp_path / "other").chmod(0o755)
    file = tmp_path / "other" / "data.db"
    file.touch(mode=0o644)
    file.chmod(0o644)
    monkeypatch.setattr(doctor, "database_file", lambda: file)
    assert [line.partition(":")[0] for line in doctor.findings()] == [str(file.parent), str(file)]


def test_a_mask_that_opens_new_files_is_found(home):
    os.umask(0o022)
    assert doctor.findings() == ["umask 022: new files could be read by others; it must be 077."]


def test_a_home_that_is_served_to_the_web_is_found(home, settings):
    settings.STATIC_ROOT = str(home.parent)
    assert any("served to the web" in line for line in doctor.findings())


def test_a_missing_key_is_found(home):
    (home / "keys" / "audit-key").unlink()
    assert doctor.findings() == [
        "keys/audit-key: the key is missing; restore it from where you keep your keys."
    ]


def test_the_command_fails_on_a_finding_and_says_it(tmp_path):
    env = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | {"LIENCAP_HOME": str(tmp_path / "h")}
    run = subprocess.run(
        [sys.executable, "-m", "liencap.cli", "doctor"], env=env, capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    assert run.stderr.strip() == "The database is not up to date; run: liencap migrate"


def test_a_demo_home_is_private_from_its_first_file(tmp_path, monkeypatch):
    monkeypatch.setenv("LIENCAP_HOME", str(tmp_path / "demo"))
    old = os.umask(0o022)
    try:
        prepare()
    finally:
        os.umask(old)
    assert (tmp_path / "demo" / "demo-mark").stat().st_mode & 0o077 == 0
