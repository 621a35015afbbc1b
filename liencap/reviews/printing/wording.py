"""Turn a review's values into the lines of the paper, once, for DOCX and PDF alike.

The words follow the language of the paper, not that of the person who prints, so they are not gettext's.
"""

from typing import Any

from liencap.printing.cleaning import clean
from liencap.printing.paper import (
    ANNEX_DECREED,
    SAMPLE_MARK,
    Header,
    capitals,
    is_party,
    is_state,
    place_date,
    roman,
)
from liencap.reviews.printing.values import Line, PrintedReview, Section, Table

WIDE = 6  # columns that an upright page holds
WORDS: dict[str, dict[str, str]] = {
    "vi": {
        "number": "Số: {number}",
        "no_number": "Số: ……/BC-……",
        "party_number": "Số {number}",
        "no_party_number": "Số ……-BC/……",
        "order": "TT",
        "see_annex": "{caption}: xem Phụ lục {number}.",
        "annex": "Phụ lục {number}. {caption}",
        "annex_number": "{number}",
        "recipients": "Nơi nhận:",
        "hash": "Mã băm của báo cáo (SHA-256): {hash}",
    },
    "en": {
        "number": "No. {number}",
        "no_number": "No. ……",
        "party_number": "No. {number}",
        "no_party_number": "No. ……",
        "order": "No.",
        "see_annex": "{caption}: see Annex {number}.",
        "annex": "Annex {number}. {caption}",
        "annex_number": "{number}",
        "recipients": "Recipients:",
        "hash": "Hash of this review (SHA-256): {hash}",
    },
}


def lines_of(review: PrintedReview, sha256: str = "") -> dict[str, Any]:
    """Return what the templates print, as JSON values."""
    review, _ = clean(review)
    header, signatory = review.header, review.signatory
    words = WORDS[review.language] | (ANNEX_DECREED if is_state(header.motto) else {})
    annexes: list[dict[str, Any]] = []
    numbered = enumerate(review.sections, 1)
    sections = [_section(roman(place), section, words, annexes) for place, section in numbered]
    return {
        "language": review.language,
        "sample": review.sample,
        "sample_mark": SAMPLE_MARK,
        "authority": capitals(header.authority),
        "issuer": capitals(header.issuer),
        "star": "*" if is_party(header.motto) else "",
        "motto": list(header.motto),
        "motto_below": list(header.motto[1:]),
        "number_line": _number(header, words),
        "place_date": place_date(header.place, header.date, review.language),
        "title": capitals(review.title),
        "subject": review.subject.replace("\n", " "),
        "period": review.term,
        "bases": list(review.bases),
        "coverage": review.coverage,
        "sections": sections,
        "charts_heading": "",  # this and the next two are marks of the templates of reports, which print reviews too
        "charts": [],
        "missing_heading": "",
        "missing": "",
        "recipients_heading": words["recipients"] if review.recipients else "",
        "recipients": [f"- {name}" for name in review.recipients],
        "signatory": {
            "on_behalf": capitals(signatory.on_behalf),
            "acting": capitals(signatory.acting),
            "role": capitals(signatory.role),
            "name": signatory.name,
        },
        "annexes": annexes,
        "record": [words["hash"].format(hash=sha256)] if sha256 else [],
    }


def _number(header: Header, words: dict[str, str]) -> str:
    """Write the number as the form does: the party's without a colon."""
    kind = "party_number" if is_party(header.motto) else "number"
    return words[kind].format(number=header.number) if header.number else words[f"no_{kind}"]


def _section(
    number: str, section: Section, words: dict[str, str], annexes: list[dict[str, Any]]
) -> dict[str, Any]:
    tables, pointers = [], []
    for table in section.tables:
        made = _table(table, words)
        if len(table.columns) <= WIDE:
            tables.append(made)
            continue
        place = len(annexes) + 1
        at = words["annex_number"].format(number=place, roman=roman(place))
        pointers.append(words["see_annex"].format(caption=table.caption, number=at))
        made["caption"] = words["annex"].format(
            number=at, caption=table.caption, capitals=capitals(table.caption)
        )
        annexes.append(made)
    blocks = [
        {
            "kind": "quote" if one.source else "text", "quote": bool(one.source),
            "paragraphs": one.text.split("\n") if one.text else [], "source": one.source,
        }
        for one in section.texts
    ]  # fmt: skip
    heading = f"{number}. {section.heading}"
    return {"heading": heading, "citation": "", "tables": tables, "pointers": pointers, "blocks": blocks}


def _table(table: Table, words: dict[str, str]) -> dict[str, Any]:
    rows, order = [], 0
    for row in table.rows:
        order += not row.total
        rows.append(_line(row, order, len(table.columns)))
    return {
        "caption": table.caption, "order": words["order"], "unit": table.head, "columns": list(table.columns),
        "rows": rows, "note": table.note,
    }  # fmt: skip


def _line(row: Line, order: int, width: int) -> dict[str, Any]:
    cells = [*row.cells[:width], *[""] * (width - len(row.cells))]
    return {"order": "" if row.total else str(order), "name": row.name, "cells": cells, "total": row.total}
