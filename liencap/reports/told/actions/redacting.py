"""Take out of what was sent the words that may not stand, for good and everywhere they were carried by link."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import SYSTEM, Actor
from liencap.documents import store
from liencap.documents.queries import is_named
from liencap.errors import DomainError
from liencap.notices.actions import Message, notify
from liencap.reports.access import REDACT
from liencap.reports.models import (
    MARK,
    ComposedPassage,
    ComposedStep,
    ConsolidatedReport,
    Correction,
    Evidence,
    Late,
    Passage,
    Redaction,
    Report,
    ReportVersion,
    Sentence,
    without,
)
from liencap.reports.queries import stands_as
from liencap.reports.search import KIND
from liencap.reports.told.repeats import Repeat, repeats_of
from liencap.search.actions import index_texts
from liencap.units.access import require

UNASKED = timedelta(hours=1)  # longer than anybody takes from keeping a file to the row that names it


@transaction.atomic
def redact_passage(passage: Passage, words: str, *, reason: str, actor: Actor) -> int:
    """Take words out of all versions of a report that say them on this question; return in how many places.

    What was drafted from the passage by link loses them too; published papers stand as printed, and are flagged.
    Where the unit or one above says them elsewhere in its own words, those who hold the right there are told.
    The log keeps that it was done, by whom and why; the words are kept nowhere.
    """
    sent = passage.version
    assert sent is not None, "drafts are their unit's own"
    owed = sent.report.obligation
    require(actor, REDACT, owed.unit)
    reason = reason.strip()[:500]
    report = Report.objects.select_for_update(of=("self",)).get(pk=sent.report_id)
    passage.refresh_from_db(fields=["text"])  # whoever came first may have taken the same words out meanwhile
    _guard(passage, words, reason)
    done = [
        _take_out(version, passage, words, reason, actor)
        for version in report.versions.select_related("form", "report").order_by("n")
    ]
    rows = [row for row in done if row is not None]
    repeats = repeats_of(passage, words)
    said = Passage.objects.filter(
        version__report=report, task=passage.task_id, question=passage.question, text__contains=MARK
    )
    index_texts(KIND, list(said.filter(version=report.current_id).values_list("pk", "text")), actor=actor)
    flagged = _follow_up(said, words)
    count = sum(row.count for row in rows)
    record(
        "redact_passage", actor=actor, kind="report", object_id=report.pk, unit_id=owed.unit_id,
        new={"task": passage.task_id, "question": passage.question, "count": count, "reason": reason,
             "versions": {row.version.n: row.sha256 for row in rows}, "flagged": flagged},
    )  # fmt: skip
    _tell(passage, rows, repeats, actor)
    return count


@transaction.atomic
def take_out_file(evidence: Evidence, *, reason: str, caption: bool, actor: Actor) -> None:
    """Hand a file that was sent to nobody any more, and with `caption` take its caption out too."""
    owed, reason = evidence.report.obligation, reason.strip()[:500]
    require(actor, REDACT, owed.unit)
    if not reason:
        raise DomainError("reason-missing", _("Say why it is taken out."))
    locked = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    sent = [link.version for link in locked.version_links.select_related("version__form", "version__report")]
    if locked.taken_out or not sent:
        raise DomainError("file-gone", _("This file was taken out already, or was never sent."), status=409)
    locked.taken_out, locked.caption = reason, MARK if caption else locked.caption
    locked.save(update_fields=["taken_out", "caption"])
    Redaction.objects.bulk_create(
        Redaction(
            version=version, task_id=locked.task_id, count=1, reason=reason, sha256=stands_as(version),
            by_seat_id=actor.seat_id,
        )
        for version in sent
    )  # fmt: skip
    record(
        "take_out_file", actor=actor, kind="report", object_id=locked.report_id, unit_id=owed.unit_id,
        new={"task": locked.task_id, "sha256": locked.sha256, "caption": caption, "reason": reason},
    )  # fmt: skip
    url = reverse("reports:report", args=[locked.report_id])
    told = Message(owed.unit_id, f"file-out-{locked.pk}", owed.period.title, url, "report.view")
    notify("words-taken-out", [told], actor=actor)


def erase_taken_out(*, actor: Actor) -> int:
    """Erase the bytes of files taken out which no other row of any room names; return how many went."""
    assert actor == SYSTEM, "the nightly round alone does this"
    out = Evidence.objects.exclude(taken_out="")
    gone = 0
    for one in out.select_related("report__obligation").order_by("pk").iterator():
        if not store.stands(one.sha256) or is_named(one.sha256, apart_from=out):
            continue
        with transaction.atomic():
            if not store.erase(one.sha256, unasked=UNASKED):
                continue
            record(
                "erase_file", actor=actor, kind="report", object_id=one.report_id,
                unit_id=one.report.obligation.unit_id, new={"task": one.task_id, "sha256": one.sha256},
            )  # fmt: skip
        gone += 1
    return gone


def _guard(passage: Passage, words: str, reason: str) -> None:
    if not reason:
        raise DomainError("reason-missing", _("Say why it is taken out."))
    if not words.strip() or words in MARK or words not in passage.text:
        raise DomainError(
            "words-elsewhere",
            _("These words do not stand in the passage. Copy them exactly as they stand there."),
        )


def _take_out(
    version: ReportVersion, passage: Passage, words: str, reason: str, actor: Actor
) -> Redaction | None:
    """Take the words out of what one version says on the question and of the correction that names it."""
    key = f"q:{passage.task_id}:{passage.question}"
    passages = list(version.passages.filter(task=passage.task_id, question=passage.question))
    lines = list(version.corrections.filter(key=key))
    count = sum(row.text.count(words) for row in passages)
    if not count and not any(words in line.old + line.new for line in lines):
        return None
    for row in passages:
        row.text = without(row.text, words)
    for line in lines:
        line.old, line.new = without(line.old, words), without(line.new, words)
    Passage.objects.bulk_update(passages, ["text"])
    Correction.objects.bulk_update(lines, ["old", "new"])
    return Redaction.objects.create(
        version=version, task_id=passage.task_id, question=passage.question, count=count, reason=reason,
        sha256=stands_as(version), by_seat_id=actor.seat_id,
    )  # fmt: skip


def _follow_up(said: QuerySet[Passage], words: str) -> list[int]:
    """Take the words out of drafts that draw on these passages, and flag each report that does; return those."""
    uses = ComposedPassage.objects.filter(passage__in=said).select_related("report", "passage")
    reports: dict[int, ConsolidatedReport] = {use.report_id: use.report for use in uses}
    drafts = [pk for pk, one in reports.items() if one.state == ConsolidatedReport.State.DRAFT]
    sentences = list(Sentence.objects.filter(report__in=drafts, text__contains=words))
    for sentence in sentences:
        sentence.text = without(sentence.text, words)
    Sentence.objects.bulk_update(sentences, ["text"])
    kept = ComposedStep.objects.filter(report__in=drafts, task__in={use.passage.task_id for use in uses})
    steps = [step for step in kept if _holds(step.before, words)]
    for step in steps:
        step.before = _cleaned(step.before, words)
    ComposedStep.objects.bulk_update(steps, ["before"])
    seen = {(use.report_id, use.passage_id): use for use in uses}
    Late.objects.bulk_create(
        Late(report=use.report, task_id=use.passage.task_id, passage=use.passage, before=use.passage)
        for use in seen.values()
    )
    return sorted(reports)


def _holds(value: Any, words: str) -> bool:
    return bool(_cleaned(value, words) != value)


def _cleaned(value: Any, words: str) -> Any:
    """Return a plain value in whose strings the mark stands for the words."""
    if isinstance(value, str):
        return without(value, words)
    if isinstance(value, list):
        return [_cleaned(one, words) for one in value]
    if isinstance(value, dict):
        return {key: _cleaned(one, words) for key, one in value.items()}
    return value


def _tell(passage: Passage, rows: Sequence[Redaction], repeats: Sequence[Repeat], actor: Actor) -> None:
    """Tell the author's unit; offer each unit that says the same elsewhere, its own or above, to take it out there.

    Who may only read there is led to the passage, who holds the right to the deed with the words already chosen.
    """
    assert passage.version is not None, "only sent passages lose words"
    owed, mark = passage.version.report.obligation, rows[-1].pk
    page = reverse("reports:passage", args=[passage.pk])
    told = [Message(owed.unit_id, f"redacted-{mark}", owed.period.title, page, "report.view")]
    for one in repeats:
        unit, key = one.unit.pk, f"redacted-{mark}-{one.passage.pk}"
        page = reverse("reports:passage", args=[one.passage.pk])
        told.append(Message(unit, key, owed.period.title, page, "report.view"))
        told.append(Message(unit, key, owed.period.title, one.url, REDACT))
    notify("words-taken-out", told, actor=actor)
