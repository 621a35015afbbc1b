"""Drive a real browser along the whole line, from the plan to the total, and over every list page."""

import datetime
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed
from docx import Document

from liencap.demo.files import sample_plan
from liencap.documents.models import Reading
from liencap.reports.tests import scene
from liencap.testing import PASSWORD, Cast, Member, make_cast
from liencap.work.actions import run_one
from tests.browsing import measured

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on PATH; tools/install_chromium.sh brings one"),
]
WIDE, NARROW = 1440, 360
LISTS = (
    "/", "/units/", "/documents/", "/programmes/", "/programmes/owed/", "/reports/", "/reports/inbox/",
    "/reports/periods/", "/archive/", "/jobs/", "/audit/",
)  # fmt: skip
ENGLISH = re.compile(
    r"\b(?:Units?|Documents?|Programmes?|Reports?|Tasks?|Search|Save|Send|Upload|Open|Closed|Period|"
    r"Due|State|Title|Number|Next|Previous|Sign out|Audit|Jobs?|Waiting|Done|the|and|of|no|not)\b",
    re.IGNORECASE,
)
DAY = datetime.date(2026, 1, 1)
TASK = "Mở lớp bồi dưỡng kế toán hợp tác xã"


@pytest.fixture(scope="session")
def vietnamese() -> None:
    """Compile the messages and forget what was loaded before."""
    root = Path(__file__).resolve().parent.parent
    subprocess.run([sys.executable, root / "tools" / "messages.py", "compile"], check=True)
    translation_file_changed(sender=None, file_path=Path("django.mo"))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Start one browser; Playwright keeps an event loop in this thread, which Django must be told to bear."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


class Visitor:
    """A person at a browser of their own, who notes every complaint of the console."""

    def __init__(self, browser: Any, root: str, width: int, language: str = "vi") -> None:
        locale = {"vi": "vi-VN", "en": "en-GB"}[language]
        self.context = browser.new_context(
            base_url=root, locale=locale, viewport={"width": width, "height": 800}
        )
        self.context.set_default_timeout(10_000)
        self.page = self.context.new_page()
        self.root, self.complaints = root, list[str]()
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda said: said.type == "error" and self.complaints.append(said.text))

    def known_as(self, member: Member) -> None:
        """Carry the session of a member signed in elsewhere."""
        session = member.client().cookies["sessionid"].value
        self.context.add_cookies([{"name": "sessionid", "value": session, "url": self.root}])

    def sign_in(self, member: Member) -> None:
        """Come in by the door."""
        self.page.goto("/")
        self.page.fill("[name=name]", member.login)
        self.page.fill("[name=password]", PASSWORD)
        self.press("Sign in")
        self.page.wait_for_url(f"{self.root}/")

    def press(self, msgid: str, role: str = "button") -> None:
        """Press what carries this message in Vietnamese, then see that the page it leads to is sound."""
        with translation.override("vi"):
            label = translation.gettext(msgid)
        assert label != msgid, f"{msgid!r} has no Vietnamese"
        self.page.locator("main").get_by_role(role, name=label).first.click()
        self.sound()

    def follow(self, selector: str, text: str = "") -> None:
        """Follow the first link or press the first button like this."""
        self.page.locator(f"main {selector}").filter(has_text=text).first.click()
        self.sound()

    def sound(self, name: str = "") -> None:
        """Fail on a complaint of the console or a page that is wider than the window."""
        wide = measured(self.page, "[document.documentElement.scrollWidth, window.innerWidth]")
        assert not self.complaints, f"{self.page.url}: {self.complaints}"
        assert wide[0] <= wide[1], f"{self.page.url} is {wide[0]} px wide in a window of {wide[1]}"
        if folder := os.environ.get("SCREENSHOTS"):
            where = name or re.sub(r"\W+", "-", self.page.url.removeprefix(self.root)).strip("-") or "home"
            Path(folder).mkdir(parents=True, exist_ok=True)
            width = self.page.viewport_size["width"]
            self.page.screenshot(path=Path(folder) / f"{where}-{width}.png", full_page=True)

    def says(self, text: str) -> None:
        """Wait until the page's own part says this."""
        sync_api.expect(self.page.locator("main")).to_contain_text(text)


@pytest.fixture
def cast(vietnamese: None) -> Cast:
    """Build the small tree."""
    return make_cast()


@pytest.fixture
def visit(chromium: Any, live_server: Any) -> Iterator[Any]:
    """Open browsers, and close them with the test."""
    opened: list[Visitor] = []

    def open_one(width: int, language: str = "vi") -> Visitor:
        opened.append(Visitor(chromium, live_server.url, width, language))
        return opened[-1]

    yield open_one
    for visitor in opened:
        visitor.context.close()


def upload_and_confirm(chief: Visitor, folder: Path) -> None:
    plan = folder / "ke-hoach.docx"  # its numbering is Word's own
    plan.write_bytes(sample_plan())
    chief.page.goto("/documents/")
    chief.press("Upload a document", "link")
    chief.page.set_input_files("[name=file]", plan)
    chief.press("Upload")
    while run_one("test"):
        pass
    assert Reading.objects.get().state == Reading.State.READ
    chief.press("Show what was read", "link")  # the page asked by itself and saw that the reading is over
    chief.press("Check the proposed tasks")
    sync_api.expect(chief.page.locator("main")).to_contain_text(TASK)
    assert chief.page.locator("article.row-card").count() >= 9
    chief.press("Confirm the programme")
    assert re.fullmatch(r".*/programmes/\d+/", chief.page.url)
    chief.says(TASK)


def assign_by_tier(chief: Visitor) -> None:
    chief.page.locator("main tbody tr").filter(has_text=TASK).first.locator("a.btn").click()
    chief.sound()
    chief.page.check("[name=tiers][value=commune]")
    chief.follow("[name=asked]")
    for name in ("Xã Đông Hà", "Xã An Hòa"):
        chief.says(name)
    chief.follow("form[method=post] button[type=submit]")
    assert re.fullmatch(r".*/programmes/tasks/\d+/", chief.page.url)
    chief.says("Xã Đông Hà")


def open_period(chief: Visitor) -> None:
    page = chief.page
    page.goto("/reports/periods/")
    chief.press("Report form", "link")
    chief.press("Add an indicator", "link")
    page.fill("[name=name]", "Số lớp đã mở")
    page.locator("[name=task] option").filter(has_text=TASK).first.evaluate(
        "option => { option.selected = true }"
    )
    chief.press("Keep the indicator")
    page.goto("/reports/periods/")
    chief.press("Plan a period", "link")
    page.fill("[name=title]", "Quý I")
    page.fill("[name=since]", DAY.isoformat())
    page.fill("[name=until]", DAY.replace(month=3, day=31).isoformat())
    for field in page.locator("[name^=due-]").all():
        field.fill("2099-12-31")
    chief.press("Keep the plan")
    chief.press("Open the period")
    chief.says("Số lớp đã mở")


def fill_report(officer: Visitor, figure: str) -> None:
    page = officer.page
    page.select_option("[name^=state-]", "done")
    page.fill("[inputmode=decimal]", figure)
    page.locator("textarea").first.fill("Đã mở đủ số lớp.")
    page.keyboard.press("Tab")
    page.wait_for_timeout(2_000)  # the form saves 0.3 s after a change and 1.5 s after the last letter
    sync_api.expect(page.locator("#saved")).to_contain_text("Đã lưu lúc")
    officer.sound("write")


def send_report(officer: Visitor) -> None:
    officer.press("Check and send…")
    officer.says("Tỉnh hội Bình Minh")
    officer.press("Sign and send")
    officer.says("Đã gửi báo cáo")


def statuses(who: dict[str, Visitor], path: str) -> dict[str, int]:
    return {name: visitor.context.request.get(path).status for name, visitor in who.items()}


@pytest.mark.journey
def test_a_plan_becomes_a_figure_in_the_total_of_the_unit_above(cast, visit, tmp_path):
    chief, officer = visit(WIDE), visit(NARROW)
    chief.sign_in(cast.chief)
    upload_and_confirm(chief, tmp_path)
    assign_by_tier(chief)
    open_period(chief)

    officer.sign_in(cast.officer)
    officer.follow("a[href$='/write/']")
    report = officer.page.url.removesuffix("write/")
    fill_report(officer, "12")
    others = {name: visit(WIDE) for name in ("chief", "neighbour", "stranger")}
    for name, visitor in others.items():
        visitor.known_as(getattr(cast, name))
    hidden = dict.fromkeys(others, 404)
    assert statuses(others, report) == hidden
    assert statuses(others, f"{report}write/") == hidden
    send_report(officer)
    assert statuses(others, report) == hidden | {"chief": 200}

    chief.page.goto("/reports/inbox/")
    chief.follow("tbody a", "Xã Đông Hà")
    chief.page.locator("details:has([name^=why-f-]) > summary").first.click()
    chief.page.locator("[name^=why-f-]").first.fill("Thiếu lớp mở trong tháng ba.")
    chief.press("Return the report")

    officer.page.goto("/reports/")
    officer.press("Write", "link")
    officer.says("Thiếu lớp mở trong tháng ba.")
    officer.page.locator(".alert a[href^='#f-']").click()
    at_the_field = officer.page.get_by_text("Thiếu lớp mở trong tháng ba.").last
    sync_api.expect(at_the_field).to_be_in_viewport()
    fill_report(officer, "15")
    send_report(officer)

    chief.page.goto("/reports/inbox/")
    chief.follow("tbody a", "Xã Đông Hà")
    chief.press("Accept the report")
    chief.page.goto("/reports/periods/")
    chief.follow("tbody a", "Quý I")
    row = chief.page.locator("main tr").filter(has_text="Số lớp đã mở").first
    for kind in ("received", "official"):
        sync_api.expect(row.locator(f"a[href*='/{kind}/']")).to_have_text("15")
    download_report(chief, others, consolidate(chief))


def consolidate(chief: Visitor) -> str:
    """Write on the task, quote the passage, publish; return the report's address."""
    chief.press("Consolidated report")
    address = chief.page.url.removeprefix(chief.root)
    chief.follow("a.list-group-item", TASK)
    chief.says("Đã mở đủ số lớp.")
    chief.page.locator("button[value^='quote:']").first.click()
    chief.page.fill("#own", "Toàn tỉnh đã mở đủ lớp.")
    chief.page.locator("button[value=own]").click()
    chief.page.goto(address)
    chief.press("Publish the report")
    for words in ("Toàn tỉnh đã mở đủ lớp.", "Đã mở đủ số lớp.", "1 trên 2"):
        chief.says(words)
    return address


def download_report(chief: Visitor, others: dict[str, Visitor], address: str) -> None:
    """Take both files, look for the words in them, and see that nobody beside has them."""
    with chief.page.expect_download() as pdf:
        chief.page.get_by_role("link", name="PDF").click()
    with chief.page.expect_download() as docx:
        chief.page.get_by_role("link", name="Word (DOCX)").click()
    document = Document(str(docx.value.path()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "15" in cells
    assert "Toàn tỉnh đã mở đủ lớp." in " ".join(p.text for p in document.paragraphs)
    pages = pypdfium2.PdfDocument(pdf.value.path().read_bytes())
    assert "Toàn tỉnh đã mở đủ lớp." in " ".join(page.get_textpage().get_text_range() for page in pages)
    for path in (address, f"{address}pdf/", f"{address}docx/"):
        assert statuses(others, path) == dict.fromkeys(others, 404) | {"chief": 200}
    chief.page.goto("/archive/")
    chief.follow("tbody a", "Kết quả thực hiện")
    chief.says("P.BC.2026.0001")


def test_sending_waits_for_a_saving_that_is_still_on_its_way(cast, visit):
    period = scene.make_period(cast)
    report = scene.report_of(period, cast.a)
    officer = visit(WIDE)
    officer.known_as(cast.officer)
    officer.page.goto(f"/reports/{report.pk}/write/")

    def slowly(route: Any) -> None:
        answer = route.fetch()  # the server has saved and counted on; the page does not know yet
        time.sleep(1.5)
        route.fulfill(response=answer)

    officer.page.route("**/autosave/", slowly)
    for field in officer.page.locator("[name^=state-]").all():
        field.select_option("done")
    officer.page.locator("textarea").first.fill("Viết xong rồi gửi ngay.")
    with officer.page.expect_request("**/autosave/"):
        officer.page.keyboard.press("Tab")
    officer.page.locator("textarea").nth(1).fill("Thêm một câu trong khi máy đang lưu.")
    officer.press("Check and send…")
    officer.page.wait_for_url("**/send/")
    officer.says("Viết xong rồi gửi ngay.")
    officer.says("Thêm một câu trong khi máy đang lưu.")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_every_list_page_is_sound_at_both_widths_in_both_languages(cast, visit, width, language):
    period = scene.make_period(cast)
    scene.send(period, cast.a, cast.officer)
    visitor = visit(width, language)
    visitor.known_as(cast.chief)
    for path in LISTS:
        answer = visitor.page.goto(path)
        assert answer.status == 200, path
        visitor.sound(f"list{path.replace('/', '-')}{language}")
        assert visitor.page.locator("html").get_attribute("lang") == language
        if language == "vi":
            text = visitor.page.locator("body").inner_text()
            assert not ENGLISH.findall(text), f"{path}: {text}"
