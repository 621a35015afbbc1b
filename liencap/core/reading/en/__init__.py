"""The grammar of English resolutions and action plans."""

from liencap.core.reading.en import citations, dates, duty, header, labels, sections, tables, timing
from liencap.core.reading.grammar import Grammar
from liencap.core.reading.known import known


def recognises(_sample: str) -> float:
    """Return a little: English is what a text is taken for that no other language claims."""
    return 0.1


GRAMMAR = Grammar(
    language="en",
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
    people=header.people,
    bodies=header.bodies,
    closing=header.closing,
    optional=sections.optional,
    link_words=header.link_words,
    leads=duty.leads,
    announces=sections.announces,
)
