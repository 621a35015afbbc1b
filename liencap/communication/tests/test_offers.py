"""What the room gives to calendar, reminders, search and the pages of others."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from liencap.communication import panels
from liencap.communication.actions import (
    answer_questions,
    cancel_item,
    cancel_session,
    move_session,
    plan_session,
    record_done,
    record_held,
)
from liencap.communication.content import Attendance, SessionWords
from liencap.communication.models import Question
from liencap.communication.offers import duties, events, search
from liencap.communication.tests.scene import COMMUNES, handed, make_item, make_study, share_of, soon
from liencap.programmes.queries import Rule
from liencap.testing import make_cast
from liencap.units.access import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


def of(seat, days=60):
    return {event.uid: event for event in events(seat, soon(-days), soon(days))}


def test_events_are_those_of_the_seats_unit_keep_their_uid_and_say_what_moved(cast):
    study = handed(cast, make_study(cast))
    session = plan_session(share_of(study, cast.a), SessionWords(soon(2)), actor=cast.officer.actor)
    uid = f"communication-session-{session.pk}"
    before = of(cast.officer.seat)[uid]
    assert before.since == soon(2)
    move_session(session, SessionWords(soon(4)), reason="bận", actor=cast.officer.actor)
    moved = of(cast.officer.seat)[uid]
    assert (moved.since, moved.cancelled) == (soon(4), False)
    assert moved.changed > before.changed
    cancel_session(session, reason="bão", actor=cast.officer.actor)
    assert of(cast.officer.seat)[uid].cancelled
    assert uid not in of(cast.neighbour.seat)
    assert len(of(cast.neighbour.seat)) == 1
    cancel_item(study, reason="đổi", actor=cast.chief.actor)
    assert all(event.cancelled for event in of(cast.neighbour.seat).values())
    assert not list(events(cast.officer.seat, soon(30), soon(60)))


def test_duties_are_what_is_open_and_end_when_it_is_done(cast, django_assert_num_queries):
    item = handed(cast, make_item(cast))
    with django_assert_num_queries(2):
        found = list(duties(today(), soon(30)))
    assert {(duty.unit_id, duty.due) for duty in found} == {(cast.a.pk, soon()), (cast.b.pk, soon())}
    record_done(share_of(item, cast.a), on=today(), where="loa", actor=cast.officer.actor)
    assert [duty.unit_id for duty in duties(today(), soon(30))] == [cast.b.pk]
    assert not list(duties(today(), soon(5)))
    cancel_item(item, reason="đổi", actor=cast.chief.actor)
    assert not list(duties(today(), soon(30)))


def test_search_finds_lines_and_answers_with_and_without_marks_within_what_one_may_see(cast):
    item = handed(cast, make_item(cast), Rule(codes=("A",)))
    other = make_item(cast, title="Giới thiệu luật mới", message="")
    for words in ("Luật Hợp tác xã", "luat hop tac xa"):
        assert [hit.title for hit in search(cast.officer.actor, words, 5)] == [item.title]
    assert [h.title for h in search(cast.chief.actor, "luật", 5)] == [other.title, item.title]
    assert search(cast.chief.actor, "  ", 5) == []
    for who in (cast.neighbour, cast.stranger):
        assert search(who.actor, "luat", 5) == []
    study = handed(cast, make_study(cast))
    seen = Attendance(4, 3, questions=("Ai giữ sổ?",))
    record_held(share_of(study, cast.a), SessionWords(today()), seen, actor=cast.officer.actor)
    said = {"question": "Ai giữ sổ quỹ?", "text": "Kế toán giữ."}
    answer_questions(list(Question.objects.all()), **said, actor=cast.chief.actor)
    (hit,) = search(cast.neighbour.actor, "ke toan giu", 5)
    assert (hit.title, hit.excerpt) == ("Ai giữ sổ quỹ?", "Kế toán giữ.")
    assert not search(cast.stranger.actor, "ke toan giu", 5)


def request_of(member):
    request = RequestFactory().get("/")
    request.actor, request.seat = member.actor, member.seat
    return request


def test_panels_show_what_is_open_and_members_only_what_is_issued(cast):
    make_item(cast, title="Bản nháp")
    item = handed(cast, make_item(cast, title="Đã giao"))
    study = handed(cast, make_study(cast))
    session = plan_session(share_of(study, cast.a), SessionWords(soon(2)), actor=cast.officer.actor)
    home = panels.for_home(request_of(cast.officer), cast.officer.seat)
    assert {share.item for share in home["rows"]} == {item, study}
    over = panels.for_handover(request_of(cast.officer), cast.officer.seat)
    assert over["sessions"] == [session]
    assert [d.title for d in panels.for_handover(request_of(cast.chief), cast.chief.seat)["drafts"]] == [
        "Bản nháp"
    ]
    member = panels.for_member(request_of(cast.stranger), cast.a)
    assert ([s.item for s in member["rows"]], member["sessions"]) == ([item], [session])
    assert panels.for_member(request_of(cast.stranger), cast.other_province) is None
    assert panels.for_unit(request_of(cast.stranger), cast.a) is None
    assert panels.for_unit(request_of(cast.officer), cast.a)["rows"]


def test_panels_stand_on_their_pages(cast):
    handed(cast, make_item(cast), COMMUNES)
    client = cast.officer.client()
    assert "Giới thiệu Luật Hợp tác xã" in client.get("/").content.decode()
    page = client.get(reverse("units:detail", args=[cast.a.pk]))
    assert "Giới thiệu Luật Hợp tác xã" in page.content.decode()
