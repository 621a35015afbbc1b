"""Figures that count people by a personal attribute, as each visitor of a review meets them on its pages and papers."""

import io
import re
import zipfile

import pypdfium2
import pytest
from django.urls import reverse
from docx import Document as Word

from liencap.audit.actor import SYSTEM
from liencap.documents import store
from liencap.reports.actions import open_period
from liencap.reports.tests.scene import plan_next
from liencap.reports.tests.small_cells.scene import open_with, says
from liencap.reviews.actions import accept_review, apply_figures, open_review, publish_review, upload_figures
from liencap.reviews.content import OVERALL
from liencap.reviews.models import PublishedReview
from liencap.reviews.tests.scene import called, of, sent, write
from liencap.reviews.tests.test_earlier import column, filled
from liencap.testing import DAY, make_cast, member
from liencap.units.actions import found_unit
from liencap.units.models import Role

pytestmark = pytest.mark.django_db
SMALL, HIDDEN = "< 10", "…"


@pytest.fixture
def cast(settings, tmp_path):
    settings.FILES = tmp_path
    return make_cast()


@pytest.fixture
def third(cast):
    return found_unit("C", "Xã Yên Sơn", tier=cast.a.tier, parent=cast.province, since=DAY, actor=SYSTEM)


@pytest.fixture
def review(cast, third):
    """A counts 3 women, B 20, C 31, P 12 of its own; ROOT has accepted all of it, and calls a review of the quarter."""
    chair = member("chair", third, Role.objects.get(code="head"))
    period = open_with(cast, cast.a, cast.b, third)
    for unit, by, women in ((cast.a, cast.officer, 3), (cast.b, cast.neighbour, 20), (third, chair, 31)):
        says(period, unit, by, women, above=cast.chief)
    says(period, cast.province, cast.chief, 12, above=cast.root)
    made = open_review(called(cast, period), actor=cast.root.actor)
    for unit, by in ((cast.a, cast.officer), (cast.province, cast.chief)):
        batch = upload_figures(
            of(made, unit), filled(of(made, unit), four_women), "2025.xlsx", actor=by.actor
        )
        apply_figures(batch, actor=by.actor)
    return made


def four_women(sheet) -> None:
    """Say of the unit itself that it had four the year before."""
    line = next(row[0].row for row in sheet.iter_rows(min_row=3) if row[2].value == 2025)
    sheet.cell(line, column(sheet, "women/value")).value = 4


def women(page: str) -> list[str]:
    """Return the cells of the line of women: the year before, the quarter, the result."""
    row = next(row for row in page.split("<tr")[1:] if "Women members" in row)
    return [
        " ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)
    ]


def page_of(who, name: str, owed, *args) -> str:
    url = reverse(f"reviews:{name}", args=[owed.pk, *args])
    answer = who.client().get(url, headers={"accept-language": "en"})
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def test_each_visitor_of_the_page_of_figures(cast, review):
    owed = of(review, cast.a)
    sent(review, cast.a, cast.officer)
    for who in (cast.officer, cast.reader):
        assert women(page_of(who, "figures", owed)) == ["4", "3", "3"]
    for who in (cast.chief, cast.root):
        page = page_of(who, "figures", owed)
        assert women(page) == ["&lt; 10", HIDDEN, HIDDEN]
        assert "fewer than 10 people" in page
    for who in (cast.neighbour, cast.stranger):
        for name in ("figures", "unit", "timeline", "standing"):
            assert who.client().get(reverse(f"reviews:{name}", args=[owed.pk])).status_code == 404
    beside = of(review, cast.b)
    assert women(page_of(cast.neighbour, "figures", beside)) == ["20", "20"]
    assert women(page_of(cast.chief, "figures", beside)) == [HIDDEN, HIDDEN], "it would tell the other"
    total = of(review, cast.province)
    assert women(page_of(cast.chief, "figures", total)) == ["4", "66", "66"]
    assert women(page_of(cast.root, "figures", total)) == ["66", "66"], "the year before is its draft's"


def test_whoever_writes_sees_the_unit_s_own_figures_beside_its_words(cast, review):
    group = review.groups.first()
    for who, unit, said in (
        (cast.officer, cast.a, ["3"]),
        (cast.chief, cast.province, ["66"]),
    ):
        assert women(page_of(who, "write-group", of(review, unit), group.pk)) == said
        assert women(page_of(who, "write-whole", of(review, unit))) == said


def cells_of(docx: bytes) -> list[str]:
    tables = Word(io.BytesIO(docx)).tables
    rows = (row for table in tables for row in table.rows if row.cells[1].text == "Số hội viên nữ")
    return [cell.text for cell in next(rows).cells[2:]]


def test_papers_keep_back_the_unit_s_own_small_figure_for_others_read_them(cast, review):
    version = sent(review, cast.a, cast.officer)
    for who in (cast.officer, cast.chief, cast.root):
        url = reverse("reviews:print", args=[version.unit_review_id, "docx"])
        docx = who.client().get(url).content
        assert cells_of(docx) == [SMALL, HIDDEN, HIDDEN]
        assert (
            SMALL.replace("<", "&lt;") in zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()
        )
        pdf = who.client().get(reverse("reviews:print", args=[version.unit_review_id, "pdf"])).content
        text = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))
        assert SMALL in text
        assert "dưới 10 người" in text
    for who in (cast.neighbour, cast.stranger):
        for kind in ("docx", "pdf"):
            url = reverse("reviews:print", args=[version.unit_review_id, kind])
            assert who.client().get(url).status_code == 404


def test_a_published_review_prints_signs_for_good(cast, review):
    version = sent(review, cast.a, cast.officer)
    grades = {OVERALL: "met"} | dict.fromkeys(review.groups.values_list("pk", flat=True), "met")
    accept_review(version.unit_review, n=1, grades=grades, actor=cast.chief.actor)
    publish_review(of(review, cast.a), n=1, actor=cast.officer.actor)
    made = PublishedReview.objects.get()
    assert cells_of(store.get(made.docx)) == [SMALL, HIDDEN, HIDDEN]
    for who in (cast.officer, cast.chief, cast.root):
        url = reverse("reviews:published-file", args=[version.unit_review_id, 1, "docx"])
        assert cells_of(who.client().get(url).content) == [SMALL, HIDDEN, HIDDEN]
    for who in (cast.neighbour, cast.stranger):
        assert who.client().get(url).status_code == 404
    assert "'3'" not in str(made.values["sections"])


def test_a_quarter_that_is_not_all_in_closes_the_result_of_the_term(cast, review):
    programme = review.subjects.get().programme
    later = open_period(plan_next(programme), actor=cast.root.actor)
    says(later, cast.b, cast.neighbour, 25, above=cast.chief)
    owed = of(review, cast.province)
    assert women(page_of(cast.chief, "figures", owed)) == ["4", "66", HIDDEN, HIDDEN]
    assert women(page_of(cast.neighbour, "figures", of(review, cast.b))) == ["20", "25", "45"]


def test_who_writes_is_told_where_the_words_say_a_small_figure(cast, review):
    owed = write(review, cast.a, cast.officer, text="Kết nạp 3 hội viên nữ.")
    for name in ("write", "send"):
        page = page_of(cast.officer, name, owed)
        assert "“3” repeats a figure of a few people: Women members" in page
    write(review, cast.a, cast.officer, text="Mở 3 lớp tập huấn.")
    assert "repeats a figure of a few people" not in page_of(cast.officer, "write", owed)


def test_the_sheet_of_earlier_years_is_handed_out_without_figures(cast, review):
    """What else a review hands out: the sheet of earlier years is handed out empty."""
    answer = cast.chief.client().get(reverse("reviews:earlier-sheet", args=[of(review, cast.province).pk]))
    sheet = zipfile.ZipFile(io.BytesIO(answer.content))
    numbers = re.findall(r"<v>([\d.]+)</v>", sheet.read("xl/worksheets/sheet1.xml").decode())
    assert {*numbers} == {"2024", "2025"}
