"""The grammar of Vietnamese directives and plans."""

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

GRAMMAR = Grammar(
    language="vi",
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
