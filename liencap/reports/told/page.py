"""The workbench as it stands on a screen: sentences with their sources, folds, figures, coverage."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from liencap.programmes.models import Task
from liencap.reports import consolidation
from liencap.reports.models import ConsolidatedReport, Passage, Sentence
from liencap.reports.printing.values import Row, Source, Table
from liencap.reports.told import queries, references
from liencap.reports.told.composition import Composition, Said
from liencap.reports.told.narrative import source_of
from liencap.reports.told.references import Piece, Reference
from liencap.ui.paging import page_of

FOLDS = 20


@dataclass(frozen=True, slots=True)
class ShownSentence:
    """A sentence of the result: its place, its kind in words, its pieces and its sources."""

    place: int
    said: Said
    label: str
    pieces: list[Piece]
    sources: list[Source]
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Tab:
    """A question of the task: its name, how many units wrote, how many words the result has."""

    code: str
    label: str
    count: int
    words: int


@dataclass(slots=True)
class Overview:
    """A task on the list: how many sentences it has and how many passages wait for a decision."""

    task: Task
    sentences: int
    open: int
    flags: list[str] = field(default_factory=list)


def words_in(text: str) -> int:
    """Count the words of a text as an office counts them."""
    return len(text.split())


def overview(report: ConsolidatedReport, tasks: Sequence[Task]) -> list[Overview]:
    """Return how far each task is; three queries for all."""
    composed = queries.compositions_of(report)
    waiting: dict[int, set[int]] = {}
    for pk, of in queries.tray(report).order_by().values_list("pk", "task_id"):
        waiting.setdefault(of, set()).add(pk)
    rows = []
    for task in tasks:
        said = composed.get(task.pk, Composition())
        rows.append(Overview(task, len(said.sentences), len(waiting.get(task.pk, set()) - said.decided)))
    return rows


def asked_question(request: HttpRequest, tabs: Sequence[Tab]) -> str:
    """Return the question that is open: the asked one, else the first on which anybody wrote."""
    asked = request.POST.get("question") or request.GET.get("q", "")
    if asked in Passage.Question.values:
        return asked
    return next((tab.code for tab in tabs if tab.count or tab.words), Passage.Question.RESULT.value)


def workbench(request: HttpRequest, report: ConsolidatedReport, task: Task) -> dict[str, Any]:
    """Return all that the page of one task shows."""
    said = queries.composition_on(report, task)
    figures = consolidation.figures_of(report)
    known = references.known(figures)
    wrote = queries.writers_of(report, task)
    tabs = [_tab(code, str(label), task, said, wrote) for code, label in Passage.Question.choices]
    question = asked_question(request, tabs)
    page = page_of(request, queries.folds_of(report, task, said, question), FOLDS)
    folds = queries.with_passages(page, task)
    units = wrote.get((task.pk, question), frozenset()) - {report.unit_id}
    table = consolidation.table_of(figures, task)
    return {
        "report": report,
        "task": task,
        "tabs": tabs,
        "question": question,
        "sentences": _sentences(report, said, question, known),
        "page": page,
        "folds": folds,
        "table": table,
        "rows": _rows(table, queries.states_on(report, task)),
        "picks": _picks(known, task),
        "coverage": queries.coverage_line(queries.reporting_of(report), len(units)),
        "seen": queries.last_step(report, task),
        "undo": queries.undoable(report, task),
    }


def _tab(
    code: str, label: str, task: Task, said: Composition, wrote: dict[tuple[int, str], frozenset[int]]
) -> Tab:
    words = sum(words_in(one.text) for _place, one in said.on(code))
    return Tab(code, label, len(wrote.get((task.pk, code), ())), words)


def _sentences(
    report: ConsolidatedReport, said: Composition, question: str, known: dict[str, Reference]
) -> list[ShownSentence]:
    passages = queries.sources_of([said])
    own = said.on(question)
    labels = dict(Sentence.Kind.choices)
    return [
        ShownSentence(
            place, one, str(labels[Sentence.Kind(one.kind)]),
            [Piece(one.text)] if one.kind == Sentence.Kind.QUOTE else references.pieces(report, one.text, known),
            drawn_from(one, passages),
            place == own[0][0], place == own[-1][0],
        )
        for place, one in own
    ]  # fmt: skip


def drawn_from(one: Said, passages: dict[int, Passage]) -> list[Source]:
    """Return where a sentence comes from."""
    return [source_of(passages[pk]) for pk in one.sources if pk in passages]


def _rows(table: Table | None, states: dict[str, str]) -> list[tuple[Row, str]]:
    """Return the totals first, then the units with how far each is."""
    if table is None:
        return []
    totals = [(row, "") for row in table.rows if row.kind != "unit"]
    return totals + [(row, states.get(row.ref, "")) for row in table.rows if row.kind == "unit"]


def _picks(known: dict[str, Reference], task: Task) -> list[Reference]:
    """Return the figures offered for the text, those of the task first."""
    return sorted(known.values(), key=lambda one: one.task != task.pk)[:200]


def question_page(request: HttpRequest, report: ConsolidatedReport, question: str) -> dict[str, Any]:
    """Return one question over all tasks: for each its sentences, the largest folds, who wrote."""
    page = page_of(request, consolidation.tasks_of_programme(report), 10)
    composed, wrote = queries.compositions_of(report), queries.writers_of(report)
    passages = queries.sources_of(composed.values())
    known = references.known(consolidation.figures_of(report))
    how = queries.reporting_of(report)
    folds = queries.folds_over(report, list(page), composed, question)
    rows = []
    for task in page:
        said = composed.get(task.pk, Composition())
        own = [
            (references.pieces(report, one.text, known), drawn_from(one, passages))
            for _place, one in said.on(question)
        ]
        units = wrote.get((task.pk, question), frozenset()) - {report.unit_id}
        found = folds.get(task.pk, [])
        rows.append((task, own, found[:5], len(found[5:]), queries.coverage_line(how, len(units), most=6)))
    return {"report": report, "question": question, "page": page, "rows": rows}


def passage_page(passage: Passage) -> dict[str, Any]:
    """Return one passage with its files and the published reports that drew on it."""
    version = passage.version
    assert version is not None, "only sent passages have a page"
    uses = passage.uses.filter(report__state=ConsolidatedReport.State.PUBLISHED)
    return {
        "passage": passage,
        "version": version,
        "report": version.report,
        "owed": version.report.obligation,
        "newer": version.report.current_id != version.pk,
        "files": queries.files_of(passage),
        "uses": uses.select_related("report__unit", "report__period", "sentence").order_by("pk")[:50],
    }
