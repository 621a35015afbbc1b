"""Run a script on a home folder in a process of its own, killed at a named point, and again after it.

The processes are forked from one that has loaded the project and has opened nothing: loading takes longer than what
the scripts do. It is told its orders as lines of JSON; this file is also its program.
"""

import atexit
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
from functools import cache
from pathlib import Path
from typing import IO, NamedTuple, NoReturn

SETUP = """
import os
from django.conf import settings
from django.db import transaction
from liencap.audit.actor import SYSTEM
"""
_MODULES = (
    "liencap.config.urls",
    "liencap.work.jobs",
    "liencap.testing",
    "liencap.demo.line",
    "liencap.core.rollup.kernels",
    "liencap.reports.tests.scene",
    "liencap.offline.tests.scene",
)


class Ended(NamedTuple):
    """How a script ended: its status as `subprocess` gives it, and what it said."""

    returncode: int
    stderr: str


def run(script: str, home: Path, point: str = "") -> Ended:
    """Run a script on a home that has the tables, killed at a point if one is named."""
    if not (home / "liencap.sqlite3").exists():
        shutil.copytree(_forker().tables, home, dirs_exist_ok=True)
    return _forker().run(script, home, point)


class Forker:
    """The process that forks: it works in one folder, into which each home is moved while its script runs."""

    def __init__(self) -> None:
        folder = Path(tempfile.mkdtemp(prefix="liencap-crash-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        self.place, self.tables, self.said = folder / "home", folder / "tables", folder / "said"
        env = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "LIENCAP_CRASH_AT")}
        env |= {"LIENCAP_HOME": str(self.place), "PYTHONPATH": os.pathsep.join(sys.path)}
        env["DJANGO_SETTINGS_MODULE"] = "liencap.config.settings"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.crashing"],
            env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        atexit.register(self.end)
        self._make_tables()

    def run(self, script: str, home: Path, point: str) -> Ended:
        """Run one script on one home."""
        home.rename(self.place)
        try:
            stdin, stdout = self._pipes()
            stdin.write(json.dumps({"script": script, "point": point, "said": str(self.said)}) + "\n")
            stdin.flush()
            return Ended(int(stdout.readline()), self.said.read_text())
        finally:
            self.place.rename(home)

    def end(self) -> None:
        """End the process: it ends with its orders."""
        with contextlib.suppress(OSError):
            self._pipes()[0].close()
        self.process.wait(timeout=10)

    def _pipes(self) -> tuple[IO[str], IO[str]]:
        assert self.process.stdin
        assert self.process.stdout
        return self.process.stdin, self.process.stdout

    def _make_tables(self) -> None:
        from tests.prepared import kept

        self.tables.mkdir()
        if kept().exists():
            shutil.copy(kept(), self.tables / "liencap.sqlite3")
            return
        migrate = "from django.core.management import call_command\ncall_command('migrate', verbosity=0)\n"
        done = self.run(migrate, self.tables, "")
        assert done.returncode == 0, done.stderr


_forker = cache(Forker)


def main() -> None:
    """Load the project, then fork for each line of orders and answer with the status."""
    import django

    django.setup()
    from importlib import import_module

    for name in _MODULES:
        import_module(name)
    import_module("liencap.core.warm").warm()
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if not pid:
            play(order)
        _pid, status = os.waitpid(pid, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def play(order: dict[str, str]) -> NoReturn:
    """Run a script as a program would, and end."""
    from django.conf import settings

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    said = os.open(order["said"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(said, 1)
    os.dup2(said, 2)
    settings.CRASH_AT = order["point"]
    settings.KEYS.mkdir(mode=0o700, exist_ok=True)  # as the settings do when they are loaded
    status = 1
    try:
        exec(compile(order["script"], "<script>", "exec"), {"__name__": "__main__"})
        status = 0
    except BaseException:  # noqa: BLE001 - the process ends here, and its words are read
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    main()
