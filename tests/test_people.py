"""People in, in a real browser at the width of a phone: slip to sent report, passkey, hand-over, paper."""

import datetime
import shutil
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.urls import reverse

from liencap.accounts.models import Device
from liencap.audit.actor import SYSTEM
from liencap.programmes.models import Task
from liencap.reports.actions import open_period
from liencap.reports.models import Report
from liencap.reports.tests import scene
from liencap.testing import DAY, PASSWORD, Cast, make_cast
from liencap.units import actions
from liencap.units.models import HandOver, Role
from tests.browsing import measured

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on PATH; tools/install_chromium.sh brings one"),
]
MOST = 40  # taps and fields from the slip to the sent report
PIN = "407185"
NAME = "Võ Thị Mới"
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


class Hand:
    """A thumb on a phone that counts what it does; each field typed or chosen and each tap is one."""

    def __init__(self, page: Any, axe: str) -> None:
        self.page, self.axe, self.count = page, axe, 0
        self.complaints: list[str] = []
        page.on("console", lambda said: said.type == "error" and self.complaints.append(said.text))

    def tap(self, selector: str) -> None:
        self.count += 1
        self.page.locator(selector).first.click()
        self.looked()

    def fill(self, selector: str, text: str) -> None:
        self.count += 1
        self.page.locator(selector).first.fill(text)

    def choose(self, selector: str, value: str) -> None:
        self.count += 1
        self.page.locator(selector).select_option(value)

    def looked(self) -> None:
        """Fail on a page wider than the phone, a complaint of the console, or what axe calls serious."""
        wide = measured(self.page, "document.documentElement.scrollWidth")
        assert wide <= self.page.viewport_size["width"], self.page.url
        assert not self.complaints, (self.page.url, self.complaints)
        self.page.evaluate(self.axe)
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        bad = [
            (v["id"], v["nodes"][0]["html"][:160]) for v in found if v["impact"] in ("serious", "critical")
        ]
        assert not bad, (self.page.url, bad)


@pytest.fixture
def phone(live_server, monkeypatch):
    """Open a browser of 360 px."""
    import axe_playwright_python

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    axe = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        context = browser.new_context(
            base_url=live_server.url, locale="vi-VN", viewport={"width": 360, "height": 740}
        )
        page = context.new_page()
        page.set_default_timeout(15_000)
        yield Hand(page, axe)
        browser.close()


@pytest.fixture
def cast(db) -> Cast:
    """Build the small tree, with a secretary in A who has never signed in."""
    cast = make_cast()
    seat = actions.found_seat(Role.objects.get(code="head"), cast.a, key="A-secretary", actor=SYSTEM)
    person = actions.enter_person(NAME, unit=cast.a, actor=SYSTEM)
    actions.appoint(person, seat, since=DAY, actor=SYSTEM)
    return cast


def slip_for(cast: Cast) -> str:
    [(_held, code)] = actions.make_slips(cast.a, actor=cast.chief.actor)
    return f"{reverse('units:activate')}?code={code}"


def eight_tasks(cast: Cast) -> Report:
    """Open a period in which A owes a report on eight tasks with five figures."""
    programme = scene.make_programme(cast.root_unit)
    for n in range(3, 9):
        Task.objects.create(
            programme=programme,
            order=n,
            label=f"Thứ {n}",
            text=f"Sinh hoạt chuyên đề lần {n}",
            confirmed_by="x",
        )
    first, second = programme.tasks.all()[:2]
    others = programme.tasks.all()[2:]
    scene.assign(programme, cast.province, cast.a)
    given = [scene.IndicatorInput(first, "classes", "Số lớp", "Classes"),
             scene.IndicatorInput(second, "trees", "Số cây", "Trees"),
             *(scene.IndicatorInput(t, f"held{t.pk}", f"Số buổi {t.pk}", "Meetings") for t in others[:3])]  # fmt: skip
    scene.set_indicators(programme, given, actor=SYSTEM)
    period = scene.plan_period(
        programme, "Quý I", since=datetime.date(2026, 1, 1), until=datetime.date(2026, 3, 31),
        dues=dict.fromkeys(scene.Tier.objects.all(), datetime.date(2100, 1, 1)), actor=SYSTEM,
    )  # fmt: skip
    return scene.report_of(open_period(period, actor=cast.root.actor), cast.a)


def test_from_the_slip_to_the_sent_report_in_few_taps(cast, phone):
    report = eight_tasks(cast)
    page = phone.page
    page.goto(slip_for(cast))  # the camera does this
    phone.looked()
    assert NAME in page.text_content("main")
    phone.tap("main a[href*='/activate/pin/']")
    phone.fill("[name=pin]", PIN)
    phone.fill("[name=again]", PIN)
    phone.tap("main button[type=submit]")
    page.wait_for_url(lambda url: url.endswith("/") and "activate" not in url)
    phone.tap(f"main a[href='{reverse('reports:write', args=[report.pk])}']")
    for field in page.locator("[name^=state-]").all():
        phone.choose(f"[name={field.get_attribute('name')}]", "done")
    for field in page.locator("[inputmode=decimal]").all():
        phone.fill(f"[id='{field.get_attribute('id')}']", "3")
    for number in (0, 2):
        phone.fill(f"main textarea >> nth={number}", "Đã làm xong trong quý.")
    phone.tap("button[name=send]")
    page.wait_for_url("**/send/")
    phone.tap("main form button[type=submit]")
    page.wait_for_url(lambda url: "/send/" not in url)
    report.refresh_from_db()
    assert report.state == Report.State.SENT
    assert phone.count < MOST, f"{phone.count} taps and fields"
    print(f"taps and fields from slip to sent report: {phone.count}")  # noqa: T201  # the bar asks for the number


def test_the_pin_opens_next_time_and_account_shows_the_device(cast, phone):
    page = phone.page
    page.goto(slip_for(cast))
    phone.tap("main a[href*='/activate/pin/']")
    phone.fill("[name=pin]", PIN)
    phone.fill("[name=again]", PIN)
    phone.tap("main button[type=submit]")
    page.wait_for_url(lambda url: url.endswith("/") and "activate" not in url)
    page.context.clear_cookies(name="sessionid")
    page.goto("/account/")
    phone.looked()
    assert NAME in page.text_content("main")
    phone.fill("[name=pin]", PIN)
    phone.tap("form[action$='/pin/'] button")
    page.wait_for_url(lambda url: url.endswith("/account/") and "sign-in" not in url)
    phone.looked()
    assert Device.objects.get().name in page.text_content("main")


def test_a_slip_becomes_a_passkey(cast, phone):
    page = phone.page
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    page.goto(slip_for(cast))
    page.wait_for_selector("[data-if-passkey]:visible")
    phone.tap("[data-if-passkey]")
    page.wait_for_url("**/activate/passkey/**")
    page.click("#passkey_add")
    page.wait_for_url(lambda url: url.endswith("/") and "activate" not in url)
    phone.looked()
    page.context.clear_cookies(name="sessionid")
    page.goto("/sign-in/")
    page.click("#passkey_login")
    page.wait_for_url(lambda url: url.endswith("/") and "sign-in" not in url)
    assert NAME in page.text_content("main")


def sign_in(phone: Hand, login: str) -> None:
    phone.page.goto("/sign-in/")
    phone.page.fill("[name=name]", login)
    phone.page.fill("[name=password]", PASSWORD)
    phone.page.press("[name=password]", "Enter")
    phone.page.wait_for_url(lambda url: "sign-in" not in url)


def printed(page: Any, tmp_path: Path) -> pypdfium2.PdfDocument:
    page.emulate_media(media="print")
    file = tmp_path / "paper.pdf"
    page.pdf(path=file, prefer_css_page_size=True, print_background=True)
    page.emulate_media(media="screen")
    return pypdfium2.PdfDocument(file)


def test_a_seat_is_handed_over_on_a_phone_and_the_successor_comes_in(cast, phone, tmp_path):
    eight_tasks(cast)
    page = phone.page
    sign_in(phone, cast.chief.login)
    page.goto(reverse("units:detail", args=[cast.a.pk]))
    phone.looked()
    phone.tap(f"main a[href='{reverse('units:hand-over', args=[cast.officer.seat.pk])}']")
    assert "Quý I" in page.text_content("main")
    phone.fill("[name=name]", "Đặng Thị Kế")
    phone.fill("[name=note]", "Con dấu ở tủ số 2.")
    phone.tap("main form button[type=submit]")
    page.wait_for_selector(".slip")
    phone.looked()
    link = page.input_value("main textarea").split("http", 1)[1].split()[0]
    paper = printed(page, tmp_path)
    words = paper[0].get_textpage().get_text_range()
    assert len(paper) == 1
    assert "Đặng Thị Kế" in words
    assert "Con dấu" in words
    assert "?code=" not in words, "the slip is not printed on the protocol"
    assert HandOver.objects.get().new.person.name == "Đặng Thị Kế"
    page.context.clear_cookies(name="sessionid")
    # The test runner lets "testserver" in, and slips carry a name by which others reach the site.
    page.goto(f"http{link}".replace("testserver", "localhost"))
    phone.tap("main a[href*='/activate/pin/']")
    phone.fill("[name=pin]", PIN)
    phone.fill("[name=again]", PIN)
    phone.tap("main button[type=submit]")
    page.wait_for_url(lambda url: url.endswith("/") and "activate" not in url)
    phone.tap(f"main a[href='{reverse('units:protocol', args=[HandOver.objects.get().pk])}']")
    assert "Con dấu ở tủ số 2." in page.text_content("main")


def test_a_sheet_of_slips_fills_a4_and_splits_none(cast, phone, tmp_path):
    role = Role.objects.get(code="reader")
    for n in range(22):
        seat = actions.found_seat(role, cast.a, key=f"A-{n}", actor=SYSTEM)
        name = f"Nguyễn Trần Thị Hoài Phương Số {n}"
        actions.appoint(actions.enter_person(name, unit=cast.a, actor=SYSTEM), seat, since=DAY, actor=SYSTEM)
    page = phone.page
    sign_in(phone, cast.chief.login)
    page.goto(reverse("units:slips", args=[cast.a.pk]))
    phone.looked()
    phone.tap("button[form=make]")
    page.wait_for_selector(".slip")
    phone.looked()
    codes = [code.strip() for code in page.locator(".slip-code").all_text_contents()]
    assert len(codes) == 23
    paper = printed(page, tmp_path)
    texts = [sheet.get_textpage().get_text_range() for sheet in paper]
    assert [sum(code in text for code in codes) for text in texts] == [10, 10, 3]
    # A slip is whole where its name and its last sentence stand on the sheet of its code.
    for text in texts:
        on_sheet = sum(code in text for code in codes)
        assert text.count("Nguyễn Trần Thị Hoài") + text.count(NAME) == on_sheet
        assert text.count("chụp ô vuông") == on_sheet
    (phone.page.locator("[data-copy]").first).click()
    assert "Đã chép" in page.locator("[data-copy]").first.text_content()
