"""Every page of the room and its visitors: who works, who is above, who stands beside, who reads, and a stranger."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from liencap.audit.actor import SYSTEM
from liencap.core.reading import read_text
from liencap.documents.actions import finish_reading
from liencap.documents.models import Reading
from liencap.reports.tests.scene import make_programme, report_of
from liencap.reviews.actions import (
    add_old_report,
    cut_passages,
    draw_sample,
    propose_follow_ups,
    upload_figures,
)
from liencap.reviews.content import OVERALL, from_plain
from liencap.reviews.models import Carried, CodeList, Grade, Review
from liencap.reviews.offers import duties, events
from liencap.reviews.tests.scene import DUE, accepted, called, of, opened, reported, sent, write
from liencap.reviews.tests.test_earlier import OLD, filled, trees
from liencap.reviews.tests.test_figures import attach

pytestmark = pytest.mark.django_db
GET = "get"


@pytest.fixture
def clients(cast):
    names = ("root", "chief", "officer", "neighbour", "reader", "stranger")
    return {name: getattr(cast, name).client() for name in names}


def answers(clients, url, method="get", **data):
    return {name: getattr(client, method)(url, data).status_code for name, client in clients.items()}


@pytest.mark.parametrize(
    ("name", "reader"),
    [("reviews:list", 200), ("reviews:inbox", 200), ("reviews:codes", 403), ("reviews:new", 403)],
)
def test_lists_are_for_who_holds_a_seat(clients, name, reader):
    found = answers(clients, reverse(name))
    assert (found["officer"], found["reader"], found["stranger"]) == (200, reader, 404)


@pytest.mark.parametrize("name", ["reviews:write", "reviews:write-whole", "reviews:write-points", "reviews:send",
                                  "reviews:earlier", "reviews:earlier-sheet"])  # fmt: skip
def test_a_draft_is_its_own_unit_s_alone(cast, clients, name):
    owed = of(opened(cast), cast.a)
    found = answers(clients, reverse(name, args=[owed.pk]))
    assert found == {
        "root": 404,
        "chief": 404,
        "officer": 200,
        "neighbour": 404,
        "reader": 403,
        "stranger": 404,
    }


def test_a_group_and_what_writes_in_a_draft_are_the_unit_s_alone(cast, clients):
    review = opened(cast)
    owed, lines = of(review, cast.a), accepted(review, cast.a, cast.officer, cast.chief).accepted.lessons
    own = {"root": 404, "chief": 404, "officer": 200, "neighbour": 404, "reader": 403, "stranger": 404}
    assert answers(clients, reverse("reviews:write-group", args=[owed.pk, review.groups.first().pk])) == own
    take = reverse("reviews:take", args=[of(review, cast.province).pk, "lesson", lines.get().pk])
    found = answers(clients, take, "post")
    assert found == own | {"officer": 404, "chief": 302, "reader": 404}
    assert answers(clients, take)["chief"] == 405
    assert clients["officer"].get(reverse("reviews:write-group", args=[owed.pk, 10**6])).status_code == 404


@pytest.mark.parametrize("name", ["reviews:unit", "reviews:print"])
def test_what_is_not_sent_is_unseen_above_and_what_is_sent_never_seen_beside(cast, clients, name):
    review = opened(cast)
    owed = write(review, cast.a, cast.officer, text="Chưa ai biết việc này")
    url = reverse(name, args=[owed.pk, "docx"] if name == "reviews:print" else [owed.pk])
    before = answers(clients, url)
    nothing = dict.fromkeys(("root", "chief", "neighbour", "stranger"), 404)
    own = {"officer": 302, "reader": 302} if name == "reviews:unit" else {"officer": 404, "reader": 404}
    assert before == nothing | own
    sent(review, cast.a, cast.officer)
    after = {"root": 200, "chief": 200, "officer": 200, "neighbour": 404, "reader": 200, "stranger": 404}
    assert answers(clients, url) == after


@pytest.mark.parametrize(
    "name", ["reviews:figures", "reviews:timeline", "reviews:standing", "reviews:samples"]
)
def test_what_stands_below_is_seen_by_the_unit_and_above(cast, clients, name):
    owed = of(opened(cast), cast.a)
    found = answers(clients, reverse(name, args=[owed.pk]))
    assert found == {
        "root": 200,
        "chief": 200,
        "officer": 200,
        "neighbour": 404,
        "reader": 200,
        "stranger": 404,
    }


def test_who_writes_finds_the_way_back_to_the_draft_from_every_page_beside_it(cast, clients):
    owed = of(opened(cast), cast.province)
    draft = reverse("reviews:write", args=[owed.pk])
    for name in ("figures", "timeline", "standing", "samples"):
        url = reverse(f"reviews:{name}", args=[owed.pk])
        assert draft in clients["chief"].get(url).content.decode()
        assert draft not in clients["root"].get(url).content.decode()


def test_a_draft_below_shows_nothing_of_its_words_anywhere_above(cast, clients):
    review = opened(cast)
    write(review, cast.a, cast.officer, text="Chưa ai biết việc này")
    for name in ("reviews:figures", "reviews:standing", "reviews:timeline"):
        page = clients["chief"].get(reverse(name, args=[of(review, cast.province).pk]))
        assert "Chưa ai biết" not in page.content.decode()
    group = reverse("reviews:write-group", args=[of(review, cast.province).pk, review.groups.first().pk])
    assert "Chưa ai biết" not in clients["chief"].get(group).content.decode()


@pytest.mark.parametrize(
    "name", ["reviews:review", "reviews:edit", "reviews:open", "reviews:drop", "reviews:close"]
)
def test_a_prepared_review_is_its_own_unit_s_alone(cast, clients, name):
    review = called(cast, reported(cast))
    method = "get" if name in ("reviews:review", "reviews:edit") else "post"
    url = reverse(name, args=[review.pk])
    others = {k: v for k, v in clients.items() if k != "root"}
    assert set(answers(others, url, method).values()) == {404}
    if method == "post":
        assert clients["root"].get(url).status_code == 405
    else:
        assert clients["root"].get(url).status_code == 200
    groups = reverse("reviews:groups", args=[review.pk, review.subjects.get().pk])
    assert clients["root"].get(groups).status_code == 200
    assert clients["stranger"].get(groups).status_code == 404


def test_an_open_review_is_seen_by_who_writes_and_changed_by_its_caller(cast, clients):
    review = opened(cast)
    url = reverse("reviews:review", args=[review.pk])
    assert answers(clients, url) == dict.fromkeys(clients, 200) | {"stranger": 404}
    close = reverse("reviews:close", args=[review.pk])
    assert answers({k: v for k, v in clients.items() if k != "root"}, close, "post") == {
        "chief": 403, "officer": 403, "neighbour": 403, "reader": 403, "stranger": 404,
    }  # fmt: skip
    assert clients["root"].post(close).status_code == 302


def test_answers_are_the_unit_above_s(cast, clients):
    review = opened(cast)
    owed = sent(review, cast.a, cast.officer).unit_review
    for name in ("reviews:accept", "reviews:return"):
        url = reverse(name, args=[owed.pk])
        found = answers({k: v for k, v in clients.items() if k != "chief"}, url, "post")
        assert found == {"root": 403, "officer": 403, "neighbour": 404, "reader": 403, "stranger": 404}
        assert clients["chief"].get(url).status_code == 405
        assert clients["chief"].post(url, {"n": 1}).status_code == 400
    silent = reverse("reviews:accept", args=[of(review, cast.b).pk])
    assert clients["chief"].post(silent, {"n": 1}).status_code == 404


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


def test_pages_cost_the_same_for_many_units(cast, django_assert_max_num_queries):
    review = opened(cast)
    for unit, member in ((cast.a, cast.officer), (cast.b, cast.neighbour)):
        accepted(review, unit, member, cast.chief)
    owed, client = of(review, cast.province), cast.chief.client()
    limits = {"reviews:standing": 22, "reviews:write": 20, "reviews:figures": 20, "reviews:timeline": 20}
    for name, most in limits.items():
        client.get(reverse(name, args=[owed.pk]))
        with django_assert_max_num_queries(most):
            assert client.get(reverse(name, args=[owed.pk])).status_code == 200


def test_duties_end_when_it_is_sent_and_the_day_stands_in_the_calendar(cast):
    review = opened(cast)
    sent(review, cast.a, cast.officer)
    assert {one.unit_id for one in duties(DUE, DUE)} == {
        pk for pk in review.unit_reviews.values_list("unit_id", flat=True) if pk != cast.a.pk
    }
    assert [one.since for one in events(cast.officer.seat, DUE, DUE)] == [DUE]


def test_nothing_of_it_stands_open_to_a_sibling_on_shared_pages(cast, clients):
    review = opened(cast)
    owed = accepted(review, cast.a, cast.officer, cast.chief)
    url = reverse("reviews:unit", args=[owed.pk])
    assert url in clients["chief"].get(reverse("units:detail", args=[cast.a.pk])).content.decode()
    assert clients["neighbour"].get(reverse("units:detail", args=[cast.a.pk])).status_code == 404
    standing = clients["neighbour"].get(reverse("reviews:standing", args=[of(review, cast.b).pk]))
    assert cast.a.name not in standing.content.decode()


def test_a_cut_report_and_a_drawn_sample_belong_to_their_review(cast, clients):
    review = opened(cast)
    old = add_old_report(of(review, cast.province), OLD.encode(), "cu.txt", year=2025, actor=cast.chief.actor)
    finish_reading(Reading.objects.get(version=old.version), read_text(OLD).as_dict(), actor=SYSTEM)
    cut_passages(old, actor=cast.chief.actor)
    attach(report_of(review.subjects.get().programme.periods.get(), cast.a), "a")
    sample = draw_sample(of(review, cast.a), size=1, actor=cast.officer.actor)
    assert clients["chief"].get(reverse("reviews:sample", args=[sample.pk])).status_code == 200
    assert clients["neighbour"].get(reverse("reviews:sample", args=[sample.pk])).status_code == 404
    version = sent(review, cast.root_unit, cast.root)
    assert (
        propose_follow_ups(version.unit_review, make_programme(cast.root_unit), [], actor=cast.root.actor)
        == []
    )
    assert (
        io.BytesIO(
            clients["root"].get(reverse("reviews:print", args=[version.unit_review_id, "pdf"])).content
        ).read(4)
        == b"%PDF"
    )
    assert (
        clients["root"].get(reverse("reviews:print", args=[version.unit_review_id, "exe"])).status_code == 404
    )
