import contextlib
import datetime

import pytest

from liencap.audit.actor import SYSTEM
from liencap.audit.models import Entry
from liencap.errors import DomainError, NotAllowed
from liencap.programmes.actions import (
    acknowledge_amendment,
    assign_like,
    assign_task,
    confirm_amendment,
    edit_amendment,
    pass_down,
    propose_amendment,
    receive_assignment,
)
from liencap.programmes.actions.carrying import due_after
from liencap.programmes.models import Amendment, AmendmentNotice, Assignment, Programme, Task, TaskVersion
from liencap.programmes.queries import Rule
from liencap.programmes.tests.amending import DECISION, amend, make_plan, propose, read_for
from liencap.testing import make_cast
from liencap.units.actions import found_unit
from liencap.units.models import Tier, Unit
from liencap.work.actions import run_one
from liencap.work.models import Job

pytestmark = pytest.mark.django_db
COMMUNES = Rule(tiers=("commune",))
DAY = datetime.date


@contextlib.contextmanager
def refused(code):
    with pytest.raises(DomainError) as refusal:
        yield
    assert refusal.value.code == code


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def programme(cast):
    made = make_plan(cast)
    for task in made.tasks.all():
        assign_task(task, Rule(tiers=("province", "commune")), actor=cast.chief.actor)
    return made


def task_of(programme, label):
    return programme.tasks.get(label=label)


def test_each_instruction_becomes_a_difference_of_its_task(cast, programme):
    proposal = propose(cast, programme)
    labels = dict(programme.tasks.values_list("pk", "label"))
    rows = [(r["change"], labels.get(r["task"]), r["due"], r["open"]) for r in proposal.rows]
    assert rows == [
        ("words", "Thứ nhất", "2026-12-14", False),
        ("date", "Thứ hai", "2026-08-31", False),
        ("words", "Thứ ba", "2026-07-30", False),
        ("replaced", "Thứ tư", None, False),
        ("rescinded", "Thứ năm", None, False),
        ("added", None, "2026-10-30", False),
    ]
    assert proposal.rows[0]["text"].startswith("mở hai lớp tập huấn")
    assert labels[proposal.rows[5]["after"]] == "Thứ sáu"
    assert not TaskVersion.objects.exists()


def test_confirming_writes_versions_and_makes_them_the_tasks(cast, programme):
    made = amend(cast, programme)
    first, third, fifth = (task_of(programme, f"Thứ {w}") for w in ("nhất", "ba", "năm"))
    assert [(v.n, v.text[:10]) for v in first.versions.all()] == [(1, "mở ba lớp "), (2, "mở hai lớp")]
    assert (first.version, first.text[:10], first.due) == (2, "mở hai lớp", DAY(2026, 12, 14))
    assert (third.due, third.deadlines.get().end_date) == (DAY(2026, 7, 30), DAY(2026, 7, 31))
    assert fifth.rescinded
    assert fifth.versions.get(n=2).words == "Bãi bỏ nhiệm vụ thứ năm."
    new = task_of(programme, "Thứ bảy")
    assert (new.version, new.order, new.due) == (1, task_of(programme, "Thứ sáu").order, DAY(2026, 10, 30))
    assert (made.number, made.date, made.carried) == ("45/QĐ-LH", DAY(2026, 6, 2), True)
    assert task_of(programme, "Thứ sáu").versions.count() == 0


def test_holders_keep_what_they_had_and_are_asked_to_confirm(cast, programme):
    second = task_of(programme, "Thứ hai")
    top = second.assignments.get(unit=cast.province)
    early = DAY(2026, 5, 1)
    pass_down(top, COMMUNES, due=early, subtasks=["Gửi danh sách"], actor=cast.chief.actor)
    mine = second.assignments.get(unit=cast.a)
    receive_assignment(mine, actor=cast.officer.actor)
    amend(cast, programme)
    mine.refresh_from_db()
    assert (mine.state, mine.parent, mine.due) == ("received", top, early)
    assert second.subtasks.filter(set_by=cast.province).count() == 1
    top.refresh_from_db()
    assert top.due == DAY(2026, 8, 31)
    notice = mine.notices.get()
    assert (notice.old_due, notice.new_due, notice.confirmed_at) == (early, early, None)
    third = task_of(programme, "Thứ ba").assignments.get(unit=cast.a)
    assert (third.notices.get().old_due, third.due) == (DAY(2026, 9, 29), DAY(2026, 7, 30))
    assert AmendmentNotice.objects.count() == 15


@pytest.mark.parametrize(
    ("held", "old", "new", "waived", "after"),
    [
        (DAY(2026, 6, 1), DAY(2026, 6, 1), DAY(2026, 5, 1), False, DAY(2026, 5, 1)),
        (DAY(2026, 5, 20), DAY(2026, 6, 1), DAY(2026, 5, 1), False, DAY(2026, 5, 1)),
        (DAY(2026, 4, 1), DAY(2026, 6, 1), DAY(2026, 5, 1), False, DAY(2026, 4, 1)),
        (DAY(2026, 6, 1), DAY(2026, 6, 1), DAY(2026, 7, 1), False, DAY(2026, 7, 1)),
        (DAY(2026, 5, 1), DAY(2026, 6, 1), DAY(2026, 7, 1), False, DAY(2026, 5, 1)),
        (DAY(2026, 8, 1), DAY(2026, 6, 1), DAY(2026, 5, 1), True, DAY(2026, 8, 1)),
        (DAY(2026, 8, 1), DAY(2026, 6, 1), DAY(2026, 7, 1), False, DAY(2026, 8, 1)),
        (None, None, DAY(2026, 5, 1), False, DAY(2026, 5, 1)),
        (DAY(2026, 8, 1), None, DAY(2026, 5, 1), False, DAY(2026, 5, 1)),
        (DAY(2026, 6, 1), DAY(2026, 6, 1), None, False, None),
        (DAY(2026, 5, 1), DAY(2026, 6, 1), None, False, DAY(2026, 5, 1)),
        (DAY(2026, 5, 1), DAY(2026, 6, 1), DAY(2026, 6, 1), False, DAY(2026, 5, 1)),
    ],
)
def test_an_earlier_day_tightens_and_a_later_one_loosens_only_the_plan_s_own(held, old, new, waived, after):
    assert due_after(held, old, new, waived=waived) == after


def test_a_unit_s_own_sub_tasks_are_tightened_and_end_with_their_task(cast, programme):
    for words in ("ba", "năm"):
        top = task_of(programme, f"Thứ {words}").assignments.get(unit=cast.province)
        due = DAY(2026, 9, 20) if words == "ba" else None
        pass_down(top, COMMUNES, due=due, subtasks=["Việc riêng"], actor=cast.chief.actor)
    amend(cast, programme)
    tightened, ended = Task.objects.filter(text="Việc riêng").order_by("pk")
    assert tightened.due == DAY(2026, 7, 30)
    assert set(tightened.assignments.values_list("due", flat=True)) == {DAY(2026, 7, 30)}
    assert ended.rescinded
    assert not Assignment.objects.owed_by(cast.a.pk).filter(task=ended).exists()


def test_a_rescinded_task_is_owed_no_more_and_takes_no_deed(cast, programme):
    amend(cast, programme)
    fifth = task_of(programme, "Thứ năm")
    mine = fifth.assignments.get(unit=cast.a)
    assert mine not in Assignment.objects.owed_by(cast.a.pk)
    with refused("rescinded"):
        receive_assignment(mine, actor=cast.officer.actor)
    with refused("rescinded"):
        assign_task(fifth, COMMUNES, actor=cast.chief.actor)
    with refused("rescinded"):
        assign_like(fifth, task_of(programme, "Thứ sáu"), actor=cast.chief.actor)


def test_an_added_task_goes_to_the_units_of_its_neighbour(cast, programme):
    amend(cast, programme)
    new, near = task_of(programme, "Thứ bảy"), task_of(programme, "Thứ sáu")
    assert assign_like(new, near, actor=cast.chief.actor) == 3
    assert assign_like(new, near, actor=cast.chief.actor) == 0
    assert set(new.assignments.values_list("unit__code", "due")) == {(c, new.due) for c in ("P", "A", "B")}
    other = make_plan(cast).tasks.first()
    with refused("foreign-task"):
        assign_like(new, other, actor=cast.chief.actor)


def test_a_unit_confirms_once_and_only_its_own(cast, programme):
    amend(cast, programme)
    mine = task_of(programme, "Thứ nhất").assignments.get(unit=cast.a)
    for who in (cast.neighbour, cast.reader, cast.stranger):
        with pytest.raises(NotAllowed):
            acknowledge_amendment(mine, actor=who.actor)
    assert acknowledge_amendment(mine, actor=cast.officer.actor) == 1
    assert acknowledge_amendment(mine, actor=cast.officer.actor) == 0
    assert mine.notices.get().confirmed_by_seat == cast.officer.seat
    assert Entry.objects.filter(action="acknowledge-amendment").count() == 1


def test_a_second_amendment_builds_on_the_first(cast, programme):
    amend(cast, programme)
    again = DECISION.replace("45/QĐ-LH", "80/QĐ-LH").split("1. Thay")[0]
    amend(cast, programme, again + "1. Thay cụm từ “hai lớp” bằng cụm từ “bốn lớp” tại nhiệm vụ thứ nhất.\n")
    first = task_of(programme, "Thứ nhất")
    assert [v.text.split()[1] for v in first.versions.all()] == ["ba", "hai", "bốn"]
    mine = first.assignments.get(unit=cast.a)
    assert acknowledge_amendment(mine, actor=cast.officer.actor) == 2


def test_what_is_not_decided_is_not_confirmed(cast, programme):
    text = DECISION.replace("Bãi bỏ nhiệm vụ thứ năm", "Bãi bỏ nhiệm vụ thứ chín")
    proposal = propose(cast, programme, text)
    lost = proposal.rows[4]
    assert (lost["task"], lost["open"]) == (None, True)
    with refused("undecided"):
        confirm_amendment(proposal, revision=1, actor=cast.chief.actor)
    with refused("no-task-chosen"):
        edit_amendment(
            proposal, revision=1, deed="save", row=lost["id"], values={"task": None}, actor=cast.chief.actor
        )
    foreign = make_plan(cast).tasks.first()
    with refused("foreign-task"):
        edit_amendment(
            proposal,
            revision=1,
            deed="save",
            row=lost["id"],
            values={"task": foreign.pk},
            actor=cast.chief.actor,
        )
    sixth = task_of(programme, "Thứ sáu")
    edit_amendment(
        proposal, revision=1, deed="save", row=lost["id"], values={"task": sixth.pk}, actor=cast.chief.actor
    )
    with refused("moved-on"):
        confirm_amendment(proposal, revision=1, actor=cast.chief.actor)
    confirm_amendment(proposal, revision=2, actor=cast.chief.actor)
    sixth.refresh_from_db()
    assert sixth.rescinded
    with refused("confirmed"):
        confirm_amendment(proposal, revision=2, actor=cast.chief.actor)


def test_a_day_set_by_hand_takes_the_place_of_the_one_that_was_read(cast, programme):
    proposal = propose(cast, programme)
    row = proposal.rows[2]
    proposal = edit_amendment(
        proposal, revision=1, deed="save", row=row["id"], values={"due": "2026-08-15"}, actor=cast.chief.actor
    )
    confirm_amendment(proposal, revision=2, actor=cast.chief.actor)
    third = task_of(programme, "Thứ ba")
    assert (third.due, third.deadlines.get().end_date) == (DAY(2026, 8, 15), DAY(2026, 8, 15))


def test_rows_are_left_out_taken_back_and_added(cast, programme):
    proposal = propose(cast, programme)
    actor, row = cast.chief.actor, proposal.rows[0]["id"]
    proposal = edit_amendment(proposal, revision=1, deed="aside", row=row, actor=actor)
    proposal = edit_amendment(proposal, revision=2, deed="back", row=row, actor=actor)
    assert not proposal.rows[0]["aside"]
    with refused("not-in-source"):
        edit_amendment(proposal, revision=3, deed="add", values={"words": "không có câu này"}, actor=actor)
    with refused("no-such-row"):
        edit_amendment(proposal, revision=3, deed="aside", row="zz", actor=actor)
    proposal = edit_amendment(
        proposal,
        revision=3,
        deed="add",
        values={"words": "Các nội dung khác của Kế hoạch giữ nguyên."},
        actor=actor,
    )
    assert (proposal.rows[-1]["open"], proposal.rows[-1]["task"]) == (True, None)


WHOLE = """LIÊN HIỆP HỢP TÁC XÃ BÌNH MINH
Số: 60/KH-LH

KẾ HOẠCH
Triển khai công tác năm 2026 (thay thế)

Trong năm 2026, Liên hiệp tập trung các nhiệm vụ sau:

Thứ nhất, mở ba lớp tập huấn cho cán bộ hợp tác xã; hoàn thành trước ngày 15/12/2026.

Thứ hai, rà soát danh sách thành viên; hoàn thành trước ngày 31/8/2026.

Thứ ba, không lập quỹ hỗ trợ thành viên gặp thiên tai; hoàn thành trước ngày 30/9/2026.

Thứ tư, xây dựng cổng thông tin giá nông sản cho các hợp tác xã.

Thứ năm, trồng cây quanh trụ sở.
"""


def test_a_whole_new_plan_is_compared_task_by_task(cast, programme):
    proposal = propose(cast, programme, WHOLE)
    labels = dict(programme.tasks.values_list("pk", "label"))
    assert proposal.whole
    rows = {(r["change"], labels.get(r["task"]), r["open"]) for r in proposal.rows}
    assert rows == {
        ("words", "Thứ hai", False),
        ("words", "Thứ ba", False),
        ("added", None, True),
        ("rescinded", "Thứ tư", True),
        ("rescinded", "Thứ năm", True),
    }
    added = next(r for r in proposal.rows if r["change"] == "added")
    fourth = task_of(programme, "Thứ tư").pk
    proposal = edit_amendment(
        proposal, revision=1, deed="save", row=added["id"], values={"change": "replaced", "task": fourth},
        actor=cast.chief.actor,
    )  # fmt: skip
    assert [labels[r["task"]] for r in proposal.rows if r["open"]] == ["Thứ năm"]


@pytest.mark.parametrize("who", ["officer", "neighbour", "reader", "stranger"])
def test_who_is_below_beside_reading_or_strange_amends_nothing(cast, programme, who):
    proposal, actor = propose(cast, programme), getattr(cast, who).actor
    with pytest.raises(NotAllowed):
        propose_amendment(programme, proposal.reading, actor=actor)
    with pytest.raises(NotAllowed):
        edit_amendment(proposal, revision=1, deed="aside", row="a0", actor=actor)
    with pytest.raises(NotAllowed):
        confirm_amendment(proposal, revision=1, actor=actor)
    with pytest.raises(NotAllowed):
        assign_like(programme.tasks.first(), programme.tasks.last(), actor=actor)
    assert not Amendment.objects.exists()


def test_a_superior_amends(cast, programme):
    proposal = propose(cast, programme)
    assert confirm_amendment(proposal, revision=1, actor=cast.root.actor).programme == programme


def test_a_closed_programme_and_its_own_plan_amend_nothing(cast, programme):
    with refused("own-plan"):
        propose_amendment(programme, programme.reading, actor=cast.chief.actor)
    proposal = propose(cast, programme)
    Programme.objects.filter(pk=programme.pk).update(state="closed")
    programme.refresh_from_db()
    with refused("closed"):
        confirm_amendment(proposal, revision=1, actor=cast.chief.actor)
    with refused("closed"):
        propose_amendment(programme, proposal.reading, actor=cast.chief.actor)


def test_five_tasks_reach_fifteen_hundred_units_in_few_queries(cast, django_assert_max_num_queries):
    tier = Tier.objects.get(code="commune")
    for n in range(1500):
        found_unit(f"X{n}", f"Xã {n}", tier=tier, parent=cast.province, since=DAY(2026, 1, 1), actor=SYSTEM)
    programme = make_plan(cast)
    for task in programme.tasks.all():
        assign_task(task, COMMUNES, actor=cast.chief.actor)
    first = task_of(programme, "Thứ nhất")
    Assignment.objects.filter(task=first).update(state="received")
    reading = read_for(cast.province, cast.chief)
    with django_assert_max_num_queries(12):
        proposal = propose_amendment(programme, reading, actor=cast.chief.actor)
    with django_assert_max_num_queries(60):
        made = confirm_amendment(proposal, revision=1, actor=cast.chief.actor)
    with django_assert_max_num_queries(200):
        assert run_one("test")
    made.refresh_from_db()
    assert made.carried
    assert made.notices.count() == 5 * 1502
    assert first.assignments.filter(state="received").count() == 1502
    dues = Assignment.objects.filter(task=task_of(programme, "Thứ ba")).values_list("due", flat=True)
    assert set(dues) == {DAY(2026, 7, 30)}
    assert Entry.objects.filter(action="carry-amendment").get().new["count"] == 5 * 1502
    assert Job.objects.get(kind="carry-amendment").state == "done"
    assert Unit.objects.count() > 1500
