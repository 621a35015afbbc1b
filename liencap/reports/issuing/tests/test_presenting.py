"""Charts from the figures of a report, and the pages for a conference."""

from decimal import Decimal

import pytest
from django.urls import reverse

from liencap.programmes.models import Programme
from liencap.reports.actions import begin_consolidated_report, open_period, send_report
from liencap.reports.forming.progress import progress_of
from liencap.reports.issuing.charting import charts_of
from liencap.reports.issuing.tests.scene import composed, published
from liencap.reports.models import Indicator, Target
from liencap.reports.queries import veils_for
from liencap.reports.tests.scene import accept, content, plan_next, report_of, save, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(cast):
    return composed(cast)[1]


def test_charts_show_who_reported_and_results_against_targets(cast, report, django_assert_max_num_queries):
    Target.objects.create(
        programme=report.period.programme, code="trees", period=report.period, unit=cast.province, amount=42
    )
    with django_assert_max_num_queries(14):
        made = charts_of(report)
    assert [chart.kind for chart in made] == ["bars", "bars"]
    assert {(bar.name, bar.percent, bar.shown) for bar in made[0].bars} == {
        (str(cast.a), "100.00", "1/1"), (str(cast.b), "0.00", "0/1")
    }  # fmt: skip
    assert [(bar.name, bar.percent, bar.shown) for bar in made[1].bars] == [("Số cây", "25.00", "10,5 / 42")]
    assert "Số cây 10,5 / 42" in made[1].alt


def test_over_a_programme_a_share_is_the_whole_of_its_parts_never_a_sum_of_shares(cast, report):
    joined = ("joined", "numerator"), ("joined", "denominator")

    def say(period, unit, member, part):
        said = content(report_of(period, unit))
        said.figures.update(zip(joined, (Decimal(part), Decimal(100)), strict=True))
        draft = save(report_of(period, unit), said, member)
        send_report(report_of(period, unit), revision=draft.revision, actor=member.actor)
        accept(period, unit, cast.chief)

    say(report.period, cast.b, cast.neighbour, 80)
    later = open_period(plan_next(report.period.programme), actor=cast.root.actor)
    say(later, cast.b, cast.neighbour, 90)
    Target.objects.create(programme=later.programme, code="joined", unit=cast.province, amount=95)
    made = charts_of(begin_consolidated_report(later, cast.province, actor=cast.chief.actor))
    [bar] = next(chart for chart in made if "95 %" in chart.alt).bars
    assert (bar.percent, bar.shown) == ("89.47", "85 / 95 %")
    [row] = progress_of(later, cast.province, veils_for(cast.province.pk))
    assert (row.value, row.percent) == ("85 %", 89)


def test_a_trend_is_drawn_from_the_second_period_on_and_says_its_numbers(cast, report):
    later = open_period(plan_next(Programme.objects.get()), actor=cast.root.actor)
    send(later, cast.a, cast.officer, "4")
    accept(later, cast.a, cast.chief)
    second = begin_consolidated_report(later, cast.province, actor=cast.chief.actor)
    lines = {chart.caption: chart for chart in charts_of(second) if chart.kind == "line"}
    name = str(Indicator.objects.filter(code="trees").latest("pk"))
    chart = next(chart for caption, chart in lines.items() if caption.startswith(name))
    assert [(dot.name, dot.number, dot.shown) for dot in chart.dots] == [
        ("Quý I", "10.5", "10,5"),
        ("Quý II", "4.0", "4"),
    ]
    assert not [chart for chart in charts_of(report) if chart.kind == "line"]


def test_the_presentation_shows_the_printed_figures_to_who_sees_the_report(
    cast, report, django_assert_max_num_queries
):
    done = published(cast, report)
    assert done.values["charts"][0]["kind"] == "bars"
    url, client = reverse("reports:present", args=[done.pk]), cast.root.client()
    with django_assert_max_num_queries(12):
        answer = client.get(url)
    page = answer.content.decode()
    assert "<dd>10,5</dd>" in page
    assert "1 trên 2 đơn vị" in page
    assert "<svg" in page
    assert str(cast.b) in page
    assert "None" not in page, "no number is no number None"
    for who in (cast.officer, cast.neighbour, cast.stranger):
        assert who.client().get(url).status_code == 404


def test_the_pages_speak_the_language_of_the_report_and_their_frame_that_of_the_reader(cast, report):
    done = published(cast, report)
    client = cast.root.client()
    client.post(reverse("set-language"), {"language": "en"})
    page = client.get(reverse("reports:present", args=[done.pk])).content.decode()
    frame, slides = page.split("<main>")
    assert "Back to the report" in frame
    assert "Mức độ đầy đủ" in slides
    assert "Coverage" not in slides


def test_a_draft_has_no_presentation(cast, report):
    assert cast.chief.client().get(reverse("reports:present", args=[report.pk])).status_code == 404
