"""On a phone the line is cut: a returned report is mended, signed and sent once; nothing is overwritten."""

import re

import pytest
from django.core.signals import request_started

from liencap.reports.actions import return_report
from liencap.reports.models import Delivery, Draft, Report, ReportVersion
from liencap.reports.proof import check_totals
from liencap.reports.queries import content_of
from liencap.reports.tests import scene
from tests.test_journey import NARROW, cast, chromium, pytestmark, sync_api, vietnamese, visit

__all__ = ["cast", "chromium", "pytestmark", "vietnamese", "visit"]  # the fixtures of the journey
KEPT = "caches.open('liencap-pages-1').then((c) => c.match(location.pathname)).then(Boolean)"
KEYS = """new Promise((done) => { const asked = indexedDB.open('liencap', 1); asked.onsuccess = () => {
  const base = asked.result, all = base.transaction('keys').objectStore('keys').getAllKeys();
  all.onsuccess = () => { base.close(); done(all.result.length); }; }; })"""


@pytest.fixture
def returned(cast):
    """Let A have sent its report and got one task of it back."""
    period = scene.make_period(cast)
    scene.send(period, cast.a, cast.officer, "4", text="Đã mở một lớp")
    report = scene.report_of(period, cast.a)
    task = scene.tasks_of(report.obligation)[0]
    return_report(report, n=1, reason="Nêu rõ số người dự", tasks=[task], actor=cast.chief.actor)
    return period, report, task


def open_form(who, report):
    """Open the report form and wait until the phone keeps it."""
    who.page.goto(f"/reports/{report.pk}/write/")
    for _ in range(100):
        if who.page.evaluate(KEPT):
            return
        who.page.wait_for_timeout(200)
    raise AssertionError(
        (
            "the form is not kept on the device",
            who.complaints,
            who.page.evaluate('document.getElementById("device")?.outerHTML + Boolean(window.crypto.subtle)'),
        )
    )


def cut(who):
    """Cut the line; what the console says of it is no complaint. Whatever reaches the server meanwhile is heard."""
    who.context.set_offline(True)
    who.cut, who.heard = True, []

    def hear(environ=None, **_more):
        who.heard.append(environ and environ.get("PATH_INFO"))

    who.hear = hear  # kept, for signals hold their listeners weakly
    request_started.connect(hear)


def mend(who):
    """Join the line again: nothing came through while it was cut, not by the service worker either."""
    request_started.disconnect(who.hear)
    # The browser itself looks for a newer script of the service worker, past the cut; it carries nothing.
    assert set(who.heard) <= {"/reports/worker.js"}, "the line was not cut"
    who.context.set_offline(False)


def sound(who, name):
    who.complaints = [
        c for c in who.complaints if not re.search("ERR_INTERNET|ERR_FAILED|htmx:sendError|409", c)
    ]
    who.sound(name)


def test_one_item_comes_back_and_is_sent_anew_with_the_line_cut_in_between(cast, returned, visit):
    period, report, task = returned
    phone = visit(NARROW)
    phone.known_as(cast.officer)
    open_form(phone, report)
    phone.says("Nêu rõ số người dự")
    phone.says("Hiện chỉ Xã Đông Hà xem được")
    cut(phone)
    field = f"[name=q-{task.pk}-result]"
    phone.page.locator(field).press_sequentially("Đã mở một lớp, 45 người dự", delay=5)
    phone.page.fill(field, "Đã mở một lớp, 45 người dự")
    phone.says("Đã giữ trên thiết bị này, chưa lên máy chủ.")
    sound(phone, "away-kept")
    phone.page.close()
    phone.page = phone.context.new_page()
    phone.page.goto(f"/reports/{report.pk}/write/")
    sync_api.expect(phone.page.locator(field)).to_have_value("Đã mở một lớp, 45 người dự")
    phone.says("chưa lên máy chủ")
    phone.page.get_by_role("button", name="Kiểm tra và gửi").click()
    sound(phone, "away-consent")
    agree = phone.page.get_by_role("button", name="Ký và để chờ gửi")
    sync_api.expect(agree).to_be_disabled()
    phone.page.get_by_label("Tôi đã đọc và ký báo cáo").check()
    agree.click()
    phone.says("Đang chờ gửi trên thiết bị này.")
    sound(phone, "away-waits")
    assert ReportVersion.objects.filter(report=report).count() == 1
    mend(phone)
    phone.page.wait_for_url(re.compile(rf"/reports/{report.pk}/$"))
    phone.says("45 người dự")
    sent = Report.objects.select_related("current").get(pk=report.pk)
    assert (sent.state, sent.current.n) == ("sent", 2)
    assert (
        content_of(sent.current, period.form.cells).passages[task.pk, "result"]
        == "Đã mở một lớp, 45 người dự"
    )
    assert Delivery.objects.get().version == 2
    assert check_totals(period) == []


def test_two_who_wrote_meanwhile_choose_field_by_field_and_signing_out_locks_the_device(
    cast, returned, visit
):
    period, report, task = returned
    second = scene.tasks_of(report.obligation)[1]
    phone = visit(NARROW)
    phone.known_as(cast.officer)
    open_form(phone, report)
    cut(phone)
    phone.page.fill(f"[name=q-{task.pk}-result]", "Từ điện thoại")
    phone.page.fill(f"[name=q-{task.pk}-cause]", "Chỉ điện thoại viết")
    phone.says("chưa lên máy chủ")
    other = scene.content(report, "9", 1, "Từ máy tính")
    other.passages[second.pk, "result"] = "Chỉ máy tính viết"
    scene.save(report, other, cast.officer)
    mend(phone)
    phone.says("Hãy chọn từng ô")
    phone.says("Từ máy tính")
    sound(phone, "away-conflict")
    go = phone.page.get_by_role("button", name="Lấy nội dung đã chọn và lưu")
    sync_api.expect(go).to_be_disabled()
    phone.page.get_by_label("Trên thiết bị này").check()
    go.click()
    # The page's own saving may come before that of what was kept: either is on the server.
    saved = re.compile("đã lên máy chủ|Đã lưu lúc")
    sync_api.expect(phone.page.locator("main")).to_contain_text(saved, timeout=15_000)
    said = content_of(Draft.objects.get(report=report), period.form.cells)
    assert said.passages == {
        (task.pk, "result"): "Từ điện thoại", (task.pk, "cause"): "Chỉ điện thoại viết",
        (second.pk, "result"): "Chỉ máy tính viết",
    }  # fmt: skip
    assert str(said.figures["trees", "value"]) == "9.0"
    assert phone.page.evaluate(KEYS) == 1
    phone.page.evaluate("document.querySelector('form[action$=\"/sign-out/\"]').requestSubmit()")
    phone.page.wait_for_url(re.compile("/sign-in/"))
    assert phone.page.evaluate(KEYS) == 0
    assert (
        phone.page.evaluate("caches.keys().then((names) => names.filter((n) => n.includes('pages')).length)")
        == 0
    )
