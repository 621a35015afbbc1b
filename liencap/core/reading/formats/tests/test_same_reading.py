"""A document reads the same as text, as Word, as a web page and as PDF."""

import html
import io
from pathlib import Path

import pytest
from docx import Document

from liencap.core.reading import read_document, read_text
from liencap.core.reading.exports import to_case
from liencap.core.reading.formats.tests.files import pdf

GOLD = Path(__file__).resolve().parents[2] / "tests" / "gold"
# One of each kind; the others hold marks of emphasis or columns of blanks, which only a text file has.
NAMES = [
    "cong-dien-dich-benh", "ke-hoach-dai-hoi-cong-doan", "quyet-dinh-kem-ke-hoach", "nghi-quyet-dang-uy", "bang-phang",
    "ct-hanh-dong-phu-luc", "tin-cong-dien", "resolution-union", "action-plan-en",
]  # fmt: skip


def pieces(text):
    """Yield the paragraphs of a text, and each of its tables as rows of cells."""
    rows = []
    for line in [*text.split("\n"), ""]:
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if not set("".join(cells)) <= set("-: "):
                rows.append(cells)
            continue
        if rows:
            yield rows
            rows = []
        if line.strip():
            yield line.strip()


def as_docx(text):
    made = Document()
    for piece in pieces(text):
        if isinstance(piece, str):
            made.add_paragraph(piece)
            continue
        table = made.add_table(len(piece), len(piece[0]))
        for n, row in enumerate(piece):
            for m, cell in enumerate(row):
                table.cell(n, m).text = cell
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def as_html(text):
    def table(rows):
        cells = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in rows)
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"

    body = "\n".join(f"<p>{html.escape(p)}</p>" if isinstance(p, str) else table(p) for p in pieces(text))
    menu = "<nav><a href='/'>Trang chủ</a> <a href='/tin'>Tin tức</a> <a href='/lien-he'>Liên hệ</a></nav>"
    page = f"<!doctype html><html><head><meta charset='utf-8'></head><body>{menu}<main>{body}</main></body></html>"
    return page.encode()


def as_pdf(text):
    def words(cell):
        return '#text("' + cell.replace("\\", "\\\\").replace('"', '\\"') + '")'

    parts = ['#set page(paper: "a4", margin: 2cm)\n#set text(size: 13pt)\n#set par(justify: true)\n']
    for piece in pieces(text):
        if isinstance(piece, str):
            parts.append(words(piece) + "\n\n")
        else:
            cells = ",".join(f"[{words(cell)}]" for row in piece for cell in row)
            parts.append(f"#table(columns: {len(piece[0])},{cells})\n\n")
    return pdf("".join(parts))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("make", [as_docx, as_html, as_pdf])
def test_a_document_reads_the_same_in_every_format(name, make):
    text = (GOLD / f"{name}.txt").read_text("utf-8")
    want, got = to_case(read_text(text), name), to_case(read_document(make(text), "x"), name)
    for one in (want, got):
        for time in one["deadlines"]:
            del time["text"]
    assert got == want
