"""Figures that count people by a personal attribute: who sees them, who sees a sign, where the trace stops."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse

import liencap
from liencap.audit.actor import SYSTEM
from liencap.core.rollup.cells import SMALL
from liencap.reports.actions import (
    IndicatorInput,
    set_indicators,
)
from liencap.reports.content import Content
from liencap.reports.models import Indicator
from liencap.reports.queries import Veil, figures_long, tasks_of
from liencap.reports.tests.scene import (
    accept,
    make_period,
    make_programme,
    report_of,
    save,
)
from liencap.reports.tests.small_cells.scene import WOMEN, open_with, page_of, row_of, says

pytestmark = pytest.mark.django_db


def test_the_unit_above_sees_signs_of_small_figures_and_of_those_that_would_tell_them(cast, period, third):
    page = page_of(cast.chief, "parts", period.pk, cast.province.pk, "official", *WOMEN)
    assert "Open a unit to go down" in page
    assert ">&lt; 10<" in row_of(page, cast.a)
    assert ">…<" in row_of(page, cast.b)
    assert ">31<" in row_of(page, third)
    assert ">12<" in row_of(page, cast.province)  # its own
    assert "<strong>66</strong>" in page
    assert "fewer than 10 people" in page
    assert "Every unit, down to the last" not in page
    every = page_of(cast.chief, "parts", period.pk, cast.province.pk, "official", *WOMEN, all="1")
    assert ">&lt; 10<" in row_of(every, cast.a)


def test_the_trace_stops_at_what_is_kept_back(cast, period, third):
    for unit in (cast.a, cast.b):
        for kind in ("official", "received"):
            page = page_of(cast.chief, "parts", period.pk, unit.pk, kind, *WOMEN)
            assert "The way down ends here" in page
            assert "Own report of" not in page
            assert "Open a unit to go down" not in page
    assert "Own report of" in page_of(cast.chief, "parts", period.pk, third.pk, "official", *WOMEN)
    own = page_of(cast.officer, "parts", period.pk, cast.a.pk, "official", *WOMEN)
    assert ">3<" in row_of(own, cast.a)


def test_each_visitor_of_a_report(cast, period, third, chair):
    pk = report_of(period, cast.a).pk
    for who in (cast.officer, cast.reader):
        assert '<td class="text-end">3</td>' in page_of(who, "report", pk)
    above = page_of(cast.chief, "report", pk)
    assert '<td class="text-end">&lt; 10</td>' in above
    assert '<td class="text-end">3</td>' not in above
    assert "left blank" not in row_of(above, "Women members")
    beside = page_of(cast.chief, "report", report_of(period, cast.b).pk)
    assert '<td class="text-end">…</td>' in beside
    assert '<td class="text-end">20</td>' not in beside
    assert '<td class="text-end">31</td>' in page_of(cast.chief, "report", report_of(period, third).pk)
    for who in (cast.neighbour, cast.stranger):
        assert who.client().get(reverse("reports:report", args=[pk])).status_code == 404
        place = reverse("reports:parts", args=[period.pk, cast.a.pk, "official", *WOMEN])
        assert who.client().get(place).status_code == 404


def test_what_waits_is_told_by_no_number_and_a_correction_only_says_that_it_differs(cast, third):
    period = open_with(cast, cast.a, cast.b)
    says(period, cast.a, cast.officer, 3)
    says(period, cast.b, cast.neighbour, 20)
    first, second = (report_of(period, unit).pk for unit in (cast.a, cast.b))
    for pk in (first, second):
        assert '<td class="text-end">…</td>' in page_of(cast.chief, "report", pk)
        assert "not everything is in" in page_of(cast.chief, "report", pk)
    assert '<td class="text-end">20</td>' in page_of(cast.neighbour, "report", second)
    accept(period, cast.a, cast.chief)
    says(period, cast.a, cast.officer, 14, reason="Đếm lại.")
    page = page_of(cast.chief, "report", first)
    assert ">14<" not in page.replace("</td>", "<")
    assert "Đếm lại." in page
    assert "14" in page_of(cast.officer, "report", first)


def test_who_writes_is_told_where_the_words_say_a_small_figure(cast, period):
    second = open_with(cast, cast.a)
    report = report_of(second, cast.a)
    task = tasks_of(report.obligation)[0]

    def page(text: str, women: str = "3") -> str:
        said = Content({task.pk: ("done", "")}, {(task.pk, "result"): text}, {WOMEN: Decimal(women)})
        save(report, said, cast.officer)
        return page_of(cast.officer, "write", report.pk)

    warning = "As a figure it is kept back from other units"
    assert "Words and files are shown as they are" in page("")
    for text in ("Có 3 hội viên nữ tham gia.", "Trong đó có ba chị em nữ.", "Hội viên nữ: 3."):
        assert warning in page(text), text
    for text in ("Đã mở 3 lớp.", "Có 4 hội viên nữ.", "Ngày 3 tháng 5 phụ nữ họp."):
        assert warning not in page(text), text
    assert warning not in page("Có 30 hội viên nữ.", "30")


def test_the_unit_further_up_sees_the_same_signs_once_it_has_accepted(cast, period, third):
    before = Veil(period, cast.root_unit.pk)
    assert before.totals(cast.province)["official"][WOMEN].sum is None  # its report waits
    accept(period, cast.province, cast.root)
    veil = Veil(period, cast.root_unit.pk)
    assert veil.totals(cast.root_unit)["official"][WOMEN].sum == 66
    assert veil.totals(cast.province)["official"][WOMEN].sum == 66
    assert veil.report(report_of(period, cast.a), report_of(period, cast.a).current)[WOMEN] is SMALL
    assert WOMEN in veil.report(report_of(period, cast.province), report_of(period, cast.province).current)
    page = page_of(cast.root, "parts", period.pk, cast.province.pk, "official", *WOMEN)
    assert ">&lt; 10<" in row_of(page, cast.a)
    assert ">…<" in row_of(
        page, cast.province
    )  # 12 is the next smallest here, for it is no longer the reader's own


def test_forms_without_such_figures_cost_no_query(cast, django_assert_num_queries):
    period = make_period(cast)
    assert not period.form.cells.personal
    with django_assert_num_queries(1):
        Veil(period, cast.province.pk).totals(cast.province)


def test_totals_are_read_for_the_screen_through_the_veil_alone():
    """A new page that reads totals or figures itself would forget the rule: it is named here or fails."""
    allowed = {
        "core/rollup", "demo", "offline",
        "reports/queries/kept.py", "reports/queries/made.py",  # the veil
        "reports/forming/queries.py", "reports/told/checks.py", "reports/answering/lines.py",  # counts and keys only
        "reports/standing.py",  # indicators that count nobody by an attribute, unit by unit
    }  # fmt: skip
    root = Path(liencap.__file__).parent
    found = {
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        if "tests" not in path.parts
        and any("rollup.totals import" in line and " read" in line for line in path.read_text().splitlines())
    }
    assert {path for path in found if not any(path.startswith(one) for one in allowed)} == set()


def test_the_mark_goes_with_the_indicator_through_versions(cast):
    programme = make_programme(cast.root_unit)
    first = programme.tasks.first()
    set_indicators(programme, [IndicatorInput(first, "nu", "Nữ", personal=True)], actor=SYSTEM)
    client, address = cast.root.client(), reverse("reports:indicator", args=[programme.pk, "nu"])
    page = client.get(address).content.decode()
    assert 'name="personal"' in page
    said = {
        "task": first.pk, "name": "Nữ từ 18 tuổi", "kind": "number", "time_axis": "sum", "added": "on", "place": 1,
        "continues": "same", "range": "warn", "sums": "block",
    }  # fmt: skip
    assert client.post(address, said | {"personal": "on"}).status_code == 302
    assert Indicator.objects.filter(form__programme=programme).latest("pk").personal
    answer = client.post(address, said, follow=True).content.decode()
    assert not Indicator.objects.filter(form__programme=programme).latest("pk").personal
    assert "Tên chỉ tiêu nói tới một đặc điểm cá nhân" in answer


def test_handing_out_every_figure_costs_as_many_queries_for_many_units(
    cast, period, third, django_assert_num_queries
):
    for within in (cast.a, cast.province):
        # The place, the reports; totals, parts, what held before; the moment.
        with django_assert_num_queries(6):
            rows = list(figures_long(period, within, Veil(period, cast.root_unit.pk)))
    assert len({row.unit_code for row in rows}) == 4


def test_many_reports_at_once_are_decided_as_each_is_alone(cast, period, third):
    accept(period, cast.province, cast.root)
    reports = [report_of(period, unit) for unit in (cast.province, cast.a, cast.b, third)]
    for reader in (None, cast.root_unit.pk, cast.province.pk, cast.a.pk, third.pk):
        together = Veil(period, reader)
        together.reports(reports)
        found = [together.report(one, one.current) for one in reports]
        assert found == [Veil(period, reader).report(one, one.current) for one in reports]
        together.reports(reports[3:])
        assert together.report(reports[3], reports[3].current) == found[3]
