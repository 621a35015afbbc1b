import contextlib
import datetime

import pytest

from liencap.audit.actor import SYSTEM
from liencap.audit.models import Entry
from liencap.errors import DomainError, NotAllowed
from liencap.programmes.actions import assign_task, edit_proposal, pass_down, propose, receive_assignment
from liencap.programmes.models import Assignment
from liencap.programmes.queries import Rule, branches
from liencap.programmes.tests.seed import make_programme, make_proposal
from liencap.testing import make_cast
from liencap.units.actions import found_unit
from liencap.units.models import Tier, Unit

pytestmark = pytest.mark.django_db
COMMUNES = Rule(tiers=("commune",))
JUNE = datetime.date(2026, 6, 30)


@contextlib.contextmanager
def refused(code):
    with pytest.raises(DomainError) as refusal:
        yield
    assert refusal.value.code == code


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def task(cast):
    return make_programme(cast).tasks.first()


def test_a_plan_becomes_tasks_with_due_dates_and_windows(cast):
    programme = make_programme(cast)
    first, second, _third = programme.tasks.all()
    assert first.label == "Thứ nhất"
    assert first.due == datetime.date(2026, 12, 14)
    assert sorted(first.deadlines.values_list("kind", flat=True)) == ["due", "event-window"]
    assert first.confirmed_by == cast.chief.actor.name
    assert second.due is None


def test_a_task_goes_to_every_unit_of_a_tier_once(cast, task):
    assert assign_task(task, COMMUNES, actor=cast.chief.actor) == 2
    assert assign_task(task, COMMUNES, actor=cast.chief.actor) == 0
    assert set(task.assignments.values_list("unit__code", "due")) == {("A", task.due), ("B", task.due)}
    entry = Entry.objects.filter(action="assign-task").first()
    assert entry.new["units"] == 2
    assert len(entry.new["digest"]) == 64


def test_a_rule_never_reaches_beyond_the_unit_that_set_the_task(cast, task):
    with refused("no-units"):
        assign_task(task, Rule(codes=("P2",)), actor=cast.chief.actor)
    with refused("no-units"):
        assign_task(task, Rule(), actor=cast.chief.actor)


@pytest.mark.parametrize("who", ["officer", "neighbour", "reader", "stranger"])
def test_who_is_below_beside_reading_or_strange_assigns_nothing(cast, task, who):
    with pytest.raises(NotAllowed):
        assign_task(task, COMMUNES, actor=getattr(cast, who).actor)
    assert not Assignment.objects.exists()


def test_a_superior_assigns_in_the_subtree(cast, task):
    assert assign_task(task, COMMUNES, actor=cast.root.actor) == 2


def test_fifteen_hundred_units_take_few_queries(cast, task, django_assert_max_num_queries):
    tier = Tier.objects.get(code="commune")
    for n in range(20):
        found_unit(
            f"X{n}", f"Xã {n}", tier=tier, parent=cast.province, since=datetime.date(2026, 1, 1), actor=SYSTEM
        )
    with django_assert_max_num_queries(14):
        assert assign_task(task, COMMUNES, actor=cast.chief.actor) == 22


def test_a_unit_confirms_receipt_and_only_its_own(cast, task):
    assign_task(task, COMMUNES, actor=cast.chief.actor)
    mine = task.assignments.get(unit=cast.a)
    for who in (cast.neighbour, cast.reader, cast.stranger):
        with pytest.raises(NotAllowed):
            receive_assignment(mine, actor=who.actor)
    receive_assignment(mine, actor=cast.officer.actor)
    receive_assignment(mine, actor=cast.officer.actor)
    mine.refresh_from_db()
    assert (mine.state, mine.received_by_seat) == ("received", cast.officer.seat)
    assert Entry.objects.filter(action="receive-assignment").count() == 1


def test_passing_down_tightens_and_loosens_only_with_a_waiver(cast, task):
    assign_task(task, Rule(codes=("P",)), actor=cast.chief.actor)
    mine = task.assignments.get(unit=cast.province)
    late = mine.due + datetime.timedelta(days=1)
    with refused("loosened"):
        pass_down(mine, COMMUNES, due=late, actor=cast.chief.actor)
    assert pass_down(mine, COMMUNES, due=JUNE, subtasks=["Gửi danh sách"], actor=cast.chief.actor) == 4
    below = Assignment.objects.filter(parent=mine)
    assert set(below.values_list("due", flat=True)) == {JUNE}
    assert task.subtasks.get().set_by == cast.province
    assert pass_down(mine, COMMUNES, due=JUNE, subtasks=["Gửi danh sách"], actor=cast.chief.actor) == 0


def test_a_waiver_is_recorded(cast, task):
    assign_task(task, Rule(codes=("P",)), actor=cast.chief.actor)
    mine = task.assignments.get(unit=cast.province)
    late = mine.due + datetime.timedelta(days=1)
    pass_down(mine, COMMUNES, due=late, waiver="Công văn 5", actor=cast.chief.actor)
    assert set(Assignment.objects.filter(parent=mine).values_list("due", "waiver")) == {(late, "Công văn 5")}


def test_a_unit_passes_nothing_sideways(cast, task):
    assign_task(task, COMMUNES, actor=cast.chief.actor)
    with refused("no-units"):
        pass_down(task.assignments.get(unit=cast.a), Rule(codes=("B",)), actor=cast.officer.actor)


def test_branches_count_whole_subtrees(cast, task, django_assert_num_queries):
    assign_task(task, COMMUNES, actor=cast.chief.actor)
    receive_assignment(task.assignments.get(unit=cast.a), actor=cast.officer.actor)
    province = Unit.objects.get(pk=cast.province.pk)
    with django_assert_num_queries(2):
        found = {b.unit.code: (b.assigned, b.received) for b in branches(task.programme, province)}
    assert found == {"A": (1, 1), "B": (1, 0)}
    root = Unit.objects.get(pk=cast.root_unit.pk)
    assert [(b.unit.code, b.assigned) for b in branches(task.programme, root)] == [("P", 2)]


@pytest.mark.parametrize("who", ["officer", "neighbour", "reader", "stranger"])
def test_nobody_without_the_right_edits_a_proposal(cast, who):
    proposal = make_proposal(cast)
    actor = getattr(cast, who).actor
    with pytest.raises(NotAllowed):
        edit_proposal(proposal, revision=1, deed="aside", row=proposal.rows[0]["id"], actor=actor)
    with pytest.raises(NotAllowed):
        propose(proposal.reading, actor=actor)


def test_an_edit_of_an_old_revision_is_refused(cast):
    proposal = make_proposal(cast)
    row = proposal.rows[0]["id"]
    edit_proposal(proposal, revision=1, deed="aside", row=row, actor=cast.chief.actor)
    with refused("moved-on"):
        edit_proposal(proposal, revision=1, deed="back", row=row, actor=cast.chief.actor)
