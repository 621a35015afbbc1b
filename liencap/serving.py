"""Run the web server and the job worker side by side, and look after the home folder."""

import os
import signal
import stat
import subprocess
import sys
import time
from types import FrameType

from django.conf import settings
from django.db import DatabaseError, connection


def run_servers(host: str, port: int) -> int:
    """Start granian and a worker; start the worker again when it dies; stop both together."""
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "liencap.config.settings",
        "LIENCAP_HOME": str(settings.HOME),
    }
    web = subprocess.Popen(  # noqa: S603  # our own interpreter and arguments
        [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
            "--workers", str(os.cpu_count() or 1), "--blocking-threads", "4", "--log-level", "warning",
            "--respawn-failed-workers", "liencap.config.wsgi:application",
        ],
        env=env,
    )  # fmt: skip
    worker = _worker(env)
    stopping = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    print(f"Liencap is served at http://localhost:{port}  (Ctrl+C stops)", flush=True)  # noqa: T201
    while not stopping and web.poll() is None:
        if worker.poll() is not None:
            worker = _worker(env)
        time.sleep(0.5)
    for process in (web, worker):
        if process.poll() is None:
            process.terminate()
    for process in (web, worker):
        process.wait(20)
    return 0 if stopping else (web.returncode or 1)


def _worker(env: dict[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "liencap.cli", "work"], env=env)  # ours


def findings() -> list[str]:
    """Return what is wrong with folders, rights, database and keys, a sentence each."""
    bad = []
    for path in (settings.HOME, settings.KEYS, settings.FILES):
        if path.exists() and os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            bad.append(f"{path.name}: others may read this folder; chmod 700 it.")
    for path in settings.HOME.rglob("*"):
        if (
            path.is_file()
            and "static" not in path.parts
            and os.name == "posix"
            and path.stat().st_mode & 0o077
        ):
            bad.append(f"{path.relative_to(settings.HOME)}: others may read this file; chmod 600 it.")
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        bad.append(f"The database does not answer: {error}")
    return bad[:50]
