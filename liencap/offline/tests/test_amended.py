"""A workbook that was handed out before a task was amended: the task's answers stay out, old and new are shown."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from liencap.offline.models import Intake, IssuedForm
from liencap.offline.tests.scene import book, close_account, drop, filled, form_for, hand_out, only
from liencap.programmes.models import Task
from liencap.reports.models import Draft
from liencap.reports.queries import content_of
from liencap.reports.tests import scene
from liencap.reports.tests.test_amended_tasks import END, WORDS, amend
from liencap.reports.tests.test_amended_tasks import period as amendable
from liencap.testing import make_cast

pytestmark = pytest.mark.django_db
period = amendable
ALL = {"state": "done", "figure:trees:value": 7, "figure:classes:held": 2, "words": "Từ sổ tính"}


@pytest.fixture
def cast(settings, tmp_path):
    settings.FILES = tmp_path
    return make_cast()


def brought_back(cast, period, words):
    """Take A's workbook, amend the programme, bring the workbook back; return the browser, the file, the report."""
    report = scene.report_of(period, cast.a)
    scene.save(report, scene.content(report, "1", 1, "Đã viết trước"), cast.officer)
    browser = cast.officer.client()
    form = browser.post(reverse("offline:own-form", args=[report.pk])).content
    amend(cast, period, words)
    upload = SimpleUploadedFile("a.xlsx", filled(form, ALL))
    answer = browser.post(reverse("offline:own", args=[report.pk]), {"file": upload})
    return browser, answer.url, Intake.objects.get(report=report).files.get(), report


def test_answers_to_amended_words_stay_out_of_the_draft_and_the_rest_goes_in(cast, period):
    browser, address, file, report = brought_back(cast, period, WORDS)
    first, second = Task.objects.order_by("order")
    page = browser.get(address).content.decode()
    assert file.state == "ready", file.problems
    assert "được điều chỉnh sau khi phát mẫu" in page
    assert "tập huấn cho hội viên" in page
    assert "tập huấn cho cán bộ" in page
    assert "Từ sổ tính" in page
    revision = Draft.objects.get(report=report).revision
    assert browser.post(reverse("offline:fill", args=[file.pk]), {"revision": revision}).status_code == 302
    said = content_of(Draft.objects.get(report=report), period.form.cells)
    assert said.passages[first.pk, "result"] == "Đã viết trước"
    assert said.passages[second.pk, "result"] == "Từ sổ tính"
    assert (int(said.figures["classes", "held"]), int(said.figures["trees", "value"])) == (1, 7)
    assert said.answered == {first.pk: 1, second.pk: 1}


def test_what_was_rescinded_meanwhile_is_named_and_the_rest_goes_in(cast, period):
    browser, address, file, _report = brought_back(cast, period, END)
    assert file.state == "ready", file.problems
    assert "bị bãi bỏ sau khi phát mẫu" in browser.get(address).content.decode()


def test_a_unit_below_is_not_entered_on_words_that_are_in_force_no_more(cast, period):
    close_account(cast.neighbour)
    form = form_for(hand_out(cast, period), "an-hoa")
    assert set(IssuedForm.objects.get(report__obligation__unit=cast.b).words.values()) == {1}
    amend(cast, period, WORDS)
    file = only(drop(cast, ("b.xlsx", filled(form))))
    first = Task.objects.order_by("order")[0]
    assert (file.state, [p[1:3] for p in file.problems]) == ("wrong", [["amended", f"task:{first.pk}"]])
    assert re.fullmatch(r"Báo cáo!D\d+", file.problems[0][0])
    page = cast.chief.client().get(reverse("offline:file", args=[file.pk])).content.decode()
    assert "tập huấn cho cán bộ" in page
    assert file.problems[0][0] in page
    again = form_for(hand_out(cast, period), "an-hoa")
    assert only(drop(cast, ("b.xlsx", filled(again)))).state == "ready"


def test_of_a_unit_below_what_was_rescinded_is_named_by_its_cell_and_the_rest_is_entered(cast, period):
    close_account(cast.neighbour)
    form = form_for(hand_out(cast, period), "an-hoa")
    amend(cast, period, END)
    intake = drop(cast, ("b.xlsx", filled(form)))
    file = only(intake)
    assert file.state == "ready", file.problems
    page = cast.chief.client().get(reverse("offline:file", args=[file.pk])).content.decode()
    assert "bị bãi bỏ sau khi phát mẫu" in page
    second = Task.objects.order_by("order")[1]
    assert file.places[f"state:{second.pk}"] in page
    book(cast, intake)
    version = scene.report_of(period, cast.b).current
    assert [entry.task for entry in version.entries.all()] == [Task.objects.order_by("order")[0]]


@pytest.mark.parametrize(("words", "which"), [(WORDS, 0), (END, 1)])
def test_what_is_amended_between_reading_and_entering_is_refused_by_task_and_cell(cast, period, words, which):
    """Nothing of such a file is entered, and its page says which lines it was."""
    close_account(cast.neighbour)
    form = form_for(hand_out(cast, period), "an-hoa")
    intake = drop(cast, ("b.xlsx", filled(form)))
    assert only(intake).state == "ready"
    amend(cast, period, words)
    book(cast, intake)
    file = only(intake)
    assert (file.state, file.code) == ("refused", ("task-amended", "foreign-task")[which])
    assert scene.report_of(period, cast.b).current is None
    page = cast.chief.client().get(reverse("offline:file", args=[file.pk])).content.decode()
    task = Task.objects.order_by("order")[which]
    assert f"({file.places[f'state:{task.pk}']})" in page
    assert ("tập huấn cho cán bộ" if which == 0 else "bị bãi bỏ sau khi phát mẫu") in page
    if which == 1:
        again = drop(cast, ("b.xlsx", filled(form)))
        assert book(cast, again).files.get().state == "booked"


def test_ten_thousand_errors_are_grouped_and_paged(cast, period, django_assert_max_num_queries):
    form = form_for(hand_out(cast, period), "an-hoa")

    def spoil(sheet, _book):
        sheet.merge_cells("D20:E20")
        for n in range(10_000):
            sheet.cell(60 + n, 4).value = "xấu"

    file = only(drop(cast, ("b.xlsx", filled(form, change=spoil))))
    browser = cast.chief.client()
    with django_assert_max_num_queries(26):
        page = browser.get(reverse("offline:file", args=[file.pk]), {"page": 100}).content.decode()
    assert "Báo cáo!D60" in page
    assert len(page) < 100_000
    assert "10.001 ô" in page or "10001 ô" in page
    merged = browser.get(reverse("offline:file", args=[file.pk]), {"show": "problems", "kind": "merged"})
    assert "Báo cáo!D20:E20" in merged.content.decode()
    assert "Báo cáo!D61" not in merged.content.decode()
