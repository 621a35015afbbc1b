"""A draft is sent for comments, each is answered, the next draft shows what changed, a body adopts it."""

import datetime
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from liencap.documents.models import Document
from liencap.errors import DomainError, NotAllowed
from liencap.notices.models import Notice
from liencap.reports.actions import compose_task
from liencap.reports.issuing.actions import (
    Asked,
    agree_to_draft,
    answer_comment,
    close_round,
    comment_on_draft,
    send_draft,
)
from liencap.reports.issuing.queries import comments_on
from liencap.reports.issuing.tests.scene import LATER, composed, published, sent
from liencap.reports.models import DraftComment, DraftRound
from liencap.reports.tests.scene import accept, send
from liencap.units.models import Body, Seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(cast):
    return composed(cast)


def page(member, name, *args) -> str:
    answer = member.client().get(reverse(name, args=args))
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_draft_is_sent_commented_on_by_section_answered_and_adopted(cast, made):
    period, report = made
    chief, officer = cast.chief.client(), cast.officer.client()
    task = period.programme.tasks.first()
    assert "Gửi dự thảo" in page(cast.chief, "reports:consolidated", report.pk)
    typed = {"revision": 1, "due": "2100-01-01", "everybody": "on", "note": "Xin góp ý."}
    answer = chief.post(reverse("reports:draft-send", args=[report.pk]), typed)
    round_ = DraftRound.objects.get()
    assert answer["Location"] == reverse("reports:draft", args=[round_.pk])
    assert {one.unit_id for one in round_.recipients.all()} == {cast.a.pk, cast.b.pk}
    url = reverse("reports:draft", args=[round_.pk])
    assert Notice.objects.open().filter(seat=cast.officer.seat, url=url).exists()
    assert url in page(cast.officer, "home")
    assert "Xin góp ý." in page(cast.officer, "reports:draft", round_.pk)
    who = round_.recipients.get(unit=cast.a)
    said = {"recipient": who.pk, "task": task.pk, "text": "Nên nêu rõ số lớp."}
    assert officer.post(url, said).status_code == 302
    assert not Notice.objects.open().filter(seat=cast.officer.seat, url=url).exists()
    with pytest.raises(DomainError) as out:
        published(cast, report)
    assert out.value.code == "draft-out"
    close_round(round_, actor=cast.chief.actor)
    with pytest.raises(DomainError) as open_:
        published(cast, report)
    assert open_.value.code == "comments-open"
    comment = DraftComment.objects.get()
    there = reverse("reports:comment-answer", args=[comment.pk])
    assert chief.post(there, {"answer": "partly", "reason": ""}).status_code == 400
    assert chief.post(there, {"answer": "partly", "reason": "Bảng đã có."}).status_code == 302
    assert "Bảng đã có." in page(cast.officer, "reports:draft", round_.pk)
    typed = {
        "body": "Ban chấp hành",
        "day": "2026-04-01",
        "votes_for": 11,
        "votes_against": 1,
        "minutes": "03/BB",
    }
    assert chief.post(reverse("reports:adopt", args=[report.pk]), typed).status_code == 302
    assert "Ban chấp hành" in page(cast.chief, "reports:consolidated", report.pk)
    done = published(cast, report)
    assert "Ban chấp hành" in done.values["bases"][1]
    assert "03/BB" in page(cast.root, "reports:consolidated", done.pk)


def test_the_second_draft_shows_what_changed_and_both_stay_as_they_were(cast, made, papers):
    period, report = made
    first = sent(cast, report)
    words = page(cast.officer, "reports:draft", first.pk)
    close_round(first, actor=cast.chief.actor)
    compose_task(
        report, period.programme.tasks.first(), "Đã mở 21 lớp.", {}, revision=1, actor=cast.chief.actor
    )
    second = sent(cast, report)
    assert (second.n, second.version.document_id) == (2, first.version.document_id)
    changed = page(cast.officer, "reports:draft-changes", second.pk)
    assert "Đã mở 21 lớp." in changed
    assert "con số" in changed.lower()
    assert "Đã mở 21 lớp." not in words
    assert "Đã mở 21 lớp." not in page(cast.officer, "reports:draft", first.pk)
    docx = cast.officer.client().get(reverse("reports:draft-file", args=[second.pk, "docx"])).content
    xml = zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()
    assert "DỰ THẢO BÁO CÁO LẦN 2" in xml
    first.refresh_from_db()
    assert first.values["title"] != second.values["title"]


def test_seats_above_and_strangers_see_nothing_of_a_draft(cast, made):
    _period, report = made
    round_ = sent(cast, report)
    for name, args in (
        ("reports:draft", (round_.pk,)), ("reports:draft-file", (round_.pk, "pdf")),
        ("reports:draft-changes", (round_.pk,)),
    ):  # fmt: skip
        for who in (cast.root, cast.neighbour, cast.stranger):
            assert who.client().get(reverse(name, args=args)).status_code == 404, (name, who.login)
    document = Document.objects.get(draft=True)
    for who in (cast.root, cast.chief):
        assert who.client().get(reverse("documents:detail", args=[document.pk])).status_code == 404
        assert document.title not in page(who, "documents:list")
    comment = comment_on_draft(round_.recipients.get(unit=cast.a), "Một ý.", actor=cast.officer.actor)
    for name, args in (
        ("reports:draft-agree", (round_.pk,)), ("reports:draft-close", (round_.pk,)),
        ("reports:comment-answer", (comment.pk,)), ("reports:comment-withdraw", (comment.pk,)),
    ):  # fmt: skip
        for who in (cast.root, cast.neighbour, cast.stranger):
            assert who.client().post(reverse(name, args=args)).status_code == 404, (name, who.login)
        assert cast.chief.client().get(reverse(name, args=args)).status_code == 405
    for name in ("reports:draft-send", "reports:adopt", "reports:minutes"):
        for who in (cast.root, cast.neighbour, cast.stranger):
            assert who.client().get(reverse(name, args=[report.pk])).status_code == 404
    assert cast.stranger.client().get(reverse("reports:drafts")).status_code == 404


def test_who_was_only_asked_neither_answers_nor_closes_and_a_reader_does_not_speak_for_the_unit(cast, made):
    _period, report = made
    round_ = sent(cast, report)
    who = round_.recipients.get(unit=cast.a)
    comment = comment_on_draft(who, "Một ý.", actor=cast.officer.actor)
    officer, reader = cast.officer.client(), cast.reader.client()
    assert officer.post(reverse("reports:draft-close", args=[round_.pk])).status_code == 403
    assert (
        officer.post(reverse("reports:comment-answer", args=[comment.pk]), {"answer": "taken"}).status_code
        == 403
    )
    assert reader.get(reverse("reports:draft", args=[round_.pk])).status_code == 200
    assert reader.post(reverse("reports:comment-withdraw", args=[comment.pk])).status_code == 403
    with pytest.raises(NotAllowed):
        comment_on_draft(who, "x", actor=cast.reader.actor)
    with pytest.raises(NotAllowed):
        agree_to_draft(who, actor=cast.neighbour.actor)
    with pytest.raises(NotAllowed):
        answer_comment(comment, "taken", "", actor=cast.root.actor)
    assert officer.post(reverse("reports:comment-withdraw", args=[comment.pk])).status_code == 302
    assert not DraftComment.objects.exists()
    assert officer.post(reverse("reports:draft-agree", args=[round_.pk])).status_code == 302
    who.refresh_from_db()
    assert who.agreed_at is not None


def test_a_seat_and_a_body_are_asked_by_name(cast, made):
    _period, report = made
    body = Body.objects.create(unit=cast.b, name="Ban kiểm tra")
    Seat.objects.filter(pk=cast.neighbour.seat.pk).update(body=body)
    report.refresh_from_db()
    asked = [Asked(cast.b, body=body)]
    round_ = send_draft(report, asked, due=LATER, revision=1, actor=cast.chief.actor)
    assert "Ban kiểm tra" in page(cast.neighbour, "reports:drafts")
    comment = comment_on_draft(round_.recipients.get(), "Đã xem.", actor=cast.neighbour.actor)
    assert comment.by_seat_id == cast.neighbour.seat.pk
    assert cast.officer.client().get(reverse("reports:draft", args=[round_.pk])).status_code == 404


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"asked": []}, "nobody-asked"),
        ({"due": datetime.date(2020, 1, 1)}, "due-past"),
        ({"revision": 9}, "draft-changed"),
    ],
)
def test_what_cannot_be_sent_is_refused_with_a_reason(cast, made, change, code):
    _period, report = made
    said = {"asked": [Asked(cast.a)], "due": LATER, "revision": 1} | change
    with pytest.raises(DomainError) as refused:
        send_draft(report, said["asked"], due=said["due"], revision=said["revision"], actor=cast.chief.actor)
    assert refused.value.code == code
    assert not DraftRound.objects.exists()


def test_a_second_open_round_a_foreign_task_and_a_closed_round_are_refused(cast, made):
    _period, report = made
    round_ = sent(cast, report)
    with pytest.raises(DomainError) as twice:
        sent(cast, report)
    who = round_.recipients.get(unit=cast.a)
    close_round(round_, actor=cast.chief.actor)
    with pytest.raises(DomainError) as late:
        comment_on_draft(who, "x", actor=cast.officer.actor)
    assert (twice.value.code, late.value.code) == ("draft-out", "round-closed")


def test_the_adoption_takes_minutes_as_a_file_and_refuses_half_a_vote(cast, made):
    _period, report = made
    chief, there = cast.chief.client(), reverse("reports:adopt", args=[report.pk])
    typed = {"body": "Ban chấp hành", "day": "2026-04-01"}
    assert chief.post(there, typed).status_code == 400
    assert chief.post(there, typed | {"minutes": "1", "votes_for": 3}).status_code == 400
    assert chief.post(there, typed | {"minutes": "1", "day": "2101-01-01"}).status_code == 400
    file = SimpleUploadedFile("bien-ban.txt", "Biên bản cuộc họp số 3".encode())
    assert chief.post(there, typed | {"file": file}).status_code == 302
    got = chief.get(reverse("reports:minutes", args=[report.pk]))
    assert got.content.decode() == "Biên bản cuộc họp số 3"


def test_a_draft_costs_few_queries_however_many_comments_there_are(cast, made, django_assert_max_num_queries):
    _period, report = made
    round_ = sent(cast, report)
    who = round_.recipients.get(unit=cast.a)
    for n in range(12):
        comment_on_draft(who, f"Ý {n}", actor=cast.officer.actor)
    for member, most in ((cast.chief, 20), (cast.officer, 20)):
        client = member.client()
        with django_assert_max_num_queries(most):
            assert client.get(reverse("reports:draft", args=[round_.pk])).status_code == 200


def test_the_consolidation_screen_costs_under_twenty_queries_whatever_there_is_below(
    cast, made, django_assert_max_num_queries
):
    period, report = made
    client, url = cast.chief.client(), reverse("reports:consolidated", args=[report.pk])
    with django_assert_max_num_queries(19) as few:
        assert client.get(url).status_code == 200
    send(period, cast.b, cast.neighbour, "4", text="Xã B trồng bốn cây.")
    accept(period, cast.b, cast.chief)
    close_round(sent(cast, report), actor=cast.chief.actor)
    sent(cast, report)
    with django_assert_max_num_queries(19) as more:
        assert client.get(url).status_code == 200
    assert len(more) <= len(few) + 1, "one that counts the comments once there are rounds"


def test_what_is_open_and_what_is_said_of_the_whole_stand_first_on_every_database(cast, made):
    period, report = made
    first, task = sent(cast, report), period.programme.tasks.first()
    asked = first.recipients.get(unit=cast.a)
    for text, of in (("Về việc một", task), ("Về cả báo cáo", None)):
        comment = comment_on_draft(asked, text, task=of, actor=cast.officer.actor)
        answer_comment(comment, "taken", "", actor=cast.chief.actor)
    assert [one.text for one in comments_on(first)] == ["Về cả báo cáo", "Về việc một"]
    close_round(first, actor=cast.chief.actor)
    second = sent(cast, report)
    rows = cast.officer.client().get(reverse("reports:drafts")).context["page"]
    assert [one.round_id for one in rows] == [second.pk, first.pk]
