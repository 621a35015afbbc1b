"""The ways through the room, page by page: call, write, send, accept; sample, import, sort, carry over."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from liencap.audit.actor import SYSTEM
from liencap.core.reading import read_text
from liencap.documents.actions import finish_reading
from liencap.documents.models import Reading
from liencap.reports.tests.scene import make_programme, report_of
from liencap.reviews.actions import (
    upload_figures,
)
from liencap.reviews.content import OVERALL, from_plain
from liencap.reviews.models import Carried, CodeList, Grade, Review
from liencap.reviews.tests.scene import DUE, answers, of, opened, reported, sent
from liencap.reviews.tests.test_earlier import OLD, filled, trees
from liencap.reviews.tests.test_figures import attach

pytestmark = pytest.mark.django_db


def test_the_whole_way_in_the_browser(cast, clients):
    period = reported(cast)
    root, officer, chief = clients["root"], clients["officer"], clients["chief"]
    tiers = [cast.root_unit.tier_id, cast.province.tier_id, cast.a.tier_id]
    said = {f"due-{pk}": str(DUE) for pk in tiers}
    said |= {"kind": "final", "title": "Tổng kết", "since": "2026-01-01", "until": "2026-06-30"}
    assert root.post(reverse("reviews:new"), said).status_code == 400, "nothing is reviewed"
    said["programmes"] = [period.programme_id]
    assert root.post(reverse("reviews:new"), said | {"under": "nowhere"}).status_code == 400
    assert root.post(reverse("reviews:new"), said).status_code == 302
    review = Review.objects.get()
    tasks = {f"task-{t.pk}": "Công tác hội" for t in period.programme.tasks.all()}
    assert (
        root.post(reverse("reviews:edit", args=[review.pk]), said | {"title": "Tổng kết năm"}).status_code
        == 302
    )
    groups = reverse("reviews:groups", args=[review.pk, review.subjects.get().pk])
    assert root.post(groups, tasks).status_code == 302
    root.post(reverse("reviews:open", args=[review.pk]))
    group, owed = review.groups.get(), of(review, cast.a)
    assert "Tổng kết năm" in officer.get("/").content.decode()
    for url in (
        reverse("reviews:write-whole", args=[owed.pk]),
        reverse("reviews:write-group", args=[owed.pk, group.pk]),
    ):
        revision = of(review, cast.a).revision
        done = officer.post(
            url, {"revision": revision, "grade": "good", "text": "Xong cả", "causes": ["means"]}
        )
        assert done.status_code == 302
        assert officer.post(url, {"revision": revision, "grade": "perfect"}).status_code == 400
    points = {"revision": 2, "lesson-0-text": "Làm sớm", "lesson-0-group": group.pk, "lesson-1-text": ""}
    points |= {
        "lesson-1-group": 0,
        "follow-0-text": "Mở lớp",
        "follow-0-group": 0,
        "follow-0-due": "2027-01-31",
    }
    url = reverse("reviews:write-points", args=[owed.pk])
    assert officer.post(url, points | {"follow-0-due": "soon"}).status_code == 400
    assert officer.post(url, points).status_code == 302
    assert [p.text for p in from_plain(of(review, cast.a).draft).lessons] == ["Làm sớm"]
    assert officer.get(reverse("reviews:send", args=[owed.pk])).status_code == 200
    assert officer.post(reverse("reviews:send", args=[owed.pk]), {"revision": 2}).status_code == 409
    assert officer.post(reverse("reviews:send", args=[owed.pk]), {"revision": 3}).status_code == 302
    assert cast.a.name in chief.get(reverse("reviews:inbox")).content.decode()
    page = chief.get(reverse("reviews:unit", args=[owed.pk])).content.decode()
    assert "Xong cả" in page
    grades = {"n": 1, f"grade-{OVERALL}": "met", f"remark-{OVERALL}": "Còn chậm", f"grade-{group.pk}": "good"}
    assert chief.post(reverse("reviews:accept", args=[owed.pk]), grades).status_code == 302
    page = officer.get(reverse("reviews:unit", args=[owed.pk])).content.decode()
    assert "+1" in page
    assert "Còn chậm" in page
    assert Grade.objects.filter(by="above").count() == 2


def test_a_review_is_returned_in_the_browser(cast, clients):
    review = opened(cast)
    owed = sent(review, cast.a, cast.officer).unit_review
    url = reverse("reviews:return", args=[owed.pk])
    said = {"n": 1, "reason": "Thiếu số", "groups": [review.groups.first().pk]}
    assert clients["chief"].post(url, said).status_code == 302
    assert "Thiếu số" in clients["officer"].get(reverse("reviews:write", args=[owed.pk])).content.decode()


def test_samples_are_drawn_checked_and_drawn_again_in_the_browser(cast, clients):
    review = opened(cast)
    period = review.subjects.get().programme.periods.get()
    for name in "abc":
        attach(report_of(period, cast.a), name)
    owed, chief = of(review, cast.province), clients["chief"]
    url = reverse("reviews:samples", args=[owed.pk])
    assert chief.post(url, {"size": 0}).status_code == 400
    assert clients["reader"].post(url, {"size": 2}).status_code == 404
    assert clients["root"].post(url, {"size": 2}).status_code == 403
    assert chief.post(url, {"size": 2, "seed": "7"}).status_code == 302
    sample = owed.samples.get()
    page = reverse("reviews:sample", args=[sample.pk])
    assert answers(clients, page) == {
        "root": 200, "chief": 200, "officer": 404, "neighbour": 404, "reader": 404, "stranger": 404,
    }  # fmt: skip
    assert chief.get(page, {"again": 1}).context["again"] is True
    check = reverse("reviews:check", args=[sample.pk, sample.items.first().pk])
    found = answers({k: v for k, v in clients.items() if k != "chief"}, check, "post", result="sound")
    assert found == {"root": 403, "officer": 404, "neighbour": 404, "reader": 404, "stranger": 404}
    assert chief.post(check, {"result": "fine"}).status_code == 400
    assert chief.post(check, {"result": "sound"}).status_code == 302
    assert chief.post(reverse("reviews:check", args=[sample.pk, 0]), {"result": "sound"}).status_code == 404


def test_earlier_years_are_imported_in_the_browser(cast, clients):
    owed, chief = of(opened(cast), cast.province), clients["chief"]
    file = SimpleUploadedFile("so-lieu.xlsx", filled(owed, trees(480)))
    upload = reverse("reviews:earlier-upload", args=[owed.pk])
    assert chief.post(upload).status_code == 400
    assert answers(clients, upload, "post")["stranger"] == 404
    assert chief.post(upload, {"file": file}).status_code == 302
    batch = owed.imports.get()
    own = {"root": 404, "chief": 200, "officer": 404, "neighbour": 404, "reader": 404, "stranger": 404}
    assert answers(clients, reverse("reviews:earlier-preview", args=[batch.pk])) == own
    for name in ("reviews:earlier-confirm", "reviews:earlier-drop"):
        url = reverse(name, args=[batch.pk])
        assert answers({k: v for k, v in clients.items() if k != "chief"}, url, "post")["stranger"] == 404
        assert chief.get(url).status_code == 405
    assert chief.post(reverse("reviews:earlier-confirm", args=[batch.pk])).status_code == 302
    assert chief.post(reverse("reviews:earlier-drop", args=[batch.pk])).status_code == 409
    page = chief.get(reverse("reviews:figures", args=[owed.pk])).content.decode()
    assert "480" in page
    bad = upload_figures(owed, filled(owed, trees("sai")), "x.xlsx", actor=cast.chief.actor)
    page = chief.get(reverse("reviews:earlier-preview", args=[bad.pk]), {"state": "error"})
    assert "H3" in page.content.decode()
    chief.post(reverse("reviews:earlier-drop", args=[bad.pk]))


def test_an_old_report_is_added_cut_and_sorted_in_the_browser(cast, clients):
    review = opened(cast)
    owed, chief = of(review, cast.province), clients["chief"]
    add = reverse("reviews:earlier-report", args=[owed.pk])
    assert answers(clients, add, "post")["stranger"] == 404
    assert chief.post(add, {"year": 2025}).status_code == 400
    assert (
        chief.post(add, {"year": 2025, "file": SimpleUploadedFile("cu.txt", OLD.encode())}).status_code == 302
    )
    old = owed.old_reports.get()
    url, cut = reverse("reviews:old", args=[old.pk]), reverse("reviews:old-cut", args=[old.pk])
    own = {"root": 404, "chief": 200, "officer": 404, "neighbour": 404, "reader": 404, "stranger": 404}
    assert answers(clients, url) == own
    assert chief.post(cut).status_code == 409
    finish_reading(Reading.objects.get(version=old.version), read_text(OLD).as_dict(), actor=SYSTEM)
    assert chief.get(url).status_code == 200
    assert answers({"stranger": clients["stranger"]}, cut, "post") == {"stranger": 404}
    chief.post(cut)
    first = old.passages.first()
    group = review.groups.first()
    assert chief.post(url, {f"group-{first.pk}": group.pk}).status_code == 302
    assert old.passages.get(group=group) == first
    page = chief.get(reverse("reviews:write-group", args=[owed.pk, group.pk])).content.decode()
    assert first.text in page
    assert chief.get(reverse("reviews:earlier", args=[owed.pk])).context["passages"] == (1, 1)
    chief.post(url, {f"group-{first.pk}": ""})
    assert not old.passages.filter(group__isnull=False).exists()


def test_follow_ups_are_carried_over_in_the_browser(cast, clients):
    review = opened(cast)
    owed = of(review, cast.root_unit)
    carry = reverse("reviews:carry", args=[owed.pk])
    assert clients["root"].get(carry).status_code == 404, "not sent yet"
    version = sent(review, cast.root_unit, cast.root)
    assert clients["root"].get(carry).status_code == 200
    coming = make_programme(cast.root_unit)
    first = reverse("reviews:first-page", args=[coming.pk])
    assert clients["root"].get(first).status_code == 404
    said = {"programme": coming.pk, "follow_ups": [version.follow_ups.get().pk]}
    assert (
        answers({k: v for k, v in clients.items() if k != "root"}, carry, "post", **said)["stranger"] == 404
    )
    assert clients["root"].post(carry, said).status_code == 302
    assert answers(clients, first) == dict.fromkeys(clients, 404) | {"root": 200}
    printed = reverse("reviews:first-page-print", args=[coming.pk, "docx"])
    assert clients["root"].get(printed).content.startswith(b"PK")
    assert clients["stranger"].get(printed).status_code == 404
    carried = Carried.objects.get()
    take, leave = (
        reverse(name, args=[carried.pk]) for name in ("reviews:carried-take", "reviews:carried-leave")
    )
    assert answers({k: v for k, v in clients.items() if k != "root"}, take)["stranger"] == 404
    assert clients["stranger"].post(leave).status_code == 404
    assert clients["root"].post(leave, {"reason": ""}).status_code == 400
    assert clients["root"].post(take, {"text": ""}).status_code == 400
    assert clients["root"].post(take, {"text": "Mở thêm lớp"}).status_code == 302
    carried.refresh_from_db()
    again = clients["root"].get(carry, headers={"accept-language": "en"})
    assert "Proposed already" in again.content.decode(), "what was proposed is shown, not offered again"
    assert f'value="{said["follow_ups"][0]}"' not in again.content.decode()
    assert again.context["form"].initial["programme"] == coming.pk
    page = clients["root"].get(reverse("programmes:task", args=[carried.task_id])).content.decode()
    assert reverse("reviews:unit", args=[owed.pk]) in page
    page = clients["root"].get(reverse("programmes:detail", args=[coming.pk])).content.decode()
    assert first in page


def test_codes_are_kept_with_their_codes_in_the_browser(cast, clients):
    url = reverse("reviews:codes")
    said = {"grades": "Hoàn thành tốt | Good\nKhông đạt", "causes": "Thời tiết"}
    assert clients["root"].post(url, said | {"grades": "Một"}).status_code == 400
    assert clients["root"].post(url, said).status_code == 302
    made = CodeList.objects.get()
    assert [(g["code"], g["value"]) for g in made.grades] == [("good", 2), ("g1", 1)]
    assert "Thời tiết" in clients["officer"].get(url).content.decode()
