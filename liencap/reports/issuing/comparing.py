"""Where two drafts of a report differ, section by section: values in, values out."""

from dataclasses import dataclass

from liencap.core.matching import Difference, differences, words_of
from liencap.reports.printing.values import PrintedReport, Section


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A section that differs between two drafts; `ref` is its task. `way` is added, dropped or changed."""

    ref: str
    heading: str
    way: str
    words: tuple[Difference, ...] = ()


def section_text(section: Section) -> str:
    """Return all words and figures of a section, line by line."""
    lines = [section.task, section.citation]
    for table in section.tables:
        lines += [table.caption, " ".join(table.columns)]
        lines += [" ".join([row.name, *row.cells]) for row in table.rows]
        lines.append(table.note)
    lines += [block.text for block in section.blocks]
    return "\n".join(line for line in lines if line)


def changes_between(old: PrintedReport, new: PrintedReport) -> list[SectionChange]:
    """Return the sections in which a later draft differs, in its order; those that fell away come last."""
    before = {section.ref or section.label: section for section in old.sections}
    found = []
    for section in new.sections:
        was = before.pop(section.ref or section.label, None)
        if was is None:
            found.append(SectionChange(section.ref, section.heading, "added"))
            continue
        words = differences(words_of(section_text(was)), words_of(section_text(section)))
        if words:
            found.append(SectionChange(section.ref, section.heading, "changed", tuple(words)))
    found += [SectionChange(section.ref, section.heading, "dropped") for section in before.values()]
    head = differences(words_of(old.coverage), words_of(new.coverage))
    return [SectionChange("", "", "changed", tuple(head)), *found] if head else found
