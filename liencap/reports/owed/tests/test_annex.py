"""The annex of a paper says of each unit what became of its report, and for which days it stands."""

import datetime
import io
from collections import Counter

import docx
import pytest
from django.db.models.signals import post_init
from django.urls import reverse
from openpyxl import load_workbook

from liencap.audit.actor import SYSTEM
from liencap.documents import store
from liencap.reports.actions import (
    begin_consolidated_report,
    go_on_without,
    open_period,
    publish_consolidated_report,
    return_report,
)
from liencap.reports.models import Obligation
from liencap.reports.owed import annex
from liencap.reports.owed.actions import declare_not_due, excuse_obligation
from liencap.reports.printing.tests.samples import page_texts, squeeze, word_texts
from liencap.reports.tests.scene import accept, assign, make_period, make_programme, plan, report_of, send
from liencap.testing import make_cast, member
from liencap.units.actions import close_unit, found_unit
from liencap.units.models import Role, Tier

pytestmark = pytest.mark.django_db
FEB = datetime.date(2026, 2, 10)


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def period(cast):
    return make_period(cast)


def owed(period, unit):
    return Obligation.objects.get(period=period, unit=unit)


def said(period, unit):
    """Return the cells of each row by the name of its unit."""
    return {row.name: row.cells for table in annex.annexes_of(period, unit) for row in table.rows}


def accepted(cast, period):
    send(period, cast.a, cast.officer)
    accept(period, cast.a, cast.chief)


def corrected(cast, period):
    accepted(cast, period)
    send(period, cast.a, cast.officer, "2", reason="sửa")


def returned(cast, period):
    send(period, cast.a, cast.officer)
    return_report(report_of(period, cast.a), n=1, reason="xem lại", actor=cast.chief.actor)


def gone_without(cast, period):
    go_on_without(period, cast.province, {owed(period, cast.a).pk: "bão"}, actor=cast.chief.actor)


STATES = {
    "Chưa gửi": lambda cast, period: None,
    "Chưa gửi; tổng hợp không chờ": gone_without,
    "Đã gửi, chưa duyệt": lambda cast, period: send(period, cast.a, cast.officer),
    "Bị trả lại": returned,
    "Đã duyệt": accepted,
    "Đã duyệt; còn bản đính chính chờ duyệt": corrected,
    "Được miễn": lambda cast, period: excuse_obligation(
        owed(period, cast.a), reason="lụt", actor=cast.chief.actor
    ),
    "Không phải báo cáo": lambda cast, period: declare_not_due(
        owed(period, cast.a), reason="nghỉ", actor=cast.chief.actor
    ),
}


@pytest.mark.parametrize("state", STATES)
def test_each_unit_directly_below_stands_with_the_state_of_its_report(cast, period, state):
    STATES[state](cast, period)
    assert said(period, cast.province)[str(cast.a)][0] == state
    assert said(period, cast.province)[str(cast.a)][2] == "Cả kỳ"


def test_a_unit_that_went_on_without_others_is_accepted_with_gaps_and_named_further_up(cast, period):
    gone_without(cast, period)
    send(period, cast.province, cast.chief)
    accept(period, cast.province, cast.root)
    assert said(period, cast.root_unit)[str(cast.province)][0] == "Đã duyệt, thiếu 1 đơn vị"


@pytest.mark.parametrize("cls", ["late", "late_extended"])
def test_lateness_stands_beside_the_day_of_sending_and_is_named_two_tiers_up(cast, period, cls):
    accepted(cast, period)
    Obligation.objects.filter(unit=cast.a).update(cls=cls)
    late = Obligation.Class(cls).label
    assert said(period, cast.province)[str(cast.a)][1].startswith(f"{late}, ")
    assert f"{cast.a} ({cast.province})" in said(period, cast.root_unit)
    assert f"{cast.b} ({cast.province})" not in said(period, cast.root_unit), "its parent names the missing"


@pytest.fixture
def merged(cast):
    """Let the second province, in which C owes too, merge A into a new unit C within the quarter."""
    programme = make_programme(cast.root_unit)
    assign(programme, cast.province, cast.a, cast.b)
    period = open_period(plan(programme), actor=SYSTEM)
    tier = Tier.objects.get(code="commune")
    heir = found_unit("C", "Xã C", tier=tier, parent=cast.province, since=FEB, actor=SYSTEM)
    close_unit(cast.a, day=FEB, reason="sáp nhập", successors=[heir], actor=SYSTEM)
    return period, heir


def test_predecessor_and_successor_are_marked_partial_with_the_days_they_cover(cast, merged):
    period, heir = merged
    rows = said(period, cast.root_unit)
    old, new = rows[f"{cast.a} ({heir})"][2], rows[f"{heir} ({cast.province})"][2]
    assert old == f"Một phần kỳ: 01/01/2026 – 09/02/2026; đơn vị trước của {heir}"
    assert new == f"Một phần kỳ: 10/02/2026 – 31/03/2026; kế tục {cast.a} từ 10/02/2026"


def test_a_successor_that_owed_already_covers_the_whole_period_and_names_whose_place_it_took(cast, period):
    close_unit(cast.a, day=FEB, reason="sáp nhập", successors=[cast.b], actor=SYSTEM)
    assert said(period, cast.province)[str(cast.b)][2] == f"Cả kỳ; kế tục {cast.a} từ 10/02/2026"


def test_word_pdf_sheet_and_screen_hold_the_same_annex(cast, merged, settings, tmp_path):
    settings.FILES = tmp_path
    period, heir = merged
    # The old unit's head writes no more: its successor's does.
    new_head = member("c-head", heir, Role.objects.get(code="head"))
    send(period, heir, new_head, "3")
    accept(period, heir, cast.chief)
    draft = begin_consolidated_report(period, cast.province, actor=cast.chief.actor)
    report = publish_consolidated_report(draft, revision=draft.revision, actor=cast.chief.actor)
    rows = said(period, cast.province)
    assert len(rows) == 3
    word, paper = store.get(report.docx), squeeze("".join(page_texts(store.get(report.pdf))))
    texts = word_texts(word)
    table = docx.Document(io.BytesIO(word)).tables[-1]
    assert [c.text for c in table.rows[0].cells][2:] == [
        "Tình trạng báo cáo", "Ngày gửi", "Phần kỳ báo cáo",
    ]  # fmt: skip
    client = cast.chief.client()
    page = client.get(reverse("reports:consolidated", args=[report.pk])).content.decode()
    sheet = client.get(reverse("reports:annex", args=[report.pk])).content
    last = load_workbook(io.BytesIO(sheet)).worksheets[-1]
    cells = [str(cell.value) for line in last.iter_rows() for cell in line if cell.value is not None]
    for name, words in rows.items():
        for text in (name, *words):
            assert text in texts
            assert squeeze(text) in paper
            assert text in cells
            assert text in page


def test_more_units_further_down_than_anybody_reads_are_counted_and_partial_ones_never_left_out(
    cast, merged, monkeypatch
):
    period, _heir = merged
    monkeypatch.setattr(annex, "MOST", 2)
    Obligation.objects.filter(unit=cast.b).update(cls="late")
    (table,) = annex.annexes_of(period, cast.root_unit)
    assert len(table.rows) == 3  # the province and both partial reports
    assert table.note == "Không nêu ở đây 1 đơn vị khác ở các cấp dưới nữa"


def test_a_unit_without_units_below_has_no_annex(cast, merged):
    period, _heir = merged
    assert annex.annexes_of(period, cast.b) == ()


@pytest.fixture
def rows_read():
    """Count the rows that become objects, by their kind."""
    read = Counter()

    def count(sender, **_others):
        read[sender] += 1

    post_init.connect(count)
    yield read
    post_init.disconnect(count)


def test_many_more_units_further_down_are_counted_and_not_read(
    cast, monkeypatch, rows_read, django_assert_num_queries
):
    tier = Tier.objects.get(code="commune")
    since = datetime.date(2026, 1, 1)
    many = [
        found_unit(f"X{n}", f"Xã {n}", tier=tier, parent=cast.province, since=since, actor=SYSTEM)
        for n in range(12)
    ]
    programme = make_programme(cast.root_unit)
    assign(programme, cast.province, cast.a, cast.b, *many)
    period = open_period(plan(programme), actor=SYSTEM)
    monkeypatch.setattr(annex, "MOST", 2)
    below = Obligation.objects.filter(period=period, parent=cast.province)
    reads = []
    for late in (3, 14):
        below.filter(pk__in=list(below.values_list("pk", flat=True)[:late])).update(cls="late")
        rows_read.clear()
        with django_assert_num_queries(5):
            (table,) = annex.annexes_of(period, cast.root_unit)
        reads.append(dict(rows_read))
        assert len(table.rows) == 3
    assert table.note == "Không nêu ở đây 12 đơn vị khác ở các cấp dưới nữa"
    assert reads[0] == reads[1]


def test_where_all_are_named_nothing_is_counted(cast, merged, django_assert_num_queries):
    with django_assert_num_queries(4):
        annex.annexes_of(merged[0], cast.root_unit)
