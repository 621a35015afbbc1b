"""Prepare a later edition of a published report, and publish it as a whole or as a page of errata."""

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from liencap.archive.actions import Description, Filed, file_record
from liencap.archive.models import Series
from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.documents import store
from liencap.errors import DomainError, crash_point
from liencap.notices.actions import settle
from liencap.reports.access import require_head, require_own
from liencap.reports.actions.consolidating import guard_unmoved, mark_consolidated, official_of
from liencap.reports.editions.queries import (
    Prepared,
    as_errata,
    as_full,
    plain,
    prepared,
    replaced_by,
    replaced_passages,
)
from liencap.reports.issuing.actions.registering import await_number
from liencap.reports.issuing.papers import Published
from liencap.reports.models import ConsolidatedReport, Edition
from liencap.reports.owed.twice import guard_counted_once
from liencap.reports.printing import PrintedReport, render_docx, render_pdf, render_sheet
from liencap.reports.templating import in_use
from liencap.reports.told.actions import locked_draft, requote
from liencap.units.access import seat_of


@transaction.atomic
def begin_edition(report: ConsolidatedReport, *, actor: Actor) -> Edition:
    """Return the edition in preparation, begun when there is none; from now on the texts may be changed for it."""
    require_own(actor, "report.fill", report.unit)
    locked = ConsolidatedReport.objects.select_for_update(of=("self",)).select_related("unit")
    report = locked.get(pk=report.pk)
    if report.state != ConsolidatedReport.State.PUBLISHED:
        raise DomainError("not-published", _("This report is not published yet."), status=409)
    last = report.editions.last()
    if last is not None and last.state == Edition.State.DRAFT:
        return last
    edition = Edition.objects.create(report=report, n=last.n + 1 if last else 2)
    for passages in replaced_passages(report).values():
        requote(report, next(iter(passages.values())).task, passages, actor=actor)
    record(
        "begin_edition", actor=actor, kind="consolidated_report", object_id=report.pk, unit_id=report.unit_id,
        new={"edition": edition.n},
    )  # fmt: skip
    return edition


def _draft(edition: Edition) -> Edition:
    """Lock an edition that is not published yet."""
    locked = Edition.objects.select_for_update(of=("self",)).select_related(
        "report__unit", "report__period__form", "report__period__programme__reading__version__document"
    )
    edition = locked.get(pk=edition.pk)
    if edition.state != Edition.State.DRAFT:
        raise DomainError("published", _("This report is published and never changes."), status=409)
    return edition


@transaction.atomic
def drop_edition(edition: Edition, *, actor: Actor) -> None:
    """Give up an edition in preparation; what was printed before stands."""
    require_own(actor, "report.fill", edition.report.unit)
    edition = _draft(edition)
    record(
        "drop_edition", actor=actor, kind="consolidated_report", object_id=edition.report_id,
        unit_id=edition.report.unit_id, old={"edition": edition.n},
    )  # fmt: skip
    edition.delete()


def publish_edition(edition: Edition, *, kind: str, reason: str, revision: int, actor: Actor) -> Edition:
    """Freeze, print and file; the head chooses the kind. The files are rendered before the short transaction."""
    require_head(actor, edition.report.unit)
    if kind not in Edition.Kind.values:
        raise DomainError("edition-kind", _("Choose a new edition or a page of errata."))
    if not reason.strip():
        raise DomainError("reason-missing", _("Say why there is a new edition."))
    with transaction.atomic():
        seen = _draft(edition)
        guard_counted_once(seen.report.period, seen.report.unit)
        found, official = prepared(seen.report, seat_of(actor), actor.name), official_of(seen.report)
    if not found.changed:
        raise DomainError("nothing-new", _("Nothing has changed since the last edition."), status=409)
    paper = _paper(seen, found, kind, reason.strip()[:500])
    docx = store.put(render_docx(paper, in_use(seen.report.unit, paper.language).data))
    pdf, annex = store.put(render_pdf(paper)), store.put(render_sheet(paper))
    crash_point("edition-before-freeze")
    seen.kind, seen.reason, seen.sha256, seen.docx, seen.pdf = (
        kind,
        reason.strip()[:500],
        paper.report_hash,
        docx,
        pdf,
    )
    return _freeze(seen, paper, found, annex, official=official, revision=revision, actor=actor)


def _paper(edition: Edition, found: Prepared, kind: str, reason: str) -> PrintedReport:
    if kind == Edition.Kind.FULL:
        return as_full(found, edition.n, reason)
    return as_errata(found, edition.n, reason, edition.report)


@transaction.atomic
def _freeze(
    made: Edition, paper: PrintedReport, found: Prepared, annex: str, *, official: bytes, revision: int,
    actor: Actor,
) -> Edition:  # fmt: skip
    locked_draft(made.report)
    edition = _draft(made)
    if edition.report.revision != revision:
        raise DomainError(
            "draft-changed",
            _("The draft was changed in another window. Load the page again before you go on."),
            status=409,
        )
    guard_unmoved(edition.report, official)
    made.state, made.values = Edition.State.PUBLISHED, plain(paper)
    made.standing = {} if made.kind == Edition.Kind.FULL else plain(found.whole)
    made.published_at, made.published_by_seat_id = timezone.now(), actor.seat_id
    made.save(
        update_fields=[
            "kind", "state", "reason", "values", "standing", "sha256", "docx", "pdf", "published_at",
            "published_by_seat",
        ]
    )  # fmt: skip
    mark_consolidated(edition.report)
    record(
        "publish_edition", actor=actor, kind="consolidated_report", object_id=made.report_id,
        unit_id=made.report.unit_id,
        new={"edition": made.n, "kind": made.kind, "sha256": made.sha256, "docx": made.docx, "pdf": made.pdf,
             "figures": len(found.figures), "reason": made.reason},
    )  # fmt: skip
    _file(made, paper, annex, actor=actor)
    _await_number(made, paper, actor=actor)
    settle([f"edition-{made.report_id}"], actor=actor, units=[made.report.unit_id])
    crash_point("edition-before-commit")
    return made


def _file(edition: Edition, paper: PrintedReport, annex: str, *, actor: Actor) -> None:
    """File the edition in the unit's archive beside the first, in the transaction that publishes it."""
    report = edition.report
    name = f"{report.unit.code}-{report.period.title}-{edition.n}"
    made = (("pdf", edition.pdf), ("docx", edition.docx), ("xlsx", annex))
    files = [Filed(f"{name}.{kind}", kind, sha256) for kind, sha256 in made]
    about = Description(
        f"{paper.title}. {paper.subject}. {paper.period}. {_named(edition, paper.language)}", creator=str(report.unit),
        since=report.period.since, until=report.period.until, language=paper.language,
        text=f"{paper.coverage}. {edition.reason} SHA-256 {edition.sha256}",
    )  # fmt: skip
    file_record(
        report.unit, Series.Kind.REPORT, about, files, source=("report_edition", edition.pk),
        replaces=replaced_by(edition), actor=actor,
    )  # fmt: skip


def _named(edition: Edition, language: str) -> str:
    with translation.override(language):
        return _("%(kind)s, edition %(n)s") % {"kind": edition.get_kind_display(), "n": edition.n}


def _await_number(edition: Edition, paper: PrintedReport, *, actor: Actor) -> None:
    assert edition.published_at is not None, "it is published"
    made = Published(
        ("report_edition", edition.pk), edition.report.unit, paper.subject, paper.period, paper.language,
        edition.sha256, edition.published_at, edition.n, replaced_by(edition),
    )  # fmt: skip
    await_number(made, actor=actor)
