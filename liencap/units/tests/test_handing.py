"""A seat passes to a successor: rights end and begin on the day, what was open is kept; stand-ins; lost access."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from liencap import card
from liencap.accounts.actions import add_device, create_user
from liencap.accounts.models import Device, User
from liencap.accounts.queries import has_way_in
from liencap.audit.actor import SYSTEM, Actor
from liencap.audit.models import Entry
from liencap.documents.models import Document, Reading, Version
from liencap.errors import DomainError
from liencap.reports.tests import scene
from liencap.testing import DAY, PASSWORD, Cast, make_cast
from liencap.units import access, actions, queries
from liencap.units.models import ActivationSlip, Appointment, HandOver, Person, Role, Seat
from liencap.units.panels import events
from liencap.units.protocol import lines_in

pytestmark = pytest.mark.django_db
NEXT = "Đặng Thị Kế"
PAPER = Actor(None, name="slip")


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def later(days: int) -> datetime.date:
    return access.today() + datetime.timedelta(days=days)


def form_for(member, who="new", day=None, **more) -> dict[str, object]:
    held = Appointment.objects.get(seat=member.seat, until=None)
    body = {"seen": held.pk, "who": who, "day": (day or access.today()).isoformat(), "name": NEXT}
    return body | more


def hand_over(client, member, **more):
    return client.post(reverse("units:hand-over", args=[member.seat.pk]), form_for(member, **more))


def move_clock(monkeypatch, days: int) -> None:
    day = later(days)
    for module in ("access", "actions.activation", "actions.handing", "views.handing", "panels"):
        monkeypatch.setattr(f"liencap.units.{module}.today", lambda: day, raising=False)


def test_rights_end_and_begin_in_the_same_moment(cast):
    leaving = cast.officer.client()
    assert leaving.get(reverse("units:detail", args=[cast.a.pk])).status_code == 200
    answer = hand_over(cast.chief.client(), cast.officer, note="Chìa khóa ở văn phòng.", contact="0911000222")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert NEXT in page
    code = ActivationSlip.objects.get()
    assert code.appointment.person.name == NEXT
    assert leaving.get(reverse("units:detail", args=[cast.a.pk])).status_code == 404
    old, new = Appointment.objects.filter(seat=cast.officer.seat).order_by("pk")
    assert (old.until, new.since) == (access.today(), access.today())
    made = HandOver.objects.get()
    assert (made.note, made.made_by_seat_id) == ("Chìa khóa ở văn phòng.", cast.chief.seat.pk)
    assert Entry.objects.filter(action="hand_over", unit_id=cast.a.pk, object_id=made.pk).exists()


@pytest.mark.parametrize("own", [True, False])
def test_the_former_holder_meets_nothing_of_the_seat(cast, own):
    """No address that opened for the seat opens for who held it: pages, files, lists, search."""
    period = scene.make_period(cast)
    report = scene.report_of(period, cast.a)
    scene.send(period, cast.b, cast.neighbour)
    document = Document.objects.create(unit=cast.a, title="Quy chế của chi hội")
    version = Version.objects.create(
        document=document, n=1, sha256="1" * 64, size=1, filename="a.txt", content_kind="txt"
    )
    Reading.objects.create(version=version, state=Reading.State.READ)
    held = period.programme.tasks.first().assignments.get(unit=cast.a)
    opened = [
        reverse("reports:write", args=[report.pk]),
        reverse("reports:report", args=[report.pk]),
        reverse("programmes:assignment", args=[held.pk]),
        reverse("documents:detail", args=[document.pk]),
        reverse("reports:evidence", args=[report.pk, period.programme.tasks.first().pk]),
        reverse("units:detail", args=[cast.a.pk]),
        reverse("units:slips", args=[cast.a.pk]),
        reverse("units:hand-over", args=[cast.officer.seat.pk]),
    ]
    leaving = cast.officer.client()
    # The page of a report that was not sent yet leads on to writing it.
    assert [a for a in opened if leaving.get(a).status_code not in (200, 302)] == []
    hand_over((cast.officer if own else cast.chief).client(), cast.officer)
    opened.append(reverse("documents:original", args=[version.pk]))
    opened.append(reverse("units:protocol", args=[HandOver.objects.get().pk]))
    assert [leaving.get(address).status_code for address in opened] == [404] * len(opened)
    for address in (
        reverse("home"),
        reverse("documents:list"),
        reverse("units:list"),
        reverse("programmes:owed"),
    ):
        page = leaving.get(address, follow=True).content.decode()
        assert "Quy chế" not in page
        assert "Đông Hà" not in page
        assert "Quý I" not in page
    body = {"revision": 0, "send": 1}
    assert leaving.post(reverse("reports:send", args=[report.pk]), body).status_code == 404
    assert leaving.post(reverse("programmes:receive", args=[held.pk])).status_code == 404


def test_what_is_open_is_shown_and_kept(cast):
    period = scene.make_period(cast)
    scene.send(period, cast.a, cast.officer)
    Document.objects.create(unit=cast.province, title="Nghị quyết số 5")
    client = cast.chief.client()
    page = client.get(reverse("units:hand-over", args=[cast.chief.seat.pk])).content.decode()
    for words in ("Nghị quyết số 5", "Quý I", "Mở lớp tập huấn"):
        assert words in page
    answer = hand_over(cast.root.client(), cast.chief)
    assert answer.status_code == 200
    kept = " ".join(line for part in HandOver.objects.get().kept for line in [part["title"], *part["lines"]])
    for words in ("Nghị quyết số 5", "Quý I", "Mở lớp tập huấn", "Xã Đông Hà"):
        assert words in kept
    assert "<" not in kept


def test_the_draft_of_a_report_is_not_shown_above(cast):
    period = scene.make_period(cast)
    report = scene.report_of(period, cast.a)
    scene.save(report, scene.content(report, "77", text="Chưa ai được đọc."), cast.officer)
    page = cast.chief.client().get(reverse("units:hand-over", args=[cast.officer.seat.pk])).content.decode()
    assert "Quý I" in page
    assert "Chưa ai được đọc" not in page


def test_a_planned_hand_over_takes_effect_on_its_day(cast, monkeypatch):
    user = create_user(NEXT, names={"ke": "code"}, password=PASSWORD, actor=SYSTEM)
    person = actions.enter_person(NEXT, unit=cast.a, actor=SYSTEM)
    actions.link_user(person, user.pk, unit=cast.a, actor=SYSTEM)
    seen = queries.holder_of(cast.officer.seat).pk
    made, code = actions.hand_over(
        cast.officer.seat, to=person, day=later(5), seen=seen, actor=cast.chief.actor
    )
    assert code == "", "who can sign in needs no slip"
    coming = Client()
    assert coming.login(username="ke", password=PASSWORD)
    leaving = cast.officer.client()
    address = reverse("units:detail", args=[cast.a.pk])
    assert (leaving.get(address).status_code, coming.get(address).status_code) == (200, 404)
    assert NEXT in leaving.get(address).content.decode(), "the unit sees who comes"
    move_clock(monkeypatch, 5)
    assert (leaving.get(address).status_code, coming.get(address).status_code) == (404, 200)
    assert reverse("units:protocol", args=[made.pk]) in coming.get("/").content.decode()
    assert coming.get(reverse("units:protocol", args=[made.pk])).status_code == 200


def test_a_planned_hand_over_is_taken_back_and_its_slip_is_void(cast):
    hand_over(cast.chief.client(), cast.officer, day=later(5))
    made = HandOver.objects.get()
    assert ActivationSlip.objects.count() == 1
    for who, status in (("neighbour", 404), ("reader", 403), ("stranger", 404)):
        assert (
            getattr(cast, who).client().post(reverse("units:cancel-hand-over", args=[made.pk])).status_code
            == status
        )
    chief = cast.chief.client()
    assert chief.get(reverse("units:cancel-hand-over", args=[made.pk])).status_code == 405
    assert chief.post(reverse("units:cancel-hand-over", args=[made.pk])).status_code == 302
    assert chief.post(reverse("units:cancel-hand-over", args=[999999])).status_code == 404
    assert not ActivationSlip.objects.exists()
    assert queries.holder_of(cast.officer.seat).person_id == Appointment.objects.get(pk=made.old_id).person_id
    assert list(queries.planned(access.today())) == []
    with pytest.raises(DomainError):
        actions.cancel_hand_over(HandOver.objects.get(), actor=cast.chief.actor)
    assert hand_over(chief, cast.officer, day=later(6)).status_code == 200, "and may be planned anew"


@pytest.mark.parametrize(
    "change",
    [{"day": datetime.date(2026, 1, 2)}, {"name": ""}, {"who": "known"}, {"contact": "nobody knows"},
     {"seen": 999999}, {"who": "known", "known": 999999}],
)  # fmt: skip
def test_a_form_that_does_not_hold_changes_nothing(cast, change):
    answer = hand_over(cast.chief.client(), cast.officer, **change)
    assert answer.status_code == 400
    assert not HandOver.objects.exists()
    assert not Person.objects.filter(name=NEXT).exists()
    assert cast.officer.client().get(reverse("units:detail", args=[cast.a.pk])).status_code == 200


def test_a_seat_is_handed_over_once(cast):
    assert hand_over(cast.chief.client(), cast.officer, day=later(3)).status_code == 200
    seen = {"seen": "", "who": "new", "name": "Người khác", "day": later(4).isoformat()}
    address = reverse("units:hand-over", args=[cast.officer.seat.pk])
    assert cast.chief.client().post(address, seen).status_code == 400


def test_a_seat_may_be_left_vacant_and_taken_by_a_colleague(cast):
    assert hand_over(cast.chief.client(), cast.officer, who="nobody").status_code == 200
    assert HandOver.objects.get().new is None
    other = Person.objects.get(user_id=cast.neighbour.actor.user_id)
    seat = Seat.objects.get(pk=cast.chief.seat.pk)
    body = form_for(cast.chief, who="known", known=other.pk)
    answer = cast.root.client().post(reverse("units:hand-over", args=[seat.pk]), body)
    assert answer.status_code == 200
    assert not ActivationSlip.objects.exists(), "the neighbour signs in already"
    assert {s.pk for s in access.seats_of(cast.neighbour.actor.user_id)} == {seat.pk, cast.neighbour.seat.pk}


def test_a_contact_finds_the_person_it_belongs_to(cast):
    user = User.objects.get(pk=cast.neighbour.actor.user_id)
    user.login_names.create(kind="phone", name="84911000222")
    wrong = hand_over(cast.chief.client(), cast.officer, contact="0911 000 222")
    assert wrong.status_code == 400, "the number belongs to somebody of another name"
    assert (
        hand_over(cast.chief.client(), cast.officer, contact="0911 000 222", name="neighbour").status_code
        == 200
    )
    assert HandOver.objects.get().new.person.user_id == user.pk


@pytest.mark.parametrize(
    ("who", "status"),
    [("officer", 200), ("chief", 200), ("neighbour", 404), ("reader", 403), ("stranger", 404)],
)
@pytest.mark.parametrize("name", ["units:hand-over", "units:stand-in", "units:renew", "units:protocol"])
def test_the_pages_meet_their_visitors(cast, who, status, name):
    reader = Appointment.objects.get(seat=cast.reader.seat)
    pk = cast.officer.seat.pk
    if name == "units:renew":
        pk = reader.pk
    if name == "units:protocol":
        pk = HandOver.objects.create(seat=cast.reader.seat, old=reader, day=DAY).pk
        status = 200 if who == "reader" else status  # who holds the seat reads its protocol
    client, address = getattr(cast, who).client(), reverse(name, args=[pk])
    assert client.get(address).status_code == status
    assert client.get(reverse(name, args=[999999])).status_code == 404
    assert client.put(address).status_code == 405
    if status != 200 and name != "units:protocol":
        assert client.post(address, {"who": "nobody", "reason": "phone", "what": "all"}).status_code == status
        assert not Entry.objects.filter(
            action__in=["hand_over", "renew_access", "appoint"], actor_id=client.session["_auth_user_id"]
        ).exists()


def test_a_stand_in_has_the_seat_from_the_first_to_the_last_day(cast, monkeypatch):
    body = {"kind": "acting", "name": NEXT, "since": later(1).isoformat(), "last": later(3).isoformat()}
    client, address = cast.officer.client(), reverse("units:stand-in", args=[cast.officer.seat.pk])
    assert client.post(address, body | {"last": later(0).isoformat()}).status_code == 400
    assert client.post(address, body).status_code == 302
    held = Appointment.objects.get(person__name=NEXT)
    code = actions.make_slip(held, actor=cast.officer.actor)
    actions.activate(code, PASSWORD, actor=PAPER)
    held = Appointment.objects.select_related("person").get(pk=held.pk)
    actor = Actor(held.person.user_id, cast.officer.seat.pk)
    rights = []
    for days in range(5):
        move_clock(monkeypatch, days if days == 0 else 1)
        rights.append(access.can(actor, "report.send", cast.a))
    assert rights == [False, True, True, True, False]


def test_a_hand_over_ends_who_stood_in(cast):
    person = actions.enter_person(NEXT, unit=cast.a, actor=SYSTEM)
    stand_in = actions.appoint(
        person,
        cast.officer.seat,
        since=access.today(),
        until=later(30),
        kind="delegate",
        actor=cast.officer.actor,
    )
    hand_over(cast.chief.client(), cast.officer, name="Lê Văn Sau", day=later(2))
    assert Appointment.objects.get(pk=stand_in.pk).until == later(2)


def lost(cast) -> Appointment:
    return Appointment.objects.select_related("seat__unit", "seat__role", "person__user").get(
        seat=cast.reader.seat
    )


def renew(client, held, **more):
    return client.post(reverse("units:renew", args=[held.pk]), {"reason": "stolen", "what": "all", **more})


def test_a_renewed_access_ends_everything_old_at_once(cast):
    held = lost(cast)
    user = held.person.user
    add_device(user, "407185", name="x", actor=cast.reader.actor)
    old = cast.reader.client()
    assert old.get("/").status_code == 200
    page = renew(cast.officer.client(), held).content.decode()
    assert 'class="slip"' in page
    assert old.get("/").status_code == 302, "the session is over"
    assert not Client().login(username="reader", password=PASSWORD)
    assert not Device.objects.exists()
    assert not has_way_in(User.objects.get(pk=user.pk))
    entry = Entry.objects.get(action="renew_access")
    assert (entry.actor_id, entry.new["reason"], entry.unit_id) == (
        cast.officer.actor.user_id,
        "stolen",
        cast.a.pk,
    )


def test_the_person_is_told_at_the_next_sign_in_and_once(cast):
    held = lost(cast)
    code = actions.renew_access(held, reason="password", actor=cast.officer.actor)
    client = Client()
    client.cookies["language"] = "en"
    body = {"code": code, "password": PASSWORD, "again": PASSWORD}
    first = client.post(reverse("units:activate-by", args=["password"]), body, follow=True).content.decode()
    assert "Your access was renewed on" in first
    assert "Xã Đông Hà" in first
    client.post(reverse("sign-out"))
    second = client.post(reverse("sign-in"), {"name": "reader", "password": PASSWORD}, follow=True)
    assert "Your access was renewed on" not in second.content.decode()
    assert "Access renewed on" in client.get(reverse("account")).content.decode()


def test_lost_second_steps_are_taken_off_and_the_password_stays(cast):
    from allauth.mfa.totp.internal.auth import TOTP

    held = lost(cast)
    assert renew(cast.officer.client(), held, what="factors").status_code == 400, "there is none"
    TOTP.activate(held.person.user, "A" * 32)
    assert renew(cast.officer.client(), held, what="factors").status_code == 302
    client = Client()
    answer = client.post(reverse("sign-in"), {"name": "reader", "password": PASSWORD})
    assert answer["Location"] == "/", "no second step is asked"


@pytest.mark.parametrize(
    ("who", "whose", "allowed"),
    [("officer", "reader", True), ("chief", "officer", True), ("officer", "chief", False),
     ("reader", "officer", False), ("neighbour", "reader", False), ("officer", "officer", False)],
)  # fmt: skip
def test_nobody_renews_a_superior_nor_themself(cast, who, whose, allowed):
    held = Appointment.objects.select_related("seat__unit", "person__user").get(
        seat=getattr(cast, whose).seat
    )
    try:
        actions.renew_access(held, reason="phone", actor=getattr(cast, who).actor)
    except DomainError:
        assert not allowed
        assert Client().login(username=whose, password=PASSWORD)
    else:
        assert allowed


def test_nobody_renews_a_person_who_also_sits_elsewhere_or_will(cast):
    held = lost(cast)
    seat = actions.found_seat(Role.objects.get(code="reader"), cast.b, key="B-read", actor=SYSTEM)
    actions.appoint(held.person, seat, since=later(4), actor=SYSTEM)
    assert renew(cast.officer.client(), held).status_code == 400
    assert renew(cast.chief.client(), held).status_code == 200


def test_the_calendar_shows_a_hand_over_to_who_may_change_seats(cast):
    hand_over(cast.chief.client(), cast.officer, day=later(5))
    days = (access.today(), later(30))
    (event,) = events(cast.officer.seat, *days)
    assert (event.since, event.cancelled) == (later(5), False)
    for other in (cast.reader, cast.neighbour):
        assert list(events(other.seat, *days)) == []


def test_a_panel_becomes_lines():
    html = "<section><h3>Việc</h3><ul><li><a href='/x'>Một &amp; hai</a> <b>đến hạn</b></li><li>Ba</li></ul></section>"
    parts = lines_in(html)
    assert parts[0]["title"] == "Việc"
    assert " ".join(parts[0]["lines"]) == "Một & hai đến hạn Ba"
    assert lines_in("no heading") == []


def test_the_page_of_a_hand_over_counts_its_queries(cast, django_assert_max_num_queries):
    scene.make_period(cast)
    client = cast.chief.client()
    with django_assert_max_num_queries(30):
        assert client.get(reverse("units:hand-over", args=[cast.officer.seat.pk])).status_code == 200
    assert {panel.function.split(".")[1] for panel, _f in card.panels("handover")} >= {
        "reports",
        "programmes",
        "documents",
    }


def test_a_point_of_the_protocol_is_one_line_with_its_link_and_its_day():
    page = '<h3>Tasks</h3><ul><li><a href="/1/">Open a class</a> <span>· due 3 May</span></li></ul><a>Own line</a>'
    assert lines_in(page) == [{"title": "Tasks", "lines": ["Open a class · due 3 May", "Own line"]}]
