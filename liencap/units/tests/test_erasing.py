"""Erasing a person takes what is personal everywhere and leaves the acts and the chain."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from liencap.accounts.models import LoginName, User
from liencap.audit.actions import seal_entries
from liencap.audit.actor import SYSTEM
from liencap.audit.models import Entry
from liencap.audit.queries import opened, verify
from liencap.errors import DomainError, NotAllowed
from liencap.testing import DAY, PASSWORD, Cast, make_cast
from liencap.units import actions
from liencap.units.access import today
from liencap.units.models import ActivationSlip, Appointment, ImportRow, Person, Role, Tier

pytestmark = pytest.mark.django_db
NAME, PHONE = "Đoàn Thị Quýt", "0911222333"
SHEET = f"unit_code,role,seat_key,person_name,phone\nA,reader,A-q,{NAME},{PHONE}\n"


@pytest.fixture(autouse=True)
def _own_keys(settings, tmp_path):
    settings.KEYS = tmp_path


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def left(cast) -> Person:
    """Give somebody who came by an import, got a slip, was followed by another, and left."""
    Tier.objects.get_or_create(code="group", defaults={"name": "Tổ", "rank": 3})
    actor = cast.officer.actor
    actions.apply_import(
        actions.upload_import(SHEET.encode(), "a.csv", unit=cast.a, actor=actor), actor=actor
    )
    actions.make_slips(cast.a, actor=actor)
    next_one = SHEET.replace(NAME, "Lý Văn Mơ").replace(PHONE, "0911222444")
    actions.apply_import(
        actions.upload_import(next_one.encode(), "b.csv", unit=cast.a, actor=actor), actor=actor
    )
    return Person.objects.get(name=NAME)


def traces() -> list[str]:
    """Return the tables in which the name, folded or not, or the phone number stands."""
    found = []
    with connection.cursor() as cursor:
        # The blocks of the word index keep beginnings of words apart from their ends: it is asked, not read.
        tables = connection.introspection.table_names(cursor)
        for table in (name for name in tables if not name.startswith("search_words_")):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            text = " ".join(str(value) for row in cursor.fetchall() for value in row).casefold()
            if any(word in text for word in ("quýt", "quyt", "911222333", "\\u00fdt")):
                found.append(table)
        if "search_words_data" in tables:
            cursor.execute("SELECT rowid FROM search_words WHERE search_words MATCH 'quyt OR 0911222333'")
            found += ["search_words"] if cursor.fetchall() else []
    return found


def test_nothing_of_the_person_stands_in_any_table_afterwards(cast, left):
    assert traces() == ["accounts_loginname", "accounts_user", "units_importrow", "units_person"]
    user = left.user_id
    actions.erase_person(left, reason="asked", actor=cast.officer.actor)
    assert traces() == []
    assert not LoginName.objects.filter(user_id=user).exists()
    assert not User.objects.get(pk=user).is_active
    assert not ActivationSlip.objects.filter(appointment__person=left).exists()
    assert Appointment.objects.filter(person=left).exists(), "who held the seat when stays, without the name"
    assert ImportRow.objects.filter(given__person_name="Lý Văn Mơ").exists(), "others stay"


def test_the_log_holds_the_erasure_and_its_chain_still_verifies(cast, left):
    entered = Entry.objects.filter(action="enter_people", unit_id=cast.a.pk).first()
    seal_entries(actor=SYSTEM)
    assert [o.new["name"] for o in opened(entered, 5)] == [NAME]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.db.transaction.on_commit", lambda run, **_more: run())
        actions.erase_person(left, reason="asked", actor=cast.officer.actor)
    while seal_entries(actor=SYSTEM):
        pass
    assert [o.state for o in opened(entered, 5)] == ["erased"]
    assert verify().problems == ()
    (erased,) = Entry.objects.filter(action="erase_person")
    assert (erased.object_id, erased.unit_id, erased.new) == (left.pk, cast.a.pk, {"reason": "asked"})


def test_who_holds_a_seat_is_not_erased(cast):
    person = Person.objects.get(user_id=cast.reader.actor.user_id)
    with pytest.raises(DomainError) as refused:
        actions.erase_person(person, reason="asked", actor=cast.officer.actor)
    assert refused.value.code == "holds-seat"
    assert Client().login(username="reader", password=PASSWORD)


def test_nobody_erases_a_person_who_also_sat_elsewhere(cast, left):
    seat = actions.found_seat(Role.objects.get(code="reader"), cast.b, key="B-q", actor=SYSTEM)
    held = actions.appoint(left, seat, since=DAY, actor=SYSTEM)
    actions.end_appointment(held, until=today(), actor=SYSTEM)
    with pytest.raises(NotAllowed):
        actions.erase_person(left, reason="asked", actor=cast.officer.actor)
    actions.erase_person(left, reason="asked", actor=cast.chief.actor)
    with pytest.raises(DomainError) as refused:
        actions.erase_person(left, reason="asked", actor=cast.chief.actor)
    assert refused.value.code == "erased-already"


@pytest.mark.parametrize(
    ("who", "status"),
    [("officer", 200), ("chief", 200), ("neighbour", 404), ("reader", 403), ("stranger", 404)],
)
@pytest.mark.parametrize("name", ["units:former", "units:erase-person"])
def test_the_pages_meet_their_visitors(cast, left, who, status, name):
    client = getattr(cast, who).client()
    address = reverse(name, args=[cast.a.pk if name == "units:former" else left.pk])
    answer = client.get(address)
    assert answer.status_code == status
    assert (NAME in answer.content.decode()) is (status == 200)
    assert client.get(reverse(name, args=[999999])).status_code == 404
    assert client.put(address).status_code == 405


@pytest.mark.parametrize(
    ("who", "status"), [("officer", 302), ("neighbour", 404), ("reader", 403), ("stranger", 404)]
)
def test_only_who_may_erases_by_the_form(cast, left, who, status):
    client = getattr(cast, who).client()
    address = reverse("units:erase-person", args=[left.pk])
    assert client.post(address, {"reason": "asked"}).status_code == status
    assert Person.objects.get(pk=left.pk).erased is (status == 302)


def test_the_form_asks_for_a_known_reason(cast, left):
    address = reverse("units:erase-person", args=[left.pk])
    assert cast.officer.client().post(address, {"reason": "because"}).status_code == 400
    assert not Person.objects.get(pk=left.pk).erased


def test_the_list_says_who_is_erased_and_who_still_sits_elsewhere(cast, left, django_assert_max_num_queries):
    seat = actions.found_seat(Role.objects.get(code="reader"), cast.b, key="B-q", actor=SYSTEM)
    actions.appoint(left, seat, since=DAY, actor=SYSTEM)
    client = cast.officer.client()
    client.cookies["language"] = "en"
    address = reverse("units:former", args=[cast.a.pk])
    with django_assert_max_num_queries(10):
        assert "Holds a seat today" in client.get(address).content.decode()
    actions.end_appointment(Appointment.objects.get(seat=seat), until=today(), actor=SYSTEM)
    actions.erase_person(left, reason="ended", actor=SYSTEM)
    page = client.get(address).content.decode()
    assert "(erased person)" in page
    assert reverse("units:erase-person", args=[left.pk]) not in page


def test_showing_an_import_of_somebody_else_is_recorded(cast):
    batch = actions.upload_import(SHEET.encode(), "a.csv", unit=cast.a, actor=cast.officer.actor)
    address = reverse("units:import", args=[batch.pk])
    cast.officer.client().get(address)
    assert not Entry.objects.filter(action="read_personal").exists()
    cast.chief.client().get(address)
    (seen,) = Entry.objects.filter(action="read_personal")
    assert (seen.actor_id, seen.kind, seen.object_id) == (cast.chief.actor.user_id, "import", batch.pk)


def test_a_sheet_of_slips_names_whose_codes_were_shown(cast, left):
    made = Entry.objects.filter(action="make_slips").latest("pk")
    assert made.new == {"count": 1, "people": [left.pk]}
