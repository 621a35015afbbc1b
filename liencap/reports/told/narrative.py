"""The narrative of a consolidated report as it is printed: sentences with their sources, and who wrote."""

from collections.abc import Mapping, Sequence

from liencap.programmes.models import Task
from liencap.reports.models import ConsolidatedReport, Passage, Sentence
from liencap.reports.printing.values import Block, BlockKind, Source
from liencap.reports.told.composition import Composition, Said
from liencap.reports.told.queries import (
    Reporting,
    compositions_of,
    coverage_line,
    sources_of,
    writers_of,
)
from liencap.reports.told.references import Reference, resolved

KINDS: dict[str, BlockKind] = {Sentence.Kind.OWN: "text", Sentence.Kind.QUOTE: "quote"}
ORDER = {question: place for place, question in enumerate(Passage.Question.values)}


def source_of(passage: Passage) -> Source:
    """Return where a sentence comes from, as it is printed and frozen."""
    assert passage.version is not None, "the tray holds what was sent"
    report = passage.version.report
    return Source(str(report.obligation.unit), str(passage.pk), str(report.pk))


def in_order(said: Composition) -> list[tuple[int, Said]]:
    """Return the sentences question by question, each with its place in the composition."""
    return sorted(enumerate(said.sentences), key=lambda pair: (ORDER[pair[1].question], pair[0]))


def narrative_of(
    report: ConsolidatedReport, tasks: Sequence[Task], figures: Mapping[str, Reference], how: Reporting
) -> dict[int, tuple[Block, ...]]:
    """Return the blocks of each task that has any; four queries for all tasks."""
    composed, wrote = compositions_of(report), writers_of(report)
    passages = sources_of(composed.values())
    found = {}
    for task in tasks:
        said = composed.get(task.pk, Composition())
        blocks = [_block(one, passages, figures) for _place, one in in_order(said)]
        writers = frozenset[int]().union(*(wrote.get((task.pk, q), ()) for q in ORDER)) - {report.unit_id}
        if blocks and (line := coverage_line(how, len(writers))):
            blocks.append(Block(line, "coverage"))
        found[task.pk] = tuple(blocks)
    return found


def _block(one: Said, passages: Mapping[int, Passage], figures: Mapping[str, Reference]) -> Block:
    sources = tuple(source_of(passages[pk]) for pk in one.sources if pk in passages)
    if one.kind == Sentence.Kind.QUOTE:
        return Block(one.text, "quote", sources)  # what another unit wrote is never resolved
    text, cited = resolved(one.text, figures)
    return Block(text, KINDS.get(one.kind, "merged"), sources, cited)
