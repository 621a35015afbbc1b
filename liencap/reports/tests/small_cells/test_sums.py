"""Sums of figures that count people by a personal attribute: when they are shown, and which change closes them."""

from decimal import Decimal

import pytest
from django.urls import reverse

from liencap.audit.actor import SYSTEM
from liencap.core.rollup.cells import HIDDEN, YES
from liencap.core.rollup.checks import Check
from liencap.reports.actions import (
    IndicatorInput,
    accept_report,
    begin_consolidated_report,
    close_period,
    go_on_without,
    open_period,
    publish_consolidated_report,
    send_report,
    set_indicators,
)
from liencap.reports.content import Content
from liencap.reports.models import Transfer
from liencap.reports.owed.actions import excuse_obligation
from liencap.reports.queries import Veil, tasks_of
from liencap.reports.tests.scene import (
    accept,
    assign,
    make_programme,
    plan,
    report_of,
    save,
)
from liencap.reports.tests.small_cells.scene import WOMEN, open_with, page_of, row_of, says
from liencap.testing import DAY
from liencap.units.models import Unit

pytestmark = pytest.mark.django_db


def total_of(period, unit: Unit, reader: Unit | None = None, kind: str = "official"):
    cell = Veil(period, (reader or unit).pk).totals(unit)[kind][WOMEN]
    return cell.sum, cell.shown


def test_sums_are_shown_once_all_are_in_and_not_while_they_come_in(cast, third, chair):
    period = open_with(cast, cast.a, cast.b, third)
    for unit, by, women in ((third, chair, 31), (cast.b, cast.neighbour, 20)):
        says(period, unit, by, women, above=cast.chief)
        assert total_of(period, cast.province) == (None, HIDDEN)
        assert ">…<" in row_of(page_of(cast.chief, "rollup", period.pk, cast.province.pk), "Women members")
    says(period, cast.a, cast.officer, 3)
    assert total_of(period, cast.province) == (None, HIDDEN)
    assert total_of(period, cast.a) == (3, YES), "one's own"
    accept(period, cast.a, cast.chief)
    assert total_of(period, cast.province) == (54, YES)
    assert Veil(period, cast.province.pk).totals(cast.province)["received"]["held", "value"].sum == 6


@pytest.mark.parametrize("way", ["excused", "named", "sent", "published", "closed"])
def test_a_unit_that_goes_on_without_the_last_sees_its_sums(cast, third, chair, settings, tmp_path, way):
    settings.FILES = tmp_path
    period = open_with(cast, cast.a, cast.b, third)
    says(period, third, chair, 31, above=cast.chief)
    says(period, cast.b, cast.neighbour, 20, above=cast.chief)
    if way == "excused":
        owed = report_of(period, cast.a).obligation
        excuse_obligation(owed, reason="Bão", actor=cast.chief.actor)
    elif way == "named":
        go_on_without(
            period, cast.province, {report_of(period, cast.a).obligation_id: "Bão"}, actor=cast.chief.actor
        )
    elif way == "sent":
        says(period, cast.province, cast.chief, 0)
    elif way == "closed":
        close_period(period, actor=cast.root.actor)
    else:
        draft = begin_consolidated_report(period, cast.province, actor=cast.chief.actor)
        paper = publish_consolidated_report(draft, revision=draft.revision, actor=cast.chief.actor)
        assert "51" in str(paper.values["sections"])
    assert total_of(period, cast.province) == (51, YES)


def test_what_comes_in_later_is_shown_where_it_is_not_small(cast, third, chair):
    period = open_with(cast, cast.a, cast.b, third)
    says(period, third, chair, 31, above=cast.chief)
    says(period, cast.province, cast.chief, 12)
    assert total_of(period, cast.province) == (43, YES)
    says(period, cast.b, cast.neighbour, 20, above=cast.chief)
    assert total_of(period, cast.province) == (63, YES)
    says(period, cast.a, cast.officer, 3, above=cast.chief)
    assert total_of(period, cast.province) == (None, HIDDEN), "63 and then 66 would tell the 3"
    page = page_of(cast.chief, "parts", period.pk, cast.province.pk, "official", *WOMEN)
    assert "The way down ends here" in page


def test_a_correction_of_a_small_figure_is_told_by_no_sum_and_one_of_a_large_one_is(
    cast, period, third, chair
):
    assert total_of(period, cast.province) == (66, YES)
    says(period, third, chair, 41, above=cast.chief, reason="Đếm lại.")
    assert total_of(period, cast.province) == (76, YES)
    says(period, cast.a, cast.officer, 3, above=cast.chief, reason="Sửa lời.", text="Khác.")
    assert total_of(period, cast.province) == (76, YES), "other words change no figure"
    says(period, cast.a, cast.officer, 14, above=cast.chief, reason="Đếm lại.")
    assert total_of(period, cast.province) == (None, HIDDEN)
    page = page_of(cast.chief, "report", report_of(period, cast.a).pk)
    assert '<td class="text-end">14</td>' not in page, "what is not small any more would tell what it was"


def test_a_change_below_reaches_no_sum_above(cast, period):
    accept(period, cast.province, cast.root)
    assert total_of(period, cast.root_unit) == (66, YES)
    says(period, cast.a, cast.officer, 5, above=cast.chief, reason="Đếm lại.")
    assert total_of(period, cast.province, cast.root_unit) == (None, HIDDEN), "not carried up yet"
    says(period, cast.province, cast.chief, 12, above=cast.root, reason="Có số mới.")
    assert total_of(period, cast.root_unit) == (None, HIDDEN)
    says(period, cast.b, cast.neighbour, 33, above=cast.chief, reason="Đếm lại.")
    assert total_of(period, cast.province) == (None, HIDDEN)


def test_a_unit_that_moves_after_the_sums_were_shown_closes_them(cast, period, third):
    assert total_of(period, cast.province) == (66, YES)
    owed = report_of(period, third).obligation
    Transfer.objects.create(
        period=period, obligation=owed, kind="moved", day=DAY, from_parent=cast.province, to_parent=cast.root_unit,
        from_chain=bytes(owed.chain), to_chain=bytes(owed.chain)[:4] + bytes(owed.chain)[8:], sha256="0" * 64,
    )  # fmt: skip
    assert total_of(period, cast.province) == (None, HIDDEN)


def with_sum(cast, *units, personal=("women",)):
    programme = make_programme(cast.root_unit)
    assign(programme, cast.province, *units)
    period = plan(programme)
    first = programme.tasks.first()
    parts = (Check("members", "parts", "block", parts=("women", "men")),)
    rows = [
        IndicatorInput(first, "women", "Số hội viên nữ", "Women members", personal="women" in personal),
        IndicatorInput(first, "men", "Số hội viên nam", "Men members"),
        IndicatorInput(first, "members", "Số hội viên", "Members", checks=parts),
        IndicatorInput(first, "held", "Số lớp", "Classes"),
    ]
    set_indicators(programme, rows, actor=SYSTEM)
    return open_period(period, actor=cast.root.actor)


def counts(period, unit, by, women: int, men: int, above) -> None:
    report = report_of(period, unit)
    tasks = tasks_of(report.obligation)
    figures = {
        (code, "value"): Decimal(n)
        for code, n in (("women", women), ("men", men), ("members", women + men), ("held", 2))
    }
    draft = save(report, Content({task.pk: ("done", "") for task in tasks}, {}, figures), by)
    version = send_report(report, revision=draft.revision, actor=by.actor)
    accept_report(report_of(period, unit), n=version.n, actor=above.actor)


def test_what_is_declared_a_sum_is_kept_back_together(cast, third, chair):
    period = with_sum(cast, cast.a, cast.b, third)
    guarded = {i.code: (i.personal, i.tied, i.guarded) for i in period.form.indicators.all()}
    assert guarded["women"] == (True, False, True)
    assert guarded["men"] == guarded["members"] == (False, True, True)
    assert guarded["held"] == (False, False, False)
    counts(period, cast.a, cast.officer, 3, 40, cast.chief)
    counts(period, cast.b, cast.neighbour, 20, 0, cast.chief)
    counts(period, third, chair, 31, 50, cast.chief)
    veil = Veil(period, cast.province.pk)
    level = veil.level(cast.province)
    for code in ("women", "men", "members"):
        assert veil.totals(cast.province)["official"][code, "value"].shown is YES
        shown = level.parts[code, "value"]
        assert (shown[cast.a.pk], shown[cast.b.pk], shown[third.pk]) == (HIDDEN, HIDDEN, YES)
        page = page_of(cast.chief, "parts", period.pk, cast.province.pk, "official", code, "value")
        assert ">…<" in row_of(page, cast.a)
        assert ">…<" in row_of(page, cast.b), "a nought of men would tell the women beside the members"
        assert "Every unit, down to the last" not in page
    report = page_of(cast.chief, "report", report_of(period, cast.b).pk)
    assert report.count('<td class="text-end">…</td>') == 3
    page = cast.root.client().get(
        reverse("reports:indicators", args=[period.programme_id]), headers={"accept-language": "en"}
    )
    assert "makes a sum with one that counts people" in page.content.decode()


def test_a_sum_of_what_nobody_marked_is_shown(cast):
    period = with_sum(cast, cast.a, personal=())
    assert not period.form.cells.personal
