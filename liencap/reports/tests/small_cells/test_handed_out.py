"""Papers, ledgers, charts and the workbench say no more of small figures than the pages do."""

import csv
import io
import re
import zipfile

import pytest
from django.urls import reverse

from liencap.core.rollup.cells import HIDDEN, SMALL, YES
from liencap.printing.charts import svg_of
from liencap.reports.actions import (
    begin_consolidated_report,
    open_period,
    publish_consolidated_report,
)
from liencap.reports.consolidation import figures_of
from liencap.reports.issued import parts_for, values_of
from liencap.reports.issuing.charting import trend_charts
from liencap.reports.queries import series, veils_for
from liencap.reports.tests.scene import (
    plan_next,
    report_of,
)
from liencap.reports.tests.small_cells.scene import WOMEN, page_of, says
from liencap.reports.told import references
from liencap.reports.told.checks import facts_sent
from liencap.units.models import Unit

pytestmark = pytest.mark.django_db


def test_the_ledger_writes_signs_of_other_units_and_numbers_of_ones_own(cast, period):
    def told(who, unit) -> dict[str, tuple[str, str]]:
        answer = who.client().get(reverse("reports:ledger", args=[period.pk, unit.pk]))
        lines = csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig")))
        return {
            row["unit_code"]: (row["state"], row["number"]) for row in lines if row["indicator"] == "women"
        }

    above = told(cast.chief, cast.province)
    assert (above["A"], above["B"]) == (("kept_back", "< 10"), ("kept_back", "…"))
    assert (above["C"], above["P"]) == (("value", "31"), ("value", "12"))
    assert told(cast.officer, cast.a) == {"A": ("value", "3")}


def test_the_ledger_keeps_back_what_counted_before_a_correction(cast, period):
    says(period, cast.a, cast.officer, 40, reason="Đếm lại.")
    for who, unit in ((cast.chief, cast.province), (cast.officer, cast.a)):
        answer = who.client().get(reverse("reports:ledger", args=[period.pk, unit.pk]))
        lines = csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig")))
        [official] = [
            row["official"] for row in lines if (row["unit_code"], row["indicator"]) == ("A", "women")
        ]
        assert official == "…"


@pytest.fixture
def published(cast, period, settings, tmp_path):
    settings.FILES = tmp_path
    draft = begin_consolidated_report(period, cast.province, actor=cast.chief.actor)
    return publish_consolidated_report(draft, revision=draft.revision, actor=cast.chief.actor)


def test_paper_annex_page_and_presentation_say_the_same(cast, period, published):
    table = published.values["sections"][0]["tables"][0]
    place = table["codes"].index("women/value")
    cells = {row["name"]: (row["cells"][place], row["numbers"][place]) for row in table["rows"]}
    assert cells["Xã Đông Hà"] == ("< 10", "")
    assert cells["Xã An Hòa"] == ("…", "")
    assert cells["Xã Yên Sơn"] == ("31", "31")
    assert "< 10" in table["note"]
    chief = cast.chief.client()
    docx = chief.get(reverse("reports:consolidated-file", args=[published.pk, "docx"])).content
    words = zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()
    annex = zipfile.ZipFile(io.BytesIO(chief.get(reverse("reports:annex", args=[published.pk])).content))
    sheets = "".join(annex.read(n).decode() for n in annex.namelist() if n.endswith(".xml"))
    for text in (words, sheets, page_of(cast.chief, "consolidated", published.pk)):
        assert "&lt; 10" in text
        assert "<v>3</v>" not in text
        assert ">3<" not in re.sub(r'LCTableorder"/></w:pPr><w:r><w:t xml:space="preserve">\d', "", text)
    shown = page_of(cast.chief, "present", published.pk)
    assert "66" in shown


def test_a_unit_reads_the_total_of_a_paper_only_where_it_cannot_take_its_own_away(cast, published):
    def total(unit: Unit) -> tuple[str, str]:
        parts = parts_for(values_of(published), published, unit)
        cell = next(cell for part in parts for cell in part.cells if cell.name == "Số hội viên nữ")
        return cell.ours, cell.total

    assert total(cast.a) == ("< 10", "…")  # 66 less its 3 would leave only one figure that it is not told
    assert total(Unit.objects.get(code="C")) == ("31", "66")


def test_what_was_printed_stays_and_is_told_anew_to_the_unit_alone(cast, period, published):
    says(period, cast.b, cast.neighbour, 33, above=cast.chief, reason="Đếm lại.")
    assert "(77)" not in page_of(cast.root, "consolidated", published.pk)
    assert ">66<" in page_of(cast.root, "consolidated", published.pk)


def test_texts_and_checks_of_the_workbench_do_not_tell(cast, period):
    draft = begin_consolidated_report(period, cast.province, actor=cast.chief.actor)
    figures = figures_of(draft)
    assert {c[WOMEN].shown for _n, kind, c, _r in figures.rows if kind == "unit"} == {YES, SMALL, HIDDEN}
    known = references.known(figures)
    assert (known["women"].text, known["ratio/share"].text) == ("66", "41,2 %")
    task = period.programme.tasks.first()
    rows = [i for i in period.form.indicators.all() if i.task_id == task.pk]
    assert {f.key for f in facts_sent(report_of(period, cast.a).current, rows)} == {"held"}
    page = page_of(cast.chief, "compose", draft.pk, task.pk)
    assert "&lt; 10" in page


def test_series_and_charts_have_no_number_where_it_is_kept_back(cast, period):
    def point(reader: Unit, unit: Unit):
        return series(period.programme, "women", unit, veils=veils_for(reader.pk))[0]

    assert (point(cast.province, cast.a).value, point(cast.province, cast.a).kept_back) == (None, True)
    assert point(cast.a, cast.a).value == 3
    assert point(cast.province, cast.province).value == 66
    later = open_period(plan_next(period.programme), actor=cast.root.actor)
    says(later, cast.a, cast.officer, 4, above=cast.chief)
    lines = {"women": series(period.programme, "women", cast.a, veils=veils_for(cast.province.pk))}
    assert trend_charts(lines) == []  # nothing to draw
    mixed = [point(cast.province, cast.province), *lines["women"], point(cast.province, cast.province)]
    [chart] = trend_charts({"women": mixed})
    assert "…" in svg_of(chart, "inherit") or "…" in chart.alt
