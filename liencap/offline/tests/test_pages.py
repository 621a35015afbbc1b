"""Who sees which page of this room, and what the pages say."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from liencap.accounts.models import User
from liencap.offline.models import EnteredFor, Intake
from liencap.offline.tests.scene import (
    book,
    close_account,
    drop,
    filled,
    form_for,
    hand_out,
    make_scene,
    only,
)
from liencap.reports.models import Draft
from liencap.reports.queries import content_of
from liencap.reports.tests import scene
from liencap.testing import member
from liencap.units.models import Role

pytestmark = pytest.mark.django_db
BACKEND = "liencap.accounts.backend.LoginNameBackend"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def made(settings, tmp_path):
    settings.FILES = tmp_path
    cast, period = make_scene()
    return cast, period


def url(name, *args):
    return reverse(name, args=args)


def upload(name, data):
    return SimpleUploadedFile(name, data, XLSX)


def test_each_page_opens_for_its_people_alone(made):
    cast, period = made
    watcher = member("watcher", cast.province, Role.objects.get(code="reader"))
    bundle = hand_out(cast, period)
    intake = drop(cast, ("b.xlsx", filled(form_for(bundle, "an-hoa"))))
    file, report = only(intake), scene.report_of(period, cast.b)
    below = [
        ("get", url("offline:home"), 200, 403, 404), ("post", url("offline:make", period.pk), 302, 403, 404),
        ("get", url("offline:bundle", bundle.pk), 200, 403, 404),
        ("get", url("offline:bundle-file", bundle.pk), 200, 403, 404),
        ("post", url("offline:drop"), 302, 403, 404), ("get", url("offline:intake", intake.pk), 200, 403, 404),
        ("get", url("offline:file", file.pk), 200, 403, 404),
        ("post", url("offline:choose", file.pk), 302, 403, 404),
        ("post", url("offline:book", intake.pk), 400, 403, 404),
        ("post", url("offline:close", intake.pk), 302, 403, 404),
    ]  # fmt: skip
    said = {"deep": "", "language": "vi", "chosen": "0", "agreed": ""}
    for method, path, works, reader, stranger in below:
        for who, expected in ((cast.stranger, stranger), (watcher, reader), (cast.chief, works)):
            data = said | ({"returned": upload("b.xlsx", b"x")} if path.endswith("drop/") else {})
            answer = getattr(who.client(), method)(path, data if method == "post" else None)
            assert answer.status_code == expected, (path, who.login, answer.status_code)
        if "/intakes/" in path or "/files/" in path or "/bundles/" in path:
            for who in (cast.neighbour, cast.officer, cast.root):
                assert getattr(who.client(), method)(path).status_code == 404, (path, who.login)
        if method == "post":
            assert cast.chief.client().get(path).status_code == 405
    for name in ("offline:bundle", "offline:bundle-file", "offline:intake", "offline:file"):
        assert cast.chief.client().get(url(name, 999_999)).status_code == 404
    own = [("get", url("offline:own", report.pk), 200), ("post", url("offline:own-form", report.pk), 200)]
    for method, path, works in own:
        for who, expected in (
            (cast.stranger, 404),
            (cast.officer, 404),
            (cast.chief, 404),
            (cast.neighbour, works),
        ):
            assert getattr(who.client(), method)(path).status_code == expected, (path, who.login)
    assert cast.reader.client().get(url("offline:own", scene.report_of(period, cast.a).pk)).status_code == 403
    assert cast.stranger.client().post(url("offline:fill", file.pk)).status_code == 404


def test_a_former_holder_downloads_nothing(made):
    from liencap.audit.actor import SYSTEM
    from liencap.units.access import today
    from liencap.units.actions import end_appointment
    from liencap.units.models import Appointment

    cast, period = made
    bundle = hand_out(cast, period)
    browser = cast.chief.client()
    assert browser.get(url("offline:bundle-file", bundle.pk)).status_code == 200
    end_appointment(Appointment.objects.get(seat=cast.chief.seat), until=today(), actor=SYSTEM)
    assert browser.get(url("offline:bundle-file", bundle.pk)).status_code == 404


def test_another_holder_of_the_unit_makes_their_own_forms(made):
    cast, period = made
    bundle = hand_out(cast, period)
    deputy = member("deputy", cast.province, Role.objects.get(code="head"))
    assert deputy.client().get(url("offline:bundle-file", bundle.pk)).status_code == 403
    assert deputy.client().get(url("offline:home")).status_code == 200


def test_the_drop_page_names_units_errors_and_reasons_in_few_queries(made, django_assert_max_num_queries):
    cast, period = made
    bundle = hand_out(cast, period)
    bad = {"state": "done", "figure:trees:value": "bảy"}
    intake = drop(cast, ("a", filled(form_for(bundle, "dong-ha"))), ("b", filled(form_for(bundle, "an-hoa"), bad)),
                  ("c", b"x"))  # fmt: skip
    browser = cast.chief.client()
    with django_assert_max_num_queries(22):
        page = browser.get(url("offline:intake", intake.pk)).content.decode()
    for words in ("Xã Đông Hà", "Xã An Hòa", "1 lỗi", "không phải sổ tính Excel", "tài khoản riêng"):
        assert words in page
    wrong = intake.files.get(name="b")
    problems = browser.get(url("offline:file", wrong.pk)).content.decode()
    assert "“bảy” không phải là số từ 0 trở lên." in problems
    assert "Báo cáo!D" in problems
    assert "Số cây" in problems
    with django_assert_max_num_queries(22):
        changes = browser.get(url("offline:file", wrong.pk), {"show": "all"}).content.decode()
    assert "Trồng cây quanh trụ sở" in changes


def test_what_was_entered_is_marked_wherever_the_report_is_shown(made):
    cast, period = made
    close_account(cast.neighbour)
    intake = drop(cast, ("b.xlsx", filled(form_for(hand_out(cast, period), "an-hoa"))))
    place = url("offline:intake", intake.pk)
    assert "Chưa nhập gì" in cast.chief.client().get(place).content.decode()
    book(cast, intake)
    assert "Chưa nhập gì" not in cast.chief.client().get(place).content.decode()
    report = scene.report_of(period, cast.b)
    seen = cast.chief.client().get(url("reports:report", report.pk)).content.decode()
    assert "nhập thay đơn vị" in seen
    assert "Chính đơn vị bạn đã nhập báo cáo này" in seen
    inbox = cast.chief.client().get(url("reports:inbox")).content.decode()
    assert "Được nhập thay đơn vị từ tệp" in inbox
    assert EnteredFor.objects.get().version_id == report.current_id
    own = Client()
    own.force_login(User.objects.get(pk=cast.neighbour.actor.user_id), BACKEND)
    assert "Được nhập thay đơn vị bạn" in own.get("/").content.decode()
    assert "Bản gửi gần nhất do" in own.get(url("reports:write", report.pk)).content.decode()


def test_a_unit_fills_its_draft_by_its_own_workbook(made):
    cast, period = made
    report = scene.report_of(period, cast.a)
    scene.save(report, scene.content(report, "1", 2, "Cũ"), cast.officer)
    browser = cast.officer.client()
    form = browser.post(url("offline:own-form", report.pk))
    assert form["Content-Disposition"] == 'attachment; filename="xa-dong-ha_quy-i.xlsx"'
    back = filled(form.content, {"figure:trees:value": 5, "words": "Mới"})
    answer = browser.post(url("offline:own", report.pk), {"file": upload("x.xlsx", back)})
    file = Intake.objects.get(report=report).files.get()
    assert answer.url == url("offline:file", file.pk)
    page = browser.get(answer.url).content.decode()
    assert "Cũ" in page
    assert "Mới" in page
    assert cast.chief.client().get(answer.url).status_code == 404
    draft = Draft.objects.get(report=report)
    assert str(content_of(draft, period.form.cells).figures["trees", "value"]) == "1.0"
    for bad in ("", "999"):
        refused = browser.post(url("offline:fill", file.pk), {"revision": bad})
        assert refused.status_code in (400, 409)
    assert browser.post(url("offline:fill", file.pk), {"revision": draft.revision}).status_code == 302
    draft.refresh_from_db()
    assert str(content_of(draft, period.form.cells).figures["trees", "value"]) == "5.0"
    file.refresh_from_db()
    assert (file.state, file.content) == ("booked", {})


def test_a_units_own_upload_of_anothers_form_says_so(made):
    cast, period = made
    other = filled(form_for(hand_out(cast, period), "an-hoa"))
    report = scene.report_of(period, cast.a)
    answer = cast.officer.client().post(
        url("offline:own", report.pk), {"file": upload("x.xlsx", other)}, follow=True
    )
    assert "thuộc báo cáo khác" in answer.content.decode()
    assert "An Hòa" not in answer.content.decode()


def test_more_files_than_fit_are_refused_in_words(made):
    cast, _period = made
    files = [SimpleUploadedFile(f"{n}.xlsx", b"x") for n in range(91)]
    answer = cast.chief.client().post(url("offline:drop"), {"returned": files})
    assert answer.status_code == 400
    assert "gộp vào một tệp ZIP" in answer.content.decode()
