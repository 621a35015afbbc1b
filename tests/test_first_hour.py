"""The first hour in a real browser: from an empty installation to a period in which ten units report, on a phone."""

import re
import shutil

import pytest
from django.conf import settings

from liencap.demo.files import sample_plan
from liencap.founding.code import setup_code
from liencap.reports.models import Obligation
from liencap.units.models import ActivationSlip, Unit
from liencap.work.actions import run_one
from tests.test_journey import NARROW, WIDE, Visitor, chromium, vietnamese, visit  # noqa: F401  # fixtures

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium on PATH"),
]
NAMES = [
    f"Chi nhánh {place}"
    for place in ("Bắc", "Nam", "Đông", "Tây", "Trung", "Biển", "Đồi", "Sông", "Ga", "Chợ")
]


def founded(somebody: Visitor) -> None:
    """Fill the first page."""
    page = somebody.page
    page.goto(f"/founding/begin/?code={setup_code()}")
    somebody.sound("begin")
    page.select_option("[name=kind]", "office")
    page.fill("[name=name]", "Văn phòng Hội Bình Minh")
    page.fill("[name=place]", "Bình Minh")
    page.fill("[name=person]", "Trần Thị Mẫu")
    page.fill("[name=sign_in]", "0900 000 000")
    page.fill("[name=password]", "mot mat khau dai")
    somebody.press("Begin")
    somebody.says("1. Cấp")


def take_units_in(somebody: Visitor) -> None:
    page = somebody.page
    page.fill(
        "[name=lines]",
        "\n".join(f"{name}; Người {n} Mẫu; 09000001{n:02}" for n, name in enumerate(NAMES)),
    )
    somebody.press("Look at the units")
    somebody.says(NAMES[9])
    somebody.press("Import all")
    assert Unit.objects.count() == 11
    somebody.press("Back to the setting up", "link")


def bring_the_plan(somebody: Visitor, folder) -> None:
    page = somebody.page
    plan = folder / "ke-hoach.docx"
    plan.write_bytes(sample_plan())
    page.set_input_files("[name=file]", plan)
    somebody.press("Upload")
    while run_one("test"):
        pass
    somebody.press("Show what was read", "link")
    somebody.press("Check the proposed tasks")
    somebody.press("Confirm the programme")
    assert re.fullmatch(r".*/programmes/\d+/", page.url)
    somebody.press("Back to the setting up", "link")


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_ten_branches_are_set_up_from_nothing_and_owe_their_first_report(visit, tmp_path, width):  # noqa: F811
    head = visit(width)
    founded(head)
    head.press("Do this", "link")  # the tiers
    head.press("Keep the tiers")
    head.page.locator("main a.btn-primary").first.click()  # the units
    head.sound()
    take_units_in(head)
    head.page.locator("main a.btn-primary").first.click()  # slips
    head.sound()
    head.page.locator("main button[form=make]").click()
    head.sound()
    assert ActivationSlip.objects.count() == 10
    head.press("Back to the setting up", "link")
    head.page.locator("main a.btn-primary").first.click()  # the plan
    head.sound()
    bring_the_plan(head, tmp_path)
    head.page.locator("main a.btn-primary").first.click()  # due dates
    head.sound()
    head.press("Give the tasks out and open the period")
    assert Obligation.objects.count() == 10
    head.says("Tiếp theo là gì")
    head.press("Finish the setting up")
    head.page.goto("/founding/begin/")
    assert "/founding/begin/" not in head.page.url, "an organisation is founded once"


def test_the_page_of_an_empty_installation_asks_for_the_code_and_the_door_leads_to_it(visit):  # noqa: F811
    somebody = visit(NARROW, "en")
    somebody.page.goto("/sign-in/")
    somebody.page.get_by_role("link", name="Set it up").click()
    assert somebody.page.get_by_role("heading", name="This installation is not set up yet").is_visible()
    somebody.page.fill("[name=code]", "guessed")
    somebody.page.get_by_role("button", name="Go on").click()
    assert somebody.page.get_by_text("This is not the code.").is_visible()
    somebody.page.fill("[name=code]", setup_code())
    somebody.page.get_by_role("button", name="Go on").click()
    assert somebody.page.get_by_role("heading", name="Set up your organisation").is_visible()
    assert (settings.KEYS / "setup-code").stat().st_mode & 0o077 == 0
