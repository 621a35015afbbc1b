"""Reports to print in tests, some as nasty as a passage can be, and the words that came out."""

import dataclasses
import functools
import io
import json
import re

import docx
import pypdfium2
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from liencap.printing.charts import Bar, Chart, Dot
from liencap.printing.pages import set_pages
from liencap.reports.printing import pdf, word
from liencap.reports.printing.values import (
    Block,
    Header,
    PrintedReport,
    Row,
    Section,
    Signatory,
    Source,
    Table,
    motto_for,
)
from liencap.reports.printing.wording import SAMPLE_MARK, lines_of

NASTY = {
    "markup": "một <b>đậm</b> & <w:p><w:r><w:t>đoạn</w:t></w:r></w:p> </w:t> ]]> <!-- hết",
    "templates": "{{ 7*7 }} {% for a in b %} {%p if x %} {# ẩn #} {_{ }_} {{r subject }} {%tr endfor %}",
    "typst": '#import "a.typ" #let x = 1 \\ $x$ @nguồn *đậm* _nghiêng_ `mã` = đề mục [a] <nhãn> -- "trích" ~',
    "long": "x" * 400 + " https://example.org/" + "a/" * 120,
    "decomposed": "Lie\u0302n ca\u0302\u0301p tư\u0300ng ngươ\u0300i",
    "emoji": "tốt 😀 lắm ✓",
    "control": "một\x00hai\x0bba\x1b\u202ebốn\ud800 năm\u200b",
    "space": "  nhiều   khoảng\ttrắng\u00a0 và\r\nxuống dòng  ",
    "letters": "AĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXY ạặậẹệịọộợụựỵ ằẳẵắầẩẫấềểễếồổỗốờởỡớừửữứ ₫ – … ‘a’ “b” §",
    "rightwards": "tên \u05e9\u05dc\u05d5\u05dd và \u0633\u0644\u0627\u0645 hết",
    "formula": "=1+1 =HYPERLINK(A1)",
}


STANDING = Table(
    "Tình trạng báo cáo của các đơn vị",
    ("Tình trạng báo cáo", "Ngày gửi", "Phần kỳ báo cáo"),
    (
        Row("Hợp tác xã A", ("Đã duyệt", "Đúng hạn, 01/02/2020", "Cả kỳ")),
        Row("Hợp tác xã B", ("Được miễn", "–", "Một phần kỳ: 01/01/2020 – 09/02/2020")),
    ),
)


def report(text="Đã tổ chức 42 hội nghị.", *, rows=3, columns=2, **changes):
    """Make a report that carries `text` in every place a person can write in."""
    table = Table(
        f"Bảng: {text}",
        tuple(f"Cột {number} {text[:20]}" for number in range(columns)),
        (
            *(Row(f"Hợp tác xã {n} {text}", tuple(f"{n}.{c}" for c in range(columns))) for n in range(rows)),
            Row("", ("7",) * columns, "official", ("7",) * columns),
            Row("", ("9",) * columns, "received", ("9",) * columns),
        ),
        text,
    )
    made = PrintedReport(
        header=Header(
            text, "Liên đoàn Hợp tác xã", motto_for("state", "vi"), "12/BC", "Bình Nguyên", "2020-02-05"
        ),
        title="Báo cáo",
        subject=text,
        period="Năm 2020",
        bases=(text, "Căn cứ Kế hoạch số 01."),
        coverage=f"212 / 226 đơn vị; còn thiếu: {text}",
        missing=(text, "Hợp tác xã Ánh Sao"),
        sections=(
            Section(
                "Thứ nhất",
                text,
                f"Kế hoạch 01, trang 2, đoạn 5 {text}",
                (table,),
                (
                    Block(text),
                    Block(text, "quote", (Source(f"Đơn vị {text}", "12.3"),)),
                    Block(text, "merged", (Source("Đơn vị A", "1"), Source("Đơn vị B", "2"))),
                ),
            ),
            Section("Thứ hai", "Việc chưa có gì."),
            Section("Thứ ba", "", "", (Table("", (), ()),), (Block(""),)),
        ),
        signatory=Signatory("Phó Chủ tịch", text, "TM. Ban Thường vụ", "KT. Chủ tịch"),
        recipients=(text, "Lưu: VT."),
        seal="a3" * 32,
        report_hash="0f" * 32,
        edition="1",
        charts=(
            Chart(
                "bars", f"Tỷ lệ: {text}", text, bars=(Bar(text, "80", "8/10"), Bar("B", "", "–", light=True))
            ),
            Chart("line", "Xu hướng", text, dots=(Dot("Quý I", "1.5", text, "2"), Dot(text, "", "–"))),
        ),
    )
    return dataclasses.replace(made, **changes)


def word_texts(data):
    """Return the paragraphs of a DOCX in the order a reader meets them."""
    document = docx.Document(io.BytesIO(data))
    return list(_inside(document.element.body, document))


def _inside(element, parent):
    for child in element.iterchildren():
        if child.tag.endswith("}p"):
            yield Paragraph(child, parent).text
        elif child.tag.endswith("}tbl"):
            for row in WordTable(child, parent)._tbl.tr_lst:
                for cell in row.tc_lst:
                    yield from _inside(cell, parent)


def header_texts(data):
    document = docx.Document(io.BytesIO(data))
    section = document.sections[0]
    return [[p.text for p in part.paragraphs] for part in (section.first_page_header, section.header)]


def page_texts(data):
    """Return the text of each page of a PDF, as it stands."""
    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_range() for page in document]


def squeeze(text):
    """Leave out what only breaks lines: two layouts break them at different places."""
    return re.sub(r"[\s\u200b\ufffe\x00-\x1f]", "", text)


def pdf_letters(data, printed):
    """Return the letters of a PDF without its furniture: sample mark, page number, repeated heads of tables."""
    found = ""
    for number, text in enumerate(page_texts(data), 1):
        letters = squeeze(text)
        if printed.sample:
            assert letters.startswith(squeeze(SAMPLE_MARK))
            letters = letters.removeprefix(squeeze(SAMPLE_MARK))
        if number > 1:
            assert letters.startswith(str(number))
            letters = letters.removeprefix(str(number))
        found += letters
    return without_heads(found, printed)


def word_letters(data, printed):
    return without_heads(squeeze("".join(word_texts(data))), printed)


def without_heads(letters, printed):
    """Leave out the heads of tables, which a paper repeats on each page and a DOCX holds once."""
    lines = lines_of(printed)
    tables = [t for s in lines["sections"] for t in s["tables"]] + lines["annexes"]
    heads = {squeeze("".join([t["order"], t["unit"], *t["columns"]])) for t in tables}
    for head in sorted(heads, key=len, reverse=True):
        assert head in letters
        letters = letters.replace(head, "")
    return letters


@functools.cache
def word_of(printed):
    """Fill in this process; what the child adds is tested by itself."""
    return word.fill(word.default_template(printed.language), lines=lines_of(printed))


@functools.cache
def pdf_of(printed):
    data = json.dumps(lines_of(printed), ensure_ascii=False).encode()
    return set_pages(data, source=pdf.SOURCE.read_text("utf-8"))
