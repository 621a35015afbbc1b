"""Directions of a plan: pointed out while no task carries them out, and made into one."""

import datetime

import pytest
from django.urls import reverse

from liencap.audit.models import Entry
from liencap.errors import DomainError, NotAllowed
from liencap.programmes.actions import (
    assign_task,
    create_programme,
    edit_proposal,
    link_task,
    make_task,
    unlink_task,
)
from liencap.programmes.models import Programme, Proposal
from liencap.programmes.queries import Rule
from liencap.programmes.tests.seed import make_proposal
from liencap.testing import make_cast

pytestmark = pytest.mark.django_db
PLAN = """LIÊN HIỆP HỢP TÁC XÃ BÌNH MINH
Số: 12/KH-LH

KẾ HOẠCH
Triển khai công tác năm 2026

Phương hướng công tác năm 2026 là: (1) Học tập nghị quyết của liên hiệp. (2) Mở lớp tập huấn cho cán bộ hợp tác xã.

Trong năm 2026, Liên hiệp tập trung các nhiệm vụ sau:

Thứ nhất, mở lớp tập huấn cho cán bộ hợp tác xã trước ngày 15/12/2026.

Thứ hai, tổng kết phong trào thi đua năm 2026.
"""


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def proposal(cast):
    return make_proposal(cast, PLAN)


@pytest.fixture
def programme(cast, proposal):
    return create_programme(proposal, revision=1, actor=cast.chief.actor)


@pytest.fixture
def loose(programme):
    return programme.directions.get(links=None)


def row_of(proposal, label):
    return next(row for row in proposal.rows if row["kind"] == "direction" and row["label"] == label)


def test_on_the_proposal_one_press_makes_a_task_of_a_direction(cast, proposal):
    page = cast.chief.client().get(reverse("programmes:proposal", args=[proposal.pk]))
    assert page.content.decode().count('value="task-of"') == 1
    one = row_of(proposal, "(1)")
    sent = {"revision": 1, "deed": "task-of", "row": one["id"]}
    cast.chief.client().post(reverse("programmes:proposal-edit", args=[proposal.pk]), sent)
    proposal.refresh_from_db()
    made = proposal.rows[-1]
    assert (made["kind"], made["text"], made["start"]) == ("task", one["text"], one["start"])
    assert row_of(proposal, "(1)")["links"] == [made["id"]]
    with pytest.raises(DomainError):
        edit_proposal(proposal, revision=2, deed="task-of", row=one["id"], actor=cast.chief.actor)
    programme = create_programme(proposal, revision=2, actor=cast.chief.actor)
    assert not programme.directions.filter(links=None).exists()


def test_on_the_proposal_a_task_is_linked_and_unlinked(cast, proposal):
    one = row_of(proposal, "(1)")["id"]
    task = next(row["id"] for row in proposal.rows if row["kind"] == "task")
    for n, links in ((1, [task]), (2, [])):
        edit_proposal(
            proposal, revision=n, deed="link", row=one, values={"words": task}, actor=cast.chief.actor
        )
        proposal.refresh_from_db()
        assert row_of(proposal, "(1)")["links"] == links


def test_the_programme_and_the_document_point_out_what_no_task_carries_out(cast, programme, loose):
    client = cast.chief.client()
    address = reverse("programmes:direction", args=[loose.pk])
    assert address in client.get(reverse("programmes:detail", args=[programme.pk])).content.decode()
    document = reverse("documents:detail", args=[programme.reading.version.document_id])
    assert address in client.get(document).content.decode()


def test_a_task_made_of_a_direction_keeps_its_place_and_can_be_assigned(cast, programme, loose):
    sent = {"label": "(1)", "text": "Tổ chức học tập nghị quyết", "due": "2026-06-30", "lead": "Xã Đông Hà"}
    cast.chief.client().post(reverse("programmes:direction", args=[loose.pk]), sent)
    task = loose.tasks.get()
    assert (task.text, task.start, task.end, task.due) == (
        "Tổ chức học tập nghị quyết", loose.start, loose.end, datetime.date(2026, 6, 30),
    )  # fmt: skip
    assert (task.set_by, task.confirmed_by) == (None, cast.chief.actor.name)
    assert task.owners.get().unit == cast.a
    assert task.order > programme.tasks.first().order
    assert Entry.objects.get(action="make-task").object_id == loose.pk
    assert assign_task(task, Rule(tiers=("commune",)), actor=cast.chief.actor) == 2
    with pytest.raises(DomainError) as refusal:
        make_task(loose, "Lần nữa", actor=cast.chief.actor)
    assert refusal.value.status == 409


def test_links_are_logged_once_and_only_tasks_of_the_programme_fit(cast, programme, loose):
    task = programme.tasks.last()
    for _n in range(2):
        link_task(loose, task, actor=cast.chief.actor)
    assert list(loose.tasks.all()) == [task]
    for _n in range(2):
        unlink_task(loose, task, actor=cast.chief.actor)
    assert Entry.objects.filter(action__in=["link-task", "unlink-task"]).count() == 2
    other = create_programme(
        make_proposal(cast, PLAN + " "), revision=1, actor=cast.chief.actor
    ).tasks.first()
    with pytest.raises(DomainError):
        link_task(loose, other, actor=cast.chief.actor)


def test_a_closed_programme_keeps_its_directions_as_they_are(cast, programme, loose):
    Programme.objects.update(state="closed")
    for deed in (lambda: make_task(loose, "x", actor=cast.chief.actor),
                 lambda: link_task(loose, programme.tasks.first(), actor=cast.chief.actor)):  # fmt: skip
        with pytest.raises(DomainError) as refusal:
            deed()
        assert refusal.value.code == "closed"


@pytest.mark.parametrize("who", ["officer", "neighbour", "reader", "stranger"])
def test_nobody_below_beside_reading_or_strange_changes_a_direction(cast, programme, loose, who):
    with pytest.raises(NotAllowed):
        make_task(loose, "x", actor=getattr(cast, who).actor)
    with pytest.raises(NotAllowed):
        link_task(loose, programme.tasks.first(), actor=getattr(cast, who).actor)
    with pytest.raises(NotAllowed):
        unlink_task(loose, programme.tasks.first(), actor=getattr(cast, who).actor)


VISITS = [
    ("programmes:direction", {"chief": 302, "root": 302, "officer": 403, "reader": 403, "stranger": 404}),
    ("programmes:direction-link", {"chief": 302, "officer": 403, "neighbour": 403, "stranger": 404}),
    ("programmes:direction-unlink", {"chief": 302, "officer": 403, "neighbour": 403, "stranger": 404}),
]


@pytest.mark.parametrize(
    ("name", "who", "status"), [(n, w, s) for n, table in VISITS for w, s in table.items()]
)
def test_each_page_meets_every_visitor(cast, programme, loose, name, who, status):
    task = programme.tasks.first()
    assign_task(task, Rule(tiers=("commune",)), actor=cast.chief.actor)
    client, more = getattr(cast, who).client(), [task.pk] if "unlink" in name else []
    sent = {"task": task.pk, "text": "Một việc"}
    assert client.post(reverse(name, args=[loose.pk, *more]), sent).status_code == status
    assert client.post(reverse(name, args=[loose.pk + 999, *more]), sent).status_code == 404
    got = {302: 200, 403: 200}.get(status, status) if name == "programmes:direction" else 405
    assert client.get(reverse(name, args=[loose.pk, *more])).status_code == got


def test_a_wrong_choice_is_answered_with_a_sentence(cast, programme, loose):
    client = cast.chief.client()
    assert (
        client.post(reverse("programmes:direction-link", args=[loose.pk]), {"task": 999999}).status_code
        == 400
    )
    assert client.post(reverse("programmes:direction", args=[loose.pk]), {"text": ""}).status_code == 400
    assert Proposal.objects.count() == 1
