"""The demo as a newcomer gets it: its files, every page of its site, and what an accessibility checker says."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document

from tests.demo_states import states

# One organisation has nowhere to leave to: its units move, but all stay under the unit that sets the programme.
NOWHERE = {"place left"}
ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = shutil.which("chromium")
# The start page and the hand-over ask every room for its piece, a query or two each; all others stay far below.
QUERIES = 35
SAMPLE = "SAMPLE DATA / DỮ LIỆU MẪU"
LEDGER = """
import json, sys, django
django.setup()
from liencap.reports.models import ConsolidatedReport, Obligation
from liencap.reports.queries import Veil, figures_long
made = ConsolidatedReport.objects.get(unit__code="SX")
owed = Obligation.objects.filter(period=made.period)
rows = figures_long(made.period, None, Veil(made.period, None))
json.dump({
    "rows": [[r.unit_id, r.code, r.cell, str(r.number), r.accepted] for r in rows],
    "owed": [[o.unit_id, o.cls] for o in owed],
    "printed": made.values,
}, sys.stdout, default=str)
"""


@dataclass(frozen=True)
class Demo:
    """A built demo: its home, its files, what it printed."""

    home: Path
    out: Path
    said: str

    def run(self, *args: str, text: str = "") -> str:
        """Run Python on the demo's database and return what it prints."""
        done = subprocess.run(
            [sys.executable, *args], input=text, env=self.env(), cwd=ROOT, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def env(self) -> dict[str, str]:
        """Return the environment in which the demo's site lives."""
        kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "LIENCAP_CRASH_AT")}
        more = {"LIENCAP_HOME": str(self.home), "DJANGO_SETTINGS_MODULE": "liencap.config.settings"}
        return kept | more | {"LIENCAP_DEMO": "1", "PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Compile the messages and build the sample organisation, once for all tests here."""
    subprocess.run([sys.executable, ROOT / "tools" / "messages.py", "compile"], check=True)
    folder = tmp_path_factory.mktemp("demo")
    built = Demo(folder / "home", folder / "out", "")
    said = built.run("-m", "liencap.cli", "demo", "--no-serve", "--out", str(built.out))
    return Demo(built.home, built.out, said)


def paper_words(out: Path) -> tuple[str, str]:
    """Return the words of the DOCX and of the PDF, spaces made single."""
    document = Document(str(out / "consolidated.docx"))
    docx = " ".join(node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t"))
    pdf = pypdfium2.PdfDocument(str(out / "consolidated.pdf"))
    pages = [page.get_textpage().get_text_range() for page in pdf]
    assert all(SAMPLE in page for page in pages), "every page is marked as sample data"
    heads = [p.text for s in document.sections for p in s.header.paragraphs]
    assert any(SAMPLE in head for head in heads)
    return squeezed(docx), squeezed(" ".join(pages))


def squeezed(text: str) -> str:
    """Drop what a line break may add or eat: spaces and soft hyphens."""
    return re.sub(r"[\s\u00ad\ufffe]+", "", text)


def test_the_five_files_hold_the_same_programme_figures_and_coverage(demo):
    names = {path.name for path in demo.out.iterdir()}
    assert names == {"plan.json", "programme.xlsx", "totals.json", "consolidated.docx", "consolidated.pdf"}
    totals = json.loads((demo.out / "totals.json").read_text("utf-8"))
    plan = json.loads((demo.out / "plan.json").read_text("utf-8"))
    assert totals["sample"] == SAMPLE
    printed = json.loads(demo.run("-", text=LEDGER))["printed"]
    docx, pdf = paper_words(demo.out)
    assert len(printed["sections"]) == len(plan["tasks"]) + len(plan["table_tasks"]) == 9
    for words in (docx, pdf):
        assert squeezed(printed["coverage"]) in words
        for section in printed["sections"]:
            assert squeezed(section["task"][:40]) in words
            for row in section["tables"][0]["rows"]:
                assert all(squeezed(cell) in words for cell in row["cells"])


def test_the_printed_totals_equal_an_independent_sum_over_the_ledger(demo):
    ledger = json.loads(demo.run("-", text=LEDGER))
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for _unit, code, cell, number, _accepted in ledger["rows"]:
        if number != "None":
            sums[f"{code}/{cell}"] += Decimal(number)
    printed = {}
    for section in ledger["printed"]["sections"]:
        for table in section["tables"]:
            rows = {row["kind"]: row["numbers"] for row in table["rows"]}
            printed |= dict(zip(table["codes"], map(Decimal, rows["received"]), strict=True))
            parts = [row["numbers"] for row in table["rows"] if row["kind"] == "unit"]
            adds = [sum(Decimal(n or 0) for n in column) for column in zip(*parts, strict=True)]
            assert adds == [Decimal(n) for n in rows["official"]], section["task"]
    assert printed == sums
    classes = [cls for _unit, cls in ledger["owed"]]
    assert {"on_time", "late", "late_extended", "missing"} == set(classes)
    silent = classes.count("missing")
    assert ledger["printed"]["coverage"].startswith(f"{len(classes) - silent} trên {len(classes)} ")
    assert len(ledger["printed"]["missing"]) == silent


@pytest.fixture(scope="module")
def found(demo: Demo) -> dict[str, int]:
    """Count the rows of every state once for all tests here."""
    return dict(json.loads(demo.run("-m", "tests.demo_states")))


@pytest.mark.parametrize("state", sorted(set(states()) - NOWHERE))
def test_the_sample_year_holds_every_state_of_reporting(found, state):
    assert found[state] > 0


@pytest.fixture(scope="module")
def pages(demo: Demo) -> list[dict[str, Any]]:
    """Walk the demo once for all tests here."""
    return list(json.loads(demo.run("-m", "tests.crawl")))


def test_every_page_of_the_demo_opens_has_a_title_and_costs_few_queries(pages):
    assert len({page["route"] for page in pages}) > 150
    wrong = [p for p in pages if p["status"] != 200 or p["queries"] > QUERIES or not p["title"]]
    assert wrong == []


@pytest.fixture(scope="module")
def site(demo: Demo) -> Iterator[str]:
    """Serve the demo on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    args = [sys.executable, "-m", "liencap.cli", "serve", "--port", str(port)]
    server = subprocess.Popen(args, env=demo.env(), cwd=ROOT, stdout=subprocess.DEVNULL)
    root = f"http://localhost:{port}"
    for _try in range(100):
        try:
            urllib.request.urlopen(f"{root}/sign-in/", timeout=5)  # our own server
            break
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    yield root
    server.terminate()
    server.wait(30)


def one_of_each(pages: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Choose one whole page of every address pattern, by the sign-in that met it."""
    chosen: dict[str, list[str]] = defaultdict(list)
    patterns: set[str] = set()
    for page in pages:
        if page["page"] and page["route"] not in patterns:
            patterns.add(page["route"])
            chosen[page["code"]].append(page["path"])
    return chosen


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on PATH; tools/install_chromium.sh brings one")
def test_no_page_of_the_demo_is_wider_than_the_screen_or_hard_to_use(demo, pages, site):
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    import axe_playwright_python

    axe = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
    passwords = dict(re.findall(r"^  (sx[\d.]*(?:-tv)?) +(\S+) ", demo.said, re.MULTILINE))
    found: list[str] = []
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        for code, paths in one_of_each(pages).items():
            page = browser.new_context(base_url=site, locale="vi-VN").new_page()
            page.goto("/sign-in/")
            page.fill("[name=name]", code)
            page.fill("[name=password]", passwords[code.lower()])
            page.press("[name=password]", "Enter")
            page.wait_for_url(f"{site}/")
            more = behind_buttons(page) if code == "SX.1" else []
            for path in (*paths, *more):
                found += looked_at(page, path, axe)
    assert not found, "\n".join(found)


def behind_buttons(page: Any) -> list[str]:
    """Return pages that no link leads to: a task's files, sending, and composing a consolidated report."""
    page.goto("/")
    page.locator("main a[href$='/write/']").first.click()
    page.wait_for_url("**/write/")
    report = page.url.removesuffix("write/")
    task = page.locator("button[name=attach]").first.get_attribute("value")
    page.goto("/")
    page.locator("main a[href*='/reports/periods/']").first.click()
    page.locator("form[action$='/consolidate/'] button").click()
    page.wait_for_url("**/consolidated/*/")
    composing = page.locator("main a[href*='/tasks/']").first.get_attribute("href")
    return [f"{report}send/", f"{report}tasks/{task}/files/", page.url, composing]


def looked_at(page: Any, path: str, axe: str) -> list[str]:
    """Return what is wrong with a page at both widths, in a line each."""
    wrong = []
    for width in (360, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        if width == 360:
            page.goto(path)
            page.evaluate(axe)
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            wrong.append(f"{path} is {wide} px wide at {width}")
        run = "axe.run(document, {resultTypes: ['violations']})"
        for one in page.evaluate(run)["violations"]:
            if one["impact"] in ("serious", "critical"):
                wrong.append(f"{path} at {width}: {one['id']}: {one['nodes'][0]['html'][:160]}")
    return wrong
