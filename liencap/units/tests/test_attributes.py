"""What a unit is, in the organisation's words: noted on its page, imported, ended; it chooses units by rule."""

import datetime

import pytest
from django.urls import reverse

from liencap.audit.models import Entry
from liencap.errors import DomainError, NotAllowed
from liencap.testing import found_many, make_cast
from liencap.units import actions
from liencap.units.models import Unit, UnitAttribute
from liencap.units.queries import attributes_within
from liencap.units.rules import Rule, units_by_rule

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 1, 1)
HEAD = "unit_code,since,attributes\n"


@pytest.fixture
def cast():
    return make_cast()


def note(cast, value="trồng trọt", key="Lĩnh vực", *, unit=None, since=DAY, who=None):
    return actions.note_attribute(
        unit or cast.a, key, value, since=since, actor=(who or cast.chief).actor
    )  # fmt: skip


def rows(unit):
    return [(one.key, one.value, one.since, one.until) for one in unit.attributes.order_by("pk")]


def test_a_new_value_takes_the_place_of_the_old_one_and_both_keep_their_days(cast):
    note(cast)
    later = datetime.date(2026, 5, 1)
    note(cast, "chăn nuôi", since=later)
    assert rows(cast.a) == [
        ("Lĩnh vực", "trồng trọt", DAY, later), ("Lĩnh vực", "chăn nuôi", later, None),
    ]  # fmt: skip
    entry = Entry.objects.filter(action="note_attribute").latest("pk")
    assert (entry.old, entry.new["attribute"], entry.new["value"]) == (
        {"value": "trồng trọt"}, "Lĩnh vực", "chăn nuôi",
    )  # fmt: skip


def test_names_and_values_keep_the_spelling_in_use(cast):
    note(cast)
    note(cast, " Trồng  TRỌT", "linh vuc", unit=cast.b)
    assert rows(cast.b) == [("Lĩnh vực", "trồng trọt", DAY, None)]
    assert note(cast, "TRỒNG TRỌT", "LĨNH VỰC", unit=cast.b) is None
    assert UnitAttribute.objects.count() == 2


@pytest.mark.parametrize(
    ("key", "value", "since", "code"),
    [
        ("", "x", DAY, "attribute-empty"), ("x", "  ", DAY, "attribute-empty"),
        ("a=b", "x", DAY, "attribute-marks"),
        ("Lĩnh vực", "khác", datetime.date(2025, 1, 1), "before-attribute"),
    ],
)  # fmt: skip
def test_what_cannot_be_noted_is_refused_in_words(cast, key, value, since, code):
    note(cast)
    with pytest.raises(DomainError) as refused:
        note(cast, value, key, since=since)
    assert refused.value.code == code
    assert UnitAttribute.objects.count() == 1


def test_who_may(cast):
    note(cast, who=cast.officer)
    for nobody in (cast.neighbour, cast.reader, cast.stranger):
        with pytest.raises(NotAllowed):
            note(cast, "chăn nuôi", who=nobody)


def test_on_the_page_one_notes_and_ends_what_a_sibling_does_not_see(cast):
    page = reverse("units:note-attribute", args=[cast.a.pk])
    chief = cast.chief.client()
    assert chief.post(page, {"key": "Lĩnh vực", "value": "", "since": "2026-01-01"}).status_code == 400
    done = chief.post(page, {"key": "Lĩnh vực", "value": "thủy sản", "since": "2026-01-01"})
    assert done.status_code == 302
    shown = chief.get(reverse("units:detail", args=[cast.a.pk])).content.decode()
    assert "thủy sản" in shown
    held = cast.a.attributes.get()
    end = reverse("units:end-attribute", args=[held.pk])
    assert end in shown
    assert '<option value="Lĩnh vực">' in chief.get(page).content.decode()
    statuses = {
        name: [getattr(cast, name).client().get(url).status_code for url in (page, end)]
        for name in ("neighbour", "reader", "stranger")
    }
    assert statuses == {"neighbour": [404, 404], "reader": [403, 403], "stranger": [404, 404]}
    assert chief.post(end, {"day": "2025-12-31"}).status_code == 400
    assert chief.post(end, {"day": "2026-03-01"}).status_code == 302
    assert rows(cast.a) == [("Lĩnh vực", "thủy sản", DAY, datetime.date(2026, 3, 1))]
    assert chief.get(end).status_code == 404


def test_all_are_listed_by_page_on_a_page_of_its_own(cast):
    for n in range(70):
        note(cast, f"v{n}", f"Tên {n:02}")
    page = reverse("units:attributes", args=[cast.a.pk])
    shown = cast.chief.client().get(page).content.decode()
    assert ("Tên 00" in shown, "Tên 69" in shown) == (True, False)
    assert "Tên 69" in cast.chief.client().get(f"{page}?page=2").content.decode()
    assert page in cast.chief.client().get(reverse("units:detail", args=[cast.a.pk])).content.decode()
    statuses = [
        getattr(cast, who).client().get(page).status_code for who in ("reader", "neighbour", "stranger")
    ]
    assert statuses == [200, 404, 404]


def test_a_name_that_tells_each_unit_apart_leaves_room_for_the_others(cast, django_assert_num_queries):
    units = found_many(*[(f"X{n}", f"Tổ {n}", cast.a.tier, None) for n in range(70)])
    UnitAttribute.objects.bulk_create(
        UnitAttribute(unit=unit, key="Mã số thuế", value=f"{n:03}") for n, unit in enumerate(units)
    )
    Unit.objects.filter(pk__in=[unit.pk for unit in units]).update(path=bytes(cast.a.path) + b"....")
    note(cast, "trồng trọt")
    with django_assert_num_queries(1):
        found = attributes_within(cast.province)
    assert {key: len(values) for key, values in found.items()} == {"Lĩnh vực": 1, "Mã số thuế": 60}


def test_a_rule_chooses_the_units_that_have_it_now(cast):
    note(cast)
    note(cast, "chăn nuôi", unit=cast.b)
    rule = Rule(key="Lĩnh vực", value="trồng trọt")
    assert [unit.code for unit in units_by_rule(rule, cast.root_unit)] == ["A"]
    actions.end_attribute(cast.a.attributes.get(), day=DAY, actor=cast.chief.actor)
    assert not units_by_rule(rule, cast.root_unit).exists()
    assert attributes_within(cast.province) == {"Lĩnh vực": ["chăn nuôi"]}
    assert attributes_within(cast.other_province) == {}


def upload(cast, text):
    return actions.upload_import(
        (HEAD + text).encode(), "a.csv", unit=cast.province, actor=cast.chief.actor
    )  # fmt: skip


def test_a_sheet_notes_them_in_bulk_and_says_before_what_changes(cast):
    note(cast)
    batch = upload(
        cast, "A,01/03/2026,linh vuc: chăn nuôi; Địa bàn: miền núi\nB,01/03/2026,Lĩnh vực: Dịch vụ\n"
    )
    assert [row.state for row in batch.rows.all()] == ["changed", "changed"]
    assert "“chăn nuôi”" in batch.rows.get(line=2).message
    assert actions.apply_import(batch, actor=cast.chief.actor)["attributes"] == 3
    day = datetime.date(2026, 3, 1)
    assert rows(cast.a) == [
        ("Lĩnh vực", "trồng trọt", DAY, day), ("Lĩnh vực", "chăn nuôi", day, None),
        ("Địa bàn", "miền núi", day, None),
    ]  # fmt: skip
    again = upload(cast, "A,01/04/2026,Lĩnh vực: CHĂN NUÔI\n")
    assert [row.state for row in again.rows.all()] == ["same"]
    other = upload(cast, "A,01/05/2026,LOAI HINH: Mới\nB,01/05/2026,linh vuc: CHĂN  NUÔI; Loại hình: MỚI\n")
    actions.apply_import(other, actor=cast.chief.actor)
    held = {(one.unit.code, one.key, one.value) for one in UnitAttribute.objects.filter(until=None)}
    assert {("B", "Lĩnh vực", "chăn nuôi"), ("A", "LOAI HINH", "Mới"), ("B", "LOAI HINH", "Mới")} <= held


@pytest.mark.parametrize(
    "line",
    ["A,01/03/2026,trồng trọt\n", "A,01/03/2026,: x\n", "A,01/03/2026,x:\n", "A,01/03/2020,Lĩnh vực: khác\n"],
)
def test_a_cell_that_says_no_attribute_or_a_day_before_is_named(cast, line):
    note(cast)
    row = upload(cast, line).rows.get()
    assert (row.state, row.message != "") == ("error", True)
