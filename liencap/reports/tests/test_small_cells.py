"""Figures that count people by a personal attribute: who sees them, who sees a sign, where the trace stops."""

import csv
import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse

import liencap
from liencap.audit.actor import SYSTEM
from liencap.core.rollup.cells import HIDDEN, SMALL, YES
from liencap.core.rollup.checks import Check
from liencap.printing.charts import svg_of
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
from liencap.reports.consolidation import figures_of
from liencap.reports.content import Content
from liencap.reports.issued import parts_for, values_of
from liencap.reports.issuing.charting import trend_charts
from liencap.reports.models import Indicator, Transfer
from liencap.reports.owed.actions import excuse_obligation
from liencap.reports.queries import Veil, figures_long, series, tasks_of, veils_for
from liencap.reports.tests.scene import (
    accept,
    assign,
    make_period,
    make_programme,
    plan,
    plan_next,
    report_of,
    save,
)
from liencap.reports.told import references
from liencap.reports.told.checks import facts_sent
from liencap.testing import DAY, make_cast, member
from liencap.units.actions import found_unit
from liencap.units.models import Role, Unit

pytestmark = pytest.mark.django_db
WOMEN = ("women", "value")


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def third(cast) -> Unit:
    return found_unit("C", "Xã Yên Sơn", tier=cast.a.tier, parent=cast.province, since=DAY, actor=SYSTEM)


@pytest.fixture
def chair(third):
    return member("chair", third, Role.objects.get(code="head"))


def open_with(cast, *units):
    programme = make_programme(cast.root_unit)
    assign(programme, cast.province, *units)
    period = plan(programme)
    first = programme.tasks.first()
    rows = [
        IndicatorInput(first, "women", "Số hội viên nữ", "Women members", personal=True),
        IndicatorInput(first, "ratio", "Tỷ lệ nữ", "Share of women", tree_axis="ratio", personal=True),
        IndicatorInput(first, "held", "Số lớp", "Classes"),
    ]
    set_indicators(programme, rows, actor=SYSTEM)
    return open_period(period, actor=cast.root.actor)


def says(
    period, unit, by, women: int | None, *, classes: int = 2, above=None, text: str = "", reason: str = ""
):
    report = report_of(period, unit)
    tasks = tasks_of(report.obligation)
    figures = {("held", "value"): Decimal(classes)}
    if women is not None:
        pair = {("ratio", "numerator"): Decimal(women), ("ratio", "denominator"): Decimal(40)}
        figures |= {WOMEN: Decimal(women)} | pair
    words = {(tasks[0].pk, "result"): text} if text else {}
    said = Content({task.pk: ("done", "") for task in tasks}, words, figures)
    draft = save(report, said, by)
    version = send_report(report, revision=draft.revision, actor=by.actor, reason=reason)
    if above:
        accept_report(report_of(period, unit), n=version.n, actor=above.actor)
    return version


@pytest.fixture
def period(cast, third, chair):
    """A counts 3 women, B 20, C 31; all are accepted in P, which counts 12 of its own."""
    period = open_with(cast, cast.a, cast.b, third)
    says(period, cast.a, cast.officer, 3, above=cast.chief, text="Có 3 hội viên nữ.")
    says(period, cast.b, cast.neighbour, 20, above=cast.chief)
    says(period, third, chair, 31, above=cast.chief)
    says(period, cast.province, cast.chief, 12)
    return period


def page_of(who, name, *args, **query) -> str:
    answer = who.client().get(reverse(f"reports:{name}", args=args), query, headers={"accept-language": "en"})
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def row_of(page: str, unit: Unit | str) -> str:
    return next(row for row in page.split("<tr")[1:] if str(unit) in row).rpartition("<td")[2]


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
