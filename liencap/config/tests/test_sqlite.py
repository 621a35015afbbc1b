"""Many processes write to one SQLite file in turn: none is refused, none loses its turn to a dead one."""

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap

import pytest

from liencap.config.sqlite import base

START = """
import sys, time
from django.conf import settings
from liencap.config import env
settings.configure(DATABASES={"default": env.sqlite(sys.argv[1])}, USE_TZ=True)
import django; django.setup()
from django.db import connection, transaction
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "data.sqlite3"
    with sqlite3.connect(path) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, who TEXT, n INTEGER)")
        made.execute("CREATE TABLE total (n INTEGER)")
        made.execute("INSERT INTO total VALUES (0)")
    return path


def run(code: str, file, *args: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", START + textwrap.dedent(code), str(file), *args],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={k: v for k, v in os.environ.items() if k != "DATABASE_URL"},
    )  # fmt: skip


def done(process) -> str:
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    return out


WRITE = """
for n in range(40):
    with transaction.atomic(), connection.cursor() as c:
        c.execute("SELECT n FROM total")
        before = c.fetchone()[0]
        c.execute("INSERT INTO t (who, n) VALUES (%s, %s)", [sys.argv[2], n])
        c.execute("UPDATE total SET n = %s", [before + 1])
"""


def test_eight_processes_write_at_once_and_no_write_is_lost_or_refused(file):
    for process in [run(WRITE, file, str(n)) for n in range(8)]:
        done(process)
    with sqlite3.connect(file) as read:
        assert read.execute("SELECT count(*), (SELECT n FROM total) FROM t").fetchone() == (320, 320)


def test_a_killed_process_frees_its_turn_and_leaves_nothing_half_done(file):
    holder = run(
        """
        with transaction.atomic(), connection.cursor() as c:
            c.execute("INSERT INTO t (who, n) VALUES ('dead', 1)")
            print("holding", flush=True)
            time.sleep(60)
        """,
        file,
    )
    assert holder.stdout.readline() == "holding\n"
    waiting = run(WRITE, file, "alive")
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    done(waiting)
    with sqlite3.connect(file) as read:
        assert read.execute("SELECT DISTINCT who FROM t").fetchall() == [("alive",)]


def test_a_refused_or_taken_back_transaction_frees_the_turn(file):
    out = done(
        run(
            """
            class Stop(Exception): pass
            for harm in ("INSERT INTO t (id) VALUES (1)", "INSERT INTO nothing VALUES (1)", None):
                try:
                    with transaction.atomic(), connection.cursor() as c:
                        c.execute("INSERT OR REPLACE INTO t (id) VALUES (1)")
                        if harm: c.execute(harm)
                        raise Stop
                except Exception as error:
                    print(type(error).__name__, connection.turns.lock.is_locked)
            connection.cursor().execute("INSERT INTO t (who) VALUES ('alone')")
            print(connection.turns.lock.is_locked)
            """,
            file,
        )
    )
    assert out.split("\n") == ["IntegrityError False", "OperationalError False", "Stop False", "False", ""]


def test_the_log_is_written_back_when_it_grows_long_and_then_starts_again(file):
    out = done(
        run(
            """
            for n in range(12):
                with transaction.atomic(), connection.cursor() as c:
                    c.execute("INSERT INTO t (who) VALUES (%s)", ["x" * 1_000_000])
                print(connection.turns.log_bytes())
            c = connection.cursor()
            for name in ("journal_mode", "synchronous", "wal_autocheckpoint"):
                c.execute(f"PRAGMA {name}")
                print(c.fetchone()[0])
            """,
            file,
        )
    ).split()
    lengths = [int(n) for n in out[:-3]]
    assert max(lengths) < base.LOG_BYTES + 2_500_000
    assert out[-3:] == ["wal", "2", "0"]


def test_who_waits_in_vain_is_told(file):
    holder = base.Turns(str(file))
    holder.take()
    waiting = run("connection.turns.lock.timeout = 0.05\nwith transaction.atomic(): pass", file)
    _out, err = waiting.communicate(timeout=60)
    holder.free()
    assert "no turn to write" in err
    done(run("with transaction.atomic(): pass", file))
