"""Reports keep the version of a task that they answered."""

import dataclasses
import json

import pytest
from django.urls import reverse

from liencap.core.reading import read_text
from liencap.documents.models import Document, Reading, Version
from liencap.errors import DomainError
from liencap.programmes.actions import confirm_amendment, propose_amendment
from liencap.programmes.models import Assignment, Task
from liencap.reports.actions import (
    begin_consolidated_report,
    open_period,
    publish_consolidated_report,
    send_report,
)
from liencap.reports.models import Draft, TaskEntry
from liencap.reports.printing import PrintedReport
from liencap.reports.queries import is_intact, tasks_of
from liencap.reports.tests import scene
from liencap.testing import make_cast
from liencap.work.actions import run_one

pytestmark = pytest.mark.django_db
DECISION = (
    "LIÊN HIỆP BÌNH MINH\nSố: 45/QĐ-LH\n\nBình Minh, ngày 02 tháng 6 năm 2026\n\nQUYẾT ĐỊNH\nSửa đổi Nghị quyết\n\n"
    "Điều 1. Sửa đổi Nghị quyết về năm hợp tác như sau:\n\n{}\n"
)
WORDS = "1. Thay cụm từ “hội viên” bằng cụm từ “cán bộ” tại nhiệm vụ thứ nhất."
END = "1. Bãi bỏ nhiệm vụ thứ hai."


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def period(cast):
    programme = scene.make_programme(cast.root_unit)
    for task, label in zip(programme.tasks.all(), ("Thứ nhất", "Thứ hai"), strict=True):
        Task.objects.filter(pk=task.pk).update(label=label)
    scene.assign(programme, cast.province, cast.a, cast.b)
    return open_period(scene.plan(programme), actor=cast.root.actor)


def amend(cast, period, words):
    """Confirm a decision that does one thing to the programme."""
    text = DECISION.format(words)
    document = Document.objects.create(unit=cast.root_unit, title="Quyết định", number="45/QĐ-LH")
    version = Version.objects.create(
        document=document, n=1, sha256="1" * 64, size=1, filename="b.txt", content_kind="txt"
    )
    plan = read_text(text).as_dict()
    reading = Reading.objects.create(
        version=version, state=Reading.State.READ, text=plan.pop("text"), plan=plan
    )
    proposal = propose_amendment(period.programme, reading, actor=cast.root.actor)
    made = confirm_amendment(proposal, revision=1, actor=cast.root.actor)
    while run_one("test"):
        pass
    return made


def report_page(cast, report, who="chief", lead="en"):
    client = getattr(cast, who).client()
    address = reverse("reports:report", args=[report.pk])
    return client.get(address, headers={"accept-language": lead}).content.decode()


def test_a_sent_report_keeps_the_version_and_shows_the_words_it_answered(cast, period):
    version = scene.send(period, cast.a, cast.officer)
    hashed = version.sha256
    amend(cast, period, WORDS)
    version.refresh_from_db()
    assert (version.sha256, is_intact(version)) == (hashed, True)
    assert set(version.entries.values_list("answered", flat=True)) == {1}
    page = report_page(cast, version.report)
    assert "answers version 1 of the task" in page
    assert "tập huấn cho hội viên" in page
    assert "tập huấn cho cán bộ" not in page


def test_a_report_sent_afterwards_answers_the_new_version_and_is_hashed_with_it(cast, period):
    amend(cast, period, WORDS)
    version = scene.send(period, cast.a, cast.officer)
    assert sorted(version.entries.values_list("answered", flat=True)) == [1, 2]
    assert is_intact(version)
    TaskEntry.objects.filter(version=version, answered=2).update(answered=1)
    assert not is_intact(version)
    TaskEntry.objects.filter(version=version).update(answered=2)
    assert "answers version 2 of the task" in report_page(cast, version.report)


def test_a_draft_keeps_what_was_typed_and_is_not_sent_before_it_was_looked_at_again(cast, period):
    report = scene.report_of(period, cast.a)
    draft = scene.save(report, scene.content(report, "5", 2, "Đã mở hai lớp"), cast.officer)
    amend(cast, period, WORDS)
    client = cast.officer.client()
    write = reverse("reports:write", args=[report.pk])
    page = client.get(write, headers={"accept-language": "en"}).content.decode()
    assert "The task was amended since you wrote" in page
    assert "Đã mở hai lớp" in page
    assert "tập huấn cho cán bộ" in page
    with pytest.raises(DomainError) as refusal:
        send_report(report, revision=draft.revision, actor=cast.officer.actor)
    assert refusal.value.code == "task-amended"
    first, second = period.programme.tasks.all()
    seen = {f"v-{first.pk}": "1", f"state-{first.pk}": "done", f"state-{second.pk}": "done"}
    # A window that was open before the amendment saves what it shows: an answer to the old words.
    client.post(write, seen | {"revision": draft.revision})
    assert TaskEntry.objects.get(draft__report=report, task=first).answered == 1
    client.post(write, seen | {"revision": draft.revision + 1, f"v-{first.pk}": "2"})
    newest = Draft.objects.get(report=report)
    assert newest.entries.get(task=first).answered == 2
    version = send_report(report, revision=newest.revision, actor=cast.officer.actor)
    assert version.entries.get(task=first).answered == 2


def test_a_rescinded_task_is_asked_of_nobody_who_has_not_written_on_it(cast, period):
    sent = scene.send(period, cast.a, cast.officer)
    started = scene.report_of(period, cast.province)
    scene.save(started, scene.content(started, "5", 2), cast.chief)
    amend(cast, period, END)
    assert [t.label for t in tasks_of(scene.report_of(period, cast.b).obligation)] == ["Thứ nhất"]
    assert len(tasks_of(sent.report.obligation)) == 2
    assert len(tasks_of(started.obligation)) == 2
    later = scene.send(period, cast.b, cast.neighbour)
    assert later.entries.count() == 1
    client = cast.chief.client()
    write = reverse("reports:write", args=[started.pk])
    assert "was rescinded" in client.get(write, headers={"accept-language": "en"}).content.decode()
    draft = Draft.objects.get(report=started)
    kept = send_report(started, revision=draft.revision, actor=cast.chief.actor)
    assert (kept.entries.count(), is_intact(kept)) == (2, True)


def test_a_later_period_asks_only_who_still_holds_a_task(cast, period):
    first = period.programme.tasks.first()
    Assignment.objects.filter(task=first, unit=cast.b).delete()
    amend(cast, period, END)
    later = scene.plan_next(period.programme)
    opened = open_period(later, actor=cast.root.actor)
    assert set(opened.obligations.values_list("unit__code", flat=True)) == {"P", "A"}


def test_a_published_report_says_which_versions_were_answered(cast, period):
    scene.send(period, cast.a, cast.officer)
    amend(cast, period, WORDS)
    made = begin_consolidated_report(period, cast.province, actor=cast.chief.actor)
    made = publish_consolidated_report(made, revision=made.revision, actor=cast.chief.actor)
    values = PrintedReport.from_json(json.dumps(made.values))
    first, second = values.sections
    assert (first.answered, second.answered) == ((1,), ())
    assert first.task == "Mở lớp tập huấn cho hội viên"
    assert "45/QĐ-LH" in first.citation
    assert values.digest() == made.sha256
    page = cast.chief.client().get(reverse("reports:consolidated", args=[made.pk])).content.decode()
    old = reverse("programmes:task-version", args=[first.ref, 1])
    assert old in page
    assert "tập huấn cho hội viên" in cast.chief.client().get(old).content.decode()


def test_what_was_published_before_there_were_versions_keeps_its_hash(cast, period):
    made = begin_consolidated_report(period, cast.province, actor=cast.chief.actor)
    made = publish_consolidated_report(made, revision=made.revision, actor=cast.chief.actor)
    values = PrintedReport.from_json(json.dumps(made.values))
    assert '"answered"' not in values.to_json()
    changed = dataclasses.replace(values.sections[0], answered=(1,))
    assert dataclasses.replace(values, sections=(changed, *values.sections[1:])).digest() != made.sha256
