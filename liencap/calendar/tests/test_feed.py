"""The address of a seat's calendar: who makes it, what it says, how it tells of changes, when it ends."""

import datetime
from unittest import mock

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from liencap import card
from liencap.audit.actor import SYSTEM
from liencap.audit.models import Entry
from liencap.calendar import views
from liencap.calendar.actions import end_feed, make_feed
from liencap.calendar.models import Feed, HandedOut
from liencap.calendar.pace import Pace
from liencap.calendar.panels import for_handover
from liencap.card import Event
from liencap.errors import NotAllowed
from liencap.reports.actions import extend_obligation
from liencap.reports.tests import scene
from liencap.testing import make_cast, member
from liencap.units.access import today
from liencap.units.actions import appoint, end_appointment, enter_person, link_user
from liencap.units.models import Appointment, Role

pytestmark = pytest.mark.django_db
DAYS = datetime.timedelta
CHANGED = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)


@pytest.fixture
def cast(monkeypatch):
    monkeypatch.setattr(views, "pace", Pace(1000, 60))
    return make_cast()


@pytest.fixture
def given(monkeypatch):
    """Let the rooms give what a test puts in."""
    events: dict[str, Event] = {}
    monkeypatch.setattr(card, "functions", lambda of: [lambda *_: iter(events.values())])
    return events


def held_by(who):
    return Appointment.objects.select_related("seat__unit", "person").get(seat=who.seat)


def address_of(who):
    return reverse("calendar:feed", args=[make_feed(held_by(who), actor=who.actor)])


def event(uid, day, *, title="Họp giao ban", cancelled=False, days=0):
    return Event(uid, "Buổi họp", title, "/programmes/", day, day + DAYS(days), CHANGED, cancelled)


def read(path, **headers):
    answer = Client(headers=headers).get(path)
    assert answer.status_code == 200, answer.status_code
    return answer


def events_in(path):
    return {str(e["uid"]).partition("@")[0]: e for e in Calendar.from_ical(read(path).content).walk("VEVENT")}


def test_an_address_needs_no_sign_in_and_holds_the_seat_s_events(cast, given):
    day = today() + DAYS(3)
    given["a"] = event("session-7", day, days=1)
    answer = read(address_of(cast.officer))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "private" in answer["Cache-Control"]
    calendar = Calendar.from_ical(answer.content)
    assert str(calendar["X-WR-CALNAME"]) == f"Liencap: {cast.officer.seat}"
    assert calendar["REFRESH-INTERVAL"].dt == DAYS(hours=4)
    (found,) = calendar.walk("VEVENT")
    assert (found["dtstart"].dt, found["dtend"].dt) == (day, day + DAYS(2)), "the end is the day after"
    assert found["dtstart"].params["VALUE"] == "DATE"
    assert str(found["url"]) == "http://testserver/programmes/"
    assert (int(found["sequence"]), str(found["status"]), found["last-modified"].dt) == (
        0,
        "CONFIRMED",
        CHANGED,
    )
    assert found["categories"].to_ical().decode() == "Buổi họp"


def test_lines_are_folded_by_octets_and_vietnamese_comes_back_whole(cast, given):
    title = "Hội nghị sơ kết, đánh giá việc thực hiện nghị quyết; " * 6
    given["a"] = event("session-1", today(), title=title)
    body = read(address_of(cast.officer)).content
    assert b"\r\n" in body
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    (found,) = Calendar.from_ical(body).walk("VEVENT")
    assert str(found["summary"]) == title.strip()


def test_the_token_is_long_and_only_its_hash_is_kept(cast):
    token = make_feed(held_by(cast.officer), actor=cast.officer.actor)
    feed = Feed.objects.get()
    assert len(token) >= 43, "256 bits"
    assert token not in feed.token_hash
    assert not Entry.objects.filter(new__icontains=token).exists()
    assert Entry.objects.filter(action="make_feed", unit_id=cast.a.pk).count() == 1


def test_what_moves_keeps_its_uid_and_its_sequence_grows(cast, given):
    path, day = address_of(cast.officer), today() + DAYS(5)
    given["a"] = event("session-7", day)
    first = events_in(path)["session-7"]
    for n in (1, 2):
        given["a"] = event("session-7", day + DAYS(n))
        moved = events_in(path)["session-7"]
        assert moved["uid"] == first["uid"]
        assert (int(moved["sequence"]), moved["dtstart"].dt) == (n, day + DAYS(n))
        assert moved["last-modified"].dt > first["last-modified"].dt
    assert int(events_in(path)["session-7"]["sequence"]) == 2, "nothing changed, nothing grows"


@pytest.mark.parametrize("gone", [True, False])
def test_what_is_cancelled_or_no_longer_given_says_so_for_ninety_days(cast, given, gone):
    path, day = address_of(cast.officer), today() + DAYS(120)
    given["a"] = event("session-7", day)
    assert str(events_in(path)["session-7"]["status"]) == "CONFIRMED"
    if gone:
        given.clear()
    else:
        given["a"] = event("session-7", day, cancelled=True)
    found = events_in(path)["session-7"]
    assert (str(found["status"]), int(found["sequence"])) == ("CANCELLED", 1)
    now = timezone.now()
    for days, there in ((89, True), (91, False), (92, False)):
        with mock.patch.object(timezone, "now", return_value=now + DAYS(days)):
            assert ("session-7" in events_in(path)) == there, days


def test_what_was_called_off_before_anybody_knew_is_not_told(cast, given):
    given["a"] = event("session-7", today(), cancelled=True)
    assert events_in(address_of(cast.officer)) == {}


def test_what_takes_place_after_all_is_told_again(cast, given):
    path, day = address_of(cast.officer), today() + DAYS(200)
    given["a"] = event("session-7", day)
    events_in(path)
    given["a"] = event("session-7", day, cancelled=True)
    events_in(path)
    now = timezone.now()
    given["a"] = event("session-7", day)
    with mock.patch.object(timezone, "now", return_value=now + DAYS(95)):
        found = events_in(path)["session-7"]
    assert (str(found["status"]), int(found["sequence"])) == ("CONFIRMED", 2)


def test_what_is_over_is_forgotten_without_being_called_off(cast, given):
    path = address_of(cast.officer)
    given["a"] = event("session-7", today())
    events_in(path)
    given.clear()
    now = timezone.now()
    with mock.patch.object(timezone, "now", return_value=now + DAYS(91)):
        assert events_in(path) == {}
    assert not HandedOut.objects.exists()


def test_an_unchanged_feed_is_not_sent_again_and_writes_nothing(cast, given):
    path = address_of(cast.officer)
    given["a"] = event("session-7", today())
    etag = read(path)["ETag"]
    with CaptureQueriesContext(connection) as found:
        assert Client(headers={"if-none-match": etag}).get(path).status_code == 304
    assert not [q for q in found if not q["sql"].startswith("SELECT")]
    assert len(found) <= 6
    given["a"] = event("session-7", today() + DAYS(1))
    assert read(path, **{"if-none-match": etag})["ETag"] != etag


def test_it_speaks_the_language_of_the_holder(cast):
    period = scene.make_period(cast)
    extend_obligation(
        scene.report_of(period, cast.a),
        until=datetime.date(2100, 1, 9),
        reason="Bão.",
        actor=cast.chief.actor,
    )
    path = address_of(cast.officer)
    day = datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC)

    def summaries(language):
        user = held_by(cast.officer).person.user
        user.language = language
        user.save(update_fields=["language"])
        with mock.patch.object(timezone, "now", return_value=day):
            return [str(e["summary"]) for e in events_in(path).values()]

    assert summaries("en") == ["Report for Quý I: Chương trình năm hợp tác (extended)"]
    assert summaries("vi") == ["Báo cáo Quý I: Chương trình năm hợp tác (đã gia hạn)"]


def test_the_address_ends_with_the_appointment_and_the_successor_has_an_own_one(cast, given):
    given["a"] = event("session-7", today())
    held, old = held_by(cast.officer), address_of(cast.officer)
    read(old)
    end_appointment(held, until=today(), actor=cast.chief.actor)
    gone = Client().get(old)
    assert (gone.status_code, gone.content) == (410, b"")
    follower = member("follower", None, None)
    person = enter_person("Follower", unit=cast.a, actor=SYSTEM)
    link_user(person, follower.actor.user_id, unit=cast.a, actor=SYSTEM)
    appoint(person, held.seat, since=today(), actor=SYSTEM)
    client = follower.client()
    assert client.get(reverse("calendar:subscribe")).context["feed"] is None
    new = client.post(reverse("calendar:subscribe")).context["address"]
    assert new.rpartition("/")[2] != old.rpartition("/")[2]
    read(new.removeprefix("http://testserver"))
    assert Client().get(old).status_code == 410
    for name in ("calendar:month", "calendar:subscribe"):
        assert cast.officer.client().get(reverse(name)).status_code == 404


@pytest.mark.parametrize("how", ["account", "role", "seat"])
def test_the_address_ends_with_the_account_the_right_or_the_seat(cast, how):
    path, held = address_of(cast.officer), held_by(cast.officer)
    read(path)
    if how == "account":
        held.person.user.is_active = False
        held.person.user.save(update_fields=["is_active"])
    elif how == "role":
        held.seat.role.below = []
        held.seat.role.save(update_fields=["below"])
    else:
        held.seat.until = today()
        held.seat.save(update_fields=["until"])
    assert Client().get(path).status_code == 410


def test_a_feed_shows_its_own_unit_alone(cast):
    period = scene.make_period(cast)
    with mock.patch.object(timezone, "now", return_value=datetime.datetime(2099, 12, 1, tzinfo=datetime.UTC)):
        own, beside, below = (
            {uid for uid in events_in(address_of(who)) if uid.startswith("report-")}
            for who in (cast.officer, cast.neighbour, cast.chief)
        )
    assert own == {f"report-{scene.report_of(period, cast.a).obligation_id}"}
    assert beside == {f"report-{scene.report_of(period, cast.b).obligation_id}"}
    assert not below & (own | beside)


def test_an_address_is_made_renewed_and_ended_on_the_page(cast):
    client, url = cast.officer.client(), reverse("calendar:subscribe")
    first = client.post(url)
    path = first.context["address"].removeprefix("http://testserver")
    assert first.context["webcal"].startswith("webcal://testserver/calendar/feed/")
    read(path)
    again = client.get(url)
    assert path.rpartition("/")[2] not in again.content.decode(), "shown once"
    renewed = client.post(url).context["address"].removeprefix("http://testserver")
    assert Client().get(path).status_code == 404
    read(renewed)
    assert client.post(reverse("calendar:end-feed")).status_code == 302
    assert Client().get(renewed).status_code == 404
    assert client.post(reverse("calendar:end-feed")).status_code == 409, "there is none to end"


def test_nobody_else_makes_or_ends_it(cast):
    """Superior, sibling and reader act on their own seats alone; no address names another's."""
    held, path = held_by(cast.officer), address_of(cast.officer)
    for who in (cast.chief, cast.root, cast.neighbour, cast.reader, cast.stranger):
        for deed in (make_feed, end_feed):
            with pytest.raises(NotAllowed):
                deed(held, actor=who.actor)
    with pytest.raises(NotAllowed):
        make_feed(held, actor=SYSTEM)
    for who in (cast.chief, cast.neighbour, cast.reader):
        assert who.client().post(reverse("calendar:end-feed")).status_code == 409
    read(path)


def test_strangers_readers_and_wrong_methods(cast):
    path = address_of(cast.reader)
    read(path)
    none = member("idle", cast.a, Role.objects.create(code="none", name="Không quyền"))
    for name in ("calendar:subscribe", "calendar:end-feed"):
        assert cast.stranger.client().post(reverse(name)).status_code == 404
        assert none.client().post(reverse(name)).status_code == 403
    assert cast.officer.client().get(reverse("calendar:end-feed")).status_code == 405
    assert Client().post(path).status_code == 405
    assert Client().get(reverse("calendar:subscribe")).status_code == 302, "signing in comes first"
    for token in ("x", "0" * 43, "ă" * 43):
        assert Client().get(reverse("calendar:feed", args=[token])).status_code == 404


def test_who_asks_too_often_is_told_to_wait(cast, monkeypatch):
    path, other = address_of(cast.officer), address_of(cast.neighbour)
    monkeypatch.setattr(views, "pace", Pace(3, 60))
    answers = [Client().get(path) for _n in range(4)]
    assert [a.status_code for a in answers] == [200, 200, 200, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    read(other)


def test_the_pace_forgets_whom_it_has_not_heard_of():
    pace = Pace(1, 60, keys=2)
    assert [pace.wait(n) for n in (1, 2, 3)] == [0, 0, 0]
    assert pace.wait(1) == 0, "forgotten"
    assert pace.wait(3) > 0


def test_the_hand_over_says_that_an_address_will_end(cast):
    assert for_handover(None, cast.officer.seat) is None
    address_of(cast.officer)
    assert for_handover(None, cast.officer.seat) == {"seat": cast.officer.seat}
    assert for_handover(None, cast.neighbour.seat) is None
