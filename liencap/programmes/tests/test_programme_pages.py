from pathlib import Path

import pytest
from django.urls import reverse

from liencap.programmes.actions import assign_task
from liencap.programmes.models import Assignment
from liencap.programmes.queries import Rule
from liencap.programmes.tests.seed import make_programme, make_proposal
from liencap.testing import make_cast

pytestmark = pytest.mark.django_db
SEED = Path(__file__).resolve().parents[3].parent / "shared" / "seeds"


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def task(cast):
    return make_programme(cast).tasks.first()


@pytest.fixture
def mine(cast, task):
    assign_task(task, Rule(tiers=("commune",)), actor=cast.chief.actor)
    return task.assignments.get(unit=cast.a)


def test_a_programme_shows_tasks_windows_and_branches_in_few_queries(
    cast, mine, django_assert_max_num_queries
):
    client = cast.chief.client()
    with django_assert_max_num_queries(23):
        page = client.get(reverse("programmes:detail", args=[mine.task.programme_id]))
    assert page.status_code == 200
    assert len(page.context["page"].object_list) == 3
    assert [bar.deadline.kind for bar in page.context["bars"]] == ["event-window", "due"]
    assert [b.unit.code for b in page.context["branches"]] == ["B", "A"]


def test_the_tree_opens_level_by_level_and_stands_as_a_table_too(cast, mine, django_assert_max_num_queries):
    programme, province = mine.task.programme_id, cast.province.pk
    root = cast.root.client()
    whole = root.get(reverse("programmes:branch", args=[programme, cast.root_unit.pk]))
    assert [(b.unit.code, b.deeper) for b in whole.context["page"]] == [("P", True)]
    with django_assert_max_num_queries(10):
        answer = root.get(
            reverse("programmes:branch", args=[programme, province]), headers={"HX-Request": "true"}
        )
    assert [(b.unit.code, b.deeper) for b in answer.context["branches"]] == [("B", False), ("A", False)]
    assert b"<html" not in answer.content


@pytest.mark.parametrize(
    ("who", "status"),
    [("chief", 200), ("root", 200), ("officer", 404), ("neighbour", 404), ("stranger", 404)],
)
def test_a_branch_is_seen_from_above_and_by_no_one_beside(cast, mine, who, status):
    client = getattr(cast, who).client()
    where = [mine.task.programme_id, cast.province.pk]
    assert client.get(reverse("programmes:branch", args=where)).status_code == status
    assert client.get(reverse("programmes:branch", args=[where[0], 999_999])).status_code == 404
    assert client.get(reverse("programmes:branch", args=[999_999, where[1]])).status_code == 404
    assert client.post(reverse("programmes:branch", args=where)).status_code == 405


def test_a_preview_says_how_many_and_which_and_writes_nothing(cast, task):
    page = cast.chief.client().get(
        reverse("programmes:assign", args=[task.pk]), {"tiers": "commune", "asked": 1}
    )
    assert page.context["page"].paginator.count == 2
    assert not Assignment.objects.exists()


def test_an_assignment_by_rule_then_receipt_then_pass_down(cast, task):
    sent = {"tiers": ["province", "commune"], "asked": 1}
    cast.chief.client().post(reverse("programmes:assign", args=[task.pk]), sent)
    assert Assignment.objects.count() == 3
    top = task.assignments.get(unit=cast.province)
    client = cast.chief.client()
    client.post(reverse("programmes:receive", args=[top.pk]))
    top.refresh_from_db()
    assert top.state == "received"
    client.post(
        reverse("programmes:pass-down", args=[top.pk]), {"codes": "A", "subtasks": "Một việc", "asked": 1}
    )
    assert {a.unit for a in top.passed_down.all()} == {cast.a}
    assert cast.chief.client().get(reverse("programmes:assignment", args=[top.pk])).status_code == 200
    page = cast.officer.client().get(
        reverse("programmes:assignment", args=[task.assignments.get(unit=cast.a).pk])
    )
    assert [one.unit for one in page.context["above"]] == [cast.province]


WRITES = [
    ("programmes:assign", {"officer": 403, "neighbour": 403, "reader": 403, "stranger": 404, "root": 302}),
    ("programmes:receive", {"officer": 302, "neighbour": 404, "reader": 403, "stranger": 404, "chief": 302}),
    ("programmes:pass-down", {"officer": 400, "neighbour": 404, "reader": 403, "stranger": 404}),
]


@pytest.mark.parametrize(
    ("name", "who", "status"), [(n, w, s) for n, table in WRITES for w, s in table.items()]
)
def test_each_write_meets_every_visitor(cast, mine, name, who, status):
    pk = mine.task_id if name == "programmes:assign" else mine.pk
    client = getattr(cast, who).client()
    assert client.post(reverse(name, args=[pk]), {"tiers": "commune", "asked": 1}).status_code == status
    assert client.post(reverse(name, args=[pk + 999]), {"asked": 1}).status_code == 404
    assert client.delete(reverse(name, args=[pk])).status_code == 405


PAGES = [
    ("programmes:detail", {"officer": 200, "neighbour": 200, "reader": 200, "chief": 200, "stranger": 404}),
    ("programmes:task", {"officer": 200, "reader": 200, "chief": 200, "stranger": 404}),
    (
        "programmes:assignment",
        {"officer": 200, "neighbour": 404, "reader": 200, "root": 200, "stranger": 404},
    ),
]


@pytest.mark.parametrize(
    ("name", "who", "status"), [(n, w, s) for n, table in PAGES for w, s in table.items()]
)
def test_who_holds_a_task_sees_it_and_its_programme(cast, mine, name, who, status):
    pk = {"programmes:detail": mine.task.programme_id, "programmes:task": mine.task_id}.get(name, mine.pk)
    assert getattr(cast, who).client().get(reverse(name, args=[pk])).status_code == status


def test_a_unit_that_holds_nothing_does_not_see_the_programme(cast, task):
    address = reverse("programmes:detail", args=[task.programme_id])
    assert cast.officer.client().get(address).status_code == 404


def test_a_neighbour_sees_only_its_own_assignment_of_a_task(cast, mine):
    page = cast.neighbour.client().get(reverse("programmes:task", args=[mine.task_id]))
    assert [one.unit for one in page.context["page"]] == [cast.b]


def test_lists_show_a_stranger_nothing(cast, mine, django_assert_max_num_queries):
    for name in ("programmes:list", "programmes:owed"):
        assert not cast.stranger.client().get(reverse(name)).context["page"].object_list
        client = cast.officer.client()
        with django_assert_max_num_queries(9):
            assert len(client.get(reverse(name)).context["page"].object_list) == 1


def test_the_text_this_project_was_asked_from_becomes_eight_tasks(cast):
    files = sorted(SEED.glob("*.txt"))
    if not files:
        pytest.skip("the seed text is not on this machine")
    proposal = make_proposal(cast, files[0].read_text("utf-8"))
    data = {"revision": 1, "title": "Năm 2020"}
    cast.chief.client().post(reverse("programmes:proposal-confirm", args=[proposal.pk]), data)
    programme = proposal.reading.programmes.get()
    labels = [task.label for task in programme.tasks.all()]
    assert (len(labels), labels[0], labels[-1]) == (8, "Thứ nhất", "Thứ tám")
    assert programme.directions.count() == 5
    windows = [(str(b.deadline.start_date), str(b.deadline.end_date)) for b in bars_of(programme)]
    assert windows == [
        ("2020-01-01", "2020-03-31"), ("2020-04-01", "2020-06-30"), ("2020-07-01", "2020-09-30"),
        ("2020-10-01", "2020-10-31"),
    ]  # fmt: skip
    assert not programme.tasks.filter(due__isnull=False).exists()


def bars_of(programme):
    from liencap.programmes.queries import timeline

    return timeline(programme)[0]
