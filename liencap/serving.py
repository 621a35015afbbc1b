"""Run the web server and the job worker side by side."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType

from django.conf import settings

from liencap.lan import Certificate

LIVED = 60.0  # seconds after which a worker counts as one that runs
LONGEST_PAUSE = 60.0


class Kept:
    """A process that is started again when it has died; one that dies at once only after longer and longer pauses."""

    def __init__(
        self, start: Callable[[], "subprocess.Popen[bytes]"], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._start, self._clock, self._pause = start, clock, 0.0
        self.process, self._begun = start(), clock()

    def look(self) -> None:
        """Start the process again if it is dead and its pause is over."""
        lived = self._clock() - self._begun
        if self.process.poll() is None:
            self._pause = 0.0 if lived > LIVED else self._pause
        elif lived >= self._pause:
            self.process, self._begun = self._start(), self._clock()
            self._pause = min(max(2 * self._pause, 1.0), LONGEST_PAUSE)


def run_servers(host: str, port: int, *, tls: Certificate | None = None) -> int:
    """Start granian and a worker; start the worker again when it dies; stop both together."""
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "liencap.config.settings",
        "LIENCAP_HOME": str(settings.HOME),
    }
    web = subprocess.Popen(  # noqa: S603  # our own interpreter and arguments
        [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
            "--workers", str(os.cpu_count() or 1), "--blocking-threads", "4", "--log-level", "warning",
            "--respawn-failed-workers", *_tls(tls), "liencap.config.wsgi:application",
        ],
        env=env,
    )  # fmt: skip
    worker = Kept(lambda: _worker(env))
    stopping = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    scheme = "https" if tls else "http"
    print(f"Liencap is served at {scheme}://localhost:{port}  (Ctrl+C stops)", flush=True)  # noqa: T201
    while not stopping and web.poll() is None:
        worker.look()
        time.sleep(0.5)
    for process in (web, worker.process):
        if process.poll() is None:
            process.terminate()
    for process in (web, worker.process):
        process.wait(20)
    return 0 if stopping else (web.returncode or 1)


def _tls(made: Certificate | None) -> list[str]:
    """Return what granian is told of the certificate."""
    if made is None:
        return []
    files = ["--ssl-certificate", str(made.file), "--ssl-keyfile", str(made.key)]
    return [*files, "--ssl-protocol-min", "tls1.2"]


def _worker(env: dict[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "liencap.cli", "work"], env=env)  # ours
