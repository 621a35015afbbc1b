"""What drafts and sent versions say, their files, and whether they are as they were hashed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.db.models import QuerySet

from liencap.core.rollup import unpack
from liencap.core.rollup.cells import Shown
from liencap.core.rollup.layout import Layout
from liencap.programmes.models import Task
from liencap.reports.content import Content, sha256_of
from liencap.reports.figures import nothing, plus, totals_of
from liencap.reports.models import (
    Acceptance,
    Correction,
    Draft,
    Evidence,
    FormVersion,
    Indicator,
    Redaction,
    Report,
    ReportVersion,
    Return,
    SignedAs,
)
from liencap.reports.queries.asked import blank_content, indicators_for, tasks_of


def content_of(source: Draft | ReportVersion, cells: Layout) -> Content:
    """Return what a draft or a version says; three queries at most."""
    entries, passages = list(source.entries.all()), list(source.passages.all())
    return Content(
        {e.task_id: (e.state, e.reason) for e in entries},
        {(p.task_id, p.question): p.text for p in passages if p.text or not p.cause_id},
        unpack(cells, bytes(source.figures)),
        {e.task_id: e.answered for e in entries},
        dict(source.reasons) if isinstance(source, Draft) else reasons_of(source),
        {p.task_id: p.cause_id for p in passages if p.cause_id},
    )


def reasons_of(version: ReportVersion) -> dict[str, str]:
    """Return by indicator why it was sent over a warning."""
    return {row["code"]: row["reason"] for row in version.warnings if row["reason"]}


def evidence_of(report: Report) -> QuerySet[Evidence]:
    """Return the files that the draft carries."""
    return Evidence.objects.filter(report=report, removed=False)


def evidence_sent(version: ReportVersion) -> QuerySet[Evidence]:
    """Return the files that went with a sent version."""
    return Evidence.objects.filter(version_links__version=version)


def hash_of(
    version: ReportVersion,
    content: Content,
    evidence: Iterable[Evidence],
    corrections: Iterable[Correction] = (),
) -> str:
    """Return the hash that a version must carry."""
    changed = sorted([c.key, c.old, c.new, c.reason] for c in corrections)
    files = sorted([e.task_id, e.sha256, e.caption] for e in evidence)
    answered = sorted([task, n] for task, n in content.answered.items() if task in content.states)
    header = {
        "report": version.report_id,
        "n": version.n,
        "form": version.form_id,
        "reason": version.reason,
        "sent_at": version.sent_at.isoformat(),
        **({"evidence": files} if files else {}),
        # Left out where no task was ever amended: hashes from before there were versions hold on.
        **({"answered": answered} if any(n != 1 for _task, n in answered) else {}),
        **({"corrections": changed} if changed else {}),
        **({"signed_as": version.signed_as} if version.signed_as != SignedAs.FULL else {}),
        **({"warnings": version.warnings} if version.warnings else {}),
        **({"joint": version.joint} if version.joint else {}),
        **({"causes": sorted([*one] for one in content.causes.items())} if content.causes else {}),
    }
    return sha256_of(header, bytes(version.figures), bytes(version.carried), content)


def is_intact(version: ReportVersion) -> bool:
    """Say whether a sent version still says what was hashed: at sending, or when words were last taken out of it."""
    taken_out = Redaction.objects.filter(version=version).first()
    return stands_as(version) == (taken_out.sha256 if taken_out else version.sha256)


def stands_as(version: ReportVersion) -> str:
    """Return the hash of what a version says as it stands."""
    content = content_of(version, version.form.cells)
    return hash_of(version, content, evidence_sent(version), version.corrections.all())


def said_by(version: ReportVersion | None, cells: Layout) -> bytes:
    """Return the totals of a version's own figures; of no version, nothing."""
    return totals_of(cells, version.figures) if version else nothing(cells)


def in_force(report: Report) -> Acceptance | ReportVersion | None:
    """Return what holds the figures that count above: the newest acceptance, or a version accepted before those."""
    return report.acceptance or report.accepted


def brought_by(report: Report, cells: Layout) -> bytes:
    """Return what a report adds above: its own figures and what it carried, as they were accepted."""
    held = in_force(report)
    return plus(cells, totals_of(cells, held.figures), held.carried) if held else nothing(cells)


def accepted_content(report: Report, cells: Layout) -> Content | None:
    """Return what counts above: the words of the accepted version, the figures as accepted line by line."""
    held = in_force(report)
    if held is None or report.accepted is None:
        return None
    return replace(content_of(report.accepted, cells), figures=unpack(cells, bytes(held.figures)))


def returns_of(report: Report) -> QuerySet[Return]:
    """Return the reasons with which the standing version was returned."""
    found = Return.objects.filter(version_id=report.current_id).select_related("task", "by_seat__role")
    return found.order_by("pk")


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a page about one report shows: tasks, indicators, content, and what was accepted before.

    `kept` says which figures are kept back from the reader and why: `content` is without them. `closed` are the figures
    of which the reader sees no older value and no finding either; both are empty for the unit itself.
    """

    tasks: list[Task]
    indicators: list[Indicator]
    layout: Layout
    content: Content
    revision: int
    before: Content | None = None
    form: FormVersion | None = None
    kept: Mapping[tuple[str, str], Shown] = field(default_factory=dict)
    closed: frozenset[tuple[str, str]] = frozenset()


def sheet_of(report: Report) -> Sheet:
    """Return the draft of a report, empty when nothing was written yet."""
    form = report.obligation.period.form
    assert form is not None, "only opened periods have reports"
    draft = Draft.objects.filter(report=report).first()
    content = content_of(draft, form.cells) if draft else blank_content(form)
    return Sheet(
        tasks_of(report.obligation),
        indicators_for(report),
        form.cells,
        content,
        draft.revision if draft else 0,
        form=form,
    )
