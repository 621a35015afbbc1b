"""A workbook says when it comes back exactly what was written into it, whatever that is."""

import datetime
import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liencap.core.rollup.layout import BLANK, NOT_APPLICABLE, Layout, Measure
from liencap.offline import sheet
from liencap.offline.judging import content_from, judge, plain_of
from liencap.offline.keys import FormKey, opened, sealed
from liencap.offline.rows import rows_of
from liencap.offline.workbook import GivenTask, Workbook, make_workbook
from liencap.programmes.models import Task
from liencap.reports.content import Content
from liencap.reports.models import Indicator, Passage, TaskEntry

words = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
        st.sampled_from("=+-@<&'\"\n_xộ"),
    ),
    max_size=60,
).map(str.strip)


def figures(scale: int) -> st.SearchStrategy:
    number = st.integers(0, 10**18 - 1).map(lambda n: Decimal(n).scaleb(-scale))
    return st.one_of(st.just(BLANK), st.just(NOT_APPLICABLE), st.just(Decimal(0)), number)


@st.composite
def reports(draw):
    """Return tasks, indicators, layout and what a report says of them."""
    tasks, indicators, measures = [], [], []
    content = Content()
    for n in range(draw(st.integers(1, 4))):
        task = Task(pk=n + 1, order=n, label=draw(words)[:20], text=draw(words) or "x")
        tasks.append(task)
        if draw(st.booleans()):
            state = draw(st.sampled_from(TaskEntry.State.values))
            reason = draw(words)
            content.states[task.pk] = (state, reason or "vì" if state == "not_applicable" else reason)
        for question in Passage.Question.values:
            if said := draw(words):
                content.passages[task.pk, question] = said
        for m in range(draw(st.integers(0, 2))):
            scale, code = draw(st.integers(0, 4)), f"i{n}-{m}"
            indicators.append(Indicator(task=task, code=code, name=draw(words), scale=scale, cells=["value"]))
            measures.append(Measure(code, scale=scale))
            content.figures[code, "value"] = draw(figures(scale))
    return tasks, indicators, Layout(tuple(measures)), content


def written(tasks, rows, language="vi"):
    given_tasks = [GivenTask(t.label, t.text, None, "Liên hiệp") for t in tasks]
    key = sealed(FormKey(1, 2, 3, 4))
    day = datetime.date(2026, 4, 1)
    return make_workbook(Workbook(key, "Xã Đông Hà", "Quý I", day, language, given_tasks, rows))


@given(reports(), st.sampled_from(["vi", "en"]))
def test_what_is_written_is_read_back(report, language):
    from django.utils import translation

    tasks, indicators, layout, content = report
    with translation.override(language):
        rows = rows_of(tasks, indicators, content)
    read = sheet.look(written(tasks, rows, language))
    judged = judge(read, rows, layout, language=language, partial=True)
    assert [p for p in judged.problems if p.code != "reason-alone"] == []
    assert judged.content == content
    assert content_from(plain_of(judged.content)) == content
    assert opened(read["key"]) == FormKey(1, 2, 3, 4)
    assert read["noted"] == read["key"]


ROWS = [Task(pk=1, order=0, label="", text="=1+1 trồng cây")]
ASKED = [Indicator(task=ROWS[0], code="trees", name="@Số cây", scale=1, cells=["value"])]
LAYOUT = Layout((Measure("trees", scale=1),))


def typed(value, key="figure:trees:value", change=None, *, partial=True):
    """Return what typing a value into the figure's cell comes to."""
    rows = rows_of(ROWS, ASKED, Content())
    book = openpyxl.load_workbook(io.BytesIO(written(ROWS, rows)))
    page = book.worksheets[1]
    cell = next(row[3] for row in page.iter_rows(min_row=6) if row[0].value == key)
    cell.value = value
    if change:
        change(cell)
    out = io.BytesIO()
    book.save(out)
    judged = judge(sheet.look(out.getvalue()), rows, LAYOUT, language="vi", partial=partial)
    return judged.content.figures["trees", "value"], {(p.code, p.at) for p in judged.problems}


@pytest.mark.parametrize(
    ("value", "figure", "code"),
    [
        (7, Decimal(7), ""),
        (0, Decimal(0), ""),
        (None, BLANK, ""),
        ("  ", BLANK, ""),
        ("KAD", NOT_APPLICABLE, ""),
        ("n/a", NOT_APPLICABLE, ""),
        ("không áp dụng", NOT_APPLICABLE, ""),
        (1.1, Decimal("1.1"), ""),
        ("1.234,5", Decimal("1234.5"), ""),
        ("1.5", BLANK, "not-number"),
        ("12 15", BLANK, "not-number"),
        ("bảy", BLANK, "not-number"),
        ("=1+1", BLANK, "formula"),
        (True, BLANK, "not-text"),
        (datetime.date(2026, 3, 1), BLANK, "date"),
        (-1, Decimal(-1), "negative"),
        (1.23, Decimal("1.23"), "scale_loss"),
        (1e300, Decimal("1E+300"), "overflow"),
        ("#N/A", BLANK, "cell-error"),
    ],
)
def test_what_is_typed_in_a_figure(value, figure, code):
    found, problems = typed(value)
    assert found == figure
    assert problems == ({(code, "Báo cáo!D9")} if code else set())


def test_per_cent_is_named_and_not_guessed():
    def as_share(cell):
        cell.number_format = "0%"

    assert typed(0.5, change=as_share) == (BLANK, {("percent", "Báo cáo!D9")})


def test_merged_cells_are_named_where_they_lie():
    def merge(cell):
        cell.parent.merge_cells("D9:D10")

    assert typed(3, change=merge)[1] == {("merged", "Báo cáo!D9:D10")}


def test_problems_stand_in_the_order_of_the_sheet_each_said_once():
    rows = rows_of(ROWS, ASKED, Content())
    book = openpyxl.load_workbook(io.BytesIO(written(ROWS, rows)))
    page = book.worksheets[1]
    page["D7"], page["D9"], page["D11"] = "x" * 300, -1, "=1+1"
    page.merge_cells("C10:D10")
    out = io.BytesIO()
    book.save(out)
    judged = judge(sheet.look(out.getvalue()), rows, LAYOUT, language="vi", partial=True)
    assert [(p.at.partition("!")[2], p.code) for p in judged.problems] == [
        ("D7", "too-long"), ("D9", "negative"), ("C10:D10", "merged"), ("D11", "formula"),
    ]  # fmt: skip


def test_a_whole_report_says_how_far_each_task_is():
    assert typed(3, partial=False)[1] == {("state-missing", "Báo cáo!D7")}
    assert typed("Không áp dụng", "state:1", partial=False)[1] == {("reason-missing", "Báo cáo!D8")}
    assert typed("sắp xong", "state:1", partial=False)[1] == {("bad-state", "Báo cáo!D7")}


def test_answers_outside_the_form_are_named_and_lines_taken_out_are_missed():
    def outside(cell):
        cell.parent["D40"] = "ghi chú"
        cell.parent["G9"] = "bên cạnh"
        cell.parent.cell(7, 1).value = None

    assert typed(3, change=outside)[1] == {("outside", "Báo cáo!D40"), ("line-missing", "")}


def test_no_word_of_a_user_becomes_a_formula_and_only_answers_are_open():
    rows = rows_of(ROWS, ASKED, Content())
    book = openpyxl.load_workbook(io.BytesIO(written(ROWS, rows)))
    for page in book.worksheets:
        assert page.protection.sheet
        assert page.freeze_panes
        assert str(page.page_setup.paperSize) == page.PAPERSIZE_A4
        assert not [c.coordinate for row in page.iter_rows() for c in row if c.data_type == "f"]
    page = book.worksheets[1]
    open_cells = {c.column_letter for row in page.iter_rows() for c in row if not c.protection.locked}
    assert open_cells == {"D"}
    assert page.column_dimensions["A"].hidden


def test_a_key_holds_only_with_its_seal():
    key = sealed(FormKey(1, 2, 3, 4))
    assert opened(key) == FormKey(1, 2, 3, 4)
    assert opened(key.replace(".2.", ".5.")) is None
    assert opened("LIENCAP1.1.2.3.4.00") is None
    assert opened("") is None
