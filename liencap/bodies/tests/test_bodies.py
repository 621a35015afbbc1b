"""Bodies: their papers, who may write them, and which units have theirs complete."""

import datetime
import io
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse

from liencap.audit.actor import SYSTEM
from liencap.bodies import actions, queries
from liencap.bodies.models import PARTS, BodyKind, BodyPapers, Requirement
from liencap.bodies.search import duties, events
from liencap.card import functions
from liencap.documents.models import Document
from liencap.errors import DomainError, NotAllowed
from liencap.testing import make_cast
from liencap.units.access import today
from liencap.units.actions import appoint, enter_person, found_body, found_seat, found_unit
from liencap.units.models import Body, Role, Tier

pytestmark = pytest.mark.django_db
DAYS = datetime.timedelta


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def kind(cast) -> BodyKind:
    return actions.keep_kind("Ban chỉ đạo chương trình", name_en="Steering committee", actor=cast.root.actor)


@pytest.fixture
def asked(cast, kind) -> Requirement:
    communes = [Tier.objects.get(code="commune")]
    return actions.ask_for_bodies(
        cast.root_unit, kind, tiers=communes, parts=PARTS, seats=1, actor=cast.root.actor
    )


def body_of(cast) -> Body:
    return found_body(cast.a, "Ban chỉ đạo xã Đông Hà", actor=cast.officer.actor)


def complete(cast, kind) -> Body:
    body, actor, day = body_of(cast), cast.officer.actor, today()
    actions.describe_body(
        body,
        kind=kind,
        founded_by="Quyết định số 5",
        term_since=day - DAYS(5),
        term_until=day + DAYS(20),
        actor=actor,
    )
    actions.add_regulation(body, "Quy chế làm việc", since=day, actor=actor)
    seat = found_seat(Role.objects.get(code="reader"), cast.a, key="bcd-1", body=body, actor=actor)
    appoint(enter_person("Lê Văn Mẫu", unit=cast.a, actor=actor), seat, since=day, actor=actor)
    actions.set_budget_line(body, year=day.year, purpose="Họp", planned=Decimal(5_000_000), actor=actor)
    actions.set_equipment_line(body, what="Bàn", count=2, condition="good", actor=actor)
    return body


def test_a_body_is_complete_when_the_data_says_so_and_each_part_can_be_what_lacks(cast, kind, asked):
    day = today()
    assert queries.standing(asked, cast.root_unit, day) == queries.Standing(cast.root_unit, 2, 0)
    assert queries.gaps_of(cast.a, day)[0].missing == PARTS
    assert not queries.gaps_of(cast.province, day), "only communes are asked"
    body = complete(cast, kind)
    assert queries.standing(asked, cast.root_unit, day).complete == 1
    assert [
        (b.unit, b.asked, b.complete, b.deeper) for b in queries.branches(asked, cast.root_unit, day)
    ] == [(cast.province, 2, 1, True)]
    actor = cast.officer.actor
    actions.remove_line(body.budget_lines.get(), actor=actor)
    actions.end_regulation(body.regulations.get(), until=day, actor=actor)
    assert queries.gaps_of(cast.a, day)[0].missing == ("regulations", "budget")
    later = day + DAYS(21)
    assert "term" in queries.gaps_of(cast.a, later)[0].missing


def test_a_new_regulation_of_the_same_title_takes_the_place_of_the_old(cast, kind):
    body = body_of(cast)
    day = today()
    for since in (day - DAYS(30), day):
        actions.add_regulation(body, "Quy chế làm việc", since=since, actor=cast.officer.actor)
    assert [(r.since, r.until) for r in body.regulations.all()] == [(day, None), (day - DAYS(30), day)]
    with pytest.raises(DomainError):
        actions.add_regulation(body, "Quy chế làm việc", since=day - DAYS(9), actor=cast.officer.actor)


def test_a_document_that_the_actor_does_not_see_cannot_be_named(cast, kind):
    other = Document(unit=cast.b, title="Kín")
    other.derive()
    other.save()
    with pytest.raises(NotAllowed):
        actions.describe_body(body_of(cast), kind=kind, document=other, actor=cast.officer.actor)


def test_what_is_wrong_is_refused(cast, kind, asked):
    body, actor = body_of(cast), cast.officer.actor
    with pytest.raises(DomainError):
        actions.describe_body(body, term_since=today(), term_until=today() - DAYS(1), actor=actor)
    for name in ("ban chỉ đạo chương trình", "…"):
        with pytest.raises(DomainError):
            actions.keep_kind(name, actor=cast.root.actor)
    with pytest.raises(DomainError):
        actions.ask_for_bodies(cast.province, kind, tiers=[], parts=PARTS, actor=cast.chief.actor)
    with pytest.raises(DomainError):
        actions.ask_for_bodies(
            cast.province,
            kind,
            tiers=[Tier.objects.get(code="commune")],
            parts=PARTS,
            under="P2",
            actor=cast.chief.actor,
        )
    actions.end_requirement(asked, actor=cast.root.actor)
    with pytest.raises(DomainError):
        actions.end_requirement(asked, actor=cast.root.actor)
    assert not queries.gaps_of(cast.a, today())


def writes(cast, kind, body):
    """Yield every write on a body with what is sent."""
    line = body.budget_lines.get()
    rule = body.regulations.get()
    yield reverse("bodies:describe", args=[body.pk]), {"kind": kind.pk}
    yield reverse("bodies:regulation", args=[body.pk]), {"title": "Quy chế chi", "since": today().isoformat()}
    yield reverse("bodies:regulation-end", args=[rule.pk]), {}
    yield reverse("bodies:line-new", args=[body.pk, "budget"]), {"year": 2026, "purpose": "In", "planned": 5}
    yield (
        reverse("bodies:line", args=[body.pk, "budget", line.pk]),
        {"year": 2026, "purpose": "In", "planned": 6},
    )
    yield (
        reverse("bodies:line-new", args=[body.pk, "equipment"]),
        {"what": "Ghế", "count": 4, "condition": "worn"},
    )
    yield reverse("bodies:line-remove", args=[body.pk, "budget", line.pk]), {}


def test_every_write_meets_the_unit_itself_and_those_above_alone(cast, kind):
    body = complete(cast, kind)
    for url, sent in writes(cast, kind, body):
        assert cast.neighbour.client().post(url, sent).status_code == 404, url
        assert cast.stranger.client().post(url, sent).status_code == 404, url
        assert cast.reader.client().post(url, sent).status_code == 403, url
    for n, (url, sent) in enumerate(writes(cast, kind, body)):
        member = (cast.officer, cast.chief)[n % 2]
        assert member.client().post(url, sent).status_code == 302, url
    for name, args in (("bodies:regulation-end", [1]), ("bodies:line-remove", [body.pk, "budget", 1])):
        assert cast.officer.client().get(reverse(name, args=args)).status_code == 405
    assert cast.officer.client().get(reverse("bodies:line-new", args=[body.pk, "other"])).status_code == 404
    wrong = cast.officer.client().post(reverse("bodies:line-new", args=[body.pk, "budget"]), {"planned": -1})
    assert wrong.status_code == 400


def test_pages_are_seen_by_those_who_may_within_the_queries(cast, kind, asked, django_assert_max_num_queries):
    body = complete(cast, kind)
    names = [("bodies:overview", []), ("bodies:kinds", []), ("bodies:body", [body.pk]),
             ("bodies:requirement", [asked.pk, cast.a.pk]), ("bodies:export", [asked.pk, cast.a.pk])]  # fmt: skip
    for name, args in names:
        for member in (cast.officer, cast.chief, cast.root, cast.reader):
            client = member.client()
            with django_assert_max_num_queries(30):
                assert client.get(reverse(name, args=args)).status_code == 200, (name, member.login)
        assert cast.stranger.client().get(reverse(name, args=args)).status_code == 404, name
    for name, args in names[2:]:
        assert cast.neighbour.client().get(reverse(name, args=args)).status_code == 404, name
    assert (
        cast.neighbour.client().get(reverse("bodies:requirement", args=[asked.pk, cast.b.pk])).status_code
        == 200
    )
    assert cast.officer.client().get(reverse("bodies:body", args=[9999])).status_code == 404


def test_asking_and_the_list_of_kinds_have_their_own_rights(cast, kind, asked):
    tier = Tier.objects.get(code="commune")
    sent = {"kind": kind.pk, "tiers": [tier.pk], "parts": ["founding", "seats"], "seats": 2}
    ask, end = reverse("bodies:ask"), reverse("bodies:end", args=[asked.pk])
    assert cast.chief.client().get(ask).status_code == 200
    assert cast.reader.client().get(ask).status_code == 403
    assert cast.stranger.client().get(ask).status_code == 404
    assert cast.chief.client().post(ask, sent).status_code == 302
    assert cast.chief.client().post(ask, {"kind": kind.pk}).status_code == 400
    assert cast.root.client().get(end).status_code == 405
    assert cast.chief.client().post(end).status_code == 403, "another unit asked"
    assert cast.root.client().post(end).status_code == 302
    kinds = reverse("bodies:kinds")
    assert cast.chief.client().post(kinds, {"name": "Tổ cộng tác viên"}).status_code == 403
    assert cast.root.client().post(kinds, {"name": "Tổ cộng tác viên"}).status_code == 302
    assert cast.root.client().post(kinds, {"name": "Tổ cộng tác viên"}).status_code == 400


def test_the_workbook_names_what_lacks_and_holds_no_formula(cast, kind, asked):
    commune = Tier.objects.get(code="commune")
    found_unit("C", "=1+1", tier=commune, parent=cast.province, since=today(), actor=SYSTEM)
    complete(cast, kind)
    answer = cast.root.client().get(reverse("bodies:export", args=[asked.pk, cast.root_unit.pk]))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 4
    by_code = {row[0]: row for row in rows[1:]}
    assert not any(by_code["A"][4:])
    assert len([cell for cell in by_code["B"][4:] if cell]) == 6
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "inlineStr", "n"}
    assert by_code["C"][1] == "=1+1"


def test_terms_that_end_are_duties_and_events_and_bodies_are_found(cast, kind):
    body = complete(cast, kind)
    end = BodyPapers.objects.get(body=body).term_until
    assert [(d.unit_id, d.due) for d in duties(end, end)] == [(cast.a.pk, end)]
    assert [e.uid for e in events(cast.officer.seat, end, end)] == [f"body-term-{body.pk}"]
    assert not list(events(cast.neighbour.seat, end, end))
    found = {f.__module__: f for f in functions("search")}["liencap.bodies.search"]
    assert [hit.title for hit in found(cast.officer.actor, "ban chi dao", 5)] == [str(body)]
    assert not found(cast.neighbour.actor, "ban chi dao", 5)


def test_the_unit_page_and_the_start_page_say_what_lacks(cast, asked):
    for path in ("/", reverse("units:detail", args=[cast.a.pk])):
        assert "Ban chỉ đạo chương trình" in cast.officer.client().get(path).content.decode()
