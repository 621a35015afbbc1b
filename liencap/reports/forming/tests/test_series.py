"""A form in use never changes, its successor says how it continues, and values are followed through both."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from django.urls import reverse

from liencap.audit.actor import SYSTEM
from liencap.audit.models import Entry
from liencap.core.rollup.checks import Check
from liencap.core.rollup.layout import NOT_APPLICABLE
from liencap.errors import DomainError, NotAllowed
from liencap.reports.actions import (
    IndicatorInput,
    TargetInput,
    edit_form,
    open_period,
    plan_period,
    save_draft,
    send_report,
    set_targets,
)
from liencap.reports.content import Content
from liencap.reports.forming.aiming import TargetsForm
from liencap.reports.forming.progress import progress_of
from liencap.reports.forming.values import continued, inputs_of, seen_of
from liencap.reports.models import FormVersion, Period, Target
from liencap.reports.proof import check_totals
from liencap.reports.queries import aims_of, series, series_of, targets_of, tasks_of, veils_for
from liencap.reports.tests.scene import accept, assign, make_programme, report_of
from liencap.testing import make_cast
from liencap.units.models import Tier

LATE = datetime.date(2100, 1, 1)


def open_quarter(programme, n: int) -> Period:
    since = datetime.date(2026, 3 * n - 2, 1)
    period = plan_period(
        programme, f"Quý {n}", since=since, until=since + datetime.timedelta(80),
        dues=dict.fromkeys(Tier.objects.all(), LATE), actor=SYSTEM,
    )  # fmt: skip
    return open_period(period, actor=SYSTEM)


def change(programme, rows, actor=SYSTEM, asks=None, seen=None) -> FormVersion:
    last = FormVersion.objects.filter(programme=programme).first()
    mark = seen or seen_of(last, inputs_of(last))
    return edit_form(programme, rows, asks or {}, seen=mark, actor=actor)


def say(period, unit, member, figures) -> None:
    report = report_of(period, unit)
    states = {task.pk: ("done", "") for task in tasks_of(report.obligation)}
    content = Content(states, {}, figures)
    draft = save_draft(report, content, revision=0, actor=member.actor)
    send_report(report, revision=draft.revision, actor=member.actor)


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def programme(cast):
    found = make_programme(cast.root_unit)
    assign(found, cast.province, cast.a, cast.b)
    return found


def test_a_form_in_use_never_changes_and_an_edit_makes_the_next_version(programme):
    task = programme.tasks.first()
    first = change(programme, [IndicatorInput(task, "trees", "Số cây")])
    again = change(programme, [IndicatorInput(task, "trees", "Số cây xanh")])
    assert again.pk == first.pk  # nobody reports on it yet
    open_quarter(programme, 1)
    second = change(programme, [*continued(inputs_of(again)), IndicatorInput(task, "days", "Số buổi")])
    assert (second.n, again.indicators.count(), second.indicators.count()) == (2, 1, 2)
    assert Entry.objects.filter(action="edit_form").count() == 3


def test_two_windows_do_not_overwrite_each_other(programme):
    task = programme.tasks.first()
    form = change(programme, [IndicatorInput(task, "trees", "Số cây")])
    seen = seen_of(form, inputs_of(form))
    change(programme, [IndicatorInput(task, "trees", "Cây")])
    with pytest.raises(DomainError) as refused:
        change(programme, [], seen=seen)
    assert refused.value.code == "form-changed"


@pytest.mark.parametrize("who", ["chief", "officer", "neighbour", "reader", "stranger"])
def test_only_the_unit_that_set_the_tasks_changes_form_and_targets(cast, programme, who):
    actor = getattr(cast, who).actor
    with pytest.raises(NotAllowed):
        change(programme, [], actor)
    with pytest.raises(NotAllowed):
        set_targets(programme, [], actor=actor)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"kind": "choice", "options": (("a", "A", ""),)}, "few-options"),
        ({"factor": "0"}, "bad-factor"),
        ({"factor": "x"}, "bad-factor"),
        ({"before": "gone"}, "no-predecessor"),
        ({"kind": "yes_no"}, "break-missing"),
        ({"checks": (Check("", "range"),)}, "bad-range"),
        ({"checks": (Check("", "parts", parts=("trees",)),)}, "bad-parts"),
    ],
)
def test_what_cannot_be_counted_or_compared_is_refused(programme, wrong, code):
    task = programme.tasks.first()
    change(programme, [IndicatorInput(task, "trees", "Số cây")])
    open_quarter(programme, 1)
    with pytest.raises(DomainError) as refused:
        change(programme, [replace(IndicatorInput(task, "trees", "Số cây"), **wrong)])
    assert refused.value.code == code


def test_values_are_followed_through_a_rename_a_new_measure_and_a_break(cast, programme):
    task = programme.tasks.first()
    change(programme, [IndicatorInput(task, "tonnes", "Tấn", scale=1)])
    one = open_quarter(programme, 1)
    change(programme, [IndicatorInput(task, "kilos", "Kg", before="tonnes", factor="1000")])
    two = open_quarter(programme, 2)
    change(programme, [IndicatorInput(task, "kilos", "Kg phơi khô", breaks=True)])
    three = open_quarter(programme, 3)
    for period, code, number in ((one, "tonnes", "1.5"), (two, "kilos", "1600"), (three, "kilos", "900")):
        say(period, cast.a, cast.officer, {(code, "value"): Decimal(number)})
        say(period, cast.b, cast.neighbour, {(code, "value"): NOT_APPLICABLE})
        accept(period, cast.a, cast.chief)
        accept(period, cast.b, cast.chief)
        assert not check_totals(period)
    points = series(programme, "kilos", cast.province, veils=veils_for(None))
    assert [(p.value, p.breaks, p.converted) for p in points] == [
        (1500, False, True), (1600, False, False), (900, True, False)
    ]  # fmt: skip
    assert [(p.given, p.not_applicable, p.received) for p in points] == [(1, 1, 2)] * 3
    assert [p.value for p in series(programme, "kilos", cast.province, veils=veils_for(None), until=two)] == [
        1500,
        1600,
    ]
    assert series(programme, "gone", cast.province, veils=veils_for(None)) == []


def test_a_series_takes_the_same_queries_however_many_periods(cast, programme, django_assert_max_num_queries):
    task = programme.tasks.first()
    for n in (1, 2, 3):
        change(programme, [IndicatorInput(task, "trees", "Số cây"), IndicatorInput(task, f"x{n}", "X")])
        open_quarter(programme, n)
    with django_assert_max_num_queries(5):
        found = series_of(programme, cast.province, veils=veils_for(None))
    assert {code: len(points) for code, points in found.items()} == {"trees": 3, "x3": 1}


def test_targets_belong_to_a_period_or_to_the_whole_programme(cast, programme):
    task = programme.tasks.first()
    change(programme, [IndicatorInput(task, "trees", "Số cây")])
    period = open_quarter(programme, 1)
    rows = [
        TargetInput("trees", cast.root_unit, Decimal(500)),
        TargetInput("trees", cast.a, Decimal(40), period),
        TargetInput("trees", cast.a, Decimal(150)),
    ]
    assert set_targets(programme, rows, actor=cast.root.actor) == 3
    assert set_targets(programme, rows, actor=cast.root.actor) == 0
    assert targets_of(period, cast.root_unit) == {"trees": (500, False)}
    assert targets_of(period, cast.a) == {"trees": (40, True)}
    assert targets_of(period, cast.b) == {}
    assert series(programme, "trees", cast.a, veils=veils_for(None))[0].target == 40
    set_targets(programme, [TargetInput("trees", cast.a, None)], actor=cast.root.actor)
    assert Target.objects.count() == 2
    with pytest.raises(DomainError) as refused:
        set_targets(programme, [TargetInput("gone", cast.a, Decimal(1))], actor=cast.root.actor)
    assert refused.value.code == "foreign-target"


def test_results_stand_beside_targets_with_their_denominator_and_none_is_made_up(cast, programme):
    task = programme.tasks.first()
    share = IndicatorInput(task, "share", "Tỷ lệ", kind="percentage", tree_axis="ratio")
    change(
        programme, [IndicatorInput(task, "trees", "Số cây"), share, IndicatorInput(task, "days", "Số buổi")]
    )
    one, two = open_quarter(programme, 1), open_quarter(programme, 2)
    for period, trees, part in ((one, 30, 1), (two, 20, 3)):
        figures = {("trees", "value"): Decimal(trees), ("share", "numerator"): Decimal(part)}
        say(period, cast.a, cast.officer, figures | {("share", "denominator"): Decimal(4)})
        say(period, cast.b, cast.neighbour, {})
        accept(period, cast.a, cast.chief)
        accept(period, cast.b, cast.chief)
    assert progress_of(two, cast.province, veils_for(cast.province.pk)) == []
    rows = [
        TargetInput(code, cast.province, Decimal(amount)) for code, amount in (("trees", 200), ("share", 80))
    ]
    rows += [TargetInput("days", cast.province, Decimal(9)), TargetInput("trees", cast.a, Decimal(10), two)]
    set_targets(programme, rows, actor=SYSTEM)
    found = {p.indicator.code: p for p in progress_of(two, cast.province, veils_for(cast.province.pk))}
    assert (found["trees"].value, found["trees"].percent) == ("50", 25)
    assert (found["trees"].given, found["trees"].received) == (2, 4)
    assert (found["share"].value, found["share"].percent) == ("50 %", 62)
    assert (found["days"].value, found["days"].percent) == ("", None)
    (own,) = progress_of(two, cast.a, veils_for(cast.a.pk))
    assert (own.value, own.percent, own.whole_programme) == ("20", 200, False)
    page = cast.root.client().get(reverse("reports:rollup", args=[two.pk, cast.province.pk])).content.decode()
    assert "chưa có kết quả" in page


def test_a_target_of_the_programme_follows_its_indicator_into_a_new_name_and_measure(cast, programme):
    task, unit, chair = programme.tasks.first(), cast.root_unit, cast.root.actor
    change(programme, [IndicatorInput(task, "tonnes", "Tấn"), IndicatorInput(task, "days", "Ngày")])
    one = open_quarter(programme, 1)
    set_targets(
        programme,
        [TargetInput("tonnes", unit, Decimal(5)), TargetInput("days", unit, Decimal(9))],
        actor=chair,
    )
    change(programme, [IndicatorInput(task, "kilos", "Kg", before="tonnes", factor="1000")])
    two = open_quarter(programme, 2)
    assert targets_of(one, unit) == {"tonnes": (5, False), "days": (9, False)}
    assert targets_of(two, unit)["kilos"] == (5000, False)
    assert aims_of(programme, unit)["kilos"] == {0: 5000}
    assert [p.target for p in progress_of(two, unit, veils_for(None))] == ["5.000"]
    assert TargetsForm(programme=programme, unit=unit, period=None)["t-kilos"].initial == 5000
    assert set_targets(programme, [TargetInput("kilos", unit, Decimal(6000))], actor=chair) == 1
    assert (targets_of(one, unit)["tonnes"], targets_of(two, unit)["kilos"]) == ((6, False), (6000, False))
    assert set_targets(programme, [TargetInput("kilos", unit, None)], actor=chair) == 1
    assert "kilos" not in targets_of(two, unit)
    assert "tonnes" not in targets_of(one, unit)


def test_over_a_break_a_target_is_not_converted(cast, programme):
    task, unit = programme.tasks.first(), cast.root_unit
    change(programme, [IndicatorInput(task, "trees", "Số cây")])
    open_quarter(programme, 1)
    set_targets(programme, [TargetInput("trees", unit, Decimal(500))], actor=cast.root.actor)
    change(programme, [IndicatorInput(task, "trees", "Số cây sống", breaks=True, factor="2")])
    assert targets_of(open_quarter(programme, 2), unit) == {"trees": (500, False)}
