"""What was typed in a form that was refused stands in it again, in a real browser; secrets never do."""

import shutil

import pytest
from django.urls import reverse

from liencap.reports.models import Obligation
from liencap.reports.tests import scene
from liencap.testing import PASSWORD, make_cast

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on PATH; tools/install_chromium.sh brings one"),
]
WHY = "Bão số 5 làm mất điện ba ngày, cán bộ phải đi chống bão."


def test_a_refused_deed_leaves_the_reason_where_it_was_typed(live_server, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    cast = make_cast()
    owed = Obligation.objects.get(period=scene.make_period(cast), unit=cast.a)
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        page = browser.new_page(viewport={"width": 360, "height": 800})
        page.goto(live_server.url + reverse("sign-in"))
        page.fill("[name=name]", cast.chief.login)
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.goto(live_server.url + reverse("reports:owed-one", args=[owed.pk]))
        deed = page.locator(f"form[action$='{reverse('reports:owed-act', args=[owed.pk, 'extend'])}']")
        page.locator("details", has=deed).locator("summary").click()
        deed.locator("[name=until]").fill("2026-01-02")
        deed.locator("[name=reason]").fill(WHY)
        deed.locator("button").click()
        page.wait_for_selector("[data-refused]")
        assert deed.locator("[name=reason]").input_value() == WHY
        assert deed.locator("[name=reason]").is_visible()
        assert deed.locator("[name=until]").input_value() == "2026-01-02"
        page.reload()
        assert deed.locator("[name=reason]").input_value() == ""
        browser.close()
    owed.refresh_from_db()
    assert owed.extended_to is None
