"""A passkey in a real browser: added, opens the account, is the second step, confirms; and every page passes axe."""

import os
import shutil
from pathlib import Path

import pytest

from liencap.testing import PASSWORD, make_cast
from tests.browsing import measured

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on PATH; tools/install_chromium.sh brings one"),
]
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def page(live_server, monkeypatch):
    """Open a browser on a device that holds passkeys; the console must stay silent."""
    import axe_playwright_python

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    axe = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        page = browser.new_context(base_url=live_server.url, locale="en-GB").new_page()
        page.context.add_cookies([{"name": "language", "value": "en", "url": live_server.url}])
        page.set_default_timeout(15_000)
        page.complaints, page.axe = [], axe
        page.on("console", lambda said: said.type == "error" and page.complaints.append(said.text))
        page.device = page.context.new_cdp_session(page)
        page.device.send("WebAuthn.enable")
        page.key = page.device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})[
            "authenticatorId"
        ]
        yield page
        assert not page.complaints
        browser.close()


def looked_at(page):
    """Fail on what axe calls serious, and on a page wider than a phone."""
    for width in (1440, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert measured(page, "document.documentElement.scrollWidth") <= width, page.url
        assert page.evaluate("[...document.images].every((image) => image.naturalWidth > 0)"), page.url
        page.evaluate(page.axe)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        assert not [
            (page.url, v["id"], v["nodes"][0]["html"][:160])
            for v in found
            if v["impact"] in ("serious", "critical")
        ]
    page.set_viewport_size({"width": 1440, "height": 800})
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{page.url.split('/', 3)[3].replace('/', '_') or 'home'}.png")


def sign_in(page, member):
    page.goto("/sign-in/?next=/account/")
    page.fill("[name=name]", member.login)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")


def sign_out(page):
    page.context.clear_cookies(name="sessionid")


def add_passkey(page, alone=True):
    page.goto("/account/passkeys/add/")
    page.fill("[name=name]", "Reception desk")
    page.set_checked("[name=passwordless]", alone)
    looked_at(page)
    page.click("#passkey_add")
    page.wait_for_url("**/account/codes/")


def test_a_passkey_is_added_and_opens_the_account_alone(page):
    officer = make_cast().officer
    sign_in(page, officer)
    page.wait_for_url(lambda url: url.endswith("/account/") and "sign-in" not in url)
    looked_at(page)
    add_passkey(page)
    assert page.locator("main li.col").count() == 10
    looked_at(page)
    page.goto("/account/")
    assert "Reception desk" in page.text_content("main")
    looked_at(page)
    sign_out(page)
    page.goto("/sign-in/?next=/password/")
    looked_at(page)
    page.click("#passkey_login")
    page.wait_for_url(lambda url: url.endswith("/password/") and "sign-in" not in url)
    page.goto("/account/")
    assert officer.login in page.text_content("main")
    # Whoever came by passkey confirms by it too.
    page.goto("/account/codes/new/")
    assert "/account/confirm/" in page.url
    looked_at(page)
    page.click("a[href*='/confirm/passkey/']")
    page.wait_for_url("**/confirm/passkey/**")
    looked_at(page)
    page.click("#passkey_confirm")
    page.wait_for_url(lambda url: url.endswith("/codes/new/") and "confirm" not in url)
    looked_at(page)


def test_a_passkey_is_the_second_step_after_the_password(page):
    officer = make_cast().officer
    sign_in(page, officer)
    page.wait_for_url(lambda url: url.endswith("/account/") and "sign-in" not in url)
    add_passkey(page, alone=False)
    page.goto("/account/app/")
    looked_at(page)
    sign_out(page)
    sign_in(page, officer)
    page.wait_for_url("**/sign-in/second/")
    looked_at(page)
    page.click("#passkey_second")
    page.wait_for_url(lambda url: url.endswith("/account/") and "sign-in" not in url)
    page.click("text=Remove")
    page.wait_for_url("**/remove/**")
    looked_at(page)


def test_a_device_that_refuses_is_said_on_the_page(page):
    sign_in(page, make_cast().officer)
    page.wait_for_url(lambda url: url.endswith("/account/") and "sign-in" not in url)
    add_passkey(page)
    sign_out(page)
    page.device.send("WebAuthn.setUserVerified", {"authenticatorId": page.key, "isUserVerified": False})
    page.goto("/sign-in/")
    page.click("#passkey_login")
    page.wait_for_selector("#passkey-error:visible")
