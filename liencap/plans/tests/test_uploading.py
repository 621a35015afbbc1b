import pytest

from liencap.archive.models import Record
from liencap.errors import DomainError, NotAllowed
from liencap.plans.actions import decide, issue_plan, match_plan, revise_plan, upload_plan, write_words
from liencap.plans.models import PlanItem, UnitPlan
from liencap.plans.tests.scene import DAY, OWN, compared, draft, head, issued, make_programme, uploaded
from liencap.plans.tests.test_composing import refused
from liencap.programmes.models import Task
from liencap.testing import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def programme(cast):
    return make_programme(cast)


def line(plan, words):
    return next(item for item in plan.items.select_related("assignment__task") if words in item.words)


def test_tasks_are_paired_and_the_unmatched_of_both_sides_wait(cast, programme):
    plan = compared(programme, cast.a, cast.officer)
    assert (plan.number, str(plan.date), plan.signatory) == ("07/KH-ĐH", "2026-02-05", "Lê Thị Hoa")
    rows = {
        (i.assignment.task.label if i.assignment else "", i.label, i.decision)
        for i in plan.items.select_related("assignment__task")
    }
    assert rows == {
        ("1", "II.1", "taken"), ("", "II.2", "open"), ("", "II.3", "open"), ("2", "2", "open"), ("3", "3", "open"),
    }  # fmt: skip
    assert line(plan, "học tập").is_later


def test_a_changed_number_is_paired_only_by_a_person(cast, programme):
    plan = compared(programme, cast.a, cast.officer)
    own, held = line(plan, "3 lớp"), plan.items.get(assignment__task__label="2")
    decide(own, "pair", mate=held.pk, revision=plan.revision, actor=cast.officer.actor)
    held.refresh_from_db()
    assert (held.text, held.decision, held.likeness) == (own.text, "taken", None)
    assert not PlanItem.objects.filter(pk=own.pk).exists()


def test_a_pair_is_taken_apart_and_both_sides_wait_again(cast, programme):
    plan = compared(programme, cast.a, cast.officer)
    held = line(plan, "học tập")
    plan = decide(held, "unpair", revision=plan.revision, actor=cast.officer.actor)
    held.refresh_from_db()
    assert (held.text, held.decision) == ("", "open")
    assert plan.items.filter(assignment=None, decision="open").count() == 3


@pytest.mark.parametrize(
    ("words", "deed", "more", "code"),
    [
        ("trồng mới", "leave", {}, "no-reason"),
        ("trồng mới", "take", {}, "no-counterpart"),
        ("học tập", "leave", {"reason": "x"}, "paired"),
        ("nhà kho", "pair", {"mate": 0}, "no-mate"),
        ("nhà kho", "unpair", {}, "no-pair"),
        ("nhà kho", "remove", {}, "inherited"),
        ("nhà kho", "burn", {}, "no-such-deed"),
    ],
)
def test_what_cannot_be_decided_says_why(cast, programme, words, deed, more, code):
    plan = compared(programme, cast.a, cast.officer)
    with refused(code):
        decide(line(plan, words), deed, revision=plan.revision, actor=cast.officer.actor, **more)


def test_a_line_is_not_paired_with_one_of_another_plan(cast, programme):
    plan, other = compared(programme, cast.a, cast.officer), compared(programme, cast.b, cast.neighbour)
    foreign = other.items.get(assignment__task__label="3")
    with refused("no-mate"):
        decide(
            line(plan, "nhà kho"), "pair", mate=foreign.pk, revision=plan.revision, actor=cast.officer.actor
        )


def decided(plan, cast):
    actor = cast.officer.actor
    held = plan.items.get(assignment__task__label="2")
    plan = decide(line(plan, "3 lớp"), "pair", mate=held.pk, revision=plan.revision, actor=actor)
    plan = decide(line(plan, "nhà kho"), "take", revision=plan.revision, actor=actor)
    return decide(
        line(plan, "trồng mới"), "leave", reason="Xã không có đất", revision=plan.revision, actor=actor
    )


def test_confirming_keeps_the_file_and_makes_own_tasks(cast, programme):
    plan = compared(programme, cast.a, cast.officer)
    with refused("open-lines"):
        issue_plan(plan, revision=plan.revision, actor=cast.officer.actor)
    plan = decided(plan, cast)
    plan = issue_plan(plan, revision=plan.revision, actor=cast.officer.actor)
    assert (plan.state, plan.docx, plan.pdf) == ("issued", "", "")
    record = Record.objects.get(source_kind="unit_plan", source_id=plan.pk)
    assert [f.sha256 for f in record.files.all()] == [plan.version.sha256]
    own = Task.objects.get(set_by=cast.a)
    assert (own.text.startswith("Sửa chữa nhà kho"), str(own.due)) == (True, "2026-06-29")
    assert own.assignments.get().unit == cast.a


def test_a_plan_is_compared_before_it_is_confirmed(cast, programme):
    plan = uploaded(programme, cast.a, cast.officer)
    plan = write_words(plan, head(), revision=plan.revision, actor=cast.officer.actor)
    with refused("not-matched"):
        issue_plan(plan, revision=plan.revision, actor=cast.officer.actor)


def test_comparing_waits_for_the_reading(cast, programme):
    plan = upload_plan(programme, cast.a, OWN.encode(), "plan.txt", actor=cast.officer.actor)
    with refused("not-read"):
        match_plan(plan, revision=1, actor=cast.officer.actor)


def test_comparing_again_begins_anew(cast, programme):
    plan = decided(compared(programme, cast.a, cast.officer), cast)
    plan = match_plan(plan, revision=plan.revision, actor=cast.officer.actor)
    assert plan.items.filter(decision="open").count() == 4


@pytest.mark.parametrize("who", ["chief", "neighbour", "reader", "stranger", "root"])
def test_nobody_but_the_unit_itself_uploads_compares_or_decides(cast, programme, who):
    actor = getattr(cast, who).actor
    with pytest.raises(NotAllowed):
        upload_plan(programme, cast.a, OWN.encode(), "plan.txt", actor=actor)
    plan = compared(programme, cast.a, cast.officer)
    with pytest.raises(NotAllowed):
        match_plan(plan, revision=plan.revision, actor=actor)
    with pytest.raises(NotAllowed):
        decide(line(plan, "nhà kho"), "take", revision=plan.revision, actor=actor)


def test_a_second_plan_beside_a_draft_is_refused(cast, programme):
    draft(programme, cast.a, cast.officer)
    with refused("draft-there"):
        upload_plan(programme, cast.a, OWN.encode(), "plan.txt", actor=cast.officer.actor)


def test_an_upload_replaces_the_plan_in_force_only_with_a_reason(cast, programme):
    old = issued(programme, cast.a, cast.officer)
    with refused("no-reason"):
        upload_plan(programme, cast.a, OWN.encode(), "plan.txt", actor=cast.officer.actor)
    plan = upload_plan(
        programme, cast.a, OWN.encode(), "plan.txt", reason="Bản ký đóng dấu", actor=cast.officer.actor
    )
    old.refresh_from_db()
    assert (plan.n, plan.reason, old.state) == (2, "Bản ký đóng dấu", "issued")


def test_a_secrecy_mark_is_refused_and_nothing_is_kept(cast, programme):
    with pytest.raises(DomainError):
        upload_plan(programme, cast.a, ("MẬT\n" + OWN).encode(), "plan.txt", actor=cast.officer.actor)
    assert not UnitPlan.objects.exists()


def test_a_new_edition_of_an_uploaded_plan_is_composed_from_its_lines(cast, programme):
    plan = decided(compared(programme, cast.a, cast.officer), cast)
    plan = issue_plan(plan, revision=plan.revision, actor=cast.officer.actor)
    new = revise_plan(plan, "Thêm việc", actor=cast.officer.actor)
    new = write_words(new, head(date=DAY), revision=1, actor=cast.officer.actor)
    new = issue_plan(new, revision=2, actor=cast.officer.actor)
    texts = [one["text"] for one in new.values["lines"]]
    assert texts[0].startswith("Tổ chức học tập")
    assert any(text.startswith("Sửa chữa nhà kho") for text in texts)
