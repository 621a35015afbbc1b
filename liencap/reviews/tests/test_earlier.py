"""Earlier years: a sheet of figures judged cell by cell, old reports cut into passages, how much is imported."""

import io

import pytest
from django.urls import reverse
from django.utils.html import escape
from openpyxl import Workbook, load_workbook

from liencap.audit.actor import SYSTEM
from liencap.core.reading import read_text
from liencap.documents.actions import finish_reading
from liencap.documents.models import Reading
from liencap.errors import DomainError, NotAllowed
from liencap.reviews.actions import (
    add_old_report,
    apply_figures,
    cut_passages,
    drop_figures,
    tie_passage,
    upload_figures,
)
from liencap.reviews.earlier import cut, sheet_of
from liencap.reviews.figures import tables_of
from liencap.reviews.models import EarlierFigure, FigureImport, OldPassage
from liencap.reviews.queries import old_folds
from liencap.reviews.tests.scene import of, opened, sent

pytestmark = pytest.mark.django_db
OLD = """BÁO CÁO
Tổng kết công tác năm 2025

I. KẾT QUẢ
1. Về tập huấn
Trong năm 2025, Tỉnh hội đã mở được mười hai lớp tập huấn cho hội viên ở các xã.
2. Về trồng cây
Phong trào trồng cây quanh trụ sở được các xã hưởng ứng, trồng mới 480 cây xanh.
Đạt.
"""


@pytest.fixture
def owed(cast):
    return of(opened(cast), cast.province)


def filled(owed, change):
    """Fill the sheet as a person would, with a function that is given the sheet; return its bytes."""
    book = load_workbook(io.BytesIO(sheet_of(owed)))
    change(book.active)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def column(sheet, head):
    return next(cell.column for cell in sheet[1] if str(cell.value).endswith(head))


def trees(value, line=3):
    def change(sheet):
        sheet.cell(line, column(sheet, "trees/value")).value = value

    return change


def upload(cast, owed, change):
    return upload_figures(owed, filled(owed, change), "nam-truoc.xlsx", actor=cast.chief.actor)


def test_the_sheet_has_a_line_for_each_unit_and_year_under_the_codes_of_the_review(owed):
    sheet = load_workbook(io.BytesIO(sheet_of(owed))).active
    assert [row[0].value for row in sheet.iter_rows(min_row=3)] == ["P", "B", "A"] * 2
    assert [row[2].value for row in sheet.iter_rows(min_row=3)] == [2024] * 3 + [2025] * 3
    programme = owed.review.subjects.get().programme_id
    assert sheet.cell(1, 4).value == f"{programme}:classes/held"
    assert sheet.cell(2, column(sheet, "trees/value")).value == "Số cây"


def test_figures_are_previewed_confirmed_and_marked_as_imported(cast, owed):
    batch = upload(cast, owed, trees(480.5))
    (cell,) = batch.cells.all()
    assert (cell.place, cell.unit, cell.year, cell.state, cell.number) == (
        "H3",
        cast.province,
        2024,
        "new",
        480.5,
    )
    assert not EarlierFigure.objects.exists()
    assert apply_figures(batch, actor=cast.chief.actor) == 1
    (table,) = tables_of(owed.review, owed.unit, owed.unit_id)
    row = next(row for row in table.rows if row.code == "trees")
    assert (table.years, str(row.earlier[0])) == ((2024,), "480,5")
    assert table.counts() == (1, 3)
    assert row.result.number == 10, "what is imported is never added up"
    assert tables_of(owed.review, cast.root_unit, cast.root_unit.pk)[0].years == ()
    version = sent(owed.review, cast.province, cast.chief)
    assert "chưa được chấp nhận tại đây: 1 trên 3 số liệu" in str(version.values)
    again = upload(cast, owed, trees(480.5))
    assert again.cells.get().state == "same"
    changed = upload(cast, owed, trees(481))
    assert (changed.cells.get().state, changed.cells.get().old) == ("changed", 480.5)
    again.refresh_from_db()
    assert again.state == "dropped", "a newer sheet takes the place of one that waits"
    apply_figures(changed, actor=cast.chief.actor)
    assert EarlierFigure.objects.get().number == 481


@pytest.mark.parametrize(
    ("value", "problem"),
    [("=1+1", "formula"), ("nhiều", "not-number"), ("1.200", "unclear"), ("1.200,5", "unclear"), (-1, "negative"),
     (10**18, "too-large"), (True, "not-number")],
)  # fmt: skip
def test_a_wrong_cell_is_named_and_nothing_is_imported(cast, owed, value, problem):
    batch = upload(cast, owed, trees(value))
    assert [(one.place, one.problem, one.state) for one in batch.cells.all()] == [("H3", problem, "error")]
    with pytest.raises(DomainError) as refused:
        apply_figures(batch, actor=cast.chief.actor)
    assert refused.value.code == "import-errors"


def test_units_years_and_columns_that_are_not_ours_are_named(cast, owed):
    def change(sheet):
        at = column(sheet, "trees/value")
        sheet.cell(3, 1).value, sheet.cell(4, 1).value, sheet.cell(5, 3).value = "ROOT", None, "năm ngoái"
        for line in (3, 4, 5, 6):
            sheet.cell(line, at).value = 5
        for line in (7, 8):
            sheet.cell(line, 1).value, sheet.cell(line, at).value = "A", "12,5"
        sheet.cell(8, 3).value = 2025
        sheet.cell(1, at + 1).value, sheet.cell(6, at + 1).value = "9:lạ/value", 1

    batch = upload(cast, owed, change)
    assert [(one.place, one.problem) for one in batch.cells.all()] == [
        ("H3", "unknown-unit"), ("H4", "no-unit"), ("H5", "bad-year"), ("H6", ""), ("I6", "unknown-column"),
        ("H7", ""), ("H8", "twice"),
    ]  # fmt: skip


def test_ten_thousand_wrong_cells_are_each_named(cast, owed):
    def change(sheet):
        for line in range(3, 2503):
            sheet.cell(line, 1).value, sheet.cell(line, 3).value = "P", 2025
            for place in range(4, 8):
                sheet.cell(line, place).value = "sai"

    batch = upload(cast, owed, change)
    assert batch.cells.filter(problem="not-number").count() == 10_000


def test_what_the_unit_itself_entered_is_not_overwritten_from_above(cast, owed):
    own = of(owed.review, cast.a)
    data = filled(own, trees(7))
    apply_figures(upload_figures(own, data, "a.xlsx", actor=cast.officer.actor), actor=cast.officer.actor)
    line = next(
        n for n in range(3, 9) if load_workbook(io.BytesIO(sheet_of(owed))).active.cell(n, 1).value == "A"
    )
    assert upload(cast, owed, trees(8, line)).cells.get().problem == "theirs"
    assert upload(cast, owed, trees(7, line)).cells.get().state == "same"


def test_earlier_years_are_seen_above_once_the_review_is_sent(cast, owed):
    apply_figures(upload(cast, owed, trees(480)), actor=cast.chief.actor)
    url = reverse("reviews:figures", args=[owed.pk])
    root, chief = cast.root.client(), cast.chief.client()
    assert [root.get(url).context["tables"][0].years, chief.get(url).context["tables"][0].years] == [
        (),
        (2024,),
    ]
    sent(owed.review, cast.province, cast.chief)
    assert root.get(url).context["tables"][0].years == (2024,)


def foreign():
    held = io.BytesIO()
    Workbook().save(held)
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "empty"), (b"a,b", "wrong-type"), (b"PK\x03\x04 nothing", "broken"), (b"\xd0\xcf\x11\xe0", "old-excel"),
     (foreign(), "foreign")],
)  # fmt: skip
def test_a_file_that_is_no_sheet_of_ours_says_so_and_leaves_nothing(cast, owed, data, code):
    with pytest.raises(DomainError) as refused:
        upload_figures(owed, data, "x.xlsx", actor=cast.chief.actor)
    assert (refused.value.code, FigureImport.objects.exists()) == (code, False)
    assert str(refused.value).endswith(".")


def test_an_empty_sheet_says_so(cast, owed):
    with pytest.raises(DomainError) as refused:
        upload(cast, owed, lambda sheet: None)
    assert refused.value.code == "no-figures"


def old_report(cast, owed):
    old = add_old_report(owed, OLD.encode(), "tong-ket-2025.txt", year=2025, actor=cast.chief.actor)
    with pytest.raises(DomainError) as refused:
        cut_passages(old, actor=cast.chief.actor)
    assert refused.value.code == "not-read"
    finish_reading(Reading.objects.get(version=old.version), read_text(OLD).as_dict(), actor=SYSTEM)
    return old


def test_an_old_report_is_cut_into_passages_with_their_place_and_tied_to_groups(cast, owed):
    old = old_report(cast, owed)
    assert cut_passages(old, actor=cast.chief.actor) == 2
    assert cut_passages(old, actor=cast.chief.actor) == 2, "a second time changes nothing"
    first, second = OldPassage.objects.all()
    assert (first.heading, second.heading) == ("1. Về tập huấn", "2. Về trồng cây")
    assert Reading.objects.get(version=old.version).text[first.start : first.end] == first.text
    tie_passage(second, owed.review.groups.last(), actor=cast.chief.actor)
    version = sent(owed.review, cast.province, cast.chief)
    assert "Từ báo cáo năm 2025, nhập lại" in str(version.values)
    assert "1 trên 5 đoạn văn được nhập từ báo cáo cũ" in str(version.values)
    assert "mười hai lớp" not in str(version.values)


def test_what_old_reports_say_alike_stands_once_with_its_years_under_its_heading(
    cast, owed, django_assert_num_queries
):
    group = owed.review.groups.last()
    for year in (2023, 2025, 2024):
        old = add_old_report(owed, f"{OLD} {year}".encode(), f"{year}.txt", year=year, actor=cast.chief.actor)
        finish_reading(Reading.objects.get(version=old.version), read_text(OLD).as_dict(), actor=SYSTEM)
        cut_passages(old, actor=cast.chief.actor)
    for one in OldPassage.objects.filter(report__unit_review=owed).exclude(
        heading__startswith="1", report__year=2024
    ):
        tie_passage(one, group, actor=cast.chief.actor)
    with django_assert_num_queries(1):
        folds = old_folds(owed, group)
    assert [(one.heading, one.said_in) for one in folds] == [
        ("1. Về tập huấn", "2025, 2023"), ("2. Về trồng cây", "2025, 2024, 2023"),
    ]  # fmt: skip
    page = cast.chief.client().get(reverse("reviews:write-group", args=[owed.pk, group.pk])).content.decode()
    assert page.count(escape(folds[1].text)) == 1
    assert page.index("1. Về tập huấn") < page.index("2. Về trồng cây") < page.index("2025, 2024, 2023")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ngắn.\n", []),
        ("I. PHẦN\n" + "a" * 50, [("I. PHẦN", 8, 58)]),
        ("  " + "b" * 41 + "\r\n", [("", 2, 43)]),
        ("c" * 5000, [("", 0, 4000), ("", 4000, 5000)]),
    ],
)
def test_texts_are_cut_by_paragraph(text, found):
    assert [(one.heading, one.start, one.end) for one in cut(text)] == found


@pytest.mark.parametrize("who", ["root", "officer", "neighbour", "reader", "stranger"])
def test_only_the_unit_itself_imports(cast, owed, who):
    actor, batch = getattr(cast, who).actor, upload(cast, owed, trees(1))
    for deed in (
        lambda: upload_figures(owed, b"", "x", actor=actor),
        lambda: apply_figures(batch, actor=actor),
        lambda: drop_figures(batch, actor=actor),
        lambda: add_old_report(owed, b"", "x", year=2025, actor=actor),
    ):
        with pytest.raises(NotAllowed):
            deed()
