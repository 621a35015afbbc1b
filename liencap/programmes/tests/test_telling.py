"""What giving tasks tells seats, what confirming settles, and which duties the room yields."""

import datetime

import pytest

from liencap.notices.models import Notice
from liencap.notices.queries import open_of
from liencap.programmes.actions import assign_task, pass_down, receive_assignment
from liencap.programmes.duties import to_confirm
from liencap.programmes.models import Assignment
from liencap.programmes.queries import Rule
from liencap.programmes.tests.seed import make_programme
from liencap.testing import make_cast

pytestmark = pytest.mark.django_db
COMMUNES = Rule(tiers=("commune",))
LONG = (datetime.date(2000, 1, 1), datetime.date(2200, 1, 1))


@pytest.fixture
def cast():
    return make_cast()


def told(member) -> list[str]:
    return [notice.kind for notice in open_of(member.seat)]


def test_all_tasks_of_a_programme_are_one_notice_to_each_unit(cast):
    for task in make_programme(cast).tasks.all():
        assign_task(task, COMMUNES, actor=cast.chief.actor)
    assert told(cast.officer) == told(cast.neighbour) == ["assigned"]
    assert told(cast.chief) == told(cast.reader) == told(cast.root) == []
    notice = open_of(cast.officer.seat).get()
    assert cast.officer.client().get(notice.url).status_code == 200
    Notice.objects.update(unread=False)
    assign_task(task, COMMUNES, actor=cast.chief.actor)
    assert not open_of(cast.officer.seat).get().unread, "nothing was new"


def test_confirming_the_last_task_ends_the_notice_of_that_unit_alone(cast):
    for task in make_programme(cast).tasks.all()[:2]:
        assign_task(task, COMMUNES, actor=cast.chief.actor)
    first, second = Assignment.objects.filter(unit=cast.a).select_related("unit", "task__programme")
    receive_assignment(first, actor=cast.officer.actor)
    assert told(cast.officer) == ["assigned"]
    receive_assignment(second, actor=cast.officer.actor)
    assert told(cast.officer) == []
    assert told(cast.neighbour) == ["assigned"]


def test_a_day_brought_forward_from_above_is_told(cast):
    task = make_programme(cast).tasks.first()
    assign_task(task, Rule(tiers=("province", "commune")), actor=cast.chief.actor)
    Notice.objects.update(unread=False)
    mine = Assignment.objects.select_related("unit", "task__programme").get(unit=cast.province)
    pass_down(mine, COMMUNES, due=task.due - datetime.timedelta(days=3), actor=cast.chief.actor)
    assert open_of(cast.officer.seat).get().unread


def test_a_dated_task_is_a_duty_until_it_is_confirmed(cast):
    task = make_programme(cast).tasks.first()
    assign_task(task, COMMUNES, actor=cast.chief.actor)
    mine = Assignment.objects.select_related("unit", "task__programme").get(unit=cast.a)
    (duty,) = [d for d in to_confirm(*LONG) if d.unit_id == cast.a.pk]
    assert (duty.key, duty.due, duty.permission) == (f"assignment-{mine.pk}", task.due, "programme.receive")
    assert cast.officer.client().get(duty.url).status_code == 200
    assert list(to_confirm(LONG[0], task.due - datetime.timedelta(days=1))) == []
    receive_assignment(mine, actor=cast.officer.actor)
    assert [d.unit_id for d in to_confirm(*LONG)] == [cast.b.pk]


def test_what_a_closed_programme_asks_is_no_duty(cast):
    programme = make_programme(cast)
    assign_task(programme.tasks.first(), COMMUNES, actor=cast.chief.actor)
    programme.state = "closed"
    programme.save()
    assert list(to_confirm(*LONG)) == []
