"""The page of the log: who sees which entries, what is asked for, and the personal values in them."""

import ast
import datetime
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone, translation

from liencap.accounts.actions import create_user
from liencap.audit.actor import SYSTEM
from liencap.audit.models import Entry, Subject
from liencap.card import cards
from liencap.communication.models import Share
from liencap.home.labels import DEEDS, FIELDS, JOBS, KINDS, VALUES, said_of
from liencap.home.queries import entry_rows
from liencap.plans.models import PlanItem
from liencap.reports.models import DraftComment, Indicator, JointPartner, Obligation
from liencap.testing import Cast, make_cast
from liencap.units.actions import enter_person, rename_unit
from liencap.units.models import Role, Unit
from tests import house

pytestmark = pytest.mark.django_db
NAME = "Đoàn Thị Quýt"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def shown(member, **asked) -> list[Entry]:
    return [row.entry for row in member.client().get(reverse("home:audit"), asked).context["rows"]]


def open_page(member, entry, *, post=False):
    client = member.client()
    client.cookies["language"] = "en"
    address = reverse("home:audit-entry", args=[entry.pk])
    return client.post(address) if post else client.get(address)


@pytest.mark.parametrize(("who", "sees"), [("root", True), ("chief", False), ("officer", False)])
def test_entries_of_no_unit_are_for_the_seats_at_the_top(cast, who, sees):
    create_user("Ai", names={"ai": "code"}, password=None, actor=SYSTEM)
    assert any(e.action == "create_user" for e in shown(getattr(cast, who))) is sees


def test_a_seat_at_the_top_that_reads_its_own_unit_alone_does_not_see_them(cast):
    rename_unit(cast.root_unit, "Liên hiệp Sông Xanh", actor=SYSTEM)
    Role.objects.filter(code="head").update(own=["audit.view"], below=[])
    assert {e.unit_id for e in shown(cast.root)} == {cast.root_unit.pk}


def test_the_log_is_asked_for_a_unit_a_person_a_kind_and_days(cast):
    Entry.objects.update(at=timezone.now() - datetime.timedelta(days=9))
    rename_unit(cast.a, "Xã Tân Lập", actor=cast.officer.actor)
    rename_unit(cast.b, "Xã Phú Yên", actor=cast.chief.actor)
    of_a, of_b = Entry.objects.filter(action="rename_unit").order_by("pk")
    everybody = shown(cast.chief, kind="unit", since=str(timezone.localdate()))
    assert everybody == [of_b, of_a]
    assert of_a in shown(cast.chief, unit="A")
    assert of_b not in shown(cast.chief, unit="A")
    assert of_b in shown(cast.chief, unit="p"), "a code stands for all below it, whatever its letters' size"
    assert shown(cast.chief, unit="phu yen", kind="unit")[0] == of_b
    assert shown(cast.chief, who="officer", kind="unit") == [of_a]
    assert shown(cast.chief, unit="nowhere") == []
    assert of_b not in shown(cast.chief, until=str(timezone.localdate() - datetime.timedelta(days=1)))


def test_asking_for_a_unit_elsewhere_shows_nothing_of_it(cast):
    rename_unit(cast.b, "Xã Phú Yên", actor=SYSTEM)
    assert shown(cast.officer, unit="B") == []


def test_what_cannot_be_read_in_the_address_is_said_and_shows_everything(cast):
    rename_unit(cast.a, "Xã Tân Lập", actor=SYSTEM)
    answer = cast.officer.client().get(reverse("home:audit"), {"since": "yesterday", "kind": "nothing"})
    assert answer.status_code == 200
    assert answer.context["rows"]
    assert set(answer.context["form"].errors) == {"since", "kind"}


@pytest.mark.parametrize(
    ("who", "status"),
    [("root", 200), ("chief", 200), ("officer", 200), ("reader", 200), ("neighbour", 404), ("stranger", 404)],
)
def test_an_entry_meets_its_visitors(cast, who, status):
    enter_person(NAME, unit=cast.a, actor=SYSTEM)
    entry = Entry.objects.filter(action="enter_person").latest("pk")
    answer = open_page(getattr(cast, who), entry)
    assert answer.status_code == status
    assert NAME not in answer.content.decode()
    assert getattr(cast, who).client().get(reverse("home:audit-entry", args=[999999])).status_code == 404
    assert getattr(cast, who).client().put(reverse("home:audit-entry", args=[entry.pk])).status_code == 405


@pytest.mark.parametrize(
    ("who", "status"), [("chief", 200), ("officer", 200), ("reader", 403), ("neighbour", 404)]
)
def test_personal_values_open_for_those_who_may_and_that_is_recorded(cast, who, status):
    enter_person(NAME, unit=cast.a, actor=SYSTEM)
    entry = Entry.objects.filter(action="enter_person").latest("pk")
    answer = open_page(getattr(cast, who), entry, post=True)
    assert answer.status_code == status
    assert (NAME in answer.content.decode()) is (status == 200)
    reads = Entry.objects.filter(action="read_personal", actor_id=getattr(cast, who).actor.user_id)
    assert [(r.kind, r.object_id, r.unit_id) for r in reads] == (
        [("entry", entry.pk, cast.a.pk)] if status == 200 else []
    )
    if status == 200:
        assert "no-store" in answer["Cache-Control"]


def test_what_was_erased_is_called_so(cast):
    enter_person(NAME, unit=cast.a, actor=SYSTEM)
    entry = Entry.objects.filter(action="enter_person").latest("pk")
    Subject.objects.filter(boxes__entry=entry).update(erased_at=timezone.now())
    client = cast.officer.client()
    client.cookies["language"] = "en"
    assert "personal values, erased" in client.get(reverse("home:audit")).content.decode()
    assert "The keys were destroyed" in open_page(cast.officer, entry).content.decode()
    page = open_page(cast.officer, entry, post=True).content.decode()
    assert NAME not in page
    assert '<span class="badge bg-secondary-lt">erased</span>' in page


def test_an_account_is_named_as_it_is_called_today(cast):
    rename_unit(cast.a, "Xã Tân Lập", actor=cast.officer.actor)
    assert "Officer" in cast.chief.client().get(reverse("home:audit")).content.decode()


def recorded(source: str) -> tuple[set[str], set[str]]:
    """Return the deeds and the kinds that a source gives to `record` as plain text."""
    calls = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Call)]
    calls = [c for c in calls if getattr(c.func, "id", "") == "record"]
    deeds = {a.value.replace("-", "_") for c in calls for a in c.args if isinstance(a, ast.Constant)}
    kinds = {k.value for c in calls for k in c.keywords if k.arg == "kind"}
    return deeds, {k.value for k in kinds if isinstance(k, ast.Constant)}


def test_every_deed_and_kind_that_the_code_records_has_words():
    found = [recorded(path.read_text("utf-8")) for path in house.sources()]
    deeds, kinds = set().union(*(d for d, _k in found)), set().union(*(k for _d, k in found))
    assert len(deeds) > 40
    assert not deeds - set(DEEDS)
    assert not {kind.replace("-", "_") for kind in kinds} - set(KINDS)


def test_every_kind_of_job_has_words():
    kinds = {kind.replace("-", "_") for card in cards() for kind in card.jobs}
    assert len(kinds) > 10
    assert not kinds - set(JOBS)


def test_a_long_log_asked_for_costs_no_more(cast, django_assert_max_num_queries):
    for number in range(60):
        rename_unit(cast.a, f"Xã {number}", actor=SYSTEM)
        enter_person(NAME, unit=cast.a, actor=SYSTEM)
    client = cast.chief.client()
    with django_assert_max_num_queries(11):
        answer = client.get(reverse("home:audit"), {"unit": "A", "page": "2"})
    assert len(answer.context["rows"]) == 50
    assert Unit.objects.count() == 5


def test_codes_and_fingerprints_are_said_for_people():
    entry = Entry(
        action="x",
        kind="report",
        old={"state": "draft"},
        new={"state": "sent", "name": "sent", "pdf": "a" * 64},
    )
    with translation.override("en"):
        (row,) = entry_rows([entry])
        (whole,) = entry_rows([entry], whole=True)
    assert row.changes[0] == ("name", "", "sent"), "only coded fields are put into words"
    assert row.changes[1] == ("fingerprint of the PDF file", "", "a" * 12 + "…")
    assert row.changes[2] == ("state", "Not sent", "Sent")
    assert whole.changes[1][2] == "a" * 64
    with translation.override("vi"):
        (row,) = entry_rows([Entry(new={"until": "2026-11-24", "name": "2026-13-45"})])
    assert row.changes[0][2] == "2026-13-45"
    assert row.changes[1][2] == "24/11/2026"


def recorded_values() -> Iterator[tuple[str, str, ast.expr]]:
    """Yield the kind, field and value of what actions write into the log by name; a kind told by a name is ""."""
    for path in house.sources():
        if "actions" not in str(path):
            continue
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(call, ast.Call)
                and getattr(call.func, "attr", getattr(call.func, "id", "")) == "record"
            ):
                kind = next((k.value for k in call.keywords if k.arg == "kind"), None)
                named = str(kind.value) if isinstance(kind, ast.Constant) else ""
                said = [k.value for k in call.keywords if k.arg in ("old", "new")]
                for one in (d for d in said if isinstance(d, ast.Dict)):
                    pairs = zip(one.keys, one.values, strict=True)
                    yield from ((named, k.value, v) for k, v in pairs if isinstance(k, ast.Constant))


def test_every_field_that_an_action_writes_has_words():
    fields = {field for _kind, field, _value in recorded_values()}
    assert len(fields) > 80
    assert not {one for one in fields if one not in FIELDS}


# Fields that share their name with a choice elsewhere and hold something else.
OTHERS = {
    ("body_requirement", "kind"),  # the name of a kind of body
    ("communication_item", "question"),  # its number
    ("document", "kind"), ("report", "kind"),  # the ending of a file
}  # fmt: skip


def test_every_code_that_an_action_writes_has_words():
    models = [model for model in apps.get_models() if model.__module__.startswith("liencap.")]
    chosen = {f.name for model in models for f in model._meta.concrete_fields if f.choices} | {"deed"}
    coded = set()
    for kind, field, value in recorded_values():
        name = getattr(value, "attr", getattr(value, "id", ""))
        if kind and (name in chosen or name.isupper()):
            coded.add((kind, field))
    assert len(coded) > 15
    assert not {one for one in coded if said_of(*one) in ({}, VALUES) and one[1] != "language"} - OTHERS


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_code_is_said_as_the_thing_that_it_belongs_to_says_it(language):
    said = [
        ("report", "class", Obligation.Class.LATE, Obligation.Class.LATE.label),
        ("draft_comment", "answer", DraftComment.Answer.TAKEN, DraftComment.Answer.TAKEN.label),
        ("unit_plan", "decision", PlanItem.Decision.TAKEN, PlanItem.Decision.TAKEN.label),
        ("joint_activity", "state", JointPartner.State.ASKED, JointPartner.State.ASKED.label),
        ("communication_share", "state", "not-applicable", Share.State.NOT_APPLICABLE.label),
    ]
    with translation.override(language):
        for kind, field, code, words in said:
            (row,) = entry_rows([Entry(action="x", kind=kind, new={field: code})])
            assert row.changes[0][2] == str(words)
        nested = {"layout": [{"code": "last", "time_axis": "last"}], "checks": [{"severity": "warn"}]}
        (row,) = entry_rows([Entry(action="x", kind="form_version", new=nested)])
        axis = dict(Indicator._meta.get_field("time_axis").flatchoices)
        assert str(axis["last"]) in row.changes[1][2]
    assert ": last" in row.changes[1][2], "the code that a person gave stays"


def test_values_are_said_without_the_signs_of_a_programming_language(cast):
    new: dict[str, object] = {
        "made": True,
        "deep": False,
        "lines": {"10": None, "11": 23},
        "figures": [{"code": "a", "n": 3}],
    }
    entry = Entry(action="x", kind="unit", old={}, new=new)
    with translation.override("en"):
        (row,) = entry_rows([entry], whole=True)
    said = {field: text for field, _old, text in row.changes}
    assert said["made"] == "yes"
    assert said["all below"] == "no"
    assert said["lines"] == "10: –, 11: 23"
    assert said["figures"] == "code: a, version: 3"
