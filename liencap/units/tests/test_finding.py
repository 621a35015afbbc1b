"""Units are found by the beginnings of their words, and reads of a long list stay on an index."""

import pytest
from django.db import connection
from django.urls import reverse

from liencap.audit.actor import SYSTEM
from liencap.testing import DAY, Cast, make_cast
from liencap.units import actions, models
from liencap.units.models import Tier, Unit, UnitWord
from liencap.units.views import tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def found(typed: str) -> list[str]:
    return sorted(Unit.objects.all().matching(typed).values_list("code", flat=True))


@pytest.fixture(params=[20_000, 0], ids=["rare words", "frequent words"])
def rare(request, monkeypatch):
    """Search both ways: from the index of words, and from the list."""
    monkeypatch.setattr(models, "RARE", request.param)


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("đông", ["A"]), ("DONG HA", ["A"]), ("ha dong", ["A"]),
        ("h", ["A", "B", "P", "P2", "ROOT"]), ("xã h", ["A", "B"]),
        ("p2", ["P2"]), ("ong", []), ("xa tinh", []), ("%", []), ("_", []), ("  ", ["A", "B", "P", "P2", "ROOT"]),
        ("(hoa)", ["B"]), ("tinh hoi binh minh", ["P"]),
    ],
)  # fmt: skip
def test_each_typed_word_begins_a_word_of_the_unit(cast, rare, typed, codes):
    assert found(typed) == sorted(codes)


def test_words_follow_names_however_these_change(cast):
    actions.rename_unit(cast.a, "Xã Tân Lập", name_en="New Hamlet", actor=SYSTEM)
    assert (found("tan lap"), found("hamlet"), found("dong")) == (["A"], ["A"], [])
    Tier.objects.create(code="group", name="Tổ", rank=3)
    for name in ("Tổ Sáng", "Tổ Chiều"):
        sheet = f"unit_code,unit_name,tier,parent_code,since\nA1,{name},group,A,01/02/2026\n"
        batch = actions.upload_import(sheet.encode(), "a.csv", unit=cast.a, actor=cast.officer.actor)
        actions.apply_import(batch, actor=cast.officer.actor)
    assert (found("chieu"), found("sang"), found("a1")) == (["A1"], [], ["A1"])
    assert Unit.objects.get(code="A1").rank == 3
    assert UnitWord.objects.filter(unit__code="A1").count() == 3


def test_a_search_that_finds_very_much_shows_its_first_part_and_says_so(cast, monkeypatch):
    monkeypatch.setattr(tree, "MOST", 2)
    client = cast.root.client()
    client.cookies["language"] = "en"
    page = client.get(reverse("units:rows"), {"q": "h"})
    assert len(page.context["page"].object_list) == 2
    assert "Only the first 2 are shown" in page.content.decode()
    assert "Only the first" not in client.get(reverse("units:rows")).content.decode()
    assert len(client.get(reverse("units:rows")).context["page"].object_list) == 5


def test_a_page_of_units_counts_the_units_below_each(cast):
    rows = cast.root.client().get(reverse("units:list")).context["page"].object_list
    assert {u.code: u.child_count for u in rows} == {"ROOT": 2, "P": 2, "P2": 0, "A": 0, "B": 0}
    assert [u.code for u in rows] == ["ROOT", "P", "P2", "B", "A"], (
        "the highest tier first, then Vietnamese order"
    )


def plan_of(query) -> str:
    sql, params = query.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ") + sql, params)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


@pytest.fixture
def many(cast):
    """Give a tree of some thousand units, about which the database knows."""
    tier = Tier.objects.get(code="commune")
    made = [Unit(code=f"Z{n}", name=f"Xã {n}", tier=tier) for n in range(3000)]
    for unit in made:
        unit.derive()
    Unit.objects.bulk_create(made)
    for unit in made:
        unit.path = bytes(cast.province.path) + unit.pk.to_bytes(4, "big")
    Unit.objects.bulk_update(made, ["path"], batch_size=300)
    actions.tree.write_words(made)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return made


def test_a_subtree_is_one_range_of_the_path_index(many):
    plan = plan_of(Unit.objects.all().below(many[7]).order_by())
    assert "units_unit_path" in plan
    assert "SCAN" not in plan.upper().replace("INDEX SCAN", "").replace("HEAP SCAN", ""), plan


def test_a_rare_word_is_one_range_of_the_word_index(many):
    query = Unit.objects.all().matching("z2999").order_by()
    assert list(query.values_list("code", flat=True)) == ["Z2999"]
    assert "unit_word" in plan_of(query)


def test_the_list_is_read_in_the_order_of_its_index(many, cast):
    plan = plan_of(Unit.objects.order_by("rank", "sort_key", "pk")[:25])
    assert "unit_order" in plan
    assert "TEMP B-TREE" not in plan
    actions.found_unit(
        "LAST", "Cuối", tier=Tier.objects.get(code="commune"), parent=cast.a, since=DAY, actor=SYSTEM
    )
    assert found("last") == ["LAST"]
