"""What a device kept is taken in once, never over others' words, and by nobody but its unit."""

import datetime
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from liencap.audit.actor import SYSTEM
from liencap.audit.models import Entry
from liencap.reports.actions import accept_report, return_report
from liencap.reports.device.actions import KEEP
from liencap.reports.device.keys import key_of, owner_of
from liencap.reports.models import Delivery, Draft, ReportVersion
from liencap.reports.proof import check_totals
from liencap.reports.tests import scene
from liencap.testing import make_cast, member
from liencap.units.models import Role
from liencap.work.actions import enqueue, run_one

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def period(cast):
    return scene.make_period(cast)


def fields(report, **more):
    """Return what the report form holds when every task is done."""
    said = {f"state-{task.pk}": "done" for task in scene.tasks_of(report.obligation)}
    return said | {"key": str(uuid.uuid4()), "revision": "0"} | more


def bring(browser, report, said):
    return browser.post(reverse("reports:deliver", args=[report.pk]), said)


def test_what_is_brought_twice_is_saved_once_and_told_twice(cast, period):
    report, browser = scene.report_of(period, cast.a), cast.officer.client()
    said = fields(report)
    answers = [bring(browser, report, said) for _ in range(3)]
    assert [a.status_code for a in answers] == [200, 200, 200]
    assert answers[0].json() == {"result": "saved", "revision": 1, "version": None, "url": ""}
    assert answers[1].json() == answers[2].json() == answers[0].json()
    assert Draft.objects.get(report=report).revision == 1
    assert Delivery.objects.count() == 1
    assert Entry.objects.filter(action="deliver").count() == 1


def test_a_report_that_waited_is_sent_once_however_often_it_is_brought(cast, period):
    report, browser = scene.report_of(period, cast.a), cast.officer.client()
    said = fields(report, send="1")
    first, again = bring(browser, report, said), bring(browser, report, said)
    assert first.json() == again.json()
    assert first.json()["result"] == "sent"
    assert first.json()["url"] == reverse("reports:report", args=[report.pk])
    assert ReportVersion.objects.filter(report=report).count() == 1
    assert check_totals(period) == []


def test_opening_the_form_and_sending_it_take_few_queries(cast, period, django_assert_max_num_queries):
    """Two hundred officers send in the same minute: each query is one on every machine between them and the table."""
    report, browser = scene.report_of(period, cast.a), cast.officer.client()
    task = scene.tasks_of(report.obligation)[0]
    said = fields(report, send="1") | {f"q-{task.pk}-result": "Xong."}
    with django_assert_max_num_queries(16):
        browser.get(reverse("reports:write", args=[report.pk]))
    with django_assert_max_num_queries(50):
        bring(browser, report, said)
    assert ReportVersion.objects.get().report == report


def test_other_words_under_the_same_key_are_refused(cast, period):
    report, browser = scene.report_of(period, cast.a), cast.officer.client()
    said = fields(report)
    bring(browser, report, said)
    task = scene.tasks_of(report.obligation)[0]
    other = bring(browser, report, said | {f"q-{task.pk}-result": "Khác"})
    assert (other.status_code, other.json()["code"]) == (409, "key-used")
    same_words_other_person = member("vice", cast.a, Role.objects.get(code="head")).client()
    assert bring(same_words_other_person, report, said).status_code == 409


def test_words_that_others_wrote_meanwhile_stand_beside_and_nothing_is_overwritten(cast, period):
    report, browser = scene.report_of(period, cast.a), cast.officer.client()
    scene.save(report, scene.content(report, "4", 1, "Của người khác"), cast.officer)
    task = scene.tasks_of(report.obligation)[0]
    said = fields(report, **{f"q-{task.pk}-result": "Của tôi"})
    answer = bring(browser, report, said)
    assert answer.status_code == 200
    told = answer.json()
    assert (told["result"], told["revision"]) == ("conflict", 1)
    assert told["theirs"][f"q-{task.pk}-result"] == "Của người khác"
    assert Draft.objects.get(report=report).revision == 1
    assert not Delivery.objects.exists()
    mended = bring(browser, report, said | {"revision": "1"})
    assert mended.json()["result"] == "saved"


def test_wrong_numbers_and_fields_asked_no_more_are_named_and_nothing_is_kept(cast, period):
    report, browser = scene.report_of(period, cast.a), cast.officer.client()
    indicator = period.form.indicators.get(code="trees")
    wrong = bring(browser, report, fields(report, **{f"f-{indicator.pk}-0": "bảy"}))
    assert (wrong.status_code, wrong.json()["result"]) == (400, "wrong")
    assert list(wrong.json()["errors"]) == [f"f-{indicator.pk}-0"]
    assert wrong.json()["words"].startswith(f"{indicator}: ")
    gone = bring(browser, report, fields(report, **{"q-999999-result": "Việc đã bỏ"}))
    assert (gone.status_code, gone.json()["result"]) == (400, "changed")
    for broken in ({"key": "x"}, {"revision": ""}, {"revision": "-1"}):
        assert bring(browser, report, fields(report, **broken)).status_code == 400
    assert not Draft.objects.exists()


def test_a_refused_sending_leaves_no_half_behind_and_may_be_brought_again(cast, period):
    report, browser = scene.report_of(period, cast.a), cast.officer.client()
    silent = fields(report, send="1")
    task = scene.tasks_of(report.obligation)[0]
    refused = bring(browser, report, silent | {f"state-{task.pk}": ""})
    assert (refused.status_code, refused.json()["code"]) == (400, "task-silent")
    assert not Draft.objects.exists()
    assert bring(browser, report, silent).json()["result"] == "sent"


def test_who_writes_and_is_no_head_brings_drafts_and_sends_nothing(cast, period):
    role = Role.objects.create(
        code="clerk", name="Văn thư", name_en="Clerk", own=["report.view", "report.fill"]
    )
    report, clerk = scene.report_of(period, cast.a), member("clerk", cast.a, role).client()
    assert bring(clerk, report, fields(report, send="1")).status_code == 403
    assert bring(clerk, report, fields(report)).json()["result"] == "saved"


def test_a_returned_report_reaches_the_device_with_its_reason(cast, period):
    scene.send(period, cast.a, cast.officer)
    report = scene.report_of(period, cast.a)
    return_report(report, n=1, reason="Thiếu số cây", actor=cast.chief.actor)
    told = cast.officer.client().get(reverse("reports:device-news")).json()["reports"]
    assert [(one["report"], one["state"], one["reasons"]) for one in told] == [
        (report.pk, "returned", ["Thiếu số cây"])
    ]
    assert (
        cast.neighbour.client().get(reverse("reports:device-news"), {"r": report.pk}).json()["reports"] == []
    )


def test_news_costs_the_same_for_one_report_and_for_many(cast, period, django_assert_max_num_queries):
    report = scene.report_of(period, cast.a)
    browser = cast.officer.client()
    browser.get(reverse("reports:device-news"))
    with django_assert_max_num_queries(9):
        browser.get(reverse("reports:device-news"), {"r": [report.pk, 7, 8, "x", "9" * 30]})


def test_a_key_is_each_persons_own_and_the_same_at_every_sign_in(cast, period):
    keys = {
        who: who.client().post(reverse("reports:device-key")).json() for who in (cast.officer, cast.neighbour)
    }
    assert keys[cast.officer]["key"] != keys[cast.neighbour]["key"]
    again = cast.officer.client().post(reverse("reports:device-key"))
    assert again.json() == keys[cast.officer]
    assert "no-store" in again["Cache-Control"]
    user = cast.officer.actor.user_id
    assert again.json() == {"owner": owner_of(user), "key": key_of(user)}
    assert key_of(user) not in cast.officer.client().get("/").content.decode()


def test_a_stranger_a_sibling_and_a_reader_bring_nothing(cast, period):
    report = scene.report_of(period, cast.a)
    for who, expected in ((cast.stranger, 404), (cast.neighbour, 404), (cast.chief, 404), (cast.reader, 403)):
        assert bring(who.client(), report, fields(report)).status_code == expected, who.login
    for name in ("reports:device-key", "reports:device-news"):
        method = "post" if name.endswith("key") else "get"
        assert getattr(cast.stranger.client(), method)(reverse(name)).status_code == 404
    assert cast.stranger.client().get(reverse("reports:device-worker")).status_code == 200
    assert cast.officer.client().get(reverse("reports:deliver", args=[report.pk])).status_code == 405
    assert bring(cast.officer.client(), scene.report_of(period, cast.b), fields(report)).status_code == 404


def test_nothing_is_brought_into_a_closed_period(cast, period):
    from liencap.reports.actions import close_period

    close_period(period, actor=cast.root.actor)
    report = scene.report_of(period, cast.a)
    assert bring(cast.officer.client(), report, fields(report)).json()["code"] == "period-closed"


def test_the_form_says_in_one_line_who_will_see_it_and_when(cast, period):
    page = cast.officer.client().get(reverse("reports:write", args=[scene.report_of(period, cast.a).pk]))
    words = " ".join(page.content.decode().split())
    assert "Hiện chỉ Xã Đông Hà xem được; từ lúc gửi" in words
    assert "Tỉnh hội Bình Minh" in words
    scene.send(period, cast.a, cast.officer)
    accept_report(scene.report_of(period, cast.a), n=1, actor=cast.chief.actor)
    again = cast.officer.client().get(reverse("reports:write", args=[scene.report_of(period, cast.a).pk]))
    assert "data-again" in again.content.decode()


def test_old_keys_are_forgotten_and_what_is_brought_again_is_no_second_report(cast, period):
    report, browser = scene.report_of(period, cast.a), cast.officer.client()
    said = fields(report, send="1")
    bring(browser, report, said)
    bring(browser, report, fields(report, revision="1"))
    old = Delivery.objects.order_by("pk").first()
    Delivery.objects.filter(pk=old.pk).update(at=timezone.now() - KEEP - datetime.timedelta(minutes=1))
    enqueue("forget-deliveries", {}, actor=SYSTEM)
    while run_one("test"):
        pass
    assert not Delivery.objects.filter(pk=old.pk).exists()
    assert Delivery.objects.count() == 1
    assert bring(browser, report, said).json()["result"] == "conflict"
    assert ReportVersion.objects.filter(report=report).count() == 1
