"""DOCX and PDF say the same words, in the same order, in the same bytes each time."""

import dataclasses
import hashlib
import io
import zipfile

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from openpyxl import load_workbook

from liencap.printing.cleaning import clean
from liencap.reports.printing import render_docx, render_pdf, render_sheet
from liencap.reports.printing.tests import samples
from liencap.reports.printing.tests.samples import NASTY, report
from liencap.reports.printing.values import PrintedReport, Row, Section, Table
from liencap.reports.printing.wording import SAMPLE_MARK, lines_of

CASES = {
    # Letters that run to the left come out of a PDF in the order they are seen; their own test is below.
    **{name: report(text) for name, text in NASTY.items() if name != "rightwards"},
    "three hundred rows": report(rows=300),
    "wide table in an annex": report(rows=40, columns=9),
    "table in two annexes": report(rows=3, columns=14),
    "an annex of words": report(annexes=(samples.STANDING,)),
    "sample": report(rows=60, sample=True),
    "English": report("Forty-two meetings were held.", language="en"),
    "nothing but a title": PrintedReport(samples.Header("Hợp tác xã"), "Báo cáo", "Không có gì"),
}


@pytest.mark.parametrize("name", CASES)
def test_both_papers_have_the_same_letters_in_the_same_order(name):
    printed = CASES[name]
    word = samples.word_letters(samples.word_of(printed), printed)
    assert samples.pdf_letters(samples.pdf_of(printed), printed) == word


@pytest.mark.parametrize("name", ["letters", "sample", "English"])
def test_both_papers_have_the_same_words(name):
    printed = CASES[name]
    word = " ".join(samples.word_texts(samples.word_of(printed))).split()
    paper = {word for page in samples.page_texts(samples.pdf_of(printed)) for word in page.split()}
    # Longer ones break at the end of a line.
    assert {part for part in word if len(part) <= 20} <= paper


@pytest.mark.parametrize("name", NASTY)
def test_what_a_person_wrote_stands_in_the_paper_as_written(name):
    printed, _ = clean(report(NASTY[name]))
    text = printed.sections[0].blocks[0].text
    assert all(line in samples.word_texts(samples.word_of(printed)) for line in text.split("\n"))


def test_letters_that_run_to_the_left_all_stand_in_the_pdf():
    paper = samples.squeeze("".join(samples.page_texts(samples.pdf_of(report(NASTY["rightwards"])))))
    times = paper.count("hết")
    assert times > 10
    assert all(paper.count(letter) >= times for letter in NASTY["rightwards"] if letter.isalpha())


def test_what_cannot_be_printed_is_dropped_with_a_reason():
    _, reasons = clean(report(NASTY["control"]))
    assert set(reasons) == {"control-character", "invisible-character"}
    printed, reasons = clean(report(NASTY["emoji"]))
    assert set(reasons) == {"picture-character"}
    assert printed.subject == "tốt [grinning face] lắm ✓"
    assert clean(report())[1] == {}


@pytest.mark.parametrize("make", [render_docx, render_pdf, render_sheet])
def test_the_same_values_give_the_same_bytes(make):
    printed = CASES["wide table in an annex"]
    again = PrintedReport.from_json(printed.to_json())
    assert hashlib.sha256(make(printed)).digest() == hashlib.sha256(make(again)).digest()
    assert make(printed) != make(report())


def test_sample_data_is_marked_on_every_page_and_only_there():
    marked, plain = CASES["sample"], report(rows=60)
    pages = samples.page_texts(samples.pdf_of(marked))
    assert len(pages) > 2
    assert all(SAMPLE_MARK in page for page in pages)
    assert all(SAMPLE_MARK in texts for texts in samples.header_texts(samples.word_of(marked)))
    assert not any(SAMPLE_MARK in page for page in samples.page_texts(samples.pdf_of(plain)))
    assert not any(SAMPLE_MARK in texts for texts in samples.header_texts(samples.word_of(plain)))


def test_the_bundled_fonts_alone_hold_every_vietnamese_letter():
    data = samples.pdf_of(report(NASTY["letters"]))
    assert samples.squeeze(NASTY["letters"]) in samples.squeeze("".join(samples.page_texts(data)))
    assert b"LibertinusSerif" in data
    assert b"DejaVu" not in data


def document_xml(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("word/document.xml").decode()


def test_tables_repeat_their_head_and_never_split_a_row():
    xml = document_xml(samples.word_of(report(rows=5)))
    assert xml.count("<w:tblHeader") == 2  # both tables of the sample
    rows = xml.count("<w:tr>") + xml.count("<w:tr ")
    assert xml.count("<w:cantSplit") == rows
    pages = samples.page_texts(samples.pdf_of(report(rows=300)))
    assert sum("TTĐơnvịCột0" in samples.squeeze(page) for page in pages) > 5


@pytest.mark.parametrize(("columns", "lying"), [(2, 0), (9, 1)])
def test_a_wide_table_lies_down_in_an_annex_without_a_blank_page(columns, lying):
    printed = report(columns=columns)
    assert document_xml(samples.word_of(printed)).count('w:orient="landscape"') == lying
    last = samples.page_texts(samples.pdf_of(printed))[-1]
    assert ("Phụ lục I" in last) == bool(lying)


def test_no_text_in_the_sheet_is_a_formula():
    book = load_workbook(io.BytesIO(render_sheet(report(NASTY["formula"], sample=True))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert all(sheet["A1"].value == SAMPLE_MARK for sheet in book)
    assert any(str(cell.value).startswith("=1+1") for cell in cells)
    assert [cell.value for cell in cells if cell.data_type == "n"] == [7, 7, 9, 9]


def test_values_survive_their_json_and_keep_their_digest():
    printed = report(NASTY["markup"], sample=True)
    again = PrintedReport.from_json(printed.to_json())
    assert again == printed
    assert again.digest() == printed.digest() != report().digest()


@pytest.mark.parametrize(
    "text", ["[]", "{}", '{"header":{"issuer":1},"title":"","subject":""}', '{"header":{"issuer":"a"},"x":1}']
)
def test_json_of_another_shape_is_refused(text):
    with pytest.raises(ValueError, match=r"not|missing"):
        PrintedReport.from_json(text)


@pytest.mark.parametrize(("columns", "lies"), [(3, "portrait"), (9, "landscape")])
def test_a_sheet_prints_as_wide_as_the_paper_with_its_head_on_every_page(columns, lies):
    book = load_workbook(io.BytesIO(render_sheet(report(rows=3, columns=columns))))
    sheet = book["1"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == (lies, int(sheet.PAPERSIZE_A4))
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$3:$3"


def test_the_first_page_of_a_paper_without_an_annex_has_no_number():
    document = docx.Document(io.BytesIO(samples.word_of(report())))
    assert len(document.sections) == 1
    section = document.sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" not in section.first_page_header._element.xml
    assert "PAGE" in section.header._element.xml


def test_a_column_of_words_has_three_times_the_room_of_a_number_and_begins_on_the_left():
    words = "Số buổi sinh hoạt chuyên đề đã tổ chức ở các hợp tác xã thành viên"
    rows = (Row("Xã A", (words, "31", "32"), "unit"), Row("Xã B", (words, "1", "2"), "unit"))
    table = Table("Thay đổi", ("Số liệu", "Bản thứ 1", "Nay"), rows)
    made = dataclasses.replace(report(), sections=(Section("1", "Việc", "", (table,)),))
    document = docx.Document(io.BytesIO(samples.word_of(made)))
    found = next(t for t in document.tables if t.cell(0, 2).text == "Số liệu")
    widths = [found.cell(1, n).width for n in (2, 3, 4)]
    assert widths[0] == 3 * widths[1] == 3 * widths[2]
    assert found.cell(1, 2).paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.LEFT
    assert found.cell(1, 3).paragraphs[0].alignment != WD_ALIGN_PARAGRAPH.LEFT


def test_columns_that_begin_with_a_letter_begin_on_the_left_and_numbers_do_not():
    made = report(annexes=(samples.STANDING,), columns=2)
    tables = docx.Document(io.BytesIO(samples.word_of(made))).tables
    words, numbers = tables[-1].rows[1].cells, tables[1].rows[1].cells
    assert [c.paragraphs[0].alignment for c in words[2:]] == [WD_ALIGN_PARAGRAPH.LEFT] * 3
    assert [c.paragraphs[0].alignment for c in numbers[2:]] == [None] * 2


def test_an_annex_of_no_task_is_numbered_behind_those_of_the_tasks_and_stands_in_the_sheet():
    made = report(columns=9, annexes=(samples.STANDING,))
    assert [a["caption"].split("\n")[0] for a in lines_of(made)["annexes"]] == ["Phụ lục I", "Phụ lục II"]
    book = load_workbook(io.BytesIO(render_sheet(made)))
    assert "Đã duyệt" in [cell.value for row in book.worksheets[-1].iter_rows() for cell in row]


def test_a_report_from_before_there_were_such_annexes_keeps_its_hash():
    assert '"annexes"' not in report().to_json()
    assert report().digest() != report(annexes=(samples.STANDING,)).digest()


@pytest.mark.parametrize(
    ("label", "heading"), [("2.", "2. Hội nghị"), ("a", "a. Hội nghị"), ("", "Hội nghị")]
)
def test_word_and_sheet_head_a_task_alike_whatever_its_label_ends_in(label, heading):
    section = Section(label, "Hội nghị", tables=(Table("Bảng", ("Số cuộc",), (Row("Xã A", ("1",)),)),))
    made = dataclasses.replace(report(), sections=(section,))
    assert section.heading == heading
    assert heading in samples.word_texts(render_docx(made))
    sheet = load_workbook(io.BytesIO(render_sheet(made))).worksheets[1]
    assert heading in [cell.value for line in sheet.iter_rows() for cell in line]
