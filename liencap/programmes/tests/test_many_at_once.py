"""Many tasks to many units as one job: nothing twice, nothing missing, stoppable."""

import datetime

import pytest
from django.urls import reverse

from liencap.audit.actor import SYSTEM
from liencap.audit.models import Entry
from liencap.errors import DomainError, NotAllowed
from liencap.programmes import models
from liencap.programmes.actions import (
    assign_task,
    assign_tasks,
    pass_down_all,
    receive_assignments,
    resume_cascade,
    stop_cascade,
)
from liencap.programmes.actions import cascade as deeds
from liencap.programmes.models import Assignment, Cascade, Programme
from liencap.programmes.queries import Rule
from liencap.programmes.tests.seed import make_programme
from liencap.testing import make_cast
from liencap.units.actions import found_unit
from liencap.units.models import Tier
from liencap.work.actions import run_one
from liencap.work.models import Job

pytestmark = pytest.mark.django_db
COMMUNES = Rule(tiers=("commune",))


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def programme(cast):
    tier = Tier.objects.get(code="commune")
    for n in range(5):
        day = datetime.date(2026, 1, 1)
        found_unit(f"X{n}", f"Xã {n}", tier=tier, parent=cast.province, since=day, actor=SYSTEM)
    return make_programme(cast)


@pytest.fixture
def small_steps(monkeypatch):
    for module in (models, deeds):
        monkeypatch.setattr(module, "CASCADE_STEP", 3)


def ordered(cast, programme, rule=COMMUNES):
    return assign_tasks(programme, list(programme.tasks.all()), rule, actor=cast.chief.actor)


def run_all():
    while run_one("test"):
        pass


def pairs():
    return sorted(Assignment.objects.values_list("task_id", "unit_id"))


def test_a_job_gives_every_task_to_every_unit_once(cast, programme, small_steps):
    cascade = ordered(cast, programme)
    assert not Assignment.objects.exists()
    run_all()
    cascade.refresh_from_db()
    assert (cascade.state, cascade.made, cascade.at, cascade.steps) == ("done", 21, 9, 9)
    assert len(set(pairs())) == 21
    assert {a.due == a.task.due for a in Assignment.objects.select_related("task")} == {True}
    assert Entry.objects.filter(action="assign-task").count() == 3
    assert Job.objects.get(kind="cascade").state == "done"
    again = ordered(cast, programme)
    run_all()
    again.refresh_from_db()
    assert (again.made, len(pairs())) == (0, 21)


def test_what_is_stopped_stays_and_goes_on_without_a_double(cast, programme, small_steps):
    cascade = ordered(cast, programme)
    for _n in range(4):
        assert deeds.carry_step(cascade, cascade.unit_ids, actor=SYSTEM)
    stop_cascade(cascade, actor=cast.chief.actor)
    run_all()
    cascade.refresh_from_db()
    assert (cascade.state, cascade.at, len(pairs())) == ("stopped", 4, 10)
    resume_cascade(cascade, actor=cast.chief.actor)
    run_all()
    cascade.refresh_from_db()
    assert (cascade.state, len(pairs()), cascade.made) == ("done", 21, 21)
    resume_cascade(cascade, actor=cast.chief.actor)
    assert Entry.objects.filter(action="resume-cascade").count() == 1


def test_the_units_are_those_that_were_confirmed(cast, programme):
    cascade = ordered(cast, programme)
    day = datetime.date(2026, 1, 1)
    late = found_unit(
        "LATE", "Xã mới", tier=Tier.objects.get(code="commune"), parent=cast.province, since=day, actor=SYSTEM
    )
    run_all()
    assert not late.assignments.exists()
    assert cascade.unit_count == 7


def test_a_programme_closed_meanwhile_ends_it_with_a_sentence(cast, programme):
    cascade = ordered(cast, programme)
    Programme.objects.update(state="closed")
    run_all()
    job = Job.objects.get(pk=cascade.job_id)
    assert job.state == "failed"
    assert job.error
    page = cast.chief.client().get(reverse("programmes:cascade", args=[cascade.pk]))
    assert reverse("programmes:cascade-resume", args=[cascade.pk]) in page.content.decode()
    with pytest.raises(DomainError):
        ordered(cast, programme)


def test_several_inherited_tasks_go_down_with_their_days(cast, programme):
    for task in programme.tasks.all():
        assign_task(task, Rule(codes=("P",)), actor=cast.chief.actor)
    held = list(Assignment.objects.select_related("unit", "task__programme"))
    late = datetime.date(2027, 6, 1)
    with pytest.raises(DomainError) as refusal:
        pass_down_all(held, COMMUNES, due=late, actor=cast.chief.actor)
    assert refusal.value.code == "loosened"
    pass_down_all(held, COMMUNES, actor=cast.chief.actor)
    run_all()
    below = Assignment.objects.filter(parent__isnull=False).select_related("parent")
    assert below.count() == 21
    assert all(one.due == one.parent.due for one in below)
    assert Entry.objects.filter(action="pass-down").count() == 3


@pytest.mark.parametrize("who", ["officer", "neighbour", "reader", "stranger"])
def test_nobody_without_the_right_orders_stops_or_resumes(cast, programme, who):
    cascade, actor = ordered(cast, programme), getattr(cast, who).actor
    with pytest.raises(NotAllowed):
        assign_tasks(programme, list(programme.tasks.all()), COMMUNES, actor=actor)
    for deed in (stop_cascade, resume_cascade):
        with pytest.raises(NotAllowed):
            deed(cascade, actor=actor)


def test_an_order_needs_tasks_of_the_programme_and_units(cast, programme):
    tasks = list(programme.tasks.all())
    for chosen, rule, code in ((tasks, Rule(codes=("P2",)), "no-units"), ([], COMMUNES, "no-tasks")):
        with pytest.raises(DomainError) as refusal:
            assign_tasks(programme, chosen, rule, actor=cast.chief.actor)
        assert refusal.value.code == code
    late = datetime.date(2030, 1, 1)
    with pytest.raises(DomainError) as refusal:
        assign_tasks(programme, tasks, COMMUNES, due=late, actor=cast.chief.actor)
    assert refusal.value.code == "later"
    assert not Job.objects.exists()


def test_all_that_waits_is_confirmed_by_one_press(cast, programme, django_assert_max_num_queries):
    ordered(cast, programme)
    run_all()
    client = cast.officer.client()
    with django_assert_max_num_queries(20):
        assert client.post(reverse("programmes:receive-many")).status_code == 302
    mine = Assignment.objects.filter(unit=cast.a)
    assert {one.state for one in mine} == {"received"}
    assert Assignment.objects.filter(state="received").count() == 3
    assert Entry.objects.get(action="receive-assignments").new["assignments"] == 3
    assert receive_assignments(list(mine), actor=cast.officer.actor) == 0


@pytest.mark.parametrize("who", ["neighbour", "reader", "stranger"])
def test_nobody_confirms_for_another_unit(cast, programme, who):
    ordered(cast, programme)
    run_all()
    mine = list(Assignment.objects.filter(unit=cast.a).select_related("unit", "task__programme"))
    with pytest.raises(NotAllowed):
        receive_assignments(mine, actor=getattr(cast, who).actor)


def test_the_pages_lead_from_ticks_over_a_preview_to_the_progress(cast, programme):
    client = cast.chief.client()
    address = reverse("programmes:assign-many", args=[programme.pk])
    sent = {"task": [t.pk for t in programme.tasks.all()], "tiers": "commune", "asked": 1}
    page = client.get(address, sent)
    assert (page.context["count"], page.context["page"].paginator.count) == (21, 7)
    assert not Cascade.objects.exists()
    done = client.post(address, sent)
    cascade = Cascade.objects.get()
    assert done.url == reverse("programmes:cascade", args=[cascade.pk])
    assert b"<html" not in client.get(done.url, headers={"HX-Request": "true"}).content
    run_all()
    assert client.get(done.url).status_code == 200
    assert client.get(address, {"asked": 1}).status_code == 302
    for task in programme.tasks.all():
        assign_task(task, Rule(codes=("P",)), actor=cast.chief.actor)
    held = {"task": [a.pk for a in Assignment.objects.filter(unit=cast.province)]}
    sent = held | {"tiers": "commune", "asked": 1}
    assert client.get(reverse("programmes:pass-many"), sent).context["count"] == 21
    assert client.post(reverse("programmes:pass-many"), sent).status_code == 302
    assert client.get(reverse("programmes:owed")).status_code == 200


VISITS = [
    ("programmes:assign-many", {"chief": 302, "root": 302, "officer": 403, "reader": 403, "stranger": 404}),
    ("programmes:cascade", {"chief": 200, "root": 200, "officer": 404, "neighbour": 404, "stranger": 404}),
    ("programmes:cascade-stop", {"chief": 302, "root": 302, "officer": 404, "stranger": 404}),
    ("programmes:cascade-resume", {"chief": 302, "officer": 404, "stranger": 404}),
    ("programmes:receive-many", {"officer": 302, "reader": 403, "stranger": 404}),
    ("programmes:pass-many", {"officer": 302, "reader": 403, "stranger": 404}),
]


@pytest.mark.parametrize(
    ("name", "who", "status"), [(n, w, s) for n, table in VISITS for w, s in table.items()]
)
def test_each_page_meets_every_visitor(cast, programme, name, who, status):
    cascade = ordered(cast, programme)
    run_all()
    client = getattr(cast, who).client()
    own = name in ("programmes:receive-many", "programmes:pass-many")
    args = [] if own else [programme.pk if name == "programmes:assign-many" else cascade.pk]
    send = client.get if name == "programmes:cascade" else client.post
    assert send(reverse(name, args=args), {"asked": 1}).status_code == status
    if not own:
        assert send(reverse(name, args=[args[0] + 999]), {"asked": 1}).status_code == 404
    assert client.delete(reverse(name, args=args)).status_code == 405
