"""Eight processes write to one SQLite file: our backend, which takes a file lock, against Django's own in WAL mode.

Each transaction reads a total, inserts a row and writes the total back; both sides run with synchronous=FULL and BEGIN
IMMEDIATE, in turns, and must end with the same sum. The ratio is our p99 of a transaction over the peer's: less is better.
"""

import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

PROCESSES, EACH, ROUNDS, PAUSE = 8, 250, 3, 0.002


def entry(kind: str, path: str) -> dict[str, Any]:
    """Return Django's database entry of either side."""
    from liencap.config import env

    made = env.sqlite(path)
    if kind == "plain":
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;"
        options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
        made |= {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": options}
    return made


def write(kind: str, path: str) -> None:
    """Write in one process and print the seconds of each transaction and what was refused."""
    from django.conf import settings

    settings.configure(DATABASES={"default": entry(kind, path)}, USE_TZ=True)
    import django
    from django.db import OperationalError, connection, transaction

    django.setup()
    connection.ensure_connection()
    print("ready", flush=True)
    sys.stdin.readline()
    took, refused = [], 0
    for n in range(EACH):
        begun = time.perf_counter()
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT n FROM total")
                total = cursor.fetchone()[0]
                cursor.execute("INSERT INTO row (n, text) VALUES (%s, %s)", [n, "x" * 300])
                cursor.execute("UPDATE total SET n = %s", [total + 1])
        except OperationalError:
            refused += 1
        took.append(time.perf_counter() - begun)
        time.sleep(PAUSE)
    connection.close()
    print(json.dumps([took, refused]))


def race(kind: str, folder: str) -> tuple[list[float], int]:
    """Let eight processes write at once; return the sorted seconds and how many writes were refused."""
    path = Path(folder) / f"{kind}-{time.monotonic_ns()}.sqlite3"
    with sqlite3.connect(path) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, n INTEGER, text TEXT)")
        made.execute("CREATE TABLE total (n INTEGER)")
        made.execute("INSERT INTO total VALUES (0)")
    made.close()
    started = [
        subprocess.Popen(
            [sys.executable, __file__, kind, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _process in range(PROCESSES)
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    found = [json.loads(process.communicate()[0]) for process in started]
    took = sorted(seconds for one, _refused in found for seconds in one)
    refused = sum(no for _took, no in found)
    with sqlite3.connect(path) as read:
        assert read.execute("SELECT n FROM total").fetchone()[0] == PROCESSES * EACH - refused, (
            "writes were lost"
        )
    return took, refused


def main() -> None:
    """Run both sides in turns and print the ratio of the best p99."""
    best: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for _round in range(ROUNDS):
            for kind in ("ours", "plain"):
                took, refused = race(kind, folder)
                p50, p99 = took[len(took) // 2], took[int(len(took) * 0.99)]
                print(
                    f"{kind}: p50 {p50 * 1000:.1f} ms, p99 {p99 * 1000:.1f} ms, longest {took[-1] * 1000:.0f} ms, refused {refused}"
                )
                best[kind] = min(p99, best.get(kind, p99))
    print(f"BAR sqlite_write_p99_vs_plain {best['ours'] / best['plain']:.4f}")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        write(*sys.argv[1:])
    else:
        main()
