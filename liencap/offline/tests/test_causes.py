"""Coded causes and joint activities live through a workbook: out, filled in, and back."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from liencap.offline.models import Intake
from liencap.offline.tests.scene import (
    book,
    close_account,
    drop,
    filled,
    form_for,
    hand_out,
    make_scene,
    only,
)
from liencap.programmes.models import Task
from liencap.reports.joint.actions import ActivityInput, register_activity
from liencap.reports.models import Cause, Draft
from liencap.reports.queries import content_of
from liencap.reports.tests import scene
from liencap.reports.told.actions import begin_causes

pytestmark = pytest.mark.django_db
ALL = {"state": "done", "figure:trees:value": 7, "figure:classes:held": 2}


@pytest.fixture
def world(settings, tmp_path):
    settings.FILES = tmp_path
    cast, period = make_scene()
    begin_causes(cast.root_unit, actor=cast.root.actor)
    return cast, period, list(Task.objects.order_by("order")), Cause.objects.get(code="thoi-tiet")


def drafted(cast, period, causes):
    report = scene.report_of(period, cast.a)
    said = scene.content(report, "1", 1, "Đã viết trước")
    said.causes.update(causes)
    scene.save(report, said, cast.officer)
    return report


def own_round(cast, report, answers, change=None):
    """Bring the own workbook back into the draft; return it as it went out, its preview, and the draft."""
    browser = cast.officer.client()
    form = browser.post(reverse("offline:own-form", args=[report.pk])).content
    upload = SimpleUploadedFile("a.xlsx", filled(form, answers, change))
    browser.post(reverse("offline:own", args=[report.pk]), {"file": upload})
    file = Intake.objects.get(report=report).files.get()
    assert file.state == "ready", file.problems
    page = browser.get(reverse("offline:file", args=[file.pk])).content.decode()
    revision = Draft.objects.get(report=report).revision
    answer = browser.post(reverse("offline:fill", args=[file.pk]), {"revision": revision})
    assert answer.status_code == 302
    said = content_of(Draft.objects.get(report=report), report.obligation.period.form.cells)
    return openpyxl.load_workbook(io.BytesIO(form)), page, said


def line(book_, key):
    return next(row for row in book_.worksheets[1].iter_rows(min_row=6) if row[0].value == key)


def test_a_cause_stands_in_the_workbook_can_be_changed_and_taken_away(world):
    cast, period, (first, second, *_), weather = world
    money = Cause.objects.get(code="kinh-phi")
    report = drafted(cast, period, {first.pk: weather.pk, second.pk: weather.pk})

    def clear(sheet, _book):
        next(row for row in sheet.iter_rows(min_row=6) if row[0].value == f"cause:{second.pk}")[
            3
        ].value = None

    out, page, said = own_round(cast, report, ALL | {f"cause:{first.pk}": money.name}, clear)
    assert line(out, f"cause:{first.pk}")[3].value == weather.name
    assert [row[3].value for row in out.worksheets[2].iter_rows(min_row=2, max_row=9)][:2] == [
        money.name, "Thiếu người, cán bộ kiêm nhiệm",
    ]  # fmt: skip
    assert money.name in page
    assert said.causes == {first.pk: money.pk}


def test_a_cause_that_nobody_touches_comes_back_as_it_was(world):
    cast, period, (first, *_), weather = world
    report = drafted(cast, period, {first.pk: weather.pk})
    _out, _page, said = own_round(cast, report, ALL)
    assert said.causes == {first.pk: weather.pk}


def test_a_form_without_lines_for_causes_clears_none(world):
    cast, period, (first, *_), weather = world
    report = drafted(cast, period, {first.pk: weather.pk})

    def old(sheet, _book):
        for row in sheet.iter_rows(min_row=6):
            if str(row[0].value).startswith("cause:"):
                row[0].value = row[2].value = row[3].value = None

    _out, _page, said = own_round(cast, report, ALL, old)
    assert said.causes == {first.pk: weather.pk}


def test_a_word_that_is_no_cause_is_named_by_its_cell(world):
    cast, period, (first, *_), _weather = world
    close_account(cast.neighbour)
    form = form_for(hand_out(cast, period), "an-hoa")
    file = only(drop(cast, ("b.xlsx", filled(form, ALL | {f"cause:{first.pk}": "Trời mưa"}))))
    assert [(at[:8], code, typed) for at, code, _key, typed in file.problems] == [
        ("Báo cáo!", "not-in-list", "Trời mưa")
    ]


def test_what_is_entered_for_a_unit_has_its_cause_and_its_joint_figures_once(world):
    cast, period, tasks, weather = world
    close_account(cast.neighbour)
    report = scene.report_of(period, cast.b)
    trees = next(i for i in period.form.indicators.select_related("task") if i.code == "trees")
    held = ActivityInput("Ngày hội trồng cây", [cast.a], {("trees", "value"): 5})
    register_activity(period, cast.b, trees.task, held, actor=cast.neighbour.actor)
    form = form_for(hand_out(cast, period), "an-hoa")
    note = line(openpyxl.load_workbook(io.BytesIO(form)), f"note:{trees.task_id}")
    assert "Ngày hội trồng cây" in note[2].value
    assert note[3].value is None
    intake = drop(cast, ("b.xlsx", filled(form, ALL | {f"cause:{tasks[0].pk}": weather.name})))
    assert only(intake).state == "ready", only(intake).problems
    book(cast, intake)
    report.refresh_from_db()
    said = content_of(report.current, report.current.form.cells)
    assert said.causes == {tasks[0].pk: weather.pk}
    assert said.figures["trees", "value"] == 12
    assert [row["title"] for row in report.current.joint] == ["Ngày hội trồng cây"]
