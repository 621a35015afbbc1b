"""Who is told what, who sees it, and when it is over."""

import datetime

import pytest
from django.urls import reverse

from liencap.audit.actor import SYSTEM
from liencap.notices.actions import Message, notify, settle
from liencap.notices.models import Notice
from liencap.notices.queries import unread_of
from liencap.notices.tests.scene import clock, moment, of, tell
from liencap.programmes.apps import ProgrammesConfig
from liencap.testing import make_cast
from liencap.units.actions import appoint, end_appointment, enter_person, found_seat, found_unit, link_user
from liencap.units.models import Appointment, Role, Tier

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 1, 1)


@pytest.fixture
def cast():
    return make_cast()


def listed(member, show="open"):
    return member.client().get(reverse("notices:list"), {"show": show})


def test_only_the_seats_of_the_unit_that_carry_the_right_are_told(cast):
    assert tell(cast.a) == 1
    assert len(of(cast.officer)) == 1
    for who in (cast.chief, cast.neighbour, cast.reader, cast.root):
        assert of(who) == []
    assert "Kế hoạch năm" in listed(cast.officer).content.decode()
    assert "Kế hoạch năm" not in listed(cast.reader).content.decode()
    assert "Kế hoạch năm" not in listed(cast.neighbour).content.decode()
    assert listed(cast.stranger).status_code == 404


def test_nobody_is_told_what_they_did_themselves(cast):
    assert tell(cast.a, actor=cast.officer.actor) == 0


def test_the_same_thing_is_one_notice_that_becomes_unread_again(cast):
    tell(cast.a, due=datetime.date(2026, 7, 1))
    Notice.objects.update(unread=False)
    assert tell(cast.a, due=datetime.date(2026, 8, 1)) == 1
    (notice,) = of(cast.officer)
    assert (notice.unread, notice.times, notice.due) == (True, 2, datetime.date(2026, 8, 1))
    assert tell(cast.a, due=datetime.date(2026, 8, 1)) == 0, "unread already, with nothing new to say"


def test_a_notice_is_said_in_the_language_of_its_reader(cast):
    word, member = ProgrammesConfig.card.permissions["programme.view"], cast.officer
    message = Message(cast.a.pk, "x-1", word, "/", "programme.receive", word=word)
    notify("reminder", [message], actor=SYSTEM, to_do=True)
    pages = {}
    for language in ("vi", "en"):
        client = member.client()
        client.cookies["language"] = language
        pages[language] = client.get(reverse("notices:list")).content.decode()
    assert "See programmes and assignments" in pages["en"]
    assert "See programmes and assignments" not in pages["vi"]
    assert "Xem chương trình" in pages["vi"]


def test_what_is_done_is_over_for_the_named_units_alone(cast):
    tell(cast.a)
    tell(cast.b)
    assert settle(["thing-1"], actor=SYSTEM, units=[cast.a.pk]) == 1
    assert not of(cast.officer)[0].is_open
    assert of(cast.neighbour)[0].is_open
    assert unread_of(cast.officer.seat) == 0
    assert tell(cast.a) == 1, "the same thing, to be done once more"
    assert of(cast.officer)[0].is_open


def test_a_former_holder_sees_nothing_and_the_successor_what_is_open(cast):
    tell(cast.a, "open-1", title="Còn phải làm")
    tell(cast.a, "done-1", title="Đã xong từ trước")
    settle(["done-1"], actor=SYSTEM)
    Notice.objects.update(at=moment(1, month=1))
    tell(cast.a, "known-1", title="Chỉ để biết", to_do=False)
    pk = Notice.objects.get(key="open-1").pk
    former, held = cast.officer.client(), Appointment.objects.get(seat=cast.officer.seat)
    assert former.get(reverse("notices:notice", args=[pk])).status_code == 200
    today = datetime.date(2026, 6, 1)
    with clock(moment(1)):
        end_appointment(held, until=today, actor=SYSTEM)
        person = enter_person("Người kế nhiệm", unit=cast.a, actor=SYSTEM)
        link_user(person, cast.stranger.actor.user_id, unit=cast.a, actor=SYSTEM)
        appoint(person, cast.officer.seat, since=today, actor=SYSTEM)
        assert former.get(reverse("notices:notice", args=[pk])).status_code == 404
        assert former.post(reverse("notices:open", args=[pk])).status_code == 404
        assert former.get(reverse("notices:list")).status_code == 404
        assert "bg-red" not in former.get("/").content.decode(), "no bell without a seat"
        page = listed(cast.stranger, "all").content.decode()
    assert "Còn phải làm" in page
    assert "Đã xong từ trước" not in page


def test_a_role_that_lost_the_right_hides_the_notice_and_its_number(cast):
    tell(cast.a)
    role = cast.officer.seat.role
    role.own, role.below = [], [p for p in role.below if p != "programme.receive"]
    role.save()
    cast.officer.seat.refresh_from_db()
    assert "Kế hoạch năm" not in listed(cast.officer, "all").content.decode()
    assert unread_of(cast.officer.seat) == 0
    assert (
        cast.officer.client().get(reverse("notices:notice", args=[of(cast.officer)[0].pk])).status_code == 404
    )


def test_a_notice_about_a_unit_below_hides_when_the_unit_is_not_below_any_more(cast):
    tell(cast.province, about=cast.a.pk)
    assert unread_of(cast.chief.seat) == 1
    cast.a.path = cast.other_province.path + cast.a.path[-4:]
    cast.a.save()
    assert unread_of(cast.chief.seat) == 0


def test_a_seat_that_has_ended_is_told_nothing(cast):
    cast.officer.seat.until = DAY
    cast.officer.seat.save()
    assert tell(cast.a) == 0


def test_a_vacant_seat_is_told_for_who_comes(cast):
    role, tier = Role.objects.get(code="head"), Tier.objects.get(code="commune")
    unit = found_unit("V", "Xã Trống", tier=tier, parent=cast.province, since=DAY, actor=SYSTEM)
    found_seat(role, unit, key="V-head", actor=SYSTEM)
    assert tell(unit) == 1


def test_a_thousand_units_are_told_in_few_queries(cast, django_assert_max_num_queries):
    messages = [Message(cast.a.pk, f"t-{n}", "x", "/", "programme.receive") for n in range(400)]
    messages += [Message(cast.b.pk, f"t-{n}", "x", "/", "programme.receive") for n in range(400)]
    with django_assert_max_num_queries(18):
        assert notify("reminder", messages, actor=SYSTEM, to_do=True) == 800


def test_a_title_of_code_is_shown_as_words(cast):
    tell(cast.a, title="<script>alert(1)</script>")
    page = listed(cast.officer).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
