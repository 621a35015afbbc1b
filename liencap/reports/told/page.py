"""The workbench as it stands on a screen: sentences with their sources, folds, figures, coverage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from liencap.audit.actor import Actor
from liencap.core.stated import Fact
from liencap.programmes.models import Task
from liencap.reports import consolidation
from liencap.reports.access import REDACT
from liencap.reports.models import ConsolidatedReport, Indicator, Passage, Sentence
from liencap.reports.printing.values import Row, Source, Table
from liencap.reports.told import queries, references
from liencap.reports.told.causes import lengths_for
from liencap.reports.told.checks import Doubt, doubts_in, facts_on, facts_sent
from liencap.reports.told.composition import Composition, Said
from liencap.reports.told.narrative import source_of
from liencap.reports.told.queries import Fold, Written
from liencap.reports.told.references import Piece, Reference
from liencap.reports.told.repeats import Repeat, repeats_of
from liencap.ui.paging import page_of
from liencap.units.access import can

FOLDS = 20
DOUBTED = 30  # passages of a fold whose numbers are checked; alike as they are, they say the same ones


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
    doubts: list[Doubt]


@dataclass(frozen=True, slots=True)
class Tab:
    """A question of the task: its name, how many units wrote, how many words the result has."""

    code: str
    label: str
    count: int
    words: int
    most: int = 0

    @property
    def beyond(self) -> int:
        """Return by how many words the text is longer than asked."""
        return max(0, self.words - self.most) if self.most else 0


@dataclass(slots=True)
class Overview:
    """A task on the list: how many sentences it has and how many passages wait for a decision."""

    task: Task
    sentences: int
    open: int
    late: int = 0


def words_in(text: str) -> int:
    """Count the words of a text as an office counts them."""
    return len(text.split())


def overview(report: ConsolidatedReport, tasks: Sequence[Task]) -> list[Overview]:
    """Return how far each task is; four queries for all."""
    composed, late = queries.compositions_of(report), queries.late_by_task(report)
    waiting: dict[int, set[int]] = {}
    for pk, of in queries.tray(report).order_by().values_list("pk", "task_id"):
        waiting.setdefault(of, set()).add(pk)
    rows = []
    for task in tasks:
        said = composed.get(task.pk, Composition())
        undecided = len(waiting.get(task.pk, set()) - said.decided)
        rows.append(Overview(task, len(said.sentences), undecided, late.get(task.pk, 0)))
    return rows


def asked_question(request: HttpRequest, tabs: Sequence[Tab]) -> str:
    """Return the question that is open: the asked one, else the first on which anybody wrote."""
    return _asked(request) or next(
        (tab.code for tab in tabs if tab.count or tab.words), Passage.Question.RESULT.value
    )


def _asked(request: HttpRequest) -> str:
    asked = request.POST.get("question") or request.GET.get("q", "")
    return asked if asked in Passage.Question.values else ""


def workbench(request: HttpRequest, report: ConsolidatedReport, task: Task) -> dict[str, Any]:
    """Return all that the page of one task shows."""
    said, drawn = queries.composed_on(report, task)
    figures = consolidation.figures_of(report, task)
    known = references.known(figures)
    tabs, question, written = _tray(request, report, task, said)
    page = page_of(request, written.folds, FOLDS)
    folds = queries.with_passages(page, task)
    _doubt(folds, figures.indicators.get(task.pk, []))
    units = written.units.get(question, frozenset()) - {report.unit_id}
    table = consolidation.table_of(figures, task)
    seen, undo = queries.steps_on(report, task)
    return {
        "report": report,
        "task": task,
        "tabs": tabs,
        "question": question,
        "tab": next(tab for tab in tabs if tab.code == question),
        "sentences": _sentences(report, said.on(question), known, facts_on(figures, task), drawn),
        "page": page,
        "folds": folds,
        "table": table,
        "rows": _rows(table, queries.states_in(figures.line)),
        "picks": _picks(known, task),
        "coverage": queries.coverage_line(queries.reporting_of(report, figures.line), len(units)),
        "seen": seen,
        "late": queries.late_on(report, task),
        "undo": undo,
    }


def _tray(
    request: HttpRequest, report: ConsolidatedReport, task: Task, said: Composition
) -> tuple[list[Tab], str, Written]:
    """Return the questions, the open one and its folds; the tray is read again only where the guess was wrong."""
    guess = _asked(request) or Passage.Question.RESULT.value
    written = queries.written_on(report, task, said, guess)
    most = lengths_for(report.unit, report.unit.tier_id)
    tabs = [
        Tab(
            code,
            str(label),
            len(written.units.get(code, ())),
            sum(words_in(one.text) for _place, one in said.on(code)),
            most.get(code, 0),
        )
        for code, label in Passage.Question.choices
    ]
    question = asked_question(request, tabs)
    if question != guess:
        written = queries.written_on(report, task, said, question)
    return tabs, question, written


def _doubt(folds: Sequence[Fold], indicators: Sequence[Indicator]) -> None:
    """Point out where the words of a unit contradict the figures it sent with them."""
    for fold in folds:
        for passage in fold.shown[:DOUBTED]:
            if passage.version is not None and any(sign.isdigit() for sign in passage.text):
                fold.doubts += doubts_in(passage.text, facts_sent(passage.version, indicators))


def _sentences(
    report: ConsolidatedReport,
    own: Sequence[tuple[int, Said]],
    known: dict[str, Reference],
    facts: Sequence[Fact],
    drawn: Mapping[int, tuple[str, str, str]],
) -> list[ShownSentence]:
    labels = dict(Sentence.Kind.choices)
    return [
        ShownSentence(
            place, one, str(labels[Sentence.Kind(one.kind)]),
            [Piece(one.text)] if one.kind == Sentence.Kind.QUOTE else references.pieces(report, one.text, known),
            [Source(*drawn[pk]) for pk in one.sources if pk in drawn],
            place == own[0][0], place == own[-1][0],
            [] if one.kind == Sentence.Kind.QUOTE else doubts_in(references.resolved(one.text, known)[0], facts),
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
    figures = consolidation.figures_of(report)
    known, how = references.known(figures), queries.reporting_of(report, figures.line)
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


def elsewhere(passage: Passage, words: str, actor: Actor) -> list[tuple[Repeat, bool]]:
    """Return where else one can read the words in what was sent, each with whether one may take them out there."""
    found = [(one, one.unit) for one in repeats_of(passage, words)]
    return [(one, can(actor, REDACT, unit)) for one, unit in found if can(actor, "report.view", unit)]


def passage_page(passage: Passage, actor: Actor) -> dict[str, Any]:
    """Return one passage with its files, what was taken out of it, and the published reports that drew on it."""
    version = passage.version
    assert version is not None, "only sent passages have a page"
    taken_out = list(queries.redactions_of(version))
    drew = passage.uses.filter(report__state=ConsolidatedReport.State.PUBLISHED)
    uses = list(drew.select_related("report__unit", "report__period", "sentence").order_by("pk")[:50])
    units = {use.report.unit_id: use.report.unit for use in uses}
    # The report of a unit above may be beyond who reads its own words here: named, not linked.
    seen = {pk for pk, unit in units.items() if can(actor, "report.view", unit)}
    return {
        "passage": passage,
        "version": version,
        "report": version.report,
        "owed": version.report.obligation,
        "newer": version.report.current_id != version.pk,
        "files": queries.files_of(passage),
        "sources": [one.source for one in queries.drawn_from(passage)],
        "redactions": [
            one for one in taken_out if (one.task_id, one.question) == (passage.task_id, passage.question)
        ],
        "stands_as": taken_out[0].sha256 if taken_out else "",
        "may_redact": can(actor, REDACT, version.report.obligation.unit),
        "uses": [(use, use.report.unit_id in seen) for use in uses],
    }
