import pytest
from django.urls import reverse

from liencap.programmes.actions import acknowledge_amendment, assign_task, edit_amendment
from liencap.programmes.models import AmendmentNotice, AmendmentProposal
from liencap.programmes.queries import Rule
from liencap.programmes.tests.amending import DECISION, amend, make_plan, propose, read_for
from liencap.testing import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def programme(cast):
    made = make_plan(cast)
    for task in made.tasks.all():
        assign_task(task, Rule(tiers=("province", "commune")), actor=cast.chief.actor)
    return made


def task_of(programme, label="Thứ nhất"):
    return programme.tasks.get(label=label)


def address(name, *args):
    return reverse(name, args=args)


def test_a_document_is_chosen_read_decided_and_confirmed(cast, programme, django_assert_max_num_queries):
    reading = read_for(cast.province, cast.chief)
    client = cast.chief.client()
    with django_assert_max_num_queries(14):
        page = client.get(address("programmes:amend", programme.pk))
    assert [one.pk for one in page.context["page"]] == [reading.pk]
    client.post(address("programmes:amend", programme.pk), {"reading": reading.pk})
    proposal = AmendmentProposal.objects.get()
    with django_assert_max_num_queries(16):
        page = client.get(address("programmes:amendment-proposal", proposal.pk))
    html = page.content.decode()
    assert (page.context["live"], page.context["waiting"], len(page.context["kept"])) == (6, 0, 1)
    assert "<del>ba</del><ins>hai</ins>" in html
    row = proposal.rows[4]
    data = {"revision": 1, "change": "rescinded", "task": row["task"], "text": "x"}
    assert client.post(address("programmes:amendment-row", proposal.pk, row["id"]), data).status_code == 302
    client.post(
        address("programmes:amendment-edit", proposal.pk), {"revision": 2, "deed": "aside", "row": "a5"}
    )
    answer = client.post(
        address("programmes:amendment-confirm", proposal.pk), {"revision": 3, "since": "2026-06-10"}
    )
    made = programme.amendments.get()
    assert answer.url == address("programmes:amendment", made.pk)
    assert client.get(address("programmes:amendment-proposal", proposal.pk)).url == answer.url
    assert (str(made.since), made.versions.filter(n=2).count()) == ("2026-06-10", 5)


def test_a_decision_without_a_task_is_asked_again(cast, programme):
    proposal = propose(cast, programme)
    page = cast.chief.client().post(
        address("programmes:amendment-row", proposal.pk, "a0"),
        {"revision": 1, "change": "words", "task": "", "text": "Mở lớp"},
    )
    assert page.status_code == 400
    assert page.context["form"].errors["task"]


def test_words_that_were_not_found_are_added_and_decided(cast, programme):
    proposal = propose(cast, programme)
    words = {"revision": 1, "deed": "add", "words": "Các nội dung khác của Kế hoạch giữ nguyên."}
    answer = cast.chief.client().post(address("programmes:amendment-edit", proposal.pk), words)
    assert answer.url == address("programmes:amendment-row", proposal.pk, "n0")
    assert cast.chief.client().get(answer.url).status_code == 200


def test_a_document_leads_to_the_programme_that_it_names_first(cast, programme):
    make_plan(cast)
    other = read_for(cast.province, cast.chief, DECISION.replace("12/KH-LH", "99/KH-LH"), "other.txt")
    page = cast.chief.client().get(reverse("documents:detail", args=[other.version.document_id]))
    assert address("programmes:amends", other.pk) in page.content.decode()
    page = cast.chief.client().get(address("programmes:amends", other.pk))
    assert len(page.context["page"].object_list) == 2


def test_a_unit_sees_old_and_new_and_confirms_with_one_button(cast, programme, django_assert_max_num_queries):
    amend(cast, programme)
    mine = task_of(programme).assignments.get(unit=cast.a)
    client = cast.officer.client()
    assert "2 " in client.get("/").content.decode()
    with django_assert_max_num_queries(30):
        page = client.get(address("programmes:assignment", mine.pk)).content.decode()
    assert "<del>ba</del><ins>hai</ins>" in page
    assert "Thay cụm từ “ba lớp”" in page
    assert address("programmes:acknowledge", mine.pk) in page
    client.post(address("programmes:acknowledge", mine.pk))
    assert AmendmentNotice.objects.get(assignment=mine).confirmed_by_seat == cast.officer.seat
    assert (
        address("programmes:acknowledge", mine.pk)
        not in client.get(address("programmes:assignment", mine.pk)).content.decode()
    )


def test_the_start_page_counts_what_waits_until_it_is_confirmed(cast, programme):
    amend(cast, programme)
    words = "5 changed tasks wait for your confirmation"
    client = cast.officer.client()
    assert words in client.get("/", headers={"accept-language": "en"}).content.decode()
    for notice in AmendmentNotice.objects.filter(assignment__unit=cast.a):
        acknowledge_amendment(notice.assignment, actor=cast.officer.actor)
    assert (
        "wait for your confirmation"
        not in client.get("/", headers={"accept-language": "en"}).content.decode()
    )


def test_who_confirmed_is_seen_from_above_down_the_tree(cast, programme, django_assert_max_num_queries):
    made = amend(cast, programme)
    acknowledge_amendment(task_of(programme).assignments.get(unit=cast.a), actor=cast.officer.actor)
    client = cast.chief.client()
    with django_assert_max_num_queries(28):
        page = client.get(address("programmes:amendment", made.pk))
    seen = page.context["seen"]
    assert (seen.told, seen.confirmed, len(page.context["changes"])) == (15, 1, 6)
    counts = {one.unit.code: (one.confirmed, one.told) for one in page.context["branches"]}
    assert counts == {"P": (0, 5), "A": (1, 5), "B": (0, 5)}
    with django_assert_max_num_queries(18):
        page = client.get(address("programmes:amendment-seen", made.pk, cast.a.pk))
    assert [one.assignment.unit for one in page.context["page"]] == [cast.a] * 4


def test_nothing_of_a_sibling_s_confirmations_is_seen_from_beside(cast, programme):
    made = amend(cast, programme)
    acknowledge_amendment(task_of(programme).assignments.get(unit=cast.a), actor=cast.officer.actor)
    client = cast.neighbour.client()
    page = client.get(address("programmes:amendment", made.pk))
    assert (page.context["seen"].told, page.context["seen"].confirmed) == (5, 0)
    assert [one.unit.code for one in page.context["branches"]] == ["B"]
    assert cast.a.name not in page.content.decode()
    task = client.get(address("programmes:task", task_of(programme).pk)).content.decode()
    assert cast.a.name not in task
    assert client.get(address("programmes:amendment-seen", made.pk, cast.a.pk)).status_code == 404
    assert client.get(address("programmes:amendment-seen", made.pk, cast.province.pk)).status_code == 404
    assert cast.a.name not in client.get("/").content.decode()


def test_a_task_shows_all_its_versions_and_an_old_one_its_old_words(
    cast, programme, django_assert_max_num_queries
):
    amend(cast, programme)
    first = task_of(programme)
    client = cast.officer.client()
    with django_assert_max_num_queries(30):
        page = client.get(address("programmes:task", first.pk)).content.decode()
    assert "<del>ba</del><ins>hai</ins>" in page
    assert address("programmes:task-version", first.pk, 1) in page
    old = cast.officer.client().get(address("programmes:task-version", first.pk, 1)).content.decode()
    assert "mở ba lớp tập huấn" in old
    untouched = task_of(programme, "Thứ sáu")
    assert cast.officer.client().get(address("programmes:task-version", untouched.pk, 1)).status_code == 200
    assert cast.officer.client().get(address("programmes:task-version", first.pk, 9)).status_code == 404


def test_a_rescinded_task_is_no_longer_listed_as_owed(cast, programme):
    amend(cast, programme)
    page = cast.officer.client().get(address("programmes:owed"))
    assert "Thứ năm" not in [one.task.label for one in page.context["page"]]
    mine = task_of(programme, "Thứ năm").assignments.get(unit=cast.a)
    page = cast.officer.client().get(address("programmes:assignment", mine.pk))
    assert not page.context["may_receive"]


def test_the_programme_lists_its_amendments_and_the_new_task_is_offered(cast, programme):
    made = amend(cast, programme)
    page = cast.chief.client().get(address("programmes:detail", programme.pk)).content.decode()
    assert address("programmes:amendment", made.pk) in page
    new, near = task_of(programme, "Thứ bảy"), task_of(programme, "Thứ sáu")
    page = cast.chief.client().get(address("programmes:amendment", made.pk))
    assert page.context["added"] == [(new, near, 3)]
    cast.chief.client().post(address("programmes:assign-like", new.pk), {"like": near.pk})
    assert new.assignments.count() == 3


def test_progress_is_a_fragment_and_without_script_the_page(cast, programme):
    made = amend(cast, programme)
    client = cast.chief.client()
    assert client.get(address("programmes:amendment-progress", made.pk)).url == address(
        "programmes:amendment", made.pk
    )
    fragment = client.get(address("programmes:amendment-progress", made.pk), headers={"HX-Request": "true"})
    assert b"<html" not in fragment.content


EDITORS = {"officer": 404, "neighbour": 404, "reader": 404, "stranger": 404, "root": 302}
WRITES = [
    ("programmes:amend", EDITORS | {"officer": 403, "neighbour": 403, "reader": 403}),
    ("programmes:amendment-edit", EDITORS),
    ("programmes:amendment-confirm", EDITORS),
    ("programmes:assign-like", EDITORS | {"officer": 403, "neighbour": 403, "reader": 403}),
    (
        "programmes:acknowledge",
        {"neighbour": 404, "reader": 403, "stranger": 404, "officer": 302, "chief": 302},
    ),
]


@pytest.mark.parametrize(("name", "visitors"), WRITES)
def test_each_write_meets_every_visitor(cast, programme, name, visitors):
    proposal = propose(cast, programme)
    first, last = programme.tasks.first(), programme.tasks.last()
    pk, data = {
        "programmes:amend": (programme.pk, {"reading": proposal.reading_id}),
        "programmes:assign-like": (first.pk, {"like": last.pk}),
        "programmes:acknowledge": (first.assignments.get(unit=cast.a).pk, {}),
    }.get(name, (proposal.pk, {"revision": 1, "deed": "aside", "row": "a0"}))
    for who, status in visitors.items():
        client = getattr(cast, who).client()
        assert client.post(address(name, 999_999), data).status_code == 404, who
        assert client.delete(address(name, pk)).status_code == 405, who
        assert client.post(address(name, pk), data).status_code == status, who


READERS = {"officer": 200, "neighbour": 200, "reader": 200, "chief": 200, "root": 200, "stranger": 404}
PAGES = {
    "programmes:amend": {"chief": 200, "root": 200, "officer": 403, "reader": 403, "stranger": 404},
    "programmes:amends": {
        "chief": 200,
        "root": 200,
        "officer": 404,
        "neighbour": 404,
        "reader": 404,
        "stranger": 404,
    },
    "programmes:amendment-proposal": {
        "chief": 302,
        "root": 302,
        "officer": 404,
        "neighbour": 404,
        "stranger": 404,
    },
    "programmes:amendment-row": {
        "chief": 200,
        "root": 200,
        "officer": 404,
        "neighbour": 404,
        "stranger": 404,
    },
    "programmes:amendment": READERS,
    "programmes:amendment-progress": {"officer": 302, "reader": 302, "stranger": 404},
    "programmes:amendment-seen": {
        "officer": 404,
        "neighbour": 404,
        "reader": 404,
        "chief": 200,
        "root": 200,
        "stranger": 404,
    },
    "programmes:task-version": READERS,
}


def test_each_page_meets_every_visitor(cast, programme):
    made = amend(cast, programme)
    proposal = AmendmentProposal.objects.get()
    places = {
        "programmes:amend": [programme.pk],
        "programmes:amends": [proposal.reading_id],
        "programmes:amendment-proposal": [proposal.pk],
        "programmes:amendment-row": [proposal.pk, "a0"],
        "programmes:amendment-seen": [made.pk, cast.province.pk],
        "programmes:task-version": [programme.tasks.first().pk, 1],
    }
    clients = {who: getattr(cast, who).client() for who in READERS}
    for name, visitors in PAGES.items():
        args = places.get(name, [made.pk])
        for who, status in visitors.items():
            assert clients[who].get(address(name, *args)).status_code == status, (name, who)
            assert clients[who].get(address(name, 999_999, *args[1:])).status_code == 404, (name, who)


def test_a_closed_programme_takes_no_amendment(cast, programme):
    proposal = propose(cast, programme)
    type(programme).objects.filter(pk=programme.pk).update(state="closed")
    client = cast.chief.client()
    assert (
        client.post(address("programmes:amendment-confirm", proposal.pk), {"revision": 1}).status_code == 409
    )
    assert (
        client.post(address("programmes:amend", programme.pk), {"reading": proposal.reading_id}).status_code
        == 409
    )


def test_an_old_revision_is_refused(cast, programme):
    proposal = propose(cast, programme)
    edit_amendment(proposal, revision=1, deed="aside", row="a0", actor=cast.chief.actor)
    data = {"revision": 1, "deed": "aside", "row": "a1"}
    assert (
        cast.chief.client().post(address("programmes:amendment-edit", proposal.pk), data).status_code == 409
    )
    assert cast.chief.client().get(address("programmes:amendment-row", proposal.pk, "zz")).status_code == 404


def test_a_document_with_nothing_in_common_is_questioned(cast, programme):
    other = (
        "KẾ HOẠCH\nvề chuyện khác\n\nThứ nhất, xây dựng cổng thông tin giá nông sản.\n\nThứ hai, sửa cầu.\n"
    )
    proposal = propose(cast, programme, other)
    page = cast.chief.client().get(address("programmes:amendment-proposal", proposal.pk))
    assert page.context["unlike"]
    assert not AmendmentProposal.objects.get().confirmed
