"""Officers send their reports at once to a real `liencap serve`: the limit is one second for 99 of 100 sends.

A send is what a browser does: what was typed is brought with the session's token and a key of its own; it is saved,
signed and sent in one deed. Sessions and forms are open when the minute begins; each officer sends once at a random
moment in every ten seconds of it. Three runs, each counted: what was acknowledged is in the database once, with the
figure that was sent. In a fourth run each form is opened in the moment in which it is sent, which is twice the pages.
In a fifth the whole server is killed with -9 in the middle and started again; what was not acknowledged is brought
again under the same key. 50 officers on SQLite; with SENDING=postgres 200 on PostgreSQL.

Everything lives in a temporary home and on 127.0.0.1, and ends by itself. `SENDING_ROUNDS` makes fewer rounds.
"""

import http.client
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

POSTGRES = os.environ.get("SENDING") == "postgres"
OFFICERS, DISTRICTS = (200, 10) if POSTGRES else (50, 5)
RUNS, WINDOW_S, LIMIT_S = 3, 10.0, 1.0
WINDOWS = int(os.environ.get("SENDING_ROUNDS", "6"))
PERIODS = (RUNS + 2) * WINDOWS
TASKS, INDICATORS = 4, 8
TRIES, GIVE_UP_S = 40, 30.0
ROOT = Path(__file__).resolve().parent.parent
# The site's own environment: what is measured is the site.
PYTHON = ROOT / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def django_up() -> None:
    """Start the house on the database that the environment names."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "liencap.config.settings"
    import django

    django.setup()


def build() -> None:
    """Found three tiers with their heads, one programme and its periods; print cookies and reports by officer."""
    django_up()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import transaction
    from django.test import Client

    from liencap.accounts.models import User
    from liencap.reports.models import Report
    from liencap.work.actions import refresh_statistics

    call_command("migrate", interactive=False, verbosity=0)
    with transaction.atomic():
        units, heads = found()
        ask(units)
    refresh_statistics()
    order = "obligation__unit__code", "obligation__period_id"
    rows = Report.objects.order_by(*order).values_list("obligation__unit__code", "pk")
    reports: dict[str, list[int]] = {}
    for code, pk in rows:
        reports.setdefault(code, []).append(pk)
    officers = []
    for code, user in heads:
        client = Client()
        with transaction.atomic():
            client.force_login(User.objects.get(pk=user), settings.AUTHENTICATION_BACKENDS[0])
        officers.append([client.cookies["sessionid"].value, reports[code]])
    print(json.dumps(officers))


def found() -> tuple[list[Any], list[tuple[str, int | None]]]:
    """Found the units and seat a head in each; return the units and the officers of the lowest."""
    from liencap.card import permissions
    from liencap.testing import found_many, seat_many
    from liencap.units.models import Role, Tier

    names = ("Trung ương", "Huyện", "Xã")
    tiers = [Tier.objects.create(code=f"t{n}", name=name, rank=n) for n, name in enumerate(names)]
    rows: list[Any] = [("R", "Liên hiệp", tiers[0], None)]
    rows += [(f"D{n}", f"Huyện hội {n}", tiers[1], 0) for n in range(DISTRICTS)]
    rows += [(f"U{n:03}", f"Hội xã {n}", tiers[2], 1 + n % DISTRICTS) for n in range(OFFICERS)]
    units = found_many(*rows)
    head = Role.objects.create(code="head", name="Chủ tịch", below=sorted(permissions()), is_head=True)
    people = seat_many(*[(f"head-{unit.code}".lower(), unit, head) for unit in units])
    users = [(unit.code, one.actor.user_id) for unit, one in zip(units, people, strict=True)]
    return units, [pair for pair in users if pair[0].startswith("U")]


def ask(units: list[Any]) -> None:
    """Give every unit the tasks of a programme and open the periods in which it reports on them."""
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
    tasks = [
        Task.objects.create(
            programme=programme, order=n, label=f"{n + 1}", text=f"Việc {n}", confirmed_by="b"
        )
        for n in range(TASKS)
    ]
    Assignment.objects.bulk_create(Assignment(task=task, unit=unit) for task in tasks for unit in units)
    inputs = [
        IndicatorInput(tasks[n % TASKS], f"i{n}", f"Chỉ tiêu {n}", f"Indicator {n}")
        for n in range(INDICATORS)
    ]
    set_indicators(programme, inputs, actor=SYSTEM)
    due = dict.fromkeys(Tier.objects.all(), datetime.date(2100, 1, 1))
    first = datetime.date(2026, 1, 1)
    for n in range(PERIODS):
        day = first + datetime.timedelta(days=7 * n)
        until = day + datetime.timedelta(days=6)
        open_period(
            plan_period(programme, f"Tuần {n + 1}", since=day, until=until, dues=due, actor=SYSTEM),
            actor=SYSTEM,
        )


def count() -> None:
    """Print what stands in the database: versions, deliveries and the figure of each sent report; prove the totals."""
    django_up()
    from decimal import Decimal

    from liencap.core.rollup import unpack
    from liencap.reports.models import Delivery, Period, ReportVersion
    from liencap.reports.proof import check_totals

    said: dict[int, list[int]] = {}
    for version in ReportVersion.objects.select_related("form"):
        figure = unpack(version.form.cells, bytes(version.figures))["i0", "value"]
        assert isinstance(figure, Decimal), figure
        said.setdefault(version.report_id, []).append(int(figure))
    keys = [str(key) for key in Delivery.objects.values_list("key", flat=True)]
    wrong = sum(len(check_totals(period)) for period in Period.objects.all())
    print(json.dumps({"said": said, "keys": keys, "wrong": wrong}))


class Fields(HTMLParser):
    """What a form holds when it is opened: the hidden fields, and the names of those to fill in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.hidden: dict[str, str] = {}
        self.names: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a field by its name."""
        got = dict(attrs)
        name = got.get("name")
        if tag in ("input", "textarea", "select") and name:
            if got.get("type") == "hidden":
                self.hidden[name] = got.get("value") or ""
            elif got.get("type") != "checkbox":
                self.names.append(name)


def filled(page: str, figure: int) -> dict[str, str]:
    """Fill a form as an officer does: a figure in every cell, a state and some words on every task."""
    form = Fields(page)
    said = dict(form.hidden)
    for name in form.names:
        if name.startswith("f-"):
            said[name] = str(figure)
        elif name.startswith("state-"):
            said[name] = "done"
        elif name.endswith("-result"):
            said[name] = f"Đã làm xong phần việc của đơn vị, có {figure} hội viên tham gia."
    return said


class Officer:
    """One browser: a kept connection, the session's cookie and the token."""

    def __init__(self, port: int, session: str) -> None:
        self.port, self.cookie = port, f"sessionid={session}; language=vi"
        self.line: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, body: str = "", token: str = "") -> tuple[int, str, str]:
        """Ask once over the kept connection; a dead one is opened anew by whoever asks again."""
        self.line = self.line or http.client.HTTPConnection("127.0.0.1", self.port, timeout=GIVE_UP_S)
        head = {"Cookie": self.cookie + (f"; csrftoken={token}" if token else "")}
        if body:
            head["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self.line.request(method, path, body or None, head)
            answer = self.line.getresponse()
            said = answer.read().decode()
        except (OSError, http.client.HTTPException):
            self.line.close()
            self.line = None
            raise
        kept = re.search(r"csrftoken=(\w+)", ";".join(answer.headers.get_all("Set-Cookie") or []))
        return answer.status, said, kept[1] if kept else token

    def open(self, report: int, figure: int) -> tuple[str, str, str]:
        """Open the form and fill it in; return its key, the body to bring and the token."""
        status, page, token = self.ask("GET", f"/reports/{report}/write/")
        assert status == 200, (status, page[:300])
        key = str(uuid.uuid4())
        return key, urlencode(filled(page, figure) | {"key": key, "send": "1", "reason": ""}), token

    def send(self, report: int, figure: int, form: tuple[str, str, str] | None) -> dict[str, Any]:
        """Bring a form, opened now if it was not before, until it is acknowledged; tell how long it took, how often."""
        begun = time.perf_counter()
        opened, tries = 0.0, 0
        path = f"/reports/{report}/"
        while tries < TRIES:
            tries += 1
            try:
                if form is None:
                    form = self.open(report, figure)
                    opened = time.perf_counter() - begun
                key, body, token = form
                status, said, _token = self.ask("POST", f"{path}deliver/", body, token)
                assert status == 200, (status, said[:300])
                assert json.loads(said)["result"] == "sent", said[:300]
                took = time.perf_counter() - begun
                return {
                    "report": report,
                    "figure": figure,
                    "key": key,
                    "open": opened,
                    "all": took,
                    "tries": tries,
                }
            except (OSError, http.client.HTTPException):
                time.sleep(0.5)
        key = form[0] if form else ""
        return {"report": report, "figure": figure, "key": key, "open": opened, "all": 0.0, "tries": 0}


class Site:
    """A served site in a group of processes of its own."""

    def __init__(self, env: dict[str, str], port: int) -> None:
        self.env, self.port = env, port
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [str(PYTHON), "-m", "liencap.cli", "serve", "--port", str(self.port)]
        self.log = Path(self.env["LIENCAP_HOME"]).parent / "serve.log"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, env=self.env, stdout=log, stderr=log, start_new_session=True
            )
        for _try in range(240):
            try:
                line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                line.request("GET", "/")
                line.getresponse().read()
                return
            except OSError:
                assert self.process.poll() is None, self.log.read_text()[-2000:]
                time.sleep(0.25)
        raise TimeoutError(self.log.read_text()[-2000:])

    def kill(self) -> None:
        """Kill all of its processes with -9, and no other."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(20)

    def stop(self) -> None:
        """Stop it as an office does; kill what does not end."""
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()


def run(
    site: Site, officers: list[Any], nth: int, *, kill: bool = False, ahead: bool = False
) -> list[dict[str, Any]]:
    """Let every officer send once at a random moment of each window; return what each send met.

    With `ahead` the forms are open and filled in when the minute begins; else each is opened when it is sent.
    """
    chance, made, guard = random.Random(nth), [], threading.Lock()
    plans = [
        [(w * WINDOW_S + chance.uniform(0, WINDOW_S), w) for w in range(WINDOWS)] for _officer in officers
    ]
    clock, ready = (
        [0.0],
        threading.Barrier(len(officers) + 1, action=lambda: clock.__setitem__(0, time.perf_counter() + 0.5)),
    )

    def work(who: int) -> None:
        session, reports = officers[who]
        officer = Officer(site.port, session)
        sends = [(reports[nth * WINDOWS + window], 1 + (who * 7 + window) % 90) for _m, window in plans[who]]
        forms = [officer.open(*send) for send in sends] if ahead else [None] * len(sends)
        ready.wait()
        for (moment, _w), send, form in zip(plans[who], sends, forms, strict=True):
            time.sleep(max(0.0, clock[0] + moment - time.perf_counter()))
            done = officer.send(*send, form)
            with guard:
                made.append(done)

    threads = [threading.Thread(target=work, args=(who,)) for who in range(len(officers))]
    for thread in threads:
        thread.start()
    ready.wait()
    if kill:
        time.sleep(max(0.0, clock[0] + WINDOWS * WINDOW_S / 2 - time.perf_counter()))
        site.kill()
        site.start()
    for thread in threads:
        thread.join()
    return made


def judge(name: str, made: list[dict[str, Any]], env: dict[str, str]) -> None:
    """Hold the acknowledgements against the rows: none lost, none doubled, each with its own figure."""
    stands = step("count", env)
    lost = [d for d in made if d["tries"] and str(d["report"]) not in stands["said"]]
    never = [d for d in made if not d["tries"]]
    doubled = [d for d in made if len(stands["said"].get(str(d["report"]), [])) > 1]
    other = [d for d in made if stands["said"].get(str(d["report"]), [d["figure"]]) != [d["figure"]]]
    unknown = [d for d in made if d["tries"] and d["key"] not in stands["keys"]]
    again = sum(d["tries"] > 1 for d in made)
    print(
        f"{name}: {len(made):,} sends, {len(never)} never acknowledged, {len(lost)} lost, {len(doubled)} doubled, "
        f"{again} brought again, {stands['wrong']} totals wrong",
        flush=True,
    )
    assert len(made) == OFFICERS * WINDOWS, "an officer was refused"
    bad = [*lost, *never, *doubled, *other, *unknown]
    assert not bad, bad[:3]
    assert not stands["wrong"], "a total is wrong"


def at(values: list[float], share: float) -> float:
    """Return the value below which a share of the values lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def step(name: str, env: dict[str, str]) -> Any:
    """Run one part in a process of its own and return what it printed."""
    done = subprocess.run([str(PYTHON), __file__, name], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def race(name: str, env: dict[str, str]) -> None:
    """Build, serve, send; print every run and the ratios of the best."""
    officers = step("build", env)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    site, best = Site(env, port), 1e9
    try:
        for nth in range(RUNS):
            best = min(best, lap(f"{name} run {nth + 1}", run(site, officers, nth, ahead=True), env))
        opening = lap(f"{name}, forms opened when they are sent", run(site, officers, RUNS), env)
        made = run(site, officers, RUNS + 1, kill=True)
        judge(f"{name} killed with -9 and started again", made, env)
    finally:
        site.stop()
    print(f"BAR sending_{name}_limit_over_p99 {LIMIT_S / best:.4f}")
    print(f"BAR sending_{name}_with_form_limit_over_p99 {LIMIT_S / opening:.4f}")


def lap(name: str, made: list[dict[str, Any]], env: dict[str, str]) -> float:
    """Judge and print one run; return the seconds within which 99 of 100 sends were through, their forms included."""
    judge(name, made, env)
    took = [d["all"] for d in made]
    print(
        f"  p50 {at(took, 0.5):.3f} s, p99 {at(took, 0.99):.3f} s; load {os.getloadavg()[0]:.1f}", flush=True
    )
    return at(took, 0.99)


def main() -> None:
    """Run on SQLite, or on a PostgreSQL of our own; asked to end, it ends what it started."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    plain = {
        k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "LIENCAP_CRASH_AT", "LIENCAP_DEMO")
    }
    with tempfile.TemporaryDirectory(prefix="liencap-sending-") as folder:
        env = plain | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LIENCAP_HOME": str(Path(folder) / "home")}
        if not POSTGRES:
            race(f"{OFFICERS}_sqlite", env)
            return
        command = [str(PYTHON), str(ROOT / "benchmarks" / "cascade.py"), "server", folder]
        server = subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert server.stdout is not None
        assert server.stdin is not None
        try:
            race(f"{OFFICERS}_postgresql", env | {"DATABASE_URL": server.stdout.readline().strip()})
        finally:
            server.stdin.close()
            server.wait(60)


PARTS = {"build": build, "count": count}

if __name__ == "__main__":
    if len(sys.argv) > 1:
        PARTS[sys.argv[1]]()
    else:
        main()
