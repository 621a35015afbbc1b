"""Rows of one line get their height at once: what that spares must change no paper."""

import io
import json
import string

import numpy
import pypdfium2
import pytest
import typst

from liencap.printing.charts import Bar, Chart
from liencap.printing.pages import set_pages
from liencap.printing.widths import breadth
from liencap.reports.printing import pdf
from liencap.reports.printing.tests import samples
from liencap.reports.printing.values import Row, Section, Table

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyfjwzàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
SIGNS = LETTERS + LETTERS.upper() + string.digits + " .,;:'’|()/-–—%&@#?!“”+=…"
LONG = "Hội Liên hiệp các hợp tác xã nông nghiệp, lâm nghiệp và thủy sản vùng Đông Bắc tỉnh Bình Nguyên"


def test_no_letter_is_wider_than_it_is_held_to_be():
    source = """#set text(font: "Libertinus Serif", size: 100pt)
#context for sign in sys.inputs.signs.clusters() {
  let whole = measure(text("x" + sign + "x")).width - measure(text("xx")).width
  let held = float(sys.inputs.at(sign)) * 100pt
  assert(whole <= held, message: sign + " takes " + repr(whole))
}"""
    said = {"signs": SIGNS} | {sign: str(breadth(sign)) for sign in SIGNS}
    assert typst.compile(source.encode(), sys_inputs=said)


def pages(lines):
    """Return the pages of a PDF as pictures, set with and without the heights."""
    source = pdf.SOURCE.read_text("utf-8")
    made = set_pages(json.dumps(lines, ensure_ascii=False).encode(), source=source)
    return [page.render(scale=1).to_numpy() for page in pypdfium2.PdfDocument(io.BytesIO(made))]


@pytest.mark.parametrize("columns", [2, 9])
def test_a_paper_looks_the_same_with_and_without_the_heights_given(columns):
    names = [f"Hội xã số {n}" if n % 7 else f"{LONG} {n}" for n in range(120)]
    rows = tuple(Row(name, tuple(str(n) for n in range(columns)), "unit") for name in names)
    total = Row("", tuple("12.345" for _n in range(columns)), "official")
    table = Table("Số liệu", tuple(f"Chỉ tiêu {n}" for n in range(columns)), (*rows, total))
    lines = pdf.typeset(samples.report(sections=(Section("1", "Trồng cây", tables=(table,)),)))
    [found] = [*lines["sections"][0]["tables"], *lines["annexes"]]
    marked = [row.pop("short") for row in found["rows"]]
    assert marked.count(True) > 90
    if columns == 2:
        assert not any(short for row, short in zip(found["rows"], marked, strict=True) if LONG in row["name"])
    without = pages(lines)
    for row, short in zip(found["rows"], marked, strict=True):
        row["short"] = short
    with_heights = pages(lines)
    assert len(with_heights) == len(without) > 2
    for one, other in zip(with_heights, without, strict=True):
        assert numpy.abs(one.astype(int) - other.astype(int)).max() <= 8


def test_a_text_that_may_take_two_lines_is_not_marked():
    row = Row("Hội xã", (LONG, "1"), "unit")
    table = Table("Số liệu", ("Lời", "Số"), (row, Row("Hội xã", ("Ngắn", "1"), "unit")))
    lines = pdf.typeset(samples.report(sections=(Section("1", "Trồng cây", tables=(table,)),)))
    assert [row["short"] for row in lines["sections"][0]["tables"][0]["rows"]] == [False, True]
    assert breadth("会") == 2.0


def test_a_chart_in_the_pdf_shows_its_words():
    def drawn(label, said):
        chart = Chart("bars", "Tỷ lệ", "Tỷ lệ", bars=(Bar(label, "80", said),))
        made = samples.pdf_of(samples.report(sections=(), charts=(chart,)))
        return [
            page.render(scale=1).to_numpy().astype(int) for page in pypdfium2.PdfDocument(io.BytesIO(made))
        ]

    for other in (drawn("", "8/10"), drawn("Hội xã", "")):
        assert any(numpy.abs(a - b).max() > 100 for a, b in zip(drawn("Hội xã", "8/10"), other, strict=True))
