"""A figure is corrected after the report was published: answered by line, carried up, printed as a second edition."""

import pytest

from liencap.reports.actions import begin_consolidated_report, publish_consolidated_report
from liencap.reports.editions.queries import values_of
from liencap.reports.models import ConsolidatedReport, Edition
from liencap.reports.proof import check_totals
from liencap.reports.tests import scene
from tests.test_journey import NARROW, WIDE, cast, chromium, pytestmark, vietnamese, visit

__all__ = ["cast", "chromium", "pytestmark", "vietnamese", "visit"]  # the fixtures of the journey


@pytest.fixture
def published(cast, settings, tmp_path):
    """Publish the province's report of two communes, and let the province have sent its own to the centre."""
    settings.FILES = tmp_path
    period = scene.make_period(cast)
    for unit, member, trees in ((cast.a, cast.officer, "10"), (cast.b, cast.neighbour, "4")):
        scene.send(period, unit, member, trees, text=f"{unit.name} trồng {trees} cây.")
        scene.accept(period, unit, cast.chief)
    scene.send(period, cast.province, cast.chief, "1")
    scene.accept(period, cast.province, cast.root)
    draft = begin_consolidated_report(period, cast.province, actor=cast.chief.actor)
    return publish_consolidated_report(draft, revision=1, actor=cast.chief.actor)


def test_a_correction_after_publication_becomes_a_second_edition(cast, published, visit):
    officer, chief = visit(NARROW), visit(WIDE)
    officer.known_as(cast.officer)
    chief.known_as(cast.chief)
    report = scene.report_of(published.period, cast.a)
    trees = published.period.form.indicators.get(code="trees")
    correct(officer, report.pk, f"f-{trees.pk}-0")
    before = [chief.context.request.get(address(published, kind)).body() for kind in ("pdf", "docx")]
    answer(chief)
    chief.page.goto(f"/reports/consolidated/{published.pk}/")
    chief.says("đã thay đổi từ khi phát hành")
    chief.press("Prepare a new edition")
    chief.says("So với ấn bản 1")
    chief.page.fill("[name=reason]", "Xã Đông Hà đính chính số cây.")
    chief.press("Publish the edition")
    chief.says("Những điểm thay đổi so với ấn bản 1")
    chief.says("Xã Đông Hà đính chính số cây.")
    chief.page.set_viewport_size({"width": NARROW, "height": 800})
    chief.sound("edition")
    edition = Edition.objects.get()
    assert (edition.n, edition.kind) == (2, "full")
    assert values_of(edition.values).sections[-1].tables[0].rows[-2].cells == ("17,5",)
    after = [chief.context.request.get(address(published, kind)).body() for kind in ("pdf", "docx")]
    assert after == before
    assert values_of(ConsolidatedReport.objects.get().values).sections[-1].tables[0].rows[-2].cells == (
        "15,0",
    )
    assert check_totals(published.period) == []


def address(report, kind) -> str:
    return f"/reports/consolidated/{report.pk}/{kind}/"


def correct(officer, pk, field) -> None:
    """Change one figure on the phone and say why."""
    officer.page.goto(f"/reports/{pk}/")
    officer.press("Write a correction", "link")
    officer.page.fill(f"[name={field}]", "12,5")
    officer.press("Check and send…")
    officer.says("10,0")
    officer.page.fill("[name='why-f:trees/value']", "Đếm sót một hàng cây.")
    officer.sound("explain")
    officer.press("Sign and send")
    officer.says("Đếm sót một hàng cây.")


def answer(chief) -> None:
    """Accept the line and send it on to the unit above."""
    chief.page.goto("/reports/corrections/")
    chief.sound("corrections")
    chief.follow("a.list-group-item", "Xã Đông Hà")
    chief.says("Đếm sót một hàng cây.")
    chief.sound("answer")
    chief.press("Answer the correction")
    chief.says("Từ cấp dưới: Số cây")
    chief.sound("carry")
    chief.press("Sign and send on")
    chief.says("Phiên bản 2")


def test_two_clicks_lead_from_the_printed_total_to_the_village(cast, published, visit):
    period = published.period
    draft = begin_consolidated_report(period, cast.root_unit, actor=cast.root.actor)
    whole = publish_consolidated_report(draft, revision=1, actor=cast.root.actor)
    for width in (NARROW, WIDE):
        reader = visit(width)
        reader.known_as(cast.root)
        reader.page.goto(f"/reports/consolidated/{whole.pk}/")
        reader.follow("tr.fw-bold td a", "15,0")
        reader.says("Tỉnh hội Bình Minh")
        reader.press("Every unit, down to the last", "link")
        village = reader.page.locator("main tr", has_text="Xã Đông Hà")
        for words in (
            "10,0",
            "Người ký: Chủ tịch · Xã Đông Hà",
            "Người duyệt: Chủ tịch · Tỉnh hội Bình Minh",
        ):
            assert words in village.inner_text()
        village.get_by_role("link").last.click()
        reader.says("Xã Đông Hà trồng 10 cây.")
        reader.sound("village")
