"""Composing and publishing a unit's consolidated report."""

import io
import zipfile

import pytest
from django.urls import reverse

from liencap.archive.models import Record
from liencap.audit.models import Entry
from liencap.core.rollup.layout import BLANK, NOT_APPLICABLE
from liencap.documents import store
from liencap.errors import DomainError, NotAllowed
from liencap.reports.actions import (
    begin_consolidated_report,
    compose_task,
    consolidating,
    open_period,
    publish_consolidated_report,
)
from liencap.reports.consolidation import figures_of, table_of
from liencap.reports.models import ConsolidatedReport, Passage
from liencap.reports.printing import PrintedReport, render_pdf
from liencap.reports.queries import Veil, figures_long
from liencap.reports.tests.scene import (
    accept,
    assign,
    make_period,
    make_programme,
    plan,
    report_of,
    send,
)
from liencap.testing import found_many, make_cast, seat_many
from liencap.units.models import Role

pytestmark = pytest.mark.django_db
ALLOWED = {"consolidated": 18, "compose": 19}


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def period(cast):
    period = make_period(cast)
    send(period, cast.a, cast.officer, "10.5", text="Xã A mở hai lớp.")
    accept(period, cast.a, cast.chief)
    send(period, cast.b, cast.neighbour, "4", text="Xã B chưa được duyệt.")
    return period


@pytest.fixture
def draft(cast, period):
    return begin_consolidated_report(period, cast.province, actor=cast.chief.actor)


def knock(client, name, *args, method="get", data=None) -> int:
    return getattr(client, method)(reverse(name, args=args), data or {}).status_code


def test_the_tray_holds_accepted_passages_and_the_report_quotes_them_with_their_source(
    cast, period, draft, settings, tmp_path
):
    settings.FILES = tmp_path
    chief, task = cast.chief.client(), period.programme.tasks.first()
    page = chief.get(reverse("reports:compose", args=[draft.pk, task.pk])).content.decode()
    assert "Xã A mở hai lớp." in page
    assert "Xã B chưa được duyệt." not in page
    passage = Passage.objects.get(version__report=report_of(period, cast.a))
    typed = {"seen": 0, "question": "result", "do": "own", "text": "Toàn tỉnh làm tốt."}
    assert knock(chief, "reports:compose", draft.pk, task.pk, method="post", data=typed) == 302
    typed = {"seen": 2, "question": "result", "one": f"quote:{passage.pk}"}
    assert knock(chief, "reports:compose", draft.pk, task.pk, method="post", data=typed) == 302
    assert knock(chief, "reports:publish", draft.pk, method="post", data={"revision": 3}) == 302
    report = ConsolidatedReport.objects.get()
    first, second = report.values["sections"]
    coverage = (
        "2 trên 2 đơn vị trực tiếp bên dưới đã báo cáo; đã duyệt 1; 1 đơn vị có ý kiến về nội dung này."
    )
    assert [b["text"] for b in first["blocks"]] == ["Toàn tỉnh làm tốt.", "Xã A mở hai lớp.", coverage]
    source = {"unit": cast.a.name, "passage": str(passage.pk), "report": str(passage.version.report_id)}
    assert first["blocks"][1]["sources"] == [source]
    assert report.values["coverage"].startswith("2 trên 2")
    accepted = sum(
        r.number for r in figures_long(period, None, Veil(period, None)) if r.code == "trees" and r.accepted
    )
    rows = {row["kind"]: row["numbers"] for row in second["tables"][0]["rows"]}
    assert rows["official"] == [f"{accepted:f}"] == ["10.5"]
    assert rows["received"] == ["14.5"]
    assert report_of(period, cast.a).state == "consolidated"
    pdf = chief.get(reverse("reports:consolidated-file", args=[report.pk, "pdf"]))
    assert (pdf.content[:5], pdf["Content-Security-Policy"]) == (b"%PDF-", "sandbox")
    docx = chief.get(reverse("reports:consolidated-file", args=[report.pk, "docx"])).content
    words = zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()
    assert "Xã A mở hai lớp." in words
    assert "10,5" in words


def test_a_published_report_is_frozen_and_its_hash_is_that_of_its_values(
    cast, period, draft, settings, tmp_path
):
    import json

    settings.FILES = tmp_path
    report = publish_consolidated_report(draft, revision=1, actor=cast.chief.actor)
    assert PrintedReport.from_json(json.dumps(report.values)).digest() == report.sha256
    filed = Record.objects.get(source_kind="consolidated_report", source_id=report.pk)
    annex = cast.chief.client().get(reverse("reports:annex", args=[report.pk])).content
    assert [f.sha256 for f in filed.files.all()] == [report.pdf, report.docx, store.digest_of(annex)]
    there, here = ("reports:consolidated", report.pk), ("archive:record", filed.pk)
    for (name, pk), other in ((there, here), (here, there)):
        page = cast.chief.client().get(reverse(name, args=[pk])).content.decode()
        assert reverse(other[0], args=[other[1]]) in page
    assert Entry.objects.get(action="publish_consolidated_report").new["sha256"] == report.sha256
    pages = [who.client().get(reverse(there[0], args=[report.pk])) for who in (cast.chief, cast.root)]
    assert "Vào sổ số, ngày" in pages[0].content.decode()
    assert "giữ nguyên như đã in" in pages[1].content.decode()
    assert not any("rồi phát hành" in page.content.decode() for page in pages), "it is published"
    for deed in (
        lambda: publish_consolidated_report(draft, revision=1, actor=cast.chief.actor),
        lambda: compose_task(
            draft, period.programme.tasks.first(), "x", {}, revision=1, actor=cast.chief.actor
        ),
    ):
        with pytest.raises(DomainError) as refused:
            deed()
        assert refused.value.code == "published"
    assert knock(cast.root.client(), "reports:consolidated", report.pk) == 200
    assert knock(cast.root.client(), "reports:consolidated-file", report.pk, "pdf") == 200
    assert knock(cast.root.client(), "reports:consolidated-file", report.pk, "exe") == 404
    for who in (cast.officer, cast.neighbour, cast.stranger):
        assert knock(who.client(), "reports:consolidated", report.pk) == 404
        assert knock(who.client(), "reports:consolidated-file", report.pk, "docx") == 404


def test_each_figure_and_sentence_of_a_published_report_leads_back_to_its_source(
    cast, period, draft, settings, tmp_path
):
    settings.FILES = tmp_path
    first, second = period.programme.tasks.all()
    passage = Passage.objects.get(version__report=report_of(period, cast.a))
    compose_task(draft, first, "", {passage.pk: "quote"}, revision=1, actor=cast.chief.actor)
    report = publish_consolidated_report(draft, revision=2, actor=cast.chief.actor)
    page = cast.chief.client().get(reverse("reports:consolidated", args=[report.pk])).content.decode()
    cell = (period.pk, cast.a.pk, "official", "trees", "value")
    total = (period.pk, cast.province.pk, "received", "trees", "value")
    for name, args in (
        ("reports:parts", cell), ("reports:parts", total), ("programmes:task", [second.pk]),
        ("reports:passage", [passage.pk]),
    ):  # fmt: skip
        url = reverse(name, args=args)
        assert f'href="{url}"' in page
        assert cast.chief.client().get(url).status_code == 200
    assert "Nghị quyết về năm hợp tác, mục Thứ 2" in page
    assert "đã thay đổi từ khi phát hành" not in page


def test_a_published_report_keeps_its_figures_and_says_what_they_are_today(
    cast, period, draft, settings, tmp_path
):
    settings.FILES = tmp_path
    report = publish_consolidated_report(draft, revision=1, actor=cast.chief.actor)
    accept(period, cast.b, cast.chief)
    page = cast.chief.client().get(reverse("reports:consolidated", args=[report.pk])).content.decode()
    assert '>10,5</a> <span class="text-secondary">(14,5)</span>' in page
    assert "số tổng đã thay đổi từ khi phát hành" in page


@pytest.mark.parametrize("who", ["root", "officer", "neighbour", "reader", "stranger"])
def test_nobody_else_sees_composes_or_publishes_a_draft(cast, period, draft, who):
    member, task = getattr(cast, who), period.programme.tasks.first()
    client = member.client()
    assert knock(client, "reports:consolidated", draft.pk) == 404
    assert knock(client, "reports:compose", draft.pk, task.pk) == 404
    assert knock(client, "reports:publish", draft.pk, method="post") == 404
    assert knock(client, "reports:consolidated-file", draft.pk, "pdf") == 404
    assert knock(client, "reports:consolidate", period.pk, cast.province.pk, method="post") in (403, 404)
    for deed in (
        lambda: begin_consolidated_report(period, cast.province, actor=member.actor),
        lambda: compose_task(draft, task, "x", {}, revision=1, actor=member.actor),
        lambda: publish_consolidated_report(draft, revision=1, actor=member.actor),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_wrong_methods_bad_ids_and_foreign_passages_are_refused(cast, period, draft):
    chief, task = cast.chief.client(), period.programme.tasks.first()
    assert knock(chief, "reports:publish", draft.pk) == 405
    assert knock(chief, "reports:consolidate", period.pk, cast.province.pk) == 405
    assert knock(chief, "reports:compose", draft.pk, 999_999) == 404
    assert knock(chief, "reports:consolidated", 999_999) == 404
    assert knock(chief, "reports:consolidated-file", draft.pk, "pdf") == 404
    foreign = Passage.objects.get(version__report=report_of(period, cast.b))
    with pytest.raises(DomainError) as refused:
        compose_task(draft, task, "", {foreign.pk: "quote"}, revision=1, actor=cast.chief.actor)
    assert refused.value.code == "foreign-passage"
    with pytest.raises(DomainError) as stale:
        publish_consolidated_report(draft, revision=7, actor=cast.chief.actor)
    assert stale.value.code == "draft-changed"


def test_composing_costs_few_queries(cast, period, draft, django_assert_max_num_queries):
    chief, task = cast.chief.client(), period.programme.tasks.first()
    for args in (("reports:consolidated", draft.pk), ("reports:compose", draft.pk, task.pk)):
        with django_assert_max_num_queries(28):
            assert knock(chief, *args) == 200


def test_a_published_report_costs_few_queries(
    cast, period, draft, settings, tmp_path, django_assert_max_num_queries
):
    settings.FILES = tmp_path
    report = publish_consolidated_report(draft, revision=1, actor=cast.chief.actor)
    with django_assert_max_num_queries(33):
        assert knock(cast.chief.client(), "reports:consolidated", report.pk) == 200


def test_what_is_accepted_while_the_files_are_made_is_not_missed_in_print(
    cast, period, draft, settings, tmp_path, monkeypatch
):
    settings.FILES = tmp_path

    def slowly(values):
        if report_of(period, cast.b).state == "sent":
            accept(period, cast.b, cast.chief)
        return render_pdf(values)

    monkeypatch.setattr(consolidating, "render_pdf", slowly)
    with pytest.raises(DomainError) as refused:
        publish_consolidated_report(draft, revision=1, actor=cast.chief.actor)
    assert (refused.value.code, refused.value.status) == ("figures-moved", 409)
    assert report_of(period, cast.b).state == "accepted", "it stands in no published report yet"
    done = publish_consolidated_report(draft, revision=1, actor=cast.chief.actor)
    rows = {row["kind"]: row["numbers"] for row in done.values["sections"][1]["tables"][0]["rows"]}
    assert rows["official"] == ("14.5",)


def test_the_screens_of_a_consolidation_cost_the_same_for_four_units_and_for_forty(
    cast, django_assert_max_num_queries
):
    """The bar is twenty queries for a year of 1,500 units: what grows with the units below is found at forty."""
    programme = make_programme(cast.root_unit)
    more = found_many(
        ("P3", "Tỉnh hội Hàm Rồng", cast.province.tier, None),
        *[(f"X{n}", f"Xã số {n}", cast.a.tier, 0) for n in range(40)],
    )
    head = Role.objects.get(code="head")
    people = seat_many(*[(f"head-{unit.code}", unit, head) for unit in more])
    assign(programme, cast.province, cast.a, cast.b, *more)
    opened = open_period(plan(programme), actor=cast.root.actor)
    chief = people[0]
    for unit, member in zip(more[1:], people[1:], strict=True):
        send(opened, unit, member, "2", text=f"{unit} trồng hai cây.")
        accept(opened, unit, chief)
    for unit, member in ((cast.a, cast.officer), (cast.b, cast.neighbour)):
        send(opened, unit, member, "3", text=f"{unit} trồng ba cây.")
        accept(opened, unit, cast.chief)
    task, counts = programme.tasks.first(), []
    for unit, member in ((cast.province, cast.chief), (more[0], chief)):
        draft = begin_consolidated_report(opened, unit, actor=member.actor)
        browser, names = member.client(), (("consolidated", ()), ("compose", (task.pk,)))
        for name, args in names:
            browser.get(reverse(f"reports:{name}", args=[draft.pk, *args]))  # what is read once a process
            with django_assert_max_num_queries(ALLOWED[name]) as asked:
                page = browser.get(reverse(f"reports:{name}", args=[draft.pk, *args]))
            assert page.status_code == 200
            counts.append(len(asked.captured_queries))
    assert counts[:2] == counts[2:]


def test_zero_blank_and_what_does_not_apply_are_three_things_on_paper(cast, period):
    for unit, member, trees in ((cast.a, cast.officer, NOT_APPLICABLE), (cast.b, cast.neighbour, BLANK)):
        send(period, unit, member, trees, reason="Xem lại.")
        accept(period, unit, cast.chief)
    report = begin_consolidated_report(period, cast.province, actor=cast.chief.actor)
    table = table_of(figures_of(report), period.form.indicators.get(code="trees").task)
    cells = {row.name: row.cells[0] for row in table.rows}
    assert (cells[cast.a.name], cells[cast.b.name]) == ("x", "–")
    assert "“x”: không áp dụng; “–”: để trống" in table.note
    send(period, cast.a, cast.officer, "0", reason="Đã rà soát lại.")
    accept(period, cast.a, cast.chief)
    table = table_of(figures_of(report), period.form.indicators.get(code="trees").task)
    assert {row.name: row.cells[0] for row in table.rows}[cast.a.name] == "0,0"
    assert "“x”" not in table.note


def test_a_mark_among_figures_is_set_like_a_figure(cast, period, settings, tmp_path):
    settings.FILES = tmp_path
    send(period, cast.a, cast.officer, NOT_APPLICABLE, reason="Xem lại.")
    accept(period, cast.a, cast.chief)
    draft = begin_consolidated_report(period, cast.province, actor=cast.chief.actor)
    report = publish_consolidated_report(draft, revision=1, actor=cast.chief.actor)
    page = cast.chief.client().get(reverse("reports:consolidated", args=[report.pk])).content.decode()
    assert "text-end" in page.partition(">x<")[0].rpartition("<td")[2], "a column of figures keeps its edge"
