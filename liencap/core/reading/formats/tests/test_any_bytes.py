"""No bytes make the reader of files raise anything but its own answer."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from liencap.core.reading import read_text
from liencap.core.reading.formats import UnreadableFile, secrecy_mark, to_text
from liencap.core.reading.formats.tests.files import docx, p, pdf, table, tc
from liencap.core.reading.formats.tests.test_pages import NEWS
from liencap.core.reading.formats.tests.test_word import NUMBERING

SAMPLES = (
    docx(
        p("Kế hoạch", (1, 0)) + table(tc(p("a")) + tc(p("b")), tc(p("c")) + tc(p("d"))), numbering=NUMBERING
    ),
    pdf("#table(columns:2,[một],[hai],[ba],[bốn])\nKế hoạch số 5"),
    NEWS.encode(),
    "Nghị quyết số 05-CT/TW".encode("utf-16"),
    "NghÞ quyÕt ®¹i héi ®¶ng bé".encode("cp1252"),
)


def check(data: bytes) -> None:
    """Read bytes; the text is composed, can be stored, and every span lies inside it."""
    try:
        source = to_text(data)
    except UnreadableFile:
        return
    assert unicodedata.is_normalized("NFC", source.text)
    assert source.text.encode()
    secrecy_mark(source.text)
    for span in (*source.tables, *source.grids, *source.blocks, *source.problems):
        assert 0 <= span.start <= span.end <= len(source.text)
    for grid in source.grids:
        assert all(source.text[cell.start : cell.end] == cell.text for row in grid.rows for cell in row)
    plan = read_text(source.text)
    items = (
        one
        for kind in (plan.tasks, plan.implementation, plan.table_tasks)
        for task in kind
        for one in task.walk()
    )
    for found in (*plan.citations, *plan.deadlines, *plan.responsible, *items):
        assert plan.text[found.start : found.end] == found.text
    assert all(0 <= one.start <= one.end <= len(plan.text) for one in plan.problems)


@settings(max_examples=120, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    check(data)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["utf-8", "utf-16", "utf-16-le"]))
def test_any_text(text: str, encoding: str) -> None:
    check(text.encode(encoding, "replace"))


@settings(max_examples=120, deadline=None)
@given(st.text(alphabet="<>/!-='\" abptdrlihs&;#x1\u0301é", max_size=200))
def test_any_page(text: str) -> None:
    check(f"<html>{text}".encode())


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(SAMPLES), st.integers(0, 10_000), st.binary(min_size=1, max_size=6), st.integers(0, 8))
def test_damaged_files(sample: bytes, at: int, put: bytes, cut: int) -> None:
    at %= len(sample)
    check(sample[:at] + put + sample[at + cut :])


@settings(max_examples=120, deadline=None)
@given(st.text(alphabet="<>/wprtbl:=\"' 1aá\u0301", max_size=120))
def test_any_document_body(text: str) -> None:
    check(docx(text))
    check(docx(p("x", (1, 0)), numbering=text))
