"""Every page of the room and its visitors: who works, who is above, who stands beside, who reads, and a stranger."""

import io

import pytest
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
)
from liencap.reviews.offers import duties, events
from liencap.reviews.tests.scene import DUE, accepted, answers, called, of, opened, reported, sent, write
from liencap.reviews.tests.test_earlier import OLD
from liencap.reviews.tests.test_figures import attach

pytestmark = pytest.mark.django_db
GET = "get"


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
