"""Events of a unit: recorded, corrected by a new row, never erased."""

import datetime

import pytest
from django.urls import reverse

from liencap.audit.models import Entry
from liencap.errors import DomainError, NotAllowed
from liencap.testing import make_cast
from liencap.units.access import today
from liencap.units.actions import correct_event, record_event
from liencap.units.happenings import duties, events
from liencap.units.models import UnitEvent
from liencap.units.queries import standing_events

pytestmark = pytest.mark.django_db
ONE = datetime.timedelta(days=1)


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def congress(cast):
    return record_event(cast.a, "congress", today() - ONE, actor=cast.officer.actor, note="05/BB")


def test_an_event_is_recorded_once_and_logged(cast, congress):
    again = record_event(cast.a, "congress", today() - ONE, actor=cast.chief.actor)
    assert again == congress
    assert congress.recorded_by == cast.officer.seat
    entry = Entry.objects.get(action="record_event")
    assert (entry.unit_id, entry.new["kind"], entry.new["note"]) == (cast.a.pk, "congress", "05/BB")


def test_a_correction_is_a_new_row_and_the_old_one_stays(cast, congress):
    right = correct_event(congress, today() - 3 * ONE, actor=cast.officer.actor)
    assert UnitEvent.objects.count() == 2
    assert [one.pk for one in standing_events(cast.a)] == [right.pk]
    assert right.uid == congress.pk
    assert Entry.objects.get(action="correct_event").old["day"] == str(today() - ONE)
    again = correct_event(right, today() - 4 * ONE, actor=cast.officer.actor)
    assert again.uid == congress.pk
    with pytest.raises(DomainError) as refusal:
        correct_event(congress, today() - 5 * ONE, actor=cast.officer.actor)
    assert refusal.value.status == 409


def test_what_was_planned_is_taken_over_by_what_took_place(cast):
    planned = record_event(cast.a, "congress", today() + ONE, state="planned", actor=cast.officer.actor)
    held = record_event(cast.a, "congress", today(), actor=cast.officer.actor)
    assert held.replaces == planned
    assert standing_events(cast.a).count() == 1


def test_nothing_took_place_on_a_day_to_come_or_in_an_impossible_year(cast):
    for day, state in [(today() + ONE, "held"), (datetime.date(1026, 1, 1), "held"),
                       (today() + 4000 * ONE, "planned")]:  # fmt: skip
        with pytest.raises(DomainError):
            record_event(cast.a, "congress", day, state=state, actor=cast.officer.actor)
    assert not UnitEvent.objects.exists()


@pytest.mark.parametrize("who", ["neighbour", "reader", "stranger"])
def test_nobody_beside_reading_or_strange_records_or_corrects(cast, congress, who):
    actor = getattr(cast, who).actor
    with pytest.raises(NotAllowed):
        record_event(cast.a, "founding-day", today(), actor=actor)
    with pytest.raises(NotAllowed):
        correct_event(congress, today(), actor=actor)


def test_a_superior_records_for_a_unit_below(cast):
    assert record_event(cast.a, "leaders", today(), actor=cast.chief.actor).unit == cast.a


PAGES = [
    ("units:events", {"officer": 200, "chief": 200, "reader": 200, "neighbour": 404, "stranger": 404}),
    ("units:record-event", {"officer": 302, "chief": 302, "reader": 403, "neighbour": 404, "stranger": 404}),
    ("units:correct-event", {"officer": 302, "chief": 302, "reader": 403, "neighbour": 404, "stranger": 404}),
]


@pytest.mark.parametrize(
    ("name", "who", "status"), [(n, w, s) for n, table in PAGES for w, s in table.items()]
)
def test_each_page_meets_every_visitor(cast, congress, name, who, status):
    client = getattr(cast, who).client()
    pk = congress.pk if name == "units:correct-event" else cast.a.pk
    sent = {"kind": "leaders", "state": "held", "day": str(today()), "note": ""}
    answer = client.get if name == "units:events" else client.post
    if name != "units:events":
        assert client.get(reverse(name, args=[pk])).status_code == (200 if status == 302 else status)
    assert answer(reverse(name, args=[pk]), sent).status_code == status
    assert answer(reverse(name, args=[pk + 9999]), sent).status_code == 404
    assert client.delete(reverse(name, args=[pk])).status_code == 405


def test_a_day_to_come_is_refused_on_the_form_and_nothing_is_lost(cast):
    sent = {"kind": "leaders", "state": "held", "day": str(today() + ONE), "note": "12/QĐ"}
    page = cast.officer.client().post(reverse("units:record-event", args=[cast.a.pk]), sent)
    assert page.status_code == 400
    assert "12/QĐ" in page.content.decode()


def test_the_list_is_paged_in_few_queries(cast, congress, django_assert_max_num_queries):
    for n in range(60):
        record_event(cast.a, "conference", today() - n * ONE, actor=cast.officer.actor)
    client = cast.officer.client()
    with django_assert_max_num_queries(12):
        page = client.get(reverse("units:events", args=[cast.a.pk]))
    assert page.context["page"].paginator.count == 61
    assert client.get(reverse("units:detail", args=[cast.a.pk])).status_code == 200


def test_the_calendar_has_the_seat_s_own_events_and_keeps_their_names(cast, congress):
    window = (today() - 30 * ONE, today() + 30 * ONE)
    (before,) = events(cast.officer.seat, *window)
    right = correct_event(congress, today(), state="dropped", actor=cast.officer.actor)
    (after,) = events(cast.officer.seat, *window)
    assert (before.uid, before.cancelled) == (after.uid, False)
    assert (after.cancelled, after.since, after.changed) == (True, today(), right.recorded_at)
    assert list(events(cast.neighbour.seat, *window)) == []


def test_a_planned_event_is_a_duty_until_it_is_recorded(cast):
    planned = record_event(cast.a, "congress", today(), state="planned", actor=cast.officer.actor)
    (duty,) = duties(today(), today())
    assert (duty.unit_id, duty.due, duty.permission) == (cast.a.pk, today(), "unit.event")
    correct_event(planned, today(), actor=cast.officer.actor)
    assert list(duties(today(), today())) == []
