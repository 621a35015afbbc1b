"""Ten units without a network report by file, driven on a phone's screen from the forms to the reports."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from liencap.accounts.models import User
from liencap.audit.actor import SYSTEM
from liencap.offline.models import EnteredFor
from liencap.offline.tests.scene import filled, work
from liencap.reports.actions import open_period
from liencap.reports.models import Report
from liencap.reports.proof import check_totals
from liencap.reports.tests import scene
from liencap.testing import DAY
from liencap.units.actions import found_unit
from tests.test_journey import NARROW, cast, chromium, pytestmark, statuses, sync_api, vietnamese, visit

__all__ = ["cast", "chromium", "pytestmark", "vietnamese", "visit"]  # the fixtures of the journey
NAMES = ("An Bình", "Bình Yên", "Cam Lộ", "Diên Khê", "Hòa Lạc", "Kim Sơn", "Long Điền", "Phú Thịnh")
ANSWERS = {"state": "done", "figure:trees:value": 3, "figure:classes:held": 1, "words": "Đã làm xong."}


@pytest.fixture
def period(cast):
    """Let ten communes of a province owe a report; nobody in them can sign in."""
    new = [
        found_unit(f"N{n}", f"Xã {name}", tier=cast.a.tier, parent=cast.province, since=DAY, actor=SYSTEM)
        for n, name in enumerate(NAMES)
    ]
    programme = scene.make_programme(cast.root_unit)
    scene.assign(programme, cast.province, cast.a, cast.b, *new)
    opened = open_period(scene.plan(programme), actor=cast.root.actor)
    for who in (cast.officer, cast.neighbour, cast.reader):
        User.objects.filter(pk=who.actor.user_id).update(password="!none")
    return opened


def test_ten_units_report_by_file_with_one_damaged_one_duplicate_and_one_foreign(
    cast, period, visit, tmp_path
):
    chief, beside = visit(NARROW), visit(NARROW)
    chief.context.set_default_timeout(60_000)  # writing and reading ten workbooks keeps a small machine busy
    stranger = cast.stranger.client().cookies["sessionid"].value
    beside.context.add_cookies([{"name": "sessionid", "value": stranger, "url": beside.root}])
    chief.sign_in(cast.chief)
    chief.page.goto("/offline/")
    chief.press("Make the forms (ZIP)")
    worked(chief)
    chief.says("10 biểu mẫu")
    chief.sound("bundle")
    bundle = chief.page.url.removeprefix(chief.root)
    assert statuses({"stranger": beside}, f"{bundle}file/") == {"stranger": 404}
    with chief.page.expect_download() as zipped:
        chief.page.get_by_role("link", name="Tải tệp ZIP").click()
    files = spoiled(zipped.value.path().read_bytes(), tmp_path)
    chief.page.goto("/offline/")
    chief.page.set_input_files("[name=returned]", files)
    chief.press("Drop in and look")
    worked(chief)
    chief.sound("intake")
    for words in (
        "Nhập được: 9",
        "Không dùng được: 3",
        "bị hỏng",
        "Trùng với tệp",
        "Đây không phải biểu mẫu",
    ):
        chief.says(words)
    assert statuses({"stranger": beside}, chief.page.url.removeprefix(chief.root)) == {"stranger": 404}
    intake = chief.page.url
    chief.follow("tbody a", "Xã Kim Sơn")
    chief.says("Đã làm xong.")
    chief.sound("file")
    chief.page.goto(intake)
    assert Report.objects.filter(current__isnull=False).count() == 0
    chief.page.locator("button.btn-success").click()
    worked(chief)
    chief.says("Đã nhập: 9")
    mend_the_damaged(chief, files[0], tmp_path)
    assert EnteredFor.objects.filter(had_account=False, by_seat=cast.chief.seat).count() == 10
    assert check_totals(period) == []
    chief.page.goto("/reports/inbox/")
    chief.says("Được nhập thay đơn vị từ tệp")
    chief.follow("tbody a", "Xã Kim Sơn")
    chief.says("Chính đơn vị bạn đã nhập báo cáo này")
    chief.sound("report")


def worked(chief) -> None:
    """Run the jobs while the page does not poll: the test's database has one room for all threads."""
    address = chief.page.url
    chief.page.goto("about:blank")
    work()
    chief.page.goto(address)


def spoiled(data: bytes, folder: Path) -> list[Path]:
    """Fill ten forms under new names; damage one, copy one, and add one that was never handed out."""
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        forms = [filled(made.read(n), ANSWERS) for n in sorted(made.namelist()) if n.endswith(".xlsx")]
    assert len(forms) == 10
    foreign = io.BytesIO()
    openpyxl.Workbook().save(foreign)
    (folder / "good.bytes").write_bytes(forms[0])
    named = {f"{n}.xlsx": form for n, form in enumerate(forms)}
    named["0.xlsx"] = forms[0][: len(forms[0]) // 2]
    named |= {"9 (1).xlsx": forms[9], "luong.xlsx": foreign.getvalue()}
    for name, body in named.items():
        (folder / name).write_bytes(body)
    return [folder / name for name in named]


def mend_the_damaged(chief, damaged: Path, folder: Path) -> None:
    """Drop the damaged file's good copy in by itself and enter it."""
    damaged.write_bytes((folder / "good.bytes").read_bytes())
    chief.page.goto("/offline/")
    chief.page.set_input_files("[name=returned]", damaged)
    chief.press("Drop in and look")
    worked(chief)
    chief.page.locator("button.btn-success").click()
    worked(chief)
    chief.says("Đã nhập: 1")
    sync_api.expect(chief.page.locator("button.btn-success")).to_have_count(0)
