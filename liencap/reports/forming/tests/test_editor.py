"""The editor changes the newest form or begins the next version, says what is wrong, and keeps out who has no right."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.urls import reverse

from liencap.reports.actions import open_period
from liencap.reports.forming.editing import Editing, initial_of
from liencap.reports.forming.tests.scene import change, every_kind
from liencap.reports.models import FormVersion, Target
from liencap.reports.tests.scene import assign, make_programme, plan_next
from liencap.testing import make_cast

PAGES = ("indicators", "indicator-new", "indicator", "indicator-out", "asked", "targets")


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def programme(cast):
    found = make_programme(cast.root_unit)
    assign(found, cast.a)
    change(found, every_kind(found))
    return found


def url(name, programme, *args) -> str:
    return reverse(f"reports:{name}", args=[programme.pk, *args])


def typed(programme, code, **more) -> dict[str, object]:
    """Return what the browser sends of an indicator as it stands."""
    editing = Editing(programme)
    shown = initial_of(editing.row(code), [r.code for r in editing.rows].index(code) + 1) | more
    return {"seen": editing.seen} | {
        name: str(value).rstrip("0").rstrip(".") if isinstance(value, Decimal) and value % 1 else value
        for name, value in shown.items()
        if value is not None and value is not False
    }


@pytest.mark.parametrize("who", ["chief", "officer", "neighbour", "reader", "stranger"])
def test_only_who_may_open_periods_edits_the_form(cast, programme, who):
    client, task = getattr(cast, who).client(), programme.tasks.first()
    found = {
        "reports:indicators": (), "reports:indicator-new": (), "reports:indicator": ("all",),
        "reports:indicator-out": ("all",), "reports:asked": (task.pk,), "reports:targets": (),
    }  # fmt: skip
    for name, args in found.items():
        method = client.post if name == "reports:indicator-out" else client.get
        assert method(reverse(name, args=[programme.pk, *args])).status_code in (403, 404)
    assert FormVersion.objects.count() == 1


def test_the_form_is_shown_task_by_task_in_few_queries(cast, programme, django_assert_max_num_queries):
    client = cast.root.client()
    with django_assert_max_num_queries(26):
        page = client.get(url("indicators", programme)).content.decode()
    for words in ("Số người", "tổng của: Nữ, Nam", "Chọn trong danh sách", "Câu hỏi:"):
        assert words in page


def test_indicators_are_named_in_the_readers_language_wherever_one_is_chosen(cast, programme):
    rows = [replace(row, name_en="Women") if row.code == "women" else row for row in every_kind(programme)]
    change(programme, rows)
    client = cast.root.client()
    client.cookies["language"] = "en"
    overview = client.get(url("indicators", programme)).content.decode()
    assert "sum of: Women, Nam" in overview
    assert "asked of: Province" in overview
    page = client.get(url("indicator", programme, "all")).content.decode()
    assert "Women</span>" in page
    assert ">Nữ</span>" not in page


def test_an_indicator_saved_as_it_stands_stays_as_it_is(cast, programme):
    before = Editing(programme).rows
    for row in before:
        sent = typed(programme, row.code)
        answer = cast.root.client().post(url("indicator", programme, row.code), sent)
        assert answer.status_code == 302, answer.content.decode()
    after = Editing(programme).rows
    assert [(r.code, r.measure(), r.checks, r.options, r.tiers) for r in after] == [
        (r.code, r.measure(), r.checks, r.options, r.tiers) for r in before
    ]
    assert FormVersion.objects.count() == 1


def test_a_choice_is_named_line_by_line_and_a_change_in_use_begins_a_version(cast, programme):
    client, task = cast.root.client(), programme.tasks.first()
    open_period(plan_next(programme), actor=cast.root.actor)
    sent = {
        "seen": Editing(programme).seen, "task": task.pk, "name": "Cách làm", "kind": "choice", "time_axis": "last",
        "options": "Trực tiếp | In person\nTrực tuyến", "place": 1, "required": "block", "continues": "same",
    }  # fmt: skip
    assert client.post(url("indicator-new", programme), sent).status_code == 302
    form = FormVersion.objects.first()
    row = form.indicators.first()
    assert (form.n, row.code, row.cells) == (2, "cach-lam", ["truc-tiep", "truc-tuyen"])
    page = client.get(url("indicators", programme)).content.decode()
    assert "mới: Cách làm" in page


def test_what_is_wrong_is_said_and_what_was_typed_stays(cast, programme):
    client = cast.root.client()
    sent = typed(programme, "all", low="9", high="1")
    answer = client.post(url("indicator", programme, "all"), sent)
    assert answer.status_code == 400
    assert "Khoảng cho phép để trống hoặc bị ngược" in answer.content.decode()
    client.post(url("indicator", programme, "women"), typed(programme, "women", name="Phụ nữ"))
    answer = client.post(url("indicator", programme, "all"), sent)
    assert "cửa sổ khác" in answer.content.decode()


def test_leaving_an_indicator_out_takes_it_out_of_sums(cast, programme):
    client = cast.root.client()
    assert client.post(url("indicator-out", programme, "men")).status_code == 302
    rows = {row.code: row for row in Editing(programme).rows}
    assert "men" not in rows
    assert next(c.parts for c in rows["all"].checks if c.kind == "parts") == ("women",)
    assert client.post(url("indicator-out", programme, "men")).status_code == 404


def test_questions_are_chosen_and_worded_for_a_task(cast, programme):
    client, task = cast.root.client(), programme.tasks.first()
    sent = {"seen": Editing(programme).seen, "ask-result": "on", "vi-result": "Làm được gì?", "most-result": "600",
            "evidence": "required"}  # fmt: skip
    assert client.get(url("asked", programme, task.pk)).status_code == 200
    assert client.post(url("asked", programme, task.pk), sent).status_code == 302
    asked = FormVersion.objects.first().asks[str(task.pk)]
    assert asked == {
        "evidence": "required",
        "questions": {"result": {"vi": "Làm được gì?", "en": "", "most": 600}},
    }
    assert client.get(url("asked", programme, 999_999)).status_code == 404


def test_targets_are_typed_for_a_unit_and_a_period(cast, programme):
    client, period = cast.root.client(), open_period(plan_next(programme), actor=cast.root.actor)
    page = client.get(url("targets", programme)).content.decode()
    assert "t-spent" in page
    assert "t-how" not in page
    assert client.post(url("targets", programme), {"t-spent": "1.500,5"}).status_code == 302
    where = f"{url('targets', programme)}?period={period.pk}&unit={cast.a.code}"
    assert client.post(where, {"t-share": "80"}).status_code == 302
    assert set(Target.objects.values_list("code", "amount", "period", "unit")) == {
        ("spent", Decimal("1500.5"), None, cast.root_unit.pk), ("share", Decimal(80), period.pk, cast.a.pk)
    }  # fmt: skip
    assert client.post(url("targets", programme), {"t-spent": "viel"}).status_code == 400
    assert "Không có đơn vị" in client.get(f"{url('targets', programme)}?unit=zzz").content.decode()
