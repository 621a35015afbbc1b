"""The grammar of Vietnamese directives and plans."""

import re

from liencap.core.reading.grammar import Grammar
from liencap.core.reading.known import known
from liencap.core.reading.vi import (
    citations,
    dates,
    duty,
    header,
    labels,
    names,
    sections,
    tables,
    timing,
)

_MARKED = re.compile(
    "[ăđơưĂĐƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹẠẢẤẦẨẪẬẮẶẸẺẾỀỂỆỈỊỌỎỐỒỔỘỚỜỞỢỤỦỨỪỬỮỰ]"
)


def recognises(sample: str) -> float:
    """Return 1 where letters that Vietnamese alone uses are more than one in fifty; no letter at all may be it."""
    letters = sum(char.isalpha() for char in sample)
    return 1.0 if not letters or len(_MARKED.findall(sample)) * 50 > letters else 0.0


GRAMMAR = Grammar(
    language="vi",
    recognises=recognises,
    line_start=labels.line_start,
    rules=labels.rules,
    labels=labels.find,
    classify=sections.classify,
    frame=header.frame,
    citations=citations.find,
    times=dates.find,
    due=timing.due,
    periods=timing.periods,
    known=known,
    duty=duty.find,
    heading=duty.is_heading,
    cell_units=duty.in_cell,
    column=tables.column,
    people=names.people,
    bodies=names.bodies,
    closing=header.closing,
    optional=sections.optional,
    link_words=names.link_words,
    leads=duty.leads,
    announces=sections.announces,
)
