"""Reads for the workbench: the tray folded, what was composed, who wrote and who did not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from liencap.core.clustering import group_texts
from liencap.programmes.models import Task
from liencap.reports.models import (
    ComposedStep,
    ConsolidatedReport,
    Evidence,
    Late,
    Obligation,
    Passage,
    PassageSource,
    Redaction,
    ReportVersion,
    Sentence,
    TaskEntry,
    VersionEvidence,
)
from liencap.reports.queries import line_of
from liencap.reports.queries.totals import Line
from liencap.reports.told.checks import Doubt
from liencap.reports.told.composition import Composition, Said

MOST = 4000  # passages on one task and question that are folded; a unit has some hundreds directly below
NAMED = 8  # units named at once; the rest opens
PLACE = "version__report__obligation__"


def unit_name(path: str = "") -> F | Coalesce:
    """Return the name of the unit at the end of a path, in the reader's language."""
    name = F(f"{path}unit__name")
    return Coalesce(NullIf(F(f"{path}unit__name_en"), Value("")), name) if get_language() == "en" else name


def tray(report: ConsolidatedReport) -> QuerySet[Passage]:
    """Return what the unit itself and the units directly below, as accepted, wrote; in Vietnamese order of units.

    Words of the unit's own report that were made of this very tray are not in it again.
    """
    accepted = Q(**{f"{PLACE}parent_id": report.unit_id}, version_id=F("version__report__accepted_id"))
    own = Q(**{f"{PLACE}unit_id": report.unit_id}, version_id=F("version__report__current_id"))
    remade = Q(Exists(PassageSource.objects.filter(passage=OuterRef("pk"))))
    found = Passage.objects.filter(accepted | own & ~remade, **{f"{PLACE}period_id": report.period_id})
    return found.order_by(f"{PLACE}unit__sort_key", "version_id", "pk")


def compositions_of(report: ConsolidatedReport) -> dict[int, Composition]:
    """Return what was composed by task; two queries."""
    uses = report.choices.order_by("pk").values_list(
        "sentence_id", "passage_id", "passage__task_id", "reason"
    )
    return _composed(report.sentences.all(), uses)


def composed_on(
    report: ConsolidatedReport, task: Task
) -> tuple[Composition, dict[int, tuple[str, str, str]]]:
    """Return what was composed on one task, and of each passage that is used its unit, its id and its report's."""
    place = "passage__version__report"
    named = report.choices.filter(passage__task=task).order_by("pk")
    rows = list(
        named.values_list(
            "sentence_id", "passage_id", "passage__task_id", "reason",
            unit_name("passage__" + PLACE), f"{place}_id",
        )
    )  # fmt: skip
    composed = _composed(report.sentences.filter(task=task), [row[:4] for row in rows])
    drawn = {row[1]: (str(row[4]), str(row[1]), str(row[5])) for row in rows if row[0] is not None}
    return composed.get(task.pk, Composition()), drawn


def _composed(
    sentences: Iterable[Sentence], uses: Iterable[tuple[int | None, int, int, str]]
) -> dict[int, Composition]:
    sources: dict[int | None, list[int]] = {}
    asides: dict[int, list[tuple[int, str]]] = {}
    for sentence, passage, of, reason in uses:
        if sentence is None:
            asides.setdefault(of, []).append((passage, reason))
        else:
            sources.setdefault(sentence, []).append(passage)
    said: dict[int, list[Said]] = {}
    for one in sentences:
        drawn = tuple(sources.get(one.pk, ()))
        said.setdefault(one.task_id, []).append(Said(one.question, one.kind, one.text, drawn))
    return {of: Composition(tuple(said.get(of, ())), tuple(asides.get(of, ()))) for of in {*said, *asides}}


def composition_on(report: ConsolidatedReport, task: Task) -> Composition:
    """Return what was composed on one task."""
    return composed_on(report, task)[0]


def last_step(report: ConsolidatedReport, task: Task) -> int:
    """Return the number of the newest deed on a task, 0 before the first; authors are held apart by it."""
    return report.steps.filter(task=task).values_list("n", flat=True).first() or 0


def undoable(report: ConsolidatedReport, task: Task) -> ComposedStep | None:
    """Return the newest deed on a task that can be undone, with its seat."""
    return _undoable(report, task).select_related("by_seat__role").first()


def _undoable(report: ConsolidatedReport, task: Task) -> QuerySet[ComposedStep]:
    return report.steps.filter(task=task, undone=False).exclude(deed="undo")


def steps_on(report: ConsolidatedReport, task: Task) -> tuple[int, ComposedStep | None]:
    """Return the number of the newest deed on a task, and the newest that can be undone; one query."""
    newest = report.steps.filter(task=task)
    wanted = Q(pk=Subquery(newest.values("pk")[:1])) | Q(
        pk=Subquery(_undoable(report, task).values("pk")[:1])
    )
    rows = list(newest.filter(wanted).select_related("by_seat__role"))
    undo = next((step for step in rows if not step.undone and step.deed != "undo"), None)
    return (rows[0].n if rows else 0), undo


@dataclass(slots=True)
class Fold:
    """Passages of a question that say the same: the first one's words, all their ids, the units that wrote them."""

    question: str
    text: str
    passages: list[int]
    units: list[str]
    state: str = ""
    reasons: tuple[str, ...] = ()
    shown: list[Passage] = field(default_factory=list)
    files: list[Evidence] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Return what a form sends for the whole fold."""
        return ",".join(map(str, self.passages))

    @property
    def named(self) -> list[str]:
        """Return the units named at once."""
        return self.units[:NAMED]

    @property
    def more(self) -> int:
        """Return how many units are not named at once."""
        return len(self.units[NAMED:])


def folds_of(report: ConsolidatedReport, task: Task, said: Composition, question: str) -> list[Fold]:
    """Return the passages on a question folded, undecided ones first, then the largest; one query."""
    return folds_over(report, [task], {task.pk: said}, question).get(task.pk, [])


def folds_over(
    report: ConsolidatedReport, tasks: Sequence[Task], composed: Mapping[int, Composition], question: str
) -> dict[int, list[Fold]]:
    """Return by task the passages on a question folded; one query."""
    rows = tray(report).filter(task__in=tasks, question=question)
    named = rows.values_list("task_id", "cause_id", "pk", "text", unit_name(PLACE))
    return _folded(named[:MOST], composed, question)


@dataclass(frozen=True, slots=True)
class Written:
    """The tray of one task as one query reads it: who wrote on which question, and the folds of the question read."""

    units: dict[str, frozenset[int]]
    folds: list[Fold]


def written_on(report: ConsolidatedReport, task: Task, said: Composition, question: str) -> Written:
    """Read who wrote on each question of a task, and the words on one of them folded; one query."""
    words = Case(When(question=question, then=F("text")), default=Value(""), output_field=TextField())
    units: dict[str, set[int]] = {}
    rows = []
    for of, unit, *row in (
        tray(report)
        .filter(task=task)
        .values_list("question", f"{PLACE}unit_id", "task_id", "cause_id", "pk", words, unit_name(PLACE))
    ):
        units.setdefault(of, set()).add(unit)
        if of == question:
            rows.append(row)
    folds = _folded(rows[:MOST], {task.pk: said}, question).get(task.pk, [])
    return Written({of: frozenset(found) for of, found in units.items()}, folds)


def _folded(
    rows: Iterable[Sequence[Any]], composed: Mapping[int, Composition], question: str
) -> dict[int, list[Fold]]:
    """Fold by task and cause: words of two causes are never folded together."""
    apart: dict[tuple[int, int | None], list[tuple[int, str, str]]] = {}
    for of, cause, *row in rows:
        apart.setdefault((of, cause), []).append(tuple(row))
    folds: dict[int, list[Fold]] = {}
    for (of, _cause), held in apart.items():
        said = composed.get(of, Composition())
        for group in group_texts([text for _pk, text, _unit in held]):
            folds.setdefault(of, []).append(_fold(question, [held[place] for place in group], said))
    order = {"": 0, "part": 0, "used": 1, "aside": 2}
    for found in folds.values():
        found.sort(key=lambda fold: (order[fold.state], -len(fold.passages), fold.passages[0]))
    return folds


def _fold(question: str, members: Sequence[tuple[int, str, str]], said: Composition) -> Fold:
    pks, asides = [pk for pk, _text, _unit in members], dict(said.asides)
    reasons = tuple(dict.fromkeys(asides[pk] for pk in pks if pk in asides))
    state = _state(pks, said.used, asides)
    return Fold(question, members[0][1], pks, [unit for _pk, _text, unit in members], state, reasons)


def _state(pks: Iterable[int], used: frozenset[int], asides: Mapping[int, str]) -> str:
    """Say what became of a fold: used, set aside, in part, or nothing yet."""
    states = {"used" if pk in used else "aside" if pk in asides else "" for pk in pks}
    return states.pop() if len(states) == 1 else "part"


def with_passages(folds: Iterable[Fold], task: Task) -> list[Fold]:
    """Read the passages of the folds on a page with their units and the files sent beside them; two queries."""
    folds = list(folds)
    wanted = [pk for fold in folds for pk in fold.passages]
    found = Passage.objects.select_related(
        "version__report__obligation__unit", "version__form", "cause"
    ).in_bulk(wanted)
    sent = VersionEvidence.objects.filter(
        evidence__task=task, version__in={p.version_id for p in found.values()}
    )
    files: dict[int, list[Evidence]] = {}
    for link in sent.select_related("evidence"):
        files.setdefault(link.version_id, []).append(link.evidence)
    for fold in folds:
        fold.shown = [found[pk] for pk in fold.passages if pk in found]
        fold.files = [file for one in fold.shown for file in files.get(one.version_id or 0, ())]
    return folds


def sources_of(compositions: Iterable[Composition]) -> dict[int, Passage]:
    """Return the passages that sentences draw on, with their units; one query."""
    wanted = {pk for one in compositions for pk in one.used}
    return Passage.objects.select_related("version__report__obligation__unit").in_bulk(wanted)


@dataclass(frozen=True, slots=True)
class Reporting:
    """The units directly below: how many owe a report, who sent it, whose was accepted, who is missing."""

    expected: int
    sent: int
    accepted: int
    missing: tuple[str, ...]


def reporting_of(report: ConsolidatedReport, line: Line | None = None) -> Reporting:
    """Count the reports of the units directly below; one query where the line is not read yet."""
    hanging = (line or line_of(report.period, report.unit)).hanging
    excused = {Obligation.Class.EXCUSED, Obligation.Class.NOT_DUE}
    expected = [owed for owed in hanging if owed.cls not in excused or owed.report.current_id]
    return Reporting(
        len(expected),
        sum(owed.report.current_id is not None for owed in expected),
        sum(owed.report.accepted_id is not None for owed in expected),
        tuple(str(owed.unit) for owed in expected if owed.report.current_id is None),
    )


def writers_of(report: ConsolidatedReport) -> dict[tuple[int, str], frozenset[int]]:
    """Return for each task and question the units whose words stand in the tray, the unit itself too; one query."""
    rows: dict[tuple[int, str], set[int]] = {}
    for of, question, unit in tray(report).order_by().values_list("task_id", "question", f"{PLACE}unit_id"):
        rows.setdefault((of, question), set()).add(unit)
    return {key: frozenset(units) for key, units in rows.items()}


def coverage_line(how: Reporting, wrote: int, *, most: int = 12) -> str:
    """Say who reported, who wrote on the matter and who is missing, in words that are true on paper too."""
    if not how.expected:
        return ""
    parts = [
        ngettext(
            "%(sent)s of %(n)s unit directly below reported",
            "%(sent)s of %(n)s units directly below reported",
            how.expected,
        )
        % {"sent": how.sent, "n": how.expected}
    ]
    if how.accepted < how.sent:
        parts.append(_("%(n)s accepted so far") % {"n": how.accepted})
    parts.append(ngettext("%(n)s wrote on this", "%(n)s wrote on this", wrote) % {"n": wrote})
    if how.missing:
        names = ", ".join(how.missing[:most])
        if len(how.missing) > most:
            names = _("%(names)s and %(n)s more") % {"names": names, "n": len(how.missing) - most}
        parts.append(_("missing: %(names)s") % {"names": names})
    return "; ".join(parts) + "."


def states_in(line: Line) -> dict[str, str]:
    """Return how far a task is by unit, keyed as the rows of its table are, of a line that was read with the task."""
    rows = [(f"unit:{owed.unit_id}", owed) for owed in line.hanging]
    if line.own is not None:
        rows.append((f"report:{line.own.report.pk}", line.own))
    said = [(key, owed.said_state) for key, owed in rows]  # type: ignore[attr-defined]  # annotated by line_of
    return {key: str(TaskEntry.State(state).label) for key, state in said if state}


def files_of(passage: Passage) -> QuerySet[Evidence]:
    """Return the files that were sent on the passage's task with it."""
    return Evidence.objects.filter(task_id=passage.task_id, version_links__version_id=passage.version_id)


def redactions_of(version: ReportVersion) -> QuerySet[Redaction]:
    """Return what was taken out of a version, with task and seat."""
    rows = Redaction.objects.filter(version=version)
    return rows.select_related("task", "by_seat__role", "by_seat__unit")


def late_rows(report: ConsolidatedReport) -> list[Late]:
    """Return the passages that came, changed or went since their task was composed, by task, until looked at."""
    place = "version__report__obligation__unit"
    found = report.late.filter(looked_at=None).select_related("task", f"passage__{place}", f"before__{place}")
    return list(found.order_by("task__order", "task_id", "pk")[:200])


def late_on(report: ConsolidatedReport, task: Task) -> list[Late]:
    """Return the late passages of one task."""
    place = "version__report__obligation__unit"
    found = report.late.filter(task=task, looked_at=None)
    return list(found.select_related(f"passage__{place}", f"before__{place}")[:50])


def late_by_task(report: ConsolidatedReport) -> dict[int, int]:
    """Count the late passages by task; one query."""
    found = report.late.filter(looked_at=None).order_by().values_list("task_id")
    return dict(found.annotate(n=Count("pk")))


def late_of_unit(unit_id: int) -> QuerySet[ConsolidatedReport]:
    """Return the unit's consolidated reports with late passages that nobody has looked at, and how many."""
    waiting = Count("late", filter=Q(late__looked_at=None))
    found = ConsolidatedReport.objects.filter(unit_id=unit_id).annotate(late_words=waiting)
    return found.filter(late_words__gt=0).select_related("period").order_by("-pk")


def drawn_from(passage: Passage) -> QuerySet[PassageSource]:
    """Return the passages from below that a passage was made of, with their units, in Vietnamese order."""
    unit = "source__version__report__obligation__unit"
    return passage.drawn_from.select_related(unit).order_by(f"{unit}__sort_key", "pk")[:500]
