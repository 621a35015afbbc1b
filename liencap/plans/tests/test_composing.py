import contextlib
import datetime

import pytest

from liencap.archive.models import Record
from liencap.audit.models import Entry
from liencap.documents import store
from liencap.documents.actions import set_letterhead
from liencap.errors import DomainError, NotAllowed
from liencap.plans.actions import (
    add_own,
    begin_plan,
    change_item,
    decide,
    drop_draft,
    issue_plan,
    revise_plan,
    take_in_new,
    write_words,
)
from liencap.plans.models import PlanItem, UnitPlan
from liencap.plans.tests.scene import DAY, DUE, draft, head, issued, make_programme
from liencap.programmes.actions import assign_task, pass_down
from liencap.programmes.models import Assignment, Programme, Task
from liencap.programmes.queries import Rule
from liencap.testing import make_cast

pytestmark = pytest.mark.django_db
OTHERS = ("chief", "neighbour", "reader", "stranger", "root")


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
    return make_programme(cast)


def test_a_rescinded_task_is_in_no_new_plan_and_marked_in_a_draft_that_has_it(cast, programme):
    first = issued(programme, cast.a, cast.officer)
    copied = revise_plan(first, "Sửa đổi.", actor=cast.officer.actor)
    programme.tasks.filter(label="2").update(rescinded=True)
    page = cast.officer.client().get(f"/plans/{copied.pk}/").content.decode()
    assert any(word in page for word in ("rescinded this task", "đã bị bãi bỏ"))
    drop_draft(copied, revision=copied.revision, actor=cast.officer.actor)
    again = revise_plan(first, "Sửa đổi.", actor=cast.officer.actor)
    neighbours = draft(programme, cast.b, cast.neighbour)
    for plan in (again, neighbours):
        labels = [i.assignment.task.label for i in plan.items.select_related("assignment__task")]
        assert labels == ["1", "3"]
    assert first.items.count() == 3, "what was issued stays"
    assert take_in_new(again, revision=again.revision, actor=cast.officer.actor) == 0


def test_a_plan_begins_with_every_inherited_task_and_its_basis(cast, programme):
    plan = draft(programme, cast.a, cast.officer)
    assert [(i.words, i.due, i.decision) for i in plan.items.select_related("assignment__task")] == [
        (task.text, task.due, "taken") for task in programme.tasks.all()
    ]
    assert plan.bases == (
        "Căn cứ Kế hoạch số 12/KH-LH ngày 12 tháng 01 năm 2026 của Liên hiệp về công tác năm 2026;"
    )
    assert (plan.issuer, plan.authority) == ("Xã Đông Hà", "Tỉnh hội Bình Minh")
    assert draft(programme, cast.a, cast.officer).pk == plan.pk


def test_the_parent_s_own_plan_is_the_basis_once_it_is_issued(cast, programme):
    issued(programme, cast.province, cast.chief)
    plan = draft(programme, cast.a, cast.officer)
    assert plan.bases.startswith(
        "Căn cứ Kế hoạch số 05/KH-BM ngày 03 tháng 02 năm 2026 của Tỉnh hội Bình Minh"
    )
    assert "12/KH-LH" not in plan.bases


def test_a_plan_in_english_says_so(cast, programme):
    plan = begin_plan(programme, cast.a, actor=cast.officer.actor, language="en")
    assert plan.bases.startswith("Pursuant to Plan No. 12/KH-LH of 12 January 2026 of Liên hiệp")
    assert (plan.form, plan.motto) == ("plain", "")


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_but_the_unit_itself_begins_its_plan(cast, programme, who):
    with pytest.raises(NotAllowed):
        begin_plan(programme, cast.a, actor=getattr(cast, who).actor)
    assert not UnitPlan.objects.exists()


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_but_the_unit_itself_writes_decides_or_issues(cast, programme, who):
    plan = draft(programme, cast.a, cast.officer)
    item, actor = plan.items.first(), getattr(cast, who).actor
    deeds = [
        lambda: write_words(plan, head(), revision=1, actor=actor),
        lambda: add_own(plan, "Việc riêng", revision=1, actor=actor),
        lambda: change_item(item, {"owner": "x"}, revision=1, actor=actor),
        lambda: decide(item, "leave", reason="x", revision=1, actor=actor),
        lambda: take_in_new(plan, revision=1, actor=actor),
        lambda: drop_draft(plan, revision=1, actor=actor),
        lambda: issue_plan(plan, revision=1, actor=actor),
    ]
    for deed in deeds:
        with pytest.raises(NotAllowed):
            deed()
    plan.refresh_from_db()
    assert (plan.revision, plan.state, plan.items.count()) == (1, "draft", 3)


def test_an_old_revision_is_refused(cast, programme):
    plan = draft(programme, cast.a, cast.officer)
    write_words(plan, {"place": "Đông Hà"}, revision=1, actor=cast.officer.actor)
    with refused("draft-changed"):
        write_words(plan, {"place": "An Hòa"}, revision=1, actor=cast.officer.actor)
    plan.refresh_from_db()
    assert (plan.place, plan.revision) == ("Đông Hà", 2)


def test_a_later_day_needs_a_waiver_and_an_earlier_one_does_not(cast, programme):
    plan = draft(programme, cast.a, cast.officer)
    item, late = plan.items.first(), DUE + datetime.timedelta(days=1)
    with refused("loosened"):
        change_item(item, {"due": late}, revision=1, actor=cast.officer.actor)
    change_item(item, {"due": DAY, "owner": "Chi hội 1"}, revision=1, actor=cast.officer.actor)
    change_item(item, {"due": late, "waiver": "Công văn 5"}, revision=2, actor=cast.officer.actor)
    item.refresh_from_db()
    assert (item.due, item.waiver) == (late, "Công văn 5")
    with refused("loosened"):
        add_own(plan, "Gửi danh sách", due=late, above=item, revision=3, actor=cast.officer.actor)


def test_a_closed_programme_takes_no_plan(cast, programme):
    plan = draft(programme, cast.a, cast.officer)
    Programme.objects.filter(pk=programme.pk).update(state="closed")
    programme.refresh_from_db()
    with refused("closed"):
        write_words(plan, head(), revision=1, actor=cast.officer.actor)
    with refused("closed"):
        begin_plan(programme, cast.b, actor=cast.neighbour.actor)


def test_a_unit_without_tasks_has_no_plan(cast):
    programme = make_programme(cast, cast.province)
    with refused("nothing-held"):
        begin_plan(programme, cast.a, actor=cast.officer.actor)
    assert not UnitPlan.objects.exists()


@pytest.mark.parametrize(
    ("missing", "code"),
    [({"number": ""}, "not-whole"), ({"date": None}, "not-whole"), ({"signatory": " "}, "not-whole"),
     ({"date": datetime.date(2999, 1, 1)}, "future")],
)  # fmt: skip
def test_an_issued_plan_is_numbered_dated_and_signed(cast, programme, missing, code):
    plan = draft(programme, cast.a, cast.officer)
    plan = write_words(plan, head(**missing), revision=1, actor=cast.officer.actor)
    with refused(code):
        issue_plan(plan, revision=2, actor=cast.officer.actor)


def test_what_was_given_since_has_to_be_taken_in(cast, programme):
    plan = draft(programme, cast.a, cast.officer)
    plan = write_words(plan, head(), revision=1, actor=cast.officer.actor)
    more = Task.objects.create(
        programme=programme, order=9, label="4", text="Tổng kết năm", confirmed_by="test"
    )
    assign_task(more, Rule(codes=("A",)), actor=cast.root.actor)
    with refused("new-tasks"):
        issue_plan(plan, revision=2, actor=cast.officer.actor)
    assert take_in_new(plan, revision=2, actor=cast.officer.actor) == 1
    assert (
        issue_plan(plan, revision=3, actor=cast.officer.actor).values["lines"][-1]["text"] == "Tổng kết năm"
    )


def test_issuing_freezes_prints_files_and_makes_own_tasks(cast, programme):
    plan = draft(programme, cast.province, cast.chief)
    first = plan.items.select_related("assignment__task").first()
    actor = cast.chief.actor
    add_own(plan, "Gửi tài liệu học tập", due=DAY, owner="Văn phòng", above=first, revision=1, actor=actor)
    add_own(plan, "Thăm các xã", owner="Ban Phong trào", revision=2, actor=actor)
    third = plan.items.filter(assignment__task__label="3").get()
    decide(third, "leave", reason="Đã hoàn thành năm 2025", revision=3, actor=actor)
    plan = write_words(plan, head(), revision=4, actor=actor)
    plan = issue_plan(plan, revision=5, actor=actor, sample=False)
    assert [(line["label"], line["text"]) for line in plan.values["lines"]] == [
        ("1", programme.tasks.get(label="1").text), ("1.1", "Gửi tài liệu học tập"),
        ("2", programme.tasks.get(label="2").text), ("3", "Thăm các xã"),
    ]  # fmt: skip
    assert store.get(plan.pdf).startswith(b"%PDF")
    assert store.get(plan.docx).startswith(b"PK")
    record = Record.objects.get(source_kind="unit_plan", source_id=plan.pk)
    assert (record.symbol, record.files.count()) == ("05/KH-BM", 2)
    own = Task.objects.filter(set_by=cast.province)
    assert set(own.values_list("text", "parent__label", "owners__words")) == {
        ("Gửi tài liệu học tập", "1", "Văn phòng"), ("Thăm các xã", None, "Ban Phong trào"),
    }  # fmt: skip
    assert Entry.objects.filter(action="issue_plan", object_id=plan.pk).get().new["own_tasks"] == 2
    mine = Assignment.objects.get(task__text="Thăm các xã", unit=cast.province)
    assert pass_down(mine, Rule(tiers=("commune",)), actor=actor) == 2


def test_an_issued_plan_never_changes(cast, programme):
    plan = issued(programme, cast.a, cast.officer)
    for deed in (
        lambda: write_words(plan, head(), revision=plan.revision, actor=cast.officer.actor),
        lambda: drop_draft(plan, revision=plan.revision, actor=cast.officer.actor),
        lambda: issue_plan(plan, revision=plan.revision, actor=cast.officer.actor),
        lambda: begin_plan(programme, cast.a, actor=cast.officer.actor),
    ):
        with refused("issued"):
            deed()


def test_a_new_edition_replaces_the_old_with_a_reason(cast, programme):
    old = issued(programme, cast.a, cast.officer)
    with refused("no-reason"):
        revise_plan(old, " ", actor=cast.officer.actor)
    with pytest.raises(NotAllowed):
        revise_plan(old, "Thêm việc", actor=cast.chief.actor)
    new = revise_plan(old, "Thêm việc", actor=cast.officer.actor)
    old.refresh_from_db()
    assert (old.state, new.n, new.number, new.items.count()) == ("issued", 2, "", 3)
    with refused("draft-there"):
        revise_plan(old, "Lần nữa", actor=cast.officer.actor)
    add_own(new, "Việc thêm", revision=1, actor=cast.officer.actor)
    new = write_words(new, head(number="09/KH-BM"), revision=2, actor=cast.officer.actor)
    issue_plan(new, revision=3, actor=cast.officer.actor)
    assert list(UnitPlan.objects.order_by("n").values_list("state", "number")) == [
        ("replaced", "05/KH-BM"), ("issued", "09/KH-BM"),
    ]  # fmt: skip


def test_own_tasks_are_written_once_over_editions(cast, programme):
    plan = draft(programme, cast.a, cast.officer)
    add_own(plan, "Sửa nhà kho", revision=1, actor=cast.officer.actor)
    plan = write_words(plan, head(), revision=2, actor=cast.officer.actor)
    plan = issue_plan(plan, revision=3, actor=cast.officer.actor)
    new = revise_plan(plan, "Sửa số", actor=cast.officer.actor)
    new = write_words(new, head(number="6"), revision=1, actor=cast.officer.actor)
    issue_plan(new, revision=2, actor=cast.officer.actor)
    assert Task.objects.filter(set_by=cast.a, text="Sửa nhà kho").count() == 1
    assert PlanItem.objects.filter(task__isnull=False).count() == 2


def test_the_letterhead_is_kept_for_the_next_plan(cast, programme):
    issued(programme, cast.a, cast.officer, form="association", motto="ĐOÀN KẾT", place="Đông Hà")
    other = make_programme(cast)
    plan = draft(other, cast.a, cast.officer)
    assert (plan.form, plan.motto, plan.place) == ("association", "ĐOÀN KẾT", "Đông Hà")


def test_thirty_tasks_begin_in_few_queries(cast, programme, django_assert_max_num_queries):
    for n in range(30):
        task = Task.objects.create(programme=programme, order=20 + n, text=f"Việc {n}", confirmed_by="test")
        assign_task(task, Rule(codes=("A",)), actor=cast.root.actor)
    with django_assert_max_num_queries(25):
        assert draft(programme, cast.a, cast.officer).items.count() == 33


def test_a_plan_is_printed_in_the_head_that_the_office_keeps(cast, programme):
    assert draft(programme, cast.b, cast.neighbour).form == "state"
    set_letterhead(cast.root_unit, form="party", actor=cast.root.actor)
    set_letterhead(
        cast.a, form="party", issuer="Chi bộ xã Đông Hà", place="Đông Hà", actor=cast.officer.actor
    )
    plan = draft(programme, cast.a, cast.officer)
    assert (plan.form, plan.motto) == ("party", "ĐẢNG CỘNG SẢN VIỆT NAM")
    assert (plan.issuer, plan.authority, plan.place) == ("Chi bộ xã Đông Hà", "Tỉnh hội Bình Minh", "Đông Hà")
    below = draft(programme, cast.province, cast.chief)
    assert (below.form, below.issuer, below.place) == ("party", "Tỉnh hội Bình Minh", "")
