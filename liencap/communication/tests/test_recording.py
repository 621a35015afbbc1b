"""Units record what they published and held; sums follow; questions travel up, answers come down."""

import datetime

import pytest

from liencap.audit.models import Entry
from liencap.communication.actions import (
    answer_questions,
    ask,
    cancel_session,
    forward_questions,
    hold_session,
    move_session,
    pass_item_down,
    plan_session,
    record_done,
    record_held,
    record_not_applicable,
    redact_question,
    take_back,
)
from liencap.communication.content import Attendance, SessionWords
from liencap.communication.models import Question
from liencap.communication.queries import answers_for, groups_of, waiting_at
from liencap.communication.standing import Sums, branches, missing_below, sums_of
from liencap.communication.tests.scene import (
    BOTH,
    COMMUNES,
    handed,
    make_channel,
    make_item,
    make_study,
    share_of,
    soon,
)
from liencap.communication.tests.test_items import refused
from liencap.errors import NotAllowed
from liencap.programmes.queries import Rule
from liencap.testing import make_cast
from liencap.units.access import today
from liencap.units.models import Person, Unit

pytestmark = pytest.mark.django_db
NOBODY = ("neighbour", "reader", "stranger")


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def item(cast):
    return handed(cast, make_item(cast))


@pytest.fixture
def study(cast):
    return handed(cast, make_study(cast))


def held(cast, study, came=34, expected=40, questions=(), day=None, who=None, unit=None):
    words = SessionWords(day or today(), place="Nhà văn hóa")
    return record_held(
        share_of(study, unit or cast.a), words, Attendance(expected, came, questions=questions),
        actor=(who or cast.officer).actor,
    )  # fmt: skip


def test_publishing_is_recorded_corrected_and_taken_back(cast, item):
    channel, mine = make_channel(cast), share_of(item, cast.a)
    record_done(mine, on=today(), channels=[channel], where="bảng tin trụ sở", actor=cast.officer.actor)
    mine.refresh_from_db()
    assert (mine.state, mine.done_on, mine.recorded_by_seat) == ("done", today(), cast.officer.seat)
    assert list(mine.channels.all()) == [channel]
    earlier = today() - datetime.timedelta(days=1)
    record_done(mine, on=earlier, where="trang tin", actor=cast.officer.actor)
    take_back(mine, actor=cast.officer.actor)
    mine.refresh_from_db()
    assert (mine.state, mine.done_on, mine.where) == ("open", None, "")
    assert Entry.objects.filter(kind="communication_share").count() == 3


def test_what_cannot_be_so_is_refused(cast, item, study):
    mine, theirs = share_of(item, cast.a), share_of(study, cast.a)
    actor = cast.officer.actor
    with refused("where"):
        record_done(mine, on=today(), actor=actor)
    with refused("future"):
        record_done(mine, on=soon(), where="x", actor=actor)
    with refused("by-sessions"):
        record_done(theirs, on=today(), where="x", actor=actor)
    with refused("reason"):
        record_not_applicable(mine, reason=" ", actor=actor)
    with refused("no-sessions"):
        plan_session(mine, SessionWords(soon()), actor=actor)
    with refused("attendance"):
        held(cast, study, came=41)
    with refused("future"):
        held(cast, study, day=soon())


@pytest.mark.parametrize("who", NOBODY)
def test_nobody_beside_reading_or_strange_records_for_a_unit(cast, item, study, who):
    actor, mine = getattr(cast, who).actor, share_of(item, cast.a)
    session = held(cast, study)
    seen, words = Attendance(1, 1), SessionWords(soon())
    for deed in (
        lambda: record_done(mine, on=today(), where="x", actor=actor),
        lambda: record_not_applicable(mine, reason="x", actor=actor),
        lambda: take_back(mine, actor=actor),
        lambda: plan_session(share_of(study, cast.a), words, actor=actor),
        lambda: hold_session(session, seen, actor=actor),
        lambda: move_session(session, words, reason="x", actor=actor),
        lambda: cancel_session(session, reason="x", actor=actor),
        lambda: ask(mine, None, ["Vì sao?"], actor=actor),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_a_study_is_done_when_its_sessions_are_held_and_a_second_sitting_adds_who_came(cast, study):
    first = held(cast, study)
    words = SessionWords(today())
    second = record_held(first.share, words, Attendance(6, 5), second_of=first, actor=cast.officer.actor)
    mine = share_of(study, cast.a)
    assert (mine.state, mine.planned, mine.held, mine.expected, mine.came) == ("open", 1, 1, 40, 39)
    held(cast, study, came=38)
    mine = share_of(study, cast.a)
    assert (mine.state, mine.done_on, mine.held, mine.expected, mine.came) == ("done", today(), 2, 80, 77)
    with refused("planned"):
        record_not_applicable(mine, reason="x", actor=cast.officer.actor)
    with refused("second"):
        cancel_session(first, reason="ghi nhầm", actor=cast.officer.actor)
    cancel_session(second, reason="ghi nhầm", actor=cast.officer.actor)
    cancel_session(first, reason="ghi nhầm", actor=cast.officer.actor)
    mine = share_of(study, cast.a)
    assert (mine.state, mine.done_on, mine.held, mine.came) == ("open", None, 1, 38)


def test_a_session_is_planned_moved_with_a_reason_and_held(cast, study):
    actor = cast.officer.actor
    session = plan_session(share_of(study, cast.a), SessionWords(soon(2)), actor=actor)
    with refused("reason"):
        move_session(session, SessionWords(soon(3)), reason="", actor=actor)
    session = move_session(session, SessionWords(soon(3)), reason="Trùng ngày họp", actor=actor)
    assert (session.is_moved, session.first_day) == (True, soon(2))
    session = hold_session(session, Attendance(40, 34), day=today(), actor=actor)
    assert (session.state, share_of(study, cast.a).held) == ("held", 1)
    logged = Entry.objects.get(action="hold_session")
    assert (logged.old["state"], logged.new["state"]) == ("planned", "held")
    with refused("not-planned"):
        move_session(session, SessionWords(soon(5)), reason="x", actor=actor)
    session = hold_session(session, Attendance(40, 35), actor=actor)
    assert share_of(study, cast.a).came == 35


def test_questions_go_up_are_answered_once_and_the_answer_reaches_all(cast, study):
    held(cast, study, questions=("Mức góp vốn tối thiểu là bao nhiêu?", "Ai giữ sổ?"))
    held(
        cast, study, questions=("mức góp vốn tối thiểu là bao nhiêu", "Ai không giữ sổ?"), who=cast.neighbour,
        unit=cast.b,
    )  # fmt: skip
    groups = groups_of(waiting_at(cast.province.pk))
    assert [(group.first.text, group.units) for group in groups] == [
        ("Mức góp vốn tối thiểu là bao nhiêu?", 2), ("Ai giữ sổ?", 1), ("Ai không giữ sổ?", 1),
    ]  # fmt: skip
    same = list(groups[0].questions)
    for who in ("officer", *NOBODY):
        actor = getattr(cast, who).actor
        with pytest.raises(NotAllowed):
            answer_questions(same, question="x", text="y", actor=actor)
        with pytest.raises(NotAllowed):
            redact_question(same[0], reason="x", actor=actor)
    with refused("top"):
        forward_questions(same, actor=cast.chief.actor)
    said = {"question": "Mức góp vốn tối thiểu?", "text": "Theo điều lệ từng hợp tác xã."}
    answer = answer_questions(same, **said, actor=cast.chief.actor)
    assert answer.questions.count() == 2
    for unit in (cast.a, cast.b, cast.province):
        assert [a.text for a in answers_for(study, unit)] == [said["text"]]
    assert not answers_for(study, cast.other_province).exists()
    with refused("answered"):
        answer_questions(same, **said, actor=cast.chief.actor)


def test_a_question_of_a_passed_down_study_is_forwarded_up(cast):
    from liencap.communication.actions import hand_out, plan_item
    from liencap.communication.content import ItemWords

    study = plan_item(
        cast.root_unit, "study", ItemWords("Nghị quyết", soon(), sessions_each=1), actor=cast.root.actor
    )
    hand_out(study, Rule(codes=("P",)), actor=cast.root.actor)
    pass_item_down(share_of(study, cast.province), COMMUNES, actor=cast.chief.actor)
    held(cast, study, questions=("Khi nào bắt đầu?",))
    question = Question.objects.select_related("item__unit", "at_unit").get()
    assert question.at_unit == cast.province
    with pytest.raises(NotAllowed):
        forward_questions([question], actor=cast.officer.actor)
    assert forward_questions([question], actor=cast.chief.actor) == 1
    question.refresh_from_db()
    assert question.at_unit == cast.root_unit


def test_names_of_the_roster_are_warned_about_and_can_be_taken_out(cast, study):
    name = Person.objects.get(appointments__seat=cast.officer.seat).name
    assert name == "Officer"
    with refused("names"):
        held(cast, study, questions=("Đồng chí officer hỏi vì sao?",))
    assert not Question.objects.exists()
    record_held(
        share_of(study, cast.a), SessionWords(today()),
        Attendance(40, 34, questions=("Đồng chí officer hỏi vì sao?",)),
        names_checked=True, actor=cast.officer.actor,
    )  # fmt: skip
    question = Question.objects.get()
    redact_question(question, reason="nêu tên người", actor=cast.chief.actor)
    question.refresh_from_db()
    assert (question.text, question.state) == ("", "redacted")
    entry = Entry.objects.get(action="redact_question")
    assert "officer" not in str(entry.old) + str(entry.new)
    assert not waiting_at(cast.province.pk).exists()


def test_a_question_keeps_neither_author_nor_asker():
    fields = {field.name for field in Question._meta.get_fields()}
    assert fields == {
        "id", "item", "share", "session", "at_unit", "text", "state", "answer", "reason",
    }  # fmt: skip


def test_a_tree_adds_up_in_two_queries(cast, study, django_assert_num_queries):
    first = held(cast, study)
    held(cast, study)
    assert first.share.unit == cast.a
    root = Unit.objects.get(pk=cast.root_unit.pk)
    with django_assert_num_queries(2):
        sums, parts = branches(study, root, today())
    assert [(part.unit, part.sums.units, part.sums.done) for part in parts] == [(cast.province, 2, 1)]
    assert sums == Sums(units=2, done=1, planned=2, held=2, expected=80, came=68)
    assert (sums.missing, sums.on_time, sums.percent) == (1, 1, 50)
    late, parts = branches(study, Unit.objects.get(pk=cast.province.pk), soon(20))
    assert {part.unit.code: part.sums.overdue for part in parts} == {"A": 0, "B": 1}
    assert late.overdue == 1
    assert [share.unit for share in missing_below(study, root)] == [cast.b]
    with django_assert_num_queries(1):
        assert sums_of([study], root, today())[study.pk] == sums


def test_not_applicable_is_answered_but_not_done_and_late_is_late(cast):
    item = handed(cast, make_item(cast, until=soon(-3)), BOTH)
    record_not_applicable(share_of(item, cast.b), reason="không có loa", actor=cast.neighbour.actor)
    record_done(share_of(item, cast.a), on=today(), where="loa xã", actor=cast.officer.actor)
    sums, _parts = branches(item, Unit.objects.get(pk=cast.root_unit.pk), today())
    assert (sums.units, sums.done, sums.done_late, sums.not_applicable, sums.overdue) == (3, 1, 1, 1, 1)
