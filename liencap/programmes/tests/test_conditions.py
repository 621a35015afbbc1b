"""Tasks that wait for an event of the unit: confirmed by a person, counted when the event is recorded."""

import datetime
import re
from html import unescape

import pytest
from django.urls import reverse

from liencap.audit.actor import SYSTEM
from liencap.audit.models import Entry
from liencap.errors import DomainError, NotAllowed
from liencap.programmes.actions import (
    add_condition,
    assign_task,
    create_programme,
    map_event_words,
    pass_down,
    set_condition,
)
from liencap.programmes.models import Assignment, EventWord, Programme, Proposal, TaskDeadline
from liencap.programmes.queries import Rule
from liencap.programmes.rows import waiting_words
from liencap.programmes.tests.seed import make_programme, make_proposal
from liencap.testing import make_cast
from liencap.units.actions import correct_event, record_event
from liencap.work.actions import enqueue, run_one

pytestmark = pytest.mark.django_db
D = datetime.date
COMMUNES = Rule(tiers=("commune",))
PLAN = """LIÊN HIỆP HỢP TÁC XÃ BÌNH MINH
Số: 12/KH-LH

KẾ HOẠCH
Triển khai công tác năm 2026

Trong năm 2026, Liên hiệp tập trung các nhiệm vụ sau:

Thứ nhất, báo cáo kết quả trong thời hạn 15 ngày kể từ ngày đại hội.

Thứ hai, kiện toàn tổ cộng tác viên ngay sau đại hội.

Thứ ba, tổng kết phong trào thi đua năm 2026.
"""


@pytest.fixture(autouse=True)
def _in_june(monkeypatch):
    monkeypatch.setattr("liencap.units.actions.events.today", lambda: D(2026, 6, 30))


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def task(cast):
    task = make_programme(cast).tasks.last()
    Programme.objects.filter(pk=task.programme_id).update(since=D(2026, 1, 1), until=D(2026, 12, 31))
    task.programme.refresh_from_db()
    assign_task(task, Rule(tiers=("province", "commune")), actor=cast.chief.actor)
    add_condition(task, "congress", wait=15, unit="days", actor=cast.chief.actor)
    return task


def dues(task):
    return {a.unit.code: str(a.due or "") for a in task.assignments.select_related("unit")}


def test_recording_the_event_makes_that_unit_s_assignment_due_and_no_other(cast, task):
    record_event(cast.a, "congress", D(2026, 3, 1), actor=cast.officer.actor)
    assert dues(task) == {"A": "2026-03-16", "B": "", "P": ""}
    record_event(cast.a, "leaders", D(2026, 3, 2), actor=cast.officer.actor)
    record_event(cast.a, "congress", D(2026, 3, 1), actor=cast.officer.actor)
    assert dues(task)["A"] == "2026-03-16"
    assert Entry.objects.filter(action="follow-event").count() == 1


def test_a_planned_event_or_one_before_the_programme_counts_for_nothing(cast, task):
    record_event(cast.a, "congress", D(2026, 9, 1), state="planned", actor=cast.officer.actor)
    record_event(cast.a, "congress", D(2021, 3, 1), actor=cast.officer.actor)
    assert dues(task)["A"] == ""


def test_a_corrected_event_moves_the_day_and_says_so_and_a_dropped_one_takes_it_back(cast, task):
    event = record_event(cast.a, "congress", D(2026, 3, 1), actor=cast.officer.actor)
    event = correct_event(event, D(2026, 3, 11), actor=cast.officer.actor)
    one = task.assignments.get(unit=cast.a)
    assert (one.due, one.due_before, one.event) == (D(2026, 3, 26), D(2026, 3, 16), event)
    page = cast.officer.client().get(reverse("programmes:assignment", args=[one.pk]))
    assert "moved" in page.content.decode() or "dời" in page.content.decode()
    correct_event(event, D(2026, 3, 11), state="dropped", actor=cast.officer.actor)
    one.refresh_from_db()
    assert (one.due, one.event) == (None, None)


def test_by_wish_the_event_of_a_unit_counts_for_the_units_below(cast, task):
    deadline = task.deadlines.get(event_kind="congress")
    set_condition(deadline, "congress", wait=1, unit="months", reaches_below=True, actor=cast.chief.actor)
    record_event(cast.province, "congress", D(2026, 1, 31), actor=cast.chief.actor)
    assert dues(task) == {"A": "2026-02-28", "B": "2026-02-28", "P": "2026-02-28"}
    record_event(cast.a, "congress", D(2026, 4, 1), actor=cast.officer.actor)
    assert dues(task)["A"] == "2026-05-01"


def test_who_gets_the_task_after_the_event_gets_its_day_too(cast):
    task = make_programme(cast).tasks.last()
    Programme.objects.filter(pk=task.programme_id).update(since=D(2026, 1, 1))
    task.programme.refresh_from_db()
    record_event(cast.a, "congress", D(2026, 3, 1), actor=cast.officer.actor)
    add_condition(task, "congress", wait=-7, unit="days", actor=cast.chief.actor)
    assign_task(task, COMMUNES, actor=cast.chief.actor)
    assert dues(task) == {"A": "2026-02-22", "B": ""}


def test_the_counted_day_is_never_later_than_a_day_that_a_person_set(cast, task):
    one = task.assignments.get(unit=cast.a)
    Assignment.objects.filter(pk=one.pk).update(due=D(2026, 3, 10))
    event = record_event(cast.a, "congress", D(2026, 3, 1), actor=cast.officer.actor)
    assert dues(task)["A"] == "2026-03-10"
    correct_event(event, D(2026, 2, 1), actor=cast.officer.actor)
    assert dues(task)["A"] == "2026-02-16"


def test_units_below_do_not_inherit_the_day_of_another_unit_s_congress(cast, task):
    task.assignments.filter(unit__code__in=("A", "B")).delete()
    record_event(cast.province, "congress", D(2026, 3, 1), actor=cast.chief.actor)
    mine = task.assignments.get(unit=cast.province)
    assert mine.due == D(2026, 3, 16)
    pass_down(mine, COMMUNES, actor=cast.chief.actor)
    assert dues(task) == {"P": "2026-03-16", "A": "", "B": ""}


def test_to_wait_no_more_takes_the_counted_days_back(cast, task):
    record_event(cast.a, "congress", D(2026, 3, 1), actor=cast.officer.actor)
    deadline = task.deadlines.get(event_kind="congress")
    assert set_condition(deadline, "", actor=cast.chief.actor) == 1
    assert dues(task)["A"] == ""


@pytest.mark.parametrize("who", ["officer", "neighbour", "reader", "stranger"])
def test_nobody_below_beside_reading_or_strange_says_what_a_task_waits_for(cast, task, who):
    deadline = task.deadlines.get(event_kind="congress")
    with pytest.raises(NotAllowed):
        set_condition(deadline, "leaders", actor=getattr(cast, who).actor)
    with pytest.raises(NotAllowed):
        map_event_words(Proposal.objects.get(), {"đại hội": "congress"}, actor=getattr(cast, who).actor)


def test_nothing_moves_in_a_closed_programme(cast, task):
    Programme.objects.update(state="closed")
    deadline = task.deadlines.select_related("task__programme__unit").get(event_kind="congress")
    with pytest.raises(DomainError) as refusal:
        set_condition(deadline, "leaders", actor=cast.chief.actor)
    assert refusal.value.code == "closed"
    record_event(cast.a, "congress", D(2026, 3, 1), actor=cast.officer.actor)
    assert dues(task)["A"] == ""


def test_words_of_a_plan_are_mapped_once_and_hang_the_tasks_of_this_and_the_next_plan(cast):
    proposal = make_proposal(cast, PLAN)
    assert waiting_words(proposal.rows) == ["đại hội"]
    page = cast.chief.client().get(reverse("programmes:proposal", args=[proposal.pk]))
    assert page.context["event_form"].fields["e0"].initial == "congress"
    cast.chief.client().post(reverse("programmes:proposal-events", args=[proposal.pk]), {"e0": "congress"})
    assert EventWord.objects.get().kind == "congress"
    programme = create_programme(proposal, revision=1, actor=cast.chief.actor)
    hung = TaskDeadline.objects.filter(task__programme=programme).exclude(event_kind="")
    assert [(d.task.label, d.wait, d.wait_unit, d.kind) for d in hung] == [
        ("Thứ nhất", 15, "days", "conditional"), ("Thứ hai", 0, "days", "conditional"),
    ]  # fmt: skip


def test_without_a_mapping_the_task_page_asks_and_its_form_knows_the_words(cast):
    proposal = make_proposal(cast, PLAN)
    programme = create_programme(proposal, revision=1, actor=cast.chief.actor)
    task = programme.tasks.first()
    client = cast.chief.client()
    assert client.get(reverse("programmes:task", args=[task.pk])).context["waits"].event_kind == ""
    form = client.get(reverse("programmes:condition", args=[task.pk])).context["form"]
    assert form.initial == {
        "kind": "congress", "n": 15, "unit": "days", "way": "after", "reaches_below": False
    }  # fmt: skip


SENT = {"kind": "leaders", "n": 3, "unit": "weeks", "way": "before"}
PAGES = [
    ("programmes:condition", {"chief": 302, "root": 302, "officer": 403, "reader": 403, "stranger": 404}),
    ("programmes:task-events", {"chief": 200, "officer": 200, "reader": 200, "stranger": 404}),
    ("programmes:proposal-events", {"chief": 302, "root": 302, "officer": 404, "reader": 404, "stranger": 404}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "who", "status"), [(n, w, s) for n, table in PAGES for w, s in table.items()]
)
def test_each_page_meets_every_visitor(cast, task, name, who, status):
    client = getattr(cast, who).client()
    pk = Proposal.objects.get().pk if "proposal" in name else task.pk
    if "proposal" in name:
        Proposal.objects.update(confirmed=False)
    send = client.get if name == "programmes:task-events" else client.post
    assert send(reverse(name, args=[pk]), SENT).status_code == status
    assert send(reverse(name, args=[pk + 999]), SENT).status_code == 404
    assert client.delete(reverse(name, args=[pk])).status_code == 405


def test_the_form_writes_what_it_says(cast, task):
    cast.chief.client().post(reverse("programmes:condition", args=[task.pk]), SENT)
    deadline = task.deadlines.exclude(event_kind="").get()
    assert (deadline.event_kind, deadline.wait, deadline.wait_unit) == ("leaders", -3, "weeks")
    assert deadline.condition_by == cast.chief.actor.name


def test_the_parent_sees_who_recorded_and_who_did_not_and_a_unit_only_itself(
    cast, task, django_assert_max_num_queries
):
    record_event(cast.a, "congress", D(2026, 3, 1), actor=cast.officer.actor)
    client, address = cast.chief.client(), reverse("programmes:task-events", args=[task.pk])
    with django_assert_max_num_queries(18):
        page = client.get(address)
    assert page.context["counts"] == {"all": 3, "recorded": 1, "waiting": 2}
    for which, codes in [("recorded", {"A"}), ("waiting", {"B", "P"})]:
        shown = client.get(address, {"show": which}).context["page"]
        assert {one.unit.code for one in shown} == codes
    assert [one.unit for one in cast.neighbour.client().get(address).context["page"]] == [cast.b]


def test_before_the_event_the_assignment_says_what_it_waits_for_and_offers_to_record_it(cast, task):
    mine = task.assignments.get(unit=cast.a)
    page = cast.officer.client().get(reverse("programmes:assignment", args=[mine.pk])).content.decode()
    assert f"{reverse('units:record-event', args=[cast.a.pk])}?kind=congress" in page
    assert "15" in page
    line = page[page.index("Hạn:") :]
    assert line.index("(chưa ghi nhận)") < line.index("</div>"), "it says on the same line what it waits for"
    reading = cast.reader.client().get(reverse("programmes:assignment", args=[mine.pk])).content.decode()
    assert "?kind=congress" not in reading


def test_recording_leads_back_to_the_task_and_says_what_became_due(cast, task):
    mine = task.assignments.get(unit=cast.a)
    client, place = cast.officer.client(), reverse("programmes:assignment", args=[mine.pk])
    client.cookies["language"] = "en"
    (link,) = re.findall(
        rf'href="({reverse("units:record-event", args=[cast.a.pk])}[^"]*)"',
        client.get(place).content.decode(),
    )
    sent = {"kind": "congress", "state": "held", "day": "2026-03-01", "note": ""}
    answer = client.post(unescape(link), sent)
    assert answer["Location"] == place
    page = client.get(place).content.decode()
    assert "because the event took place" in page
    assert "16/03/2026" in page or "03/16/2026" in page or "16 Mar 2026" in page or "2026-03-16" in page
    assert f'href="{place}">{task.label}' in page
    assert "because the event" not in client.get(place).content.decode(), "said once"


def test_a_planned_event_says_that_the_task_waits_on_and_no_foreign_address_is_led_to(cast, task):
    client, address = cast.officer.client(), reverse("units:record-event", args=[cast.a.pk])
    client.cookies["language"] = "en"
    sent = {"kind": "congress", "state": "planned", "day": "2026-08-01", "note": ""}
    answer = client.post(address + "?next=https://example.org/", sent, follow=True)
    assert answer.redirect_chain == [(reverse("units:events", args=[cast.a.pk]), 302)]
    assert "get their day when it has taken place" in answer.content.decode()


def test_a_superior_is_told_how_many_tasks_below_have_their_day(cast, task):
    deadline = task.deadlines.get(event_kind="congress")
    set_condition(deadline, "congress", wait=3, reaches_below=True, actor=cast.chief.actor)
    client = cast.chief.client()
    client.cookies["language"] = "en"
    sent = {"kind": "congress", "state": "held", "day": "2026-03-01", "note": ""}
    page = client.post(reverse("units:record-event", args=[cast.province.pk]), sent, follow=True)
    assert "In all 3 tasks have their day from this event" in page.content.decode()


def test_one_event_of_many_units_costs_few_queries(cast, task, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        record_event(cast.a, "congress", D(2026, 3, 1), actor=cast.officer.actor)


def test_the_nightly_count_mends_what_two_deeds_of_one_moment_missed(cast, task):
    record_event(cast.a, "congress", D(2026, 3, 1), actor=cast.officer.actor)
    Assignment.objects.update(due=None, event=None, event_due=None)  # as if neither deed had seen the other
    for _n in range(2):
        enqueue("count-days", actor=SYSTEM)
        assert run_one("night")
    assert dues(task)["A"] == "2026-03-16"
    assert Entry.objects.filter(action="count-days").count() == 1
