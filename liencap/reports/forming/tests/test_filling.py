"""Every kind is filled in, checked, sent and added up; zero, blank and "does not apply" stay three things."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from liencap.core.rollup.layout import BLANK, NOT_APPLICABLE
from liencap.core.rollup.totals import read
from liencap.errors import DomainError
from liencap.reports.actions import attach_evidence, open_period, send_report
from liencap.reports.actions.entering import CameBack, enter_report
from liencap.reports.content import Content
from liencap.reports.forming.controls import controls_of, figures_in, shown, state_of, typed_from
from liencap.reports.forming.tests.scene import change, every_kind
from liencap.reports.models import Draft, Indicator, Period, ReportVersion
from liencap.reports.proof import check_totals
from liencap.reports.queries import indicators_for, is_intact, tasks_of, totals_for
from liencap.reports.tests.scene import accept, assign, make_programme, plan_next, report_of, save
from liencap.testing import make_cast

GOOD = {("all", "value"): Decimal(7), ("women", "value"): Decimal(3), ("men", "value"): Decimal(4)}
DAY = Decimal(datetime.date(2026, 3, 8).toordinal())


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def period(cast) -> Period:
    programme = make_programme(cast.root_unit)
    assign(programme, cast.province, cast.a, cast.b)
    change(programme, every_kind(programme))
    return open_period(plan_next(programme), actor=cast.root.actor)


def said(report, figures, reasons=None, words=None) -> Content:
    states = {task.pk: ("done", "") for task in tasks_of(report.obligation)}
    return Content(states, words or {}, figures, reasons=reasons or {})


def send(period, unit, member, figures, reasons=None, why="") -> ReportVersion:
    report = report_of(period, unit)
    draft = save(report, said(report, figures, reasons), member)
    return send_report(report, revision=draft.revision, actor=member.actor, reason=why)


KINDS = [
    ("number", {}, "12", "12", "value"),
    ("number", {}, "0", "0", "zero"),
    ("number", {}, "", "", "blank"),
    ("yes_no", {}, "no", "Không", "value"),
    ("yes_no", {}, "n/a", "không áp dụng", "not_applicable"),
    ("choice", {"cells": ["well", "ill"], "options": [{"code": "well", "vi": "Tốt"}, {"code": "ill", "vi": "Kém"}]},
     "ill", "Kém", "value"),
    ("date", {}, "2026-03-08", "08/03/2026", "value"),
    ("date", {}, "", "", "blank"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "more", "typed", "words", "state"), KINDS)
def test_what_is_typed_is_read_kept_and_shown(kind, more, typed, words, state):
    (control,) = controls_of(Indicator(pk=1, code="x", kind=kind, **{"cells": ["value"], **more}))
    figures, problem = figures_in(control, {control.name: typed})
    assert (problem, state_of(control, figures)) == ("", state)
    assert shown(control, typed_from(control, figures)) == words


@pytest.mark.parametrize(
    ("kind", "typed"), [("number", "x"), ("yes_no", "maybe"), ("date", "2026-02-30"), ("date", "soon")]
)
def test_what_cannot_be_read_is_named_and_nothing_is_lost(kind, typed):
    (control,) = controls_of(Indicator(pk=1, code="x", kind=kind, cells=["value"]))
    figures, problem = figures_in(control, {control.name: typed})
    assert problem.endswith(".")
    assert figures[control.keys[0]] is BLANK
    assert shown(control, {control.name: typed}) == typed


def test_a_number_and_does_not_apply_together_are_refused():
    (control,) = controls_of(Indicator(pk=1, code="x", kind="number", cells=["value"]))
    _figures, problem = figures_in(control, {control.name: "5", control.skip: "1"})
    assert problem


def test_counts_of_every_kind_stand_in_the_totals(cast, period):
    more = {
        ("held", "value"): Decimal(1),
        ("how", "well"): Decimal(1),
        ("how", "ill"): Decimal(0),
        ("on", "value"): DAY,
    }
    other = {("held", "value"): Decimal(0), ("how", "well"): Decimal(0), ("how", "ill"): Decimal(1),
             ("on", "value"): NOT_APPLICABLE}  # fmt: skip
    send(period, cast.a, cast.officer, GOOD | more)
    send(period, cast.b, cast.neighbour, GOOD | other)
    accept(period, cast.a, cast.chief)
    cells = {
        (c.code, c.cell): c
        for c in read(period.form.cells, totals_for(period, cast.province)["received"]).cells
    }
    assert [cells["held", "value"].sum, cells["held", "value"].values] == [1, 2]
    assert [cells["how", c].sum for c in ("well", "ill")] == [1, 1]
    assert cells["on", "value"][2:6] == (None, 1, 0, 1)
    assert cells["spent", "value"][3:6] == (0, 2, 0)
    # Communes are not asked for what only provinces are: it does not apply to them, it is not missing.
    assert cells["tier", "value"][3:6] == (0, 0, 2)
    assert check_totals(period) == []


def test_only_the_tiers_asked_see_an_indicator(cast, period):
    assert "tier" not in {i.code for i in indicators_for(report_of(period, cast.a))}
    assert "tier" in {i.code for i in indicators_for(report_of(period, cast.province))}


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ({}, "bắt buộc"),
        (GOOD | {("men", "value"): Decimal(9)}, "12"),
        (GOOD | {("all", "value"): BLANK}, "bắt buộc"),
    ],
)
def test_a_block_keeps_a_report_from_being_sent_in_the_users_words(cast, period, figures, words):
    with pytest.raises(DomainError) as refused:
        send(period, cast.a, cast.officer, figures)
    assert refused.value.code == "checks-failed"
    assert "“Số người”" in str(refused.value)
    assert Draft.objects.get().reasons == {}


def test_a_warning_is_sent_with_a_reason_and_the_version_keeps_both(cast, period):
    many = {("all", "value"): Decimal(1001), ("women", "value"): Decimal(1000), ("men", "value"): Decimal(1)}
    with pytest.raises(DomainError):
        send(period, cast.a, cast.officer, many)
    version = send(period, cast.a, cast.officer, many, {"all": "Có ngày hội toàn xã."})
    (row,) = version.warnings
    assert (row["code"], row["kind"], row["said"], row["against"]) == ("all", "range", "1001", "1000")
    assert row["reason"] == "Có ngày hội toàn xã."
    assert is_intact(version)
    version.warnings[0]["reason"] = "khác"
    assert not is_intact(version)


def test_what_falls_below_the_period_before_asks_for_a_reason(cast, period):
    send(period, cast.a, cast.officer, GOOD | {("spent", "value"): Decimal(500)})
    from liencap.reports.actions import plan_period

    later = plan_period(
        period.programme, "Quý III", since=datetime.date(2026, 7, 1), until=datetime.date(2026, 9, 30),
        dues={d.tier: d.due for d in period.dues.select_related("tier")}, actor=cast.root.actor,
    )  # fmt: skip
    later = open_period(later, actor=cast.root.actor)
    with pytest.raises(DomainError) as refused:
        send(later, cast.a, cast.officer, GOOD | {("spent", "value"): Decimal(400)})
    assert refused.value.fields["problems"] == [("spent", "rises")]
    send(
        later, cast.a, cast.officer, GOOD | {("spent", "value"): Decimal(400)}, {"spent": "Trả lại kinh phí."}
    )
    assert send(later, cast.b, cast.neighbour, GOOD | {("spent", "value"): Decimal(1)}).warnings == []


def test_a_report_entered_for_a_unit_meets_the_same_checks(cast, period):
    report, paper = report_of(period, cast.a), CameBack("0" * 64, "a.xlsx", 1, "giấy")
    with pytest.raises(DomainError) as refused:
        enter_report(report, said(report, {}), paper=paper, actor=cast.chief.actor)
    assert refused.value.code == "checks-failed"
    assert enter_report(report, said(report, GOOD), paper=paper, actor=cast.chief.actor).n == 1


def test_questions_their_length_and_evidence_are_asked_as_the_form_says(cast):
    programme = make_programme(cast.root_unit)
    assign(programme, cast.a)
    first, second = programme.tasks.all()
    asks = {
        str(first.pk): {
            "questions": {"result": {"vi": "Làm được gì?", "en": "", "most": 5}},
            "evidence": "required",
        },
        str(second.pk): {"evidence": "none"},
    }
    change(programme, [], asks=asks)
    period = open_period(plan_next(programme), actor=cast.root.actor)
    report = report_of(period, cast.a)
    page = cast.officer.client().get(reverse("reports:write", args=[report.pk])).content.decode()
    assert "Làm được gì?" in page
    assert f"q-{first.pk}-cause" not in page
    assert f"q-{second.pk}-cause" in page
    assert f'name="attach" value="{second.pk}"' not in page
    draft = save(report, said(report, {}, words={(first.pk, "result"): "dài quá"}), cast.officer)
    with pytest.raises(DomainError) as refused:
        send_report(report, revision=draft.revision, actor=cast.officer.actor)
    assert refused.value.code == "too-long"
    draft = save(report, said(report, {}, words={(first.pk, "result"): "xong"}), cast.officer)
    with pytest.raises(DomainError) as refused:
        send_report(report, revision=draft.revision, actor=cast.officer.actor)
    assert refused.value.code == "evidence-missing"
    attach_evidence(
        report,
        first,
        b"<p>Bien ban</p>",
        "bien-ban.html",
        caption="Biên bản",
        no_secrecy=True,
        actor=cast.officer.actor,
    )
    assert send_report(report, revision=draft.revision, actor=cast.officer.actor).n == 1


def test_the_form_shows_each_check_at_its_field_and_before_sending(
    cast, period, django_assert_max_num_queries
):
    report, client = report_of(period, cast.a), cast.officer.client()
    url = reverse("reports:write", args=[report.pk])
    fields = {i.code: controls_of(i) for i in indicators_for(report)}
    typed = {
        "revision": "0",
        fields["all"][0].name: "2000",
        fields["women"][0].name: "1999",
        fields["men"][0].name: "2",
    }
    typed |= {f"state-{t.pk}": "done" for t in tasks_of(report.obligation)}
    assert client.post(url, typed).status_code == 302
    page = client.get(url).content.decode()
    assert "2.000 nhiều hơn 1.000" in page
    assert "2.000 không bằng tổng các thành phần" in page
    with django_assert_max_num_queries(30):
        page = client.get(reverse("reports:send", args=[report.pk])).content.decode()
    assert "?check#i-" in page
    assert 'type="submit"><svg' not in page.split("Before it can be sent")[-1] or "Ký và gửi" not in page
    why = f"why-{Indicator.objects.get(code='all').pk}"
    client.post(url, typed | {"revision": "1", fields["men"][0].name: "1", why: "Đại hội"})
    saved = client.post(reverse("reports:autosave", args=[report.pk]), typed | {"revision": "2"})
    assert 'hx-swap-oob="true"' in saved.content.decode()


def test_a_sent_report_shows_zero_blank_and_not_applicable_apart(cast, period):
    figures = {("all", "value"): Decimal(0), ("women", "value"): Decimal(0), ("men", "value"): NOT_APPLICABLE}
    send(period, cast.a, cast.officer, figures)
    page = (
        cast.chief.client()
        .get(reverse("reports:report", args=[report_of(period, cast.a).pk]))
        .content.decode()
    )
    assert "để trống" in page
    assert "không áp dụng" in page
    assert '<td class="text-end">0</td>' in page.replace("\n", "")
