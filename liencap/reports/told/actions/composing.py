"""Compose a task of a consolidated report sentence by sentence; each deed can be undone."""

from collections.abc import Callable, Collection, Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actions import digest, record
from liencap.audit.actor import Actor
from liencap.core.clustering import merge_texts
from liencap.errors import DomainError
from liencap.programmes.models import Task
from liencap.reports.access import require_own
from liencap.reports.models import (
    ComposedPassage,
    ComposedStep,
    ConsolidatedReport,
    Edition,
    Passage,
    Sentence,
)
from liencap.reports.told import composition as compose
from liencap.reports.told.composition import Composition, Said
from liencap.reports.told.queries import composition_on, last_step, tray, undoable

CHOICE = {Sentence.Kind.QUOTE: ComposedPassage.Choice.QUOTE}


def locked_draft(report: ConsolidatedReport) -> ConsolidatedReport:
    """Lock a report that is not published yet, or of which a new edition is in preparation."""
    locked = ConsolidatedReport.objects.select_for_update(of=("self",)).select_related(
        "unit", "period__form", "period__programme__reading__version__document"
    )
    report = locked.get(pk=report.pk)
    if report.state != ConsolidatedReport.State.DRAFT and not in_preparation(report):
        raise DomainError("published", _("This report is published and never changes."), status=409)
    return report


def in_preparation(report: ConsolidatedReport) -> bool:
    """Say whether an edition of a published report is in preparation: its texts may be changed for it; one query."""
    return report.editions.filter(state=Edition.State.DRAFT).exists()


def _deed(
    report: ConsolidatedReport,
    task: Task,
    deed: str,
    change: Callable[[Composition], Composition],
    *,
    seen: int,
    actor: Actor,
) -> Composition:
    """Change what was composed on a task at the step that the author saw, and keep what stood before."""
    require_own(actor, "report.fill", report.unit)
    report = locked_draft(report)
    if last_step(report, task) != seen:
        raise DomainError(
            "task-changed",
            _("Somebody else has worked on this task meanwhile. Look at it as it stands now and try again."),
            status=409,
        )
    before = composition_on(report, task)
    after = change(before)
    if after != before:
        _write(report, task, after)
        _step(report, task, deed, before, after, actor)
    return after


def _step(
    report: ConsolidatedReport, task: Task, deed: str, before: Composition, after: Composition, actor: Actor
) -> None:
    report.revision += 1
    report.save(update_fields=["revision"])
    ComposedStep.objects.create(
        report=report,
        task=task,
        n=report.revision,
        deed=deed,
        before=before.plain(),
        by_seat_id=actor.seat_id,
    )
    record(
        "compose_task", actor=actor, kind="consolidated_report", object_id=report.pk, unit_id=report.unit_id,
        new={"task": task.pk, "revision": report.revision, "deed": deed, "sha256": digest([after.plain()])},
    )  # fmt: skip


def _write(report: ConsolidatedReport, task: Task, said: Composition) -> None:
    report.choices.filter(passage__task=task).delete()
    report.sentences.filter(task=task).delete()
    sentences = Sentence.objects.bulk_create(
        Sentence(report=report, task=task, question=one.question, order=order, kind=one.kind, text=one.text)
        for order, one in enumerate(said.sentences)
    )
    uses = [
        ComposedPassage(
            report=report, passage_id=pk, sentence=row,
            choice=CHOICE.get(Sentence.Kind(one.kind), ComposedPassage.Choice.MERGE),
        )
        for row, one in zip(sentences, said.sentences, strict=True)
        for pk in one.sources
    ]  # fmt: skip
    uses += [
        ComposedPassage(report=report, passage_id=pk, choice=ComposedPassage.Choice.ASIDE, reason=reason)
        for pk, reason in said.asides
    ]
    ComposedPassage.objects.bulk_create(uses, batch_size=500)


def _words(report: ConsolidatedReport, task: Task, passages: Collection[int]) -> dict[int, str]:
    """Return the texts of passages of the tray; one that is not in it is refused."""
    words = dict(tray(report).filter(task=task, pk__in=passages).values_list("pk", "text"))
    if set(passages) - words.keys():
        raise DomainError("foreign-passage", _("A passage does not belong to this task and period."))
    return words


@transaction.atomic
def add_sentence(
    report: ConsolidatedReport, task: Task, said: Said, *, seen: int, actor: Actor
) -> Composition:
    """Add a sentence: own words, a quote (word for word), a merge, or a summary of passages.

    A quote without words quotes its first passage whole, a merge without words joins its passages, what is said
    twice once.
    """
    words = _words(report, task, said.sources)
    text = said.text.strip()
    if not text and said.kind == Sentence.Kind.QUOTE and said.sources:
        text = words[said.sources[0]]
    elif not text and said.kind == Sentence.Kind.MERGE:
        text = merge_texts([words[pk] for pk in said.sources])
    said = Said(said.question, said.kind, text, said.sources)
    return _deed(
        report, task, said.kind, lambda before: compose.added(before, said, words), seen=seen, actor=actor
    )


@transaction.atomic
def rewrite_sentence(
    report: ConsolidatedReport, task: Task, place: int, text: str, *, seen: int, actor: Actor
) -> Composition:
    """Change the words of a sentence; its sources stay."""

    def change(before: Composition) -> Composition:
        drawn = before.sentences[place].sources if 0 <= place < len(before.sentences) else ()
        words = dict(Passage.objects.filter(pk__in=drawn).values_list("pk", "text"))
        return compose.rewritten(before, place, text, words)

    return _deed(report, task, "rewrite", change, seen=seen, actor=actor)


@transaction.atomic
def requote(
    report: ConsolidatedReport, task: Task, replaced: Mapping[int, Passage], *, actor: Actor
) -> Composition:
    """Let the quotes of passages that a correction took the place of, by their id, follow the ones in force."""
    olds = dict(Passage.objects.filter(pk__in=replaced).values_list("pk", "text"))
    words = {pk: (olds[pk], new.pk, new.text) for pk, new in replaced.items()}
    seen = last_step(report, task)
    return _deed(report, task, "requote", lambda b: compose.requoted(b, words), seen=seen, actor=actor)


@transaction.atomic
def drop_sentence(
    report: ConsolidatedReport, task: Task, place: int, *, seen: int, actor: Actor
) -> Composition:
    """Take a sentence out."""
    return _deed(report, task, "drop", lambda b: compose.dropped(b, place), seen=seen, actor=actor)


@transaction.atomic
def move_sentence(
    report: ConsolidatedReport, task: Task, place: int, step: int, *, seen: int, actor: Actor
) -> Composition:
    """Move a sentence up or down among those on its question."""
    return _deed(report, task, "move", lambda b: compose.moved(b, place, step), seen=seen, actor=actor)


@transaction.atomic
def set_aside(
    report: ConsolidatedReport, task: Task, passages: Sequence[int], reason: str, *, seen: int, actor: Actor
) -> Composition:
    """Set passages aside with a reason."""
    _words(report, task, passages)
    return _deed(
        report, task, "aside", lambda b: compose.set_aside(b, passages, reason), seen=seen, actor=actor
    )


@transaction.atomic
def take_back(
    report: ConsolidatedReport, task: Task, passages: Sequence[int], *, seen: int, actor: Actor
) -> Composition:
    """Make passages that were set aside undecided again."""
    return _deed(report, task, "back", lambda b: compose.taken_back(b, passages), seen=seen, actor=actor)


@transaction.atomic
def undo_step(report: ConsolidatedReport, task: Task, *, seen: int, actor: Actor) -> Composition:
    """Undo the newest deed on a task, and the next time the one before it."""
    step = undoable(report, task)
    if step is None:
        raise DomainError("nothing-to-undo", _("There is nothing to undo."), status=409)
    after = _deed(report, task, "undo", lambda _now: Composition.of(step.before), seen=seen, actor=actor)
    step.undone = True
    step.save(update_fields=["undone"])
    return after


@transaction.atomic
def compose_task(
    report: ConsolidatedReport,
    task: Task,
    text: str,
    choices: Mapping[int, str],
    *,
    revision: int,
    actor: Actor,
    reason: str = "",
) -> ConsolidatedReport:
    """Write a whole task at once: one text with what it takes up, then each quote; `reason` is that of the asides."""
    require_own(actor, "report.fill", report.unit)
    if locked_draft(report).revision != revision:
        raise DomainError(
            "draft-changed",
            _("The draft was changed in another window. Load the page again before you go on."),
            status=409,
        )
    if set(choices.values()) - {"", *ComposedPassage.Choice.values}:
        raise DomainError("foreign-passage", _("A passage does not belong to this task and period."))
    words = _words(report, task, choices)
    said = Composition()
    merged = tuple(pk for pk, choice in choices.items() if choice == ComposedPassage.Choice.MERGE)
    if not text.strip():
        text = merge_texts([words[pk] for pk in merged])
    if text:
        kind = Sentence.Kind.MERGE if merged else Sentence.Kind.OWN
        said = compose.added(said, Said(Passage.Question.RESULT, kind, text, merged), words)
    questions = dict(Passage.objects.filter(pk__in=choices).values_list("pk", "question"))
    for pk, choice in choices.items():
        if choice == ComposedPassage.Choice.QUOTE:
            said = compose.added(said, Said(questions[pk], Sentence.Kind.QUOTE, words[pk], (pk,)), words)
        elif choice == ComposedPassage.Choice.ASIDE:
            said = compose.set_aside(said, (pk,), reason)
    _deed(report, task, "whole", lambda _before: said, seen=last_step(report, task), actor=actor)
    report.refresh_from_db()
    return report
