"""`liencap start`: from an empty folder to a page that asks for the code; the network only by name and over TLS."""

import datetime
import hashlib
import os
import socket
import ssl
import subprocess
import sys
import time
import urllib.request

import pytest

from liencap.lan import certificate_for
from tests.house import ROOT


def run(home, *args, **env):
    kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "LIENCAP_CRASH_AT")}
    return subprocess.Popen(
        [sys.executable, "-m", "liencap.cli", *args],
        env=kept | {"LIENCAP_HOME": str(home), "PYTHONPATH": str(ROOT)} | env, cwd=home.parent,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_an_empty_folder_becomes_a_site_over_tls_whose_fingerprint_is_printed(tmp_path):
    port = free_port()
    made = run(tmp_path / "home", "start", "--lan", "--no-browser", "--port", str(port))
    said = []
    try:
        while not any("is served at" in line for line in said):
            line = made.stdout.readline()
            assert line, made.stderr.read()
            said.append(line)
        printed = next(line.strip() for line in said if line.count(":") == 31)
        address = next(line.split()[-1] for line in said if "founding/begin" in line)
        assert address.startswith(f"https://localhost:{port}/")
        for _ in range(100):
            try:
                found = ssl.get_server_certificate(("127.0.0.1", port))
                break
            except OSError:
                time.sleep(0.2)
        der = ssl.PEM_cert_to_DER_cert(found)
        assert hashlib.sha256(der).hexdigest().upper() == printed.replace(":", "")
        trust = ssl.create_default_context(cadata=found)
        page = urllib.request.urlopen(address, context=trust, timeout=20)
        assert "csrfmiddlewaretoken" in page.read().decode()
        assert "Secure" in page.headers["Set-Cookie"]
    finally:
        made.terminate()
        made.wait(30)


@pytest.mark.parametrize(
    ("args", "env", "words"),
    [
        (["serve", "--host", "0.0.0.0"], {}, "--lan"),
        (["start", "--host", "0.0.0.0"], {}, "--lan"),
        (["serve", "--lan", "--behind-proxy"], {}, "choose one"),
        (["start", "--lan"], {"LIENCAP_DEMO": "1"}, "demo"),
        (["serve", "--behind-proxy", "--host", "0.0.0.0"], {"LIENCAP_DEMO": "1"}, "demo"),
    ],
)
def test_nobody_is_let_in_by_accident(tmp_path, args, env, words):
    _said, wrong = (made := run(tmp_path / "home", *args, **env)).communicate(timeout=60)
    assert made.returncode == 1
    assert words in wrong


def test_a_certificate_is_kept_until_it_lacks_a_name_or_ends_soon(tmp_path):
    now = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    first = certificate_for(["office", "192.0.2.7"], tmp_path, now)
    again = certificate_for(["office"], tmp_path, now + datetime.timedelta(days=100))
    assert (first.fresh, again.fresh, again.fingerprint) == (True, False, first.fingerprint)
    assert certificate_for(["office", "other"], tmp_path, now).fresh
    late = certificate_for(["office"], tmp_path, now + datetime.timedelta(days=390))
    assert late.fresh
    assert late.key.read_bytes().startswith(b"-----BEGIN PRIVATE KEY-----")
