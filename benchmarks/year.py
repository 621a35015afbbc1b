"""A year of 1,500 units, 6,000 reports: how many queries the consolidation screen takes, how long its papers take.

The year is written straight into the tables (no deed is measured here): a centre, 30 provinces, 1,470 communes, four
quarters in which each has sent and its report was accepted. The screen and the papers are the product's own: the screens
of the centre's and of a province's consolidation, DOCX with annex, PDF, reading what is printed included. A second tree is
flat: 1,470 units directly below one centre, so that its paper holds one table and one annex of as many rows. Limits: 20
queries, 5 s, 2 s.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

PROVINCES, COMMUNES, QUARTERS, TASKS, INDICATORS = 30, 1470, 4, 6, 12
QUERIES, DOCX_S, PDF_S, ROUNDS = 20, 5.0, 2.0, 3
ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def found() -> tuple[list[Any], Any]:
    """Found the tree and seat the heads of the centre and of the provinces."""
    from liencap.card import permissions
    from liencap.testing import found_many, seat_many
    from liencap.units.models import Role, Tier

    names = ("Trung ương", "Tỉnh", "Xã")
    tiers = [Tier.objects.create(code=f"t{n}", name=name, rank=n) for n, name in enumerate(names)]
    rows: list[Any] = [("R", "Liên hiệp", tiers[0], None)]
    rows += [(f"P{n}", f"Tỉnh hội {n}", tiers[1], 0) for n in range(PROVINCES)]
    rows += [(f"C{n}", f"Hội xã số {n}", tiers[2], 1 + n % PROVINCES) for n in range(COMMUNES)]
    units = found_many(*rows)
    head = Role.objects.create(code="head", name="Chủ tịch", below=sorted(permissions()), is_head=True)
    people = seat_many(*[(f"head-{u.code}".lower(), u, head) for u in units[: PROVINCES + 1]])
    return units, people


def found_flat() -> tuple[list[Any], Any]:
    """Found a centre with every commune directly below it, and seat its head."""
    from liencap.testing import found_many, seat_many
    from liencap.units.models import Role, Tier

    first, last = Tier.objects.get(code="t0"), Tier.objects.get(code="t2")
    communes = [(f"G{n}", f"Hội cơ sở số {n}", last, 0) for n in range(COMMUNES)]
    units = found_many(("F", "Hội không có cấp tỉnh", first, None), *communes)
    return units, seat_many(("head-f", units[0], Role.objects.get(code="head")))


def ask(
    units: list[Any], quarters: int = QUARTERS, tasks: int = TASKS, indicators: int = INDICATORS
) -> list[Any]:
    """Open some quarters of one programme to all units."""
    import datetime

    from liencap.audit.actor import SYSTEM
    from liencap.documents.actions import upload_document
    from liencap.documents.models import Reading
    from liencap.programmes.models import Assignment, Programme, Task
    from liencap.reports.actions import IndicatorInput, open_period, plan_period, set_indicators
    from liencap.units.models import Tier

    version = upload_document(units[0], b"plan", "plan.txt", actor=SYSTEM, queue=False)
    programme = Programme(unit=units[0], reading=Reading.objects.get(version=version), title="Kế hoạch năm")
    programme.derive()
    programme.save()
    made = [
        Task.objects.create(
            programme=programme, order=n, label=f"{n + 1}", text=f"Việc {n}", confirmed_by="b"
        )
        for n in range(tasks)
    ]
    Assignment.objects.bulk_create(
        [Assignment(task=task, unit=unit) for task in made for unit in units], batch_size=1000
    )
    asked = [
        IndicatorInput(made[n % tasks], f"i{n}", f"Chỉ tiêu {n}", f"Indicator {n}") for n in range(indicators)
    ]
    set_indicators(programme, asked, actor=SYSTEM)
    due = dict.fromkeys(Tier.objects.all(), datetime.date(2100, 1, 1))
    opened = []
    for n in range(quarters):
        since = datetime.date(2026, 1 + 3 * n, 1)
        until = since + datetime.timedelta(days=88)
        period = plan_period(programme, f"Quý {n + 1}", since=since, until=until, dues=due, actor=SYSTEM)
        opened.append(open_period(period, actor=SYSTEM))
    return opened


def send_all(period: Any) -> None:
    """Write what every unit sent and that it was accepted, from the lowest up; then all totals, as they are proved."""
    from decimal import Decimal

    from django.utils import timezone

    from liencap.core.rollup import pack
    from liencap.reports.figures import nothing, plus, totals_of
    from liencap.reports.models import Passage, Report, ReportVersion, TaskEntry, Total
    from liencap.reports.proof import recomputed

    cells, now = period.form.cells, timezone.now()
    indicators = period.form.indicators.count()
    tasks = list(period.programme.tasks.all())
    reports = list(Report.objects.filter(obligation__period=period).select_related("obligation__unit"))
    reports.sort(key=lambda r: -len(r.obligation.chain))
    brought: dict[int, bytes] = {}
    made = []
    for n, report in enumerate(reports):
        owed = report.obligation
        said = pack(cells, {(f"i{at}", "value"): Decimal(1 + (n + at) % 90) for at in range(indicators)})
        carried = brought.get(owed.unit_id, nothing(cells))
        made.append(
            ReportVersion(
                report=report, n=1, form=period.form, figures=said, carried=carried, sha256="0" * 64, sent_at=now
            )
        )  # fmt: skip
        if owed.parent_id is not None:
            whole = plus(cells, totals_of(cells, said), carried)
            brought[owed.parent_id] = plus(cells, brought.get(owed.parent_id, nothing(cells)), whole)
    ReportVersion.objects.bulk_create(made, batch_size=500)
    for report, version in zip(reports, made, strict=True):
        report.current = version
        above = report.obligation.parent_id is not None
        report.accepted = version if above else None
        report.state = "accepted" if above else "sent"
    Report.objects.bulk_update(reports, ["current", "accepted", "state"], batch_size=300)
    TaskEntry.objects.bulk_create(
        [TaskEntry(version=v, task=t, state="done") for v in made for t in tasks], batch_size=2000
    )
    Passage.objects.bulk_create(
        [
            Passage(
                version=v,
                task=tasks[n % len(tasks)],
                question="result",
                text=f"{r.obligation.unit} làm {n % 40} việc.",
            )
            for n, (r, v) in enumerate(zip(reports, made, strict=True))
        ],
        batch_size=2000,
    )
    anew = recomputed(period)
    totals = list(Total.objects.filter(period=period))
    for total in totals:
        total.packed = anew.get((total.unit_id, total.kind), nothing(cells))
    Total.objects.bulk_update(totals, ["packed"], batch_size=300)


def opened(client: Any, report: Any, task: int) -> tuple[int, float, int, float]:
    """Return queries and seconds of the consolidation screen, and of the workbench of one task, opened once before."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    found: list[Any] = []
    for path in (f"/reports/consolidated/{report.pk}/", f"/reports/consolidated/{report.pk}/tasks/{task}/"):
        client.get(path, HTTP_HOST="localhost")
        with CaptureQueriesContext(connection) as asked:
            begun = time.perf_counter()
            answer = client.get(path, HTTP_HOST="localhost")
            took = time.perf_counter() - begun
        assert answer.status_code == 200, (path, answer.status_code)
        found += [len(asked), took]
    return tuple(found)


def best(of: Any) -> tuple[float, bytes]:
    """Return the least seconds of some rounds, and what was made."""
    least, made = 1e9, b""
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        made = of()
        least = min(least, time.perf_counter() - begun)
    return least, made


def papers(report: Any) -> tuple[float, float, int]:
    """Return the seconds of the DOCX with its annex and of the PDF, reading the values counted, and rows printed."""
    from django.utils import translation

    from liencap.reports.consolidation import printed
    from liencap.reports.printing import render_docx, render_pdf, render_sheet
    from liencap.reports.templating import in_use

    def values() -> Any:
        with translation.override("vi"):
            return printed(report, None, "Nguyễn Văn An", sample=False)

    word, _made = best(
        lambda: (v := values()) and render_docx(v, in_use(report.unit, v.language).data) + render_sheet(v)
    )
    paper, _made = best(lambda: render_pdf(values()))
    rows = sum(len(table.rows) for section in values().sections for table in section.tables)
    return word, paper, rows


def measure() -> None:
    """Build the year in the home of the environment, open and print it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "liencap.config.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction
    from django.test import Client

    from liencap.accounts.models import User
    from liencap.reports.actions import begin_consolidated_report
    from liencap.reports.models import ReportVersion
    from liencap.reports.proof import check_totals
    from liencap.work.actions import refresh_statistics

    call_command("migrate", interactive=False, verbosity=0)
    with transaction.atomic():
        units, people = found()
        flat, heads = found_flat()
        periods, alone = ask(units), ask(flat, 1, 1, 2)
        for period in (*periods, *alone):
            send_all(period)
    refresh_statistics()
    assert not check_totals(periods[-1]), "the year is not what the product would have written"
    assert not check_totals(alone[-1]), "nor is that of the flat tree"
    print(f"{ReportVersion.objects.count():,} reports of {len(units) + len(flat):,} units", flush=True)
    worst = {"queries": 0.0, "docx": 0.0, "pdf": 0.0}
    for name, period, unit, head in (
        ("centre", periods[-1], units[0], people[0]),
        ("province", periods[-1], units[1], people[1]),
        ("flat", alone[-1], flat[0], heads[0]),
    ):
        client = Client()
        with transaction.atomic():
            client.force_login(User.objects.get(pk=head.actor.user_id))
        report = begin_consolidated_report(period, unit, actor=head.actor)
        asked, took, bench, bench_took = opened(client, report, period.programme.tasks.first().pk)
        word, paper, rows = papers(report)
        print(
            f"{name}: screen {asked} queries, {took:.2f} s; workbench of a task {bench} queries, {bench_took:.2f} s; "
            f"DOCX with annex {word:.2f} s, PDF {paper:.2f} s, {rows:,} rows of tables",
            flush=True,
        )
        worst = {
            "queries": max(worst["queries"], asked, bench),
            "docx": max(worst["docx"], word),
            "pdf": max(worst["pdf"], paper),
        }
    for key, limit in (("queries", QUERIES), ("docx", DOCX_S), ("pdf", PDF_S)):
        print(f"BAR year_{key}_limit_over_ours {limit / worst[key]:.4f}")


def main() -> None:
    """Measure in a temporary home, in the site's own environment."""
    plain = {
        k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "LIENCAP_CRASH_AT", "LIENCAP_DEMO")
    }
    with tempfile.TemporaryDirectory(prefix="liencap-year-") as folder:
        env = plain | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LIENCAP_HOME": str(Path(folder) / "home")}
        sys.exit(subprocess.run([str(PYTHON), __file__, "measure"], env=env, check=False).returncode)


if __name__ == "__main__":
    if sys.argv[1:] == ["measure"]:
        measure()
    else:
        main()
