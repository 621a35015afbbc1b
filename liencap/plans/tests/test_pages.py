import datetime
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from liencap.audit.actor import SYSTEM
from liencap.plans.actions import add_own, ask_for_plans, issue_plan, write_words
from liencap.plans.models import PlanCall, UnitPlan
from liencap.plans.offers import duties, events, search
from liencap.plans.queries import branches, counts_by_tier
from liencap.plans.tests.scene import OWN, draft, head, issued, make_programme, uploaded
from liencap.programmes.models import Programme, Task
from liencap.testing import make_cast
from liencap.units.actions import found_unit
from liencap.units.models import Tier

pytestmark = pytest.mark.django_db
MARCH = datetime.date(2026, 3, 31)
# name, method, whether a draft is needed (else the issued plan), and whether the address names a line
OF_A_DRAFT = [
    ("plans:words", "get"), ("plans:add", "get"), ("plans:item", "get"), ("plans:print", "get"),
    ("plans:decide", "post"), ("plans:compare", "post"), ("plans:take-in", "post"), ("plans:issue", "post"),
    ("plans:drop", "post"),
]  # fmt: skip


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def programme(cast):
    return make_programme(cast)


def address(name, plan):
    item = plan.items.first()
    line = [item.pk if item else 0]
    more = {"plans:item": line, "plans:decide": line, "plans:print": ["pdf"]}
    return reverse(name, args=[plan.pk, *more.get(name, [])])


def post(client, name, plan, **more):
    return client.post(address(name, plan), {"revision": plan.revision, **more})


@pytest.mark.parametrize(("name", "method"), [*OF_A_DRAFT, ("plans:detail", "get"), ("plans:preview", "get")])
def test_a_draft_exists_for_its_own_unit_alone(cast, programme, name, method):
    plan = draft(programme, cast.a, cast.officer)
    for who in (cast.chief, cast.root, cast.neighbour, cast.stranger):
        assert getattr(who.client(), method)(address(name, plan)).status_code == 404
    reads = name in ("plans:detail", "plans:preview")
    assert getattr(cast.reader.client(), method)(address(name, plan)).status_code == (200 if reads else 403)


@pytest.mark.parametrize(
    "name", ["plans:decide", "plans:compare", "plans:take-in", "plans:issue", "plans:drop"]
)
def test_what_writes_is_posted(cast, programme, name):
    plan = draft(programme, cast.a, cast.officer)
    assert cast.officer.client().get(address(name, plan)).status_code == 405
    assert UnitPlan.objects.get().state == "draft"


def test_a_plan_is_begun_written_and_issued_in_the_browser(cast, programme):
    client = cast.officer.client()
    assert client.get(reverse("plans:begin", args=[programme.pk])).status_code == 405
    client.post(reverse("plans:begin", args=[programme.pk]))
    plan = UnitPlan.objects.get()
    assert "Tổ chức học tập" in client.get(reverse("plans:detail", args=[plan.pk])).content.decode()
    form = client.get(address("plans:words", plan)).context["form"]
    said = {name: value for name, value in form.initial.items() if value is not None} | head()
    assert client.post(address("plans:words", plan), said).status_code == 302
    plan.refresh_from_db()
    assert post(client, "plans:add", plan, text="Sửa nhà kho", above="", owner="Tổ 1").status_code == 302
    plan.refresh_from_db()
    own = plan.items.get(assignment=None)
    line = reverse("plans:item", args=[plan.pk, own.pk])
    client.post(line, {"revision": plan.revision, "text": "Sửa nhà kho chung", "owner": "Tổ 2"})
    plan.refresh_from_db()
    assert "Sửa nhà kho chung" in client.get(address("plans:preview", plan)).content.decode()
    assert client.get(reverse("plans:print", args=[plan.pk, "docx"])).content.startswith(b"PK")
    post(client, "plans:issue", plan)
    plan.refresh_from_db()
    assert plan.state == "issued"
    page = client.get(reverse("plans:detail", args=[plan.pk])).content.decode()
    assert reverse("programmes:assign", args=[own.pk and plan.items.get(pk=own.pk).task_id]) in page


def test_a_line_and_a_day_that_cannot_be_say_so(cast, programme):
    plan, client = draft(programme, cast.a, cast.officer), cast.officer.client()
    item = plan.items.first()
    line = reverse("plans:item", args=[plan.pk, item.pk])
    answer = client.post(line, {"revision": 1, "due": "2026-12-31"})
    assert answer.status_code == 400
    assert client.post(line, {"revision": 1, "due": "yesterday"}).status_code == 400
    assert client.get(reverse("plans:item", args=[plan.pk, 0])).status_code == 404
    assert client.get(reverse("plans:detail", args=[0])).status_code == 404


def test_an_uploaded_plan_goes_from_file_to_comparison(cast, programme):
    client = cast.officer.client()
    upload = reverse("plans:upload", args=[programme.pk])
    assert client.get(upload).status_code == 200
    assert client.post(upload, {"no_secrecy": "on"}).status_code == 400
    file = io.BytesIO(OWN.encode())
    file.name = "plan.txt"
    client.post(upload, {"file": file})
    plan = UnitPlan.objects.get()
    assert client.get(reverse("plans:detail", args=[plan.pk])).status_code == 200
    progress = reverse("plans:progress", args=[plan.pk])
    assert client.get(progress, headers={"HX-Request": "true"}).status_code == 200
    assert client.get(progress).status_code == 302
    for who in (cast.chief, cast.neighbour, cast.stranger):
        assert who.client().get(progress).status_code == 404
        assert who.client().get(reverse("plans:file", args=[plan.pk, "original"])).status_code == 404
    original = client.get(reverse("plans:file", args=[plan.pk, "original"]))
    assert original.content == OWN.encode()
    assert original["Content-Security-Policy"] == "sandbox"


def test_a_file_that_cannot_be_read_says_why_and_can_be_thrown_away(cast, programme):
    client = cast.officer.client()
    client.post(reverse("plans:upload", args=[programme.pk]), {"file": io.BytesIO(b"")})
    plan = UnitPlan.objects.get()
    page = client.get(reverse("plans:detail", args=[plan.pk]))
    assert page.context["refusal"]
    post(client, "plans:drop", plan)
    assert not UnitPlan.objects.exists()


def test_the_comparison_shows_both_sides_and_takes_decisions(cast, programme):
    plan, client = uploaded(programme, cast.a, cast.officer), cast.officer.client()
    post(client, "plans:compare", plan)
    plan.refresh_from_db()
    page = client.get(reverse("plans:detail", args=[plan.pk]))
    text = page.content.decode()
    assert (page.context["counts"]["paired"], page.context["open"]) == (1, 4)
    assert "Sửa chữa nhà kho" in text
    own = next(i for i in plan.items.all() if "3 lớp" in i.text)
    shown = next(i for i in page.context["page"] if i.pk == own.pk)
    held = plan.items.get(assignment__task__label="2")
    assert (shown.offers[0], shown.doubt) == (held.pk, "number")
    url = reverse("plans:decide", args=[plan.pk, own.pk])
    client.post(url, {"revision": plan.revision, "deed": "pair", "mate": held.pk})
    held.refresh_from_db()
    assert held.text == own.text
    assert client.post(url, {"revision": "x", "deed": "pair"}).status_code == 404


@pytest.mark.parametrize("name", ["plans:upload", "plans:begin"])
def test_only_a_unit_that_holds_tasks_makes_a_plan(cast, programme, name):
    url = reverse(name, args=[programme.pk])
    method = "post" if name == "plans:begin" else "get"
    assert getattr(cast.reader.client(), method)(url).status_code == 403
    for who in (cast.root, cast.stranger):
        assert getattr(who.client(), method)(url).status_code == 404


def test_an_issued_plan_is_seen_above_and_by_those_it_binds_but_not_beside(cast, programme):
    plan = issued(programme, cast.a, cast.officer)
    above = issued(programme, cast.province, cast.chief)
    for url in (reverse("plans:detail", args=[plan.pk]), reverse("plans:file", args=[plan.pk, "pdf"])):
        for who, status in ((cast.officer, 200), (cast.reader, 200), (cast.chief, 200), (cast.root, 200),
                            (cast.neighbour, 404), (cast.stranger, 404)):  # fmt: skip
            assert who.client().get(url).status_code == status
    for who, status in ((cast.officer, 200), (cast.neighbour, 200), (cast.stranger, 404)):
        assert who.client().get(reverse("plans:file", args=[above.pk, "docx"])).status_code == status
    assert cast.chief.client().get(reverse("plans:file", args=[plan.pk, "original"])).status_code == 404
    assert cast.chief.client().get(reverse("plans:file", args=[plan.pk, "exe"])).status_code == 404


def test_a_new_edition_is_begun_by_the_unit_alone(cast, programme):
    plan = issued(programme, cast.a, cast.officer)
    url = reverse("plans:revise", args=[plan.pk])
    for who, status in ((cast.chief, 403), (cast.reader, 403), (cast.neighbour, 404), (cast.stranger, 404)):
        assert who.client().post(url, {"reason": "x"}).status_code == status
    assert cast.officer.client().get(url).status_code == 405
    assert cast.officer.client().post(url, {"reason": ""}).status_code == 400
    cast.officer.client().post(url, {"reason": "Thêm việc"})
    assert UnitPlan.objects.get(state="draft").reason == "Thêm việc"


def test_the_list_shows_what_to_begin_and_counts_queries(cast, programme, django_assert_max_num_queries):
    client = cast.officer.client()
    url = reverse("plans:list")
    client.get(url)
    with django_assert_max_num_queries(16):
        page = client.get(url).content.decode()
    assert programme.title in page
    assert reverse("plans:upload", args=[programme.pk]) in page
    assert cast.stranger.client().get(url).status_code == 404
    assert reverse("plans:upload", args=[programme.pk]) not in cast.reader.client().get(url).content.decode()


def test_the_parent_sees_who_has_issued_and_never_a_draft(cast, programme):
    plan = issued(programme, cast.a, cast.officer)
    draft(programme, cast.b, cast.neighbour)
    url = reverse("plans:standing", args=[programme.pk])
    page = cast.chief.client().get(url)
    rows = {one.unit.code: (one.unit.plan, one.issued, one.held) for one in page.context["page"]}
    assert rows == {"A": (plan, 1, 1), "B": (None, 0, 1)}
    text = cast.chief.client().get(url, {"state": "missing"}).content.decode()
    assert cast.b.name in text
    assert "05/KH-BM" not in text
    assert [(c.tier.code, c.issued, c.held) for c in page.context["counts"]] == [("commune", 1, 2)]
    assert [b.unit.code for b in branches(programme, cast.root_unit)] == ["P"]
    assert cast.root.client().get(url, {"unit": cast.province.pk}).status_code == 200
    assert cast.officer.client().get(url, {"unit": cast.b.pk}).status_code == 404
    assert cast.neighbour.client().get(url).context["page"].object_list == []
    assert cast.stranger.client().get(url).status_code == 404


def test_the_standing_costs_the_same_for_many_units(cast, programme, django_assert_max_num_queries):
    tier = Tier.objects.get(code="commune")
    for n in range(30):
        found_unit(
            f"X{n}", f"Xã {n}", tier=tier, parent=cast.province, since=datetime.date(2026, 1, 1), actor=SYSTEM
        )
    many = make_programme(cast, cast.province, *cast.province.__class__.objects.filter(code__startswith="X"))
    client = cast.chief.client()
    for url in (f"/plans/programmes/{many.pk}/standing/", f"/plans/programmes/{many.pk}/standing/?all=1"):
        client.get(url)
        with django_assert_max_num_queries(20):
            assert client.get(url).context["page"].paginator.count == 30
    assert counts_by_tier(many, cast.province)[0].missing == 30


def test_the_sheet_holds_the_list_as_text(cast, programme):
    issued(programme, cast.a, cast.officer, subject="=1+1")
    url = reverse("plans:sheet", args=[programme.pk])
    book = load_workbook(io.BytesIO(cast.chief.client().get(url).content))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows(min_row=3)]
    assert [(row[0], row[4], row[6]) for row in rows] == [("B", None, None), ("A", "05/KH-BM", "=1+1")]
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)
    assert cast.stranger.client().get(url).status_code == 404


def test_the_day_is_set_by_the_unit_that_set_the_programme(cast, programme):
    url = reverse("plans:ask", args=[programme.pk])
    for who, status in ((cast.chief, 403), (cast.officer, 403), (cast.reader, 403), (cast.stranger, 404)):
        assert who.client().post(url, {"due": "2026-03-31"}).status_code == status
    client = cast.root.client()
    assert client.get(url).status_code == 200
    client.post(url, {"due": "2026-03-31"})
    assert PlanCall.objects.get().due == MARCH
    assert client.post(url, {"due": "soon"}).status_code == 400
    client.post(url, {"due": ""})
    assert not PlanCall.objects.exists()
    Programme.objects.update(state="closed")
    assert client.post(url, {"due": "2026-03-31"}).status_code == 409


def test_duties_end_and_events_stay_when_the_plan_is_issued(cast, programme):
    ask_for_plans(programme, MARCH, actor=cast.root.actor)
    issued(programme, cast.a, cast.officer)
    found = list(duties(MARCH, MARCH))
    assert {duty.unit_id for duty in found} == {cast.province.pk, cast.b.pk}
    assert not list(duties(MARCH + datetime.timedelta(days=1), datetime.date(2027, 1, 1)))
    (mine,) = events(cast.officer.seat, MARCH, MARCH)
    (theirs,) = events(cast.neighbour.seat, MARCH, MARCH)
    assert (mine.title.startswith("✓"), theirs.title.startswith("✓")) == (True, False)
    assert not list(events(cast.root.seat, MARCH, MARCH))


def test_search_finds_issued_plans_within_what_one_may_see(cast, programme):
    plan = issued(programme, cast.a, cast.officer, subject="Thực hiện công tác hội năm mới")
    draft(programme, cast.b, cast.neighbour)
    for who, count in (
        (cast.officer, 1),
        (cast.chief, 1),
        (cast.root, 1),
        (cast.neighbour, 0),
        (cast.stranger, 0),
    ):
        assert len(search(who.actor, "cong tac hoi", 5)) == count
    assert search(cast.chief.actor, "05/KH-BM", 5)[0].url == reverse("plans:detail", args=[plan.pk])


def test_panels_lead_to_the_plan_and_keep_the_draft_in(cast, programme):
    ask_for_plans(programme, MARCH, actor=cast.root.actor)
    plan = draft(programme, cast.a, cast.officer)
    add_own(plan, "Việc riêng chưa ai biết", revision=1, actor=cast.officer.actor)
    assert programme.title in cast.officer.client().get("/").content.decode()
    done = issued(programme, cast.b, cast.neighbour)
    page = cast.chief.client().get(reverse("programmes:detail", args=[programme.pk])).content.decode()
    assert reverse("plans:standing", args=[programme.pk]) in page
    unit = cast.chief.client().get(reverse("units:detail", args=[cast.b.pk])).content.decode()
    assert reverse("plans:detail", args=[done.pk]) in unit
    beside = cast.chief.client().get(reverse("units:detail", args=[cast.a.pk])).content.decode()
    assert "Việc riêng" not in beside
    record = cast.neighbour.client().get("/archive/").content.decode()
    assert done.subject in record


def test_templates_of_plans_are_for_the_unit_s_own_office(cast, programme):
    urls = [reverse("plans:templates"), reverse("plans:template-file", args=["vi"])]
    for url in urls:
        assert cast.officer.client().get(url).status_code == 200
        assert cast.reader.client().get(url).status_code == 403
        assert cast.stranger.client().get(url).status_code == 404
    assert cast.officer.client().get(reverse("plans:template-file", args=["fr"])).status_code == 404
    reset = reverse("plans:template-reset", args=["vi"])
    assert cast.officer.client().get(reset).status_code == 405
    assert cast.officer.client().post(reset).status_code == 302
    file = cast.officer.client().get(urls[1]).content
    data = io.BytesIO(file)
    data.name = "mau.docx"
    assert cast.officer.client().post(urls[0], {"language": "vi", "file": data}).status_code == 302
    assert "mau.docx" in cast.officer.client().get(urls[0]).content.decode()
    bad = io.BytesIO(b"PK nothing")
    bad.name = "bad.docx"
    assert cast.officer.client().post(urls[0], {"language": "vi", "file": bad}).status_code == 400


def test_a_unit_beside_sees_no_task_that_a_unit_set_itself(cast, programme):
    plan = draft(programme, cast.a, cast.officer)
    first = plan.items.select_related("assignment__task").first()
    add_own(plan, "Việc cụ thể của xã A", above=first, revision=1, actor=cast.officer.actor)
    plan = write_words(plan, head(), revision=2, actor=cast.officer.actor)
    issue_plan(plan, revision=3, actor=cast.officer.actor)
    own = Task.objects.get(set_by=cast.a)
    url, above = (reverse("programmes:task", args=[pk]) for pk in (own.pk, own.parent_id))
    for who, status in ((cast.officer, 200), (cast.chief, 200), (cast.neighbour, 404), (cast.stranger, 404)):
        assert who.client().get(url).status_code == status
    assert own.text in cast.officer.client().get(above).content.decode()
    assert own.text not in cast.neighbour.client().get(above).content.decode()
