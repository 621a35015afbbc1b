"""Turn a report's values into the lines of the paper, once, for DOCX and PDF alike.

The words follow the language of the report, not that of the person who prints, so they are not gettext's.
"""

from typing import Any

from liencap.printing.charts import Chart, svg_of
from liencap.printing.cleaning import clean
from liencap.printing.paper import (
    ANNEX_DECREED,
    SAMPLE_MARK,
    Header,
    capitals,
    is_party,
    is_state,
    picture_mark,
    place_date,
    roman,
)
from liencap.reports.printing.values import Block, PrintedReport, Row, Section, Table

__all__ = ["SAMPLE_MARK", "WORDS", "lines_of"]
WIDE = 5  # more columns than this do not fit beside the units' names on an upright page
WIDEST = 11  # nor do these on a lying one
SOURCES_NAMED = 12  # the frozen values hold all, and the page of the report leads to each
WORDS: dict[str, dict[str, str]] = {
    "vi": {
        "number": "Số: {number}",
        "no_number": "Số: ……/……",
        "party_number": "Số {number}",
        "no_party_number": "Số ……-……",
        "period": "Kỳ báo cáo: {period}",
        "coverage": "Mức độ đầy đủ: {coverage}",
        "citation": "Nguồn: {citation}",
        "order": "TT",
        "unit": "Đơn vị",
        "official": "Tổng chính thức",
        "received": "Tổng đã nhận (chưa chính thức)",
        "see_annex": "{caption}: xem Phụ lục {number}.",
        "annex": "Phụ lục {number}. {caption}",
        "annex_number": "{number}",
        "part": "{caption} (phần {part}/{parts})",
        "more_sources": "và {count} đơn vị khác",
        "quote_source": "{unit} (đoạn {passage})",
        "quoted": "Trích báo cáo của {sources}",
        "merged": "Tổng hợp từ: {sources}",
        "nothing": "Kỳ này chưa có số liệu và nội dung báo cáo.",
        "missing": "Đơn vị chưa báo cáo ({count})",
        "charts": "Biểu đồ",
        "chart": "Hình {number}. {caption}",
        "recipients": "Nơi nhận:",
        "edition": "Ấn bản: {edition}",
        "hash": "Mã băm của báo cáo (SHA-256): {hash}",
        "seal": "Đầu chuỗi nhật ký khi phát hành: {seal}",
    },
    "en": {
        "number": "No. {number}",
        "no_number": "No. ……/……",
        "party_number": "No. {number}",
        "no_party_number": "No. ……-……",
        "period": "Period: {period}",
        "coverage": "Coverage: {coverage}",
        "citation": "Source: {citation}",
        "order": "No.",
        "unit": "Unit",
        "official": "Official total",
        "received": "Received total (not yet official)",
        "see_annex": "{caption}: see Annex {number}.",
        "annex": "Annex {number}. {caption}",
        "annex_number": "{number}",
        "part": "{caption} (part {part} of {parts})",
        "more_sources": "and {count} units more",
        "quote_source": "{unit} (passage {passage})",
        "quoted": "From the report of {sources}",
        "merged": "Merged from: {sources}",
        "nothing": "No figures and no text were reported in this period.",
        "missing": "Units that have not reported ({count})",
        "charts": "Charts",
        "chart": "Figure {number}. {caption}",
        "recipients": "Recipients:",
        "edition": "Edition: {edition}",
        "hash": "Hash of this report (SHA-256): {hash}",
        "seal": "Head of the audit chain at publication: {seal}",
    },
}


def lines_of(report: PrintedReport) -> dict[str, Any]:
    """Return what the templates print, as JSON values; every name in it is in docs/guides/templates.md."""
    report, _ = clean(report)
    header, signatory = report.header, report.signatory
    words = WORDS[report.language] | (ANNEX_DECREED if is_state(header.motto) else {})
    annexes: list[dict[str, Any]] = []
    sections = [_section(section, words, annexes) for section in report.sections]
    for table in report.annexes:
        _annex(table, annexes, words)
    return {
        "language": report.language,
        "sample": report.sample,
        "sample_mark": SAMPLE_MARK,
        "authority": capitals(header.authority),
        "issuer": capitals(header.issuer),
        **_motto(header.motto),
        "number_line": _number(header, words),
        "place_date": place_date(header.place, header.date, report.language),
        "title": capitals(report.title),
        "subject": report.subject.replace("\n", " "),
        "period": words["period"].format(period=report.period) if report.period else "",
        "bases": list(report.bases),
        "coverage": words["coverage"].format(coverage=report.coverage) if report.coverage else "",
        "sections": sections,
        "charts_heading": words["charts"] if report.charts else "",
        "charts": [_chart(n, chart, words) for n, chart in enumerate(report.charts, 1)],
        "missing_heading": words["missing"].format(count=len(report.missing)) if report.missing else "",
        "missing": "; ".join(report.missing) + "." if report.missing else "",
        "recipients_heading": words["recipients"] if report.recipients else "",
        "recipients": [f"- {name}" for name in report.recipients],
        "signatory": {
            "on_behalf": capitals(signatory.on_behalf),
            "acting": capitals(signatory.acting),
            "role": capitals(signatory.role),
            "name": signatory.name,
        },
        "annexes": annexes,
        "record": _record(report, words),
    }


def _motto(lines: tuple[str, ...]) -> dict[str, Any]:
    """Say the lines at the head, and by a star that they are the party's."""
    return {"star": "*" if is_party(lines) else "", "motto": list(lines), "motto_below": list(lines[1:])}


def _number(header: Header, words: dict[str, str]) -> str:
    """Write the number as the form does: the party's without a colon."""
    kind = "party_number" if is_party(header.motto) else "number"
    return words[kind].format(number=header.number) if header.number else words[f"no_{kind}"]


def _chart(number: int, chart: Chart, words: dict[str, str]) -> dict[str, str]:
    return {
        "caption": words["chart"].format(number=number, caption=chart.caption), "alt": chart.alt,
        "picture": picture_mark(number), "svg": svg_of(chart),
    }  # fmt: skip


def _record(report: PrintedReport, words: dict[str, str]) -> list[str]:
    held = {"edition": report.edition, "hash": report.report_hash, "seal": report.seal}
    return [words[name].format(**{name: value}) for name, value in held.items() if value]


def _section(section: Section, words: dict[str, str], annexes: list[dict[str, Any]]) -> dict[str, Any]:
    tables, pointers = [], []
    for table in section.tables:
        if len(table.columns) <= WIDE:
            tables.append(_table(table, words))
            continue
        for part in _parts(table, words):
            number = _annex(part, annexes, words)
            pointers.append(words["see_annex"].format(caption=part.caption, number=number))
    blocks = [_block(block, words) for block in section.blocks]
    if not (tables or pointers or blocks):
        blocks = [_block(Block(words["nothing"]), words)]
    return {
        "heading": section.heading,
        "citation": words["citation"].format(citation=section.citation) if section.citation else "",
        "tables": tables,
        "pointers": pointers,
        "blocks": blocks,
    }


def _annex(table: Table, annexes: list[dict[str, Any]], words: dict[str, str]) -> str:
    """Put a table behind the others and return its number."""
    made, place = _table(table, words), len(annexes) + 1
    number = words["annex_number"].format(number=place, roman=roman(place))
    made["caption"] = words["annex"].format(
        number=number, caption=table.caption, capitals=capitals(table.caption)
    )
    annexes.append(made)
    return number


def _parts(table: Table, words: dict[str, str]) -> list[Table]:
    """Cut a table that no page can hold into parts that each name the units again."""
    count = -(-len(table.columns) // WIDEST)
    if count == 1:
        return [table]
    step = -(-len(table.columns) // count)
    parts = []
    for index in range(count):
        cut = slice(index * step, (index + 1) * step)
        rows = tuple(Row(row.name, row.cells[cut], row.kind, row.numbers[cut]) for row in table.rows)
        caption = words["part"].format(caption=table.caption, part=index + 1, parts=count)
        parts.append(Table(caption, table.columns[cut], rows, table.note))
    return parts


def _table(table: Table, words: dict[str, str]) -> dict[str, Any]:
    rows, order = [], 0
    for row in table.rows:
        total = row.kind != "unit"
        order += not total
        cells = [*row.cells[: len(table.columns)], *[""] * (len(table.columns) - len(row.cells))]
        rows.append(
            {
                "order": "" if total else str(order),
                "name": row.name or words.get(row.kind, ""),
                "cells": cells,
                "total": total,
            }
        )
    return {
        "caption": table.caption,
        "order": words["order"],
        "unit": words["unit"],
        "columns": list(table.columns),
        "rows": rows,
        "note": table.note,
    }


def _block(block: Block, words: dict[str, str]) -> dict[str, Any]:
    names = [
        words["quote_source"].format(unit=source.unit, passage=source.passage)
        if source.passage
        else source.unit
        for source in block.sources[:SOURCES_NAMED]
    ]
    if more := len(block.sources[SOURCES_NAMED:]):
        names.append(words["more_sources"].format(count=more))
    named = "; ".join(names)
    source = ""
    if named:
        source = words["quoted" if block.kind == "quote" else "merged"].format(sources=named)
    paragraphs = block.text.split("\n") if block.text else []
    if block.kind == "quote" and paragraphs:
        paragraphs[0] = f"“{paragraphs[0]}"
        paragraphs[-1] = f"{paragraphs[-1]}”"
    return {"kind": block.kind, "quote": block.kind == "quote", "paragraphs": paragraphs, "source": source}
