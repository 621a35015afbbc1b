"""The facts of official forms, held against the printed Word file and PDF.

State: annex I of decree 30/2020/NĐ-CP; party: guideline 36-HD/VPTW of 2018, annex 3. A fact is a text, the sizes that
the rule allows, how it stands, and in which half of the page. The plain form has neither motto nor rule of its own.
"""

import dataclasses
import functools
import io

import docx
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm

from liencap.printing.paper import motto_for, role_signed, signatory_of
from liencap.reports.printing.tests import samples
from liencap.reports.printing.values import Header, Signatory

LEFT, RIGHT = "left", "right"
MM = 72 / 25.4


@functools.cache
def paper(form):
    """Return a report in a form, every part of its head and foot filled."""
    number = "12-BC/TU" if form == "party" else "12/BC-LH"
    language = "en" if form == "plain" else "vi"
    stands = "T/M BAN THƯỜNG VỤ" if form == "party" else "TM. BAN THƯỜNG VỤ"
    return dataclasses.replace(
        samples.report("Đã tổ chức 42 hội nghị.", columns=9),
        header=Header("Ban Chấp hành", "Liên đoàn cấp trên", motto_for(form, language), number, "Hà Nội", "2020-02-05"),
        subject="Kết quả quý một",
        coverage="212 trên 226 đơn vị",
        signatory=Signatory("Phó Chủ tịch", "Trần Minh Khôi", stands, "KT. CHỦ TỊCH"),
        language=language,
    )  # fmt: skip


# name: (form, text, smallest, largest, bold, italic, half of the page)
FACTS = {
    "state: name of the country": ("state", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, 13, True, False, RIGHT),
    "state: motto": ("state", "Độc lập - Tự do - Hạnh phúc", 13, 14, True, False, RIGHT),
    "state: agency above": ("state", "LIÊN ĐOÀN CẤP TRÊN", 12, 13, False, False, LEFT),
    "state: issuer": ("state", "BAN CHẤP HÀNH", 12, 13, True, False, LEFT),
    "state: number": ("state", "Số: 12/BC-LH", 13, 13, False, False, LEFT),
    "state: place and day": ("state", "Hà Nội, ngày 05 tháng 02 năm 2020", 13, 14, False, True, RIGHT),
    "state: kind of paper": ("state", "BÁO CÁO", 13, 14, True, False, ""),
    "state: subject": ("state", "Kết quả quý một", 13, 14, True, False, ""),
    "state: text": ("state", "Mức độ đầy đủ: 212 trên 226 đơn vị", 13, 14, False, False, None),
    "state: recipients, head": ("state", "Nơi nhận:", 12, 12, True, True, LEFT),
    "state: recipients": ("state", "- Lưu: VT.", 11, 11, False, False, LEFT),
    "state: on behalf": ("state", "TM. BAN THƯỜNG VỤ", 13, 14, True, False, RIGHT),
    "state: for the head": ("state", "KT. CHỦ TỊCH", 13, 14, True, False, RIGHT),
    "state: role": ("state", "PHÓ CHỦ TỊCH", 13, 14, True, False, RIGHT),
    "state: name": ("state", "Trần Minh Khôi", 13, 14, True, False, RIGHT),
    "state: annex": ("state", "Phụ lục I\nBẢNG: ĐÃ TỔ CHỨC 42 HỘI NGHỊ.", 13, 14, True, False, ""),
    "party: name of the party": ("party", "ĐẢNG CỘNG SẢN VIỆT NAM", 15, 15, True, False, RIGHT),
    "party: agency above": ("party", "LIÊN ĐOÀN CẤP TRÊN", 14, 14, False, False, LEFT),
    "party: issuer": ("party", "BAN CHẤP HÀNH", 14, 14, True, False, LEFT),
    "party: mark below the issuer": ("party", "*", 12, 15, False, False, LEFT),
    "party: number": ("party", "Số 12-BC/TU", 14, 14, False, False, LEFT),
    "party: place and day": ("party", "Hà Nội, ngày 05 tháng 02 năm 2020", 14, 14, False, True, RIGHT),
    "party: kind of paper": ("party", "BÁO CÁO", 15, 16, True, False, ""),
    "party: subject": ("party", "Kết quả quý một", 14, 15, True, False, ""),
    "party: text": ("party", "Mức độ đầy đủ: 212 trên 226 đơn vị", 14, 15, False, False, None),
    "party: on behalf": ("party", "T/M BAN THƯỜNG VỤ", 14, 14, True, False, RIGHT),
    "party: name": ("party", "Trần Minh Khôi", 14, 14, True, False, RIGHT),
    "plain: issuer": ("plain", "BAN CHẤP HÀNH", 12, 13, True, False, LEFT),
    "plain: number": ("plain", "No. 12/BC-LH", 12, 14, False, False, LEFT),
    "plain: place and day": ("plain", "Hà Nội, 5 February 2020", 12, 14, False, True, RIGHT),
    "plain: text": ("plain", "Coverage: 212 trên 226 đơn vị", 13, 14, False, False, None),
}


def _paragraphs(document):
    """Yield each paragraph with the half of the page it stands in, as far as a table of two columns says so."""
    yield from ((p, "") for p in document.paragraphs)
    for table in document.tables:
        for row in table.rows:
            if len(row.cells) == 2:
                yield from ((p, half) for cell, half in zip(row.cells, (LEFT, RIGHT), strict=True)
                            for p in cell.paragraphs)  # fmt: skip


@pytest.mark.parametrize("name", FACTS)
def test_the_word_file_keeps_the_form(name):
    form, text, least, most, bold, italic, half = FACTS[name]
    document = docx.Document(io.BytesIO(samples.word_of(paper(form))))
    found = [(p, where) for p, where in _paragraphs(document) if p.text == text]
    assert found, text
    paragraph, where = found[0]
    font = paragraph.style.font
    assert least <= font.size.pt <= most
    assert (bool(font.bold), bool(font.italic), font.name) == (bold, italic, "Times New Roman")
    assert where == (half or "")
    if half == "":
        assert paragraph.style.paragraph_format.alignment == ALIGN.CENTER
    if half is None:
        assert paragraph.style.paragraph_format.alignment == ALIGN.JUSTIFY
        assert abs(paragraph.style.paragraph_format.first_line_indent - Mm(10)) < Mm(0.1)


def _size_and_place(data, text):
    """Return the size of the first letter of a text in a PDF, and where its line begins and ends on the page."""
    text = text.split("\n")[-1]
    for page in pypdfium2.PdfDocument(data):
        texts = page.get_textpage()
        searcher = texts.search(text, match_case=True)
        if (hit := searcher.get_next()) is not None:
            start, count = hit
            size = pdfium.FPDFText_GetFontSize(texts, start)
            boxes = [texts.get_charbox(start + n) for n in (0, count - 1)]
            return size, boxes[0][0] / page.get_width(), boxes[1][2] / page.get_width()
    raise AssertionError(text)


@pytest.mark.parametrize("name", [n for n, fact in FACTS.items() if fact[1] != "*"])
def test_the_pdf_keeps_the_form(name):
    form, text, least, most, _bold, _italic, half = FACTS[name]
    size, begins, ends = _size_and_place(samples.pdf_of(paper(form)), text)
    assert least <= round(size, 1) <= most
    middle = (begins + ends) / 2
    if half == LEFT:
        assert middle < 0.5
    elif half == RIGHT:
        assert middle > 0.5
    elif half == "":
        assert abs(middle - 0.5) < 0.08


@pytest.mark.parametrize("form", ["state", "party", "plain"])
def test_paper_and_margins_are_those_of_the_rule_and_the_first_page_has_no_number(form):
    section = docx.Document(io.BytesIO(samples.word_of(paper(form)))).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    for side, least, most in (("top", 20, 25), ("bottom", 20, 25), ("left", 30, 35), ("right", 15, 20)):
        assert least <= round(getattr(section, f"{side}_margin").mm) <= most, side
    assert section.different_first_page_header_footer
    number = section.header.paragraphs[-1].style
    assert 13 <= number.font.size.pt <= 14
    assert number.paragraph_format.alignment == ALIGN.CENTER
    page = pypdfium2.PdfDocument(samples.pdf_of(paper(form)))[0]
    assert (round(page.get_width() / MM), round(page.get_height() / MM)) == (210, 297)
    texts = page.get_textpage()
    lefts = [
        texts.get_charbox(n)[0] for n in range(texts.count_chars()) if texts.get_text_range(n, 1).strip()
    ]
    assert min(lefts) / MM >= 29.5


@pytest.mark.parametrize(
    ("held_as", "form", "line"),
    [
        ("full", "state", "Chủ tịch"),
        ("acting", "state", "Q. Chủ tịch"),
        ("delegate", "state", "TUQ. Chủ tịch"),
        ("order", "state", "TL. Chủ tịch"),
        ("acting", "party", "Q. Chủ tịch"),
        ("delegate", "party", "K/T Chủ tịch"),
        ("order", "party", "T/L Chủ tịch"),
    ],
)
def test_who_signs_for_another_says_so_as_the_form_wants_it(held_as, form, line):
    assert role_signed("Chủ tịch", held_as, form, "vi") == line


def test_who_signs_for_the_head_stands_below_the_head_and_not_for_the_body():
    """Annex I of the decree: the abbreviation before the head's office, below it the office of who signs."""
    said = {"form": "state", "language": "vi", "on_behalf": "TM. BAN CHẤP HÀNH"}
    made = signatory_of("Chủ tịch", "order", "Lê Thị Na", own="Chánh Văn phòng", **said)
    assert made == Signatory("Chánh Văn phòng", "Lê Thị Na", acting="TL. Chủ tịch")
    assert signatory_of("Chủ tịch", "order", "Lê Thị Na", **said) == Signatory("TL. Chủ tịch", "Lê Thị Na")
    made = signatory_of("Chủ tịch", "acting", "Lê Thị Na", own="Chánh Văn phòng", **said)
    assert made == Signatory("Q. Chủ tịch", "Lê Thị Na", "TM. BAN CHẤP HÀNH")
    printed = dataclasses.replace(
        paper("state"),
        signatory=signatory_of("Chủ tịch", "order", "Lê Thị Na", own="Chánh Văn phòng", **said),
    )
    for texts in (samples.word_texts(samples.word_of(printed)), samples.page_texts(samples.pdf_of(printed))):
        whole = "\n".join(texts)
        assert 0 < whole.index("TL. CHỦ TỊCH") < whole.index("CHÁNH VĂN PHÒNG") < whole.index("Lê Thị Na")
        assert "TM. BAN" not in whole


def test_the_margins_of_the_party_form_are_those_of_its_guideline():
    """Guideline 36-HD/VPTW, as public summaries give it: 20, 20, 30 and 15 mm."""
    section = docx.Document(io.BytesIO(samples.word_of(paper("party")))).sections[0]
    sides = [getattr(section, f"{side}_margin").mm for side in ("top", "bottom", "left", "right")]
    assert [round(side) for side in sides] == [20, 20, 30, 15]
