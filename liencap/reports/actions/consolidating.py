"""Compose a unit's consolidated report and publish it: frozen, hashed, printed once."""

import dataclasses

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from liencap.archive.actions import Description, Filed, file_record
from liencap.archive.models import Series
from liencap.audit.actions import digest, record
from liencap.audit.actor import Actor
from liencap.documents import store
from liencap.errors import DomainError, crash_point
from liencap.reports.access import require_head, require_own
from liencap.reports.actions.settling import settle
from liencap.reports.consolidation import printed
from liencap.reports.issuing.actions.drafts import guard_round
from liencap.reports.issuing.actions.registering import await_number
from liencap.reports.issuing.papers import Published
from liencap.reports.models import ConsolidatedReport, Period, Report, Total
from liencap.reports.owed.twice import guard_counted_once
from liencap.reports.printing import PrintedReport, render_docx, render_pdf, render_sheet
from liencap.reports.queries import totals_for
from liencap.reports.templating import in_use
from liencap.reports.told.actions import locked_draft
from liencap.units.access import seat_of
from liencap.units.models import Unit


@transaction.atomic
def begin_consolidated_report(period: Period, unit: Unit, *, actor: Actor) -> ConsolidatedReport:
    """Return the consolidated report of a unit and period, begun when there is none."""
    require_own(actor, "report.fill", unit)
    if period.form_id is None:
        raise DomainError("period-not-open", _("This period is not open."), status=409)
    report, new = ConsolidatedReport.objects.get_or_create(period=period, unit=unit)
    if new:
        record(
            "begin_consolidated_report", actor=actor, kind="consolidated_report", object_id=report.pk,
            unit_id=unit.pk, new={"period": period.pk},
        )  # fmt: skip
    return report


def _draft(report: ConsolidatedReport, revision: int) -> ConsolidatedReport:
    """Lock a report that is not published yet, at the revision that the author saw."""
    report = locked_draft(report)
    if report.state != ConsolidatedReport.State.DRAFT:  # an edition of it is in preparation
        raise DomainError("published", _("This report is published and never changes."), status=409)
    if report.revision != revision:
        raise DomainError(
            "draft-changed",
            _("The draft was changed in another window. Load the page again before you go on."),
            status=409,
        )
    return report


def publish_consolidated_report(
    report: ConsolidatedReport, *, revision: int, actor: Actor, sample: bool | None = None
) -> ConsolidatedReport:
    """Freeze and print. The files are rendered before the short transaction that makes them count."""
    require_head(actor, report.unit)
    with transaction.atomic():
        seen = _draft(report, revision)
        guard_round(seen)
        guard_counted_once(seen.period, seen.unit)
        settle(seen.period, seen.unit_id)
        mark = settings.DEMO if sample is None else sample
        values, official = printed(seen, seat_of(actor), actor.name, sample=mark), official_of(seen)
    docx, pdf = (
        store.put(render_docx(values, in_use(seen.unit, values.language).data)),
        store.put(render_pdf(values)),
    )
    annex = store.put(render_sheet(values))
    crash_point("publish-before-freeze")
    return _freeze(seen, values, (docx, pdf, annex), official=official, revision=revision, actor=actor)


def official_of(report: ConsolidatedReport) -> bytes:
    """Return the official total that is printed, packed."""
    return totals_for(report.period, report.unit)[Total.Kind.OFFICIAL]


def guard_unmoved(report: ConsolidatedReport, printed_of: bytes) -> None:
    """Refuse to freeze what was printed of a total that moved while the files were made; the report is locked."""
    if official_of(report) != printed_of:
        raise DomainError(
            "figures-moved",
            _("Figures were accepted while the files were made. Look at the report again, then publish it."),
            status=409,
        )


@transaction.atomic
def _freeze(
    report: ConsolidatedReport,
    values: PrintedReport,
    made: tuple[str, str, str],
    *,
    official: bytes,
    revision: int,
    actor: Actor,
) -> ConsolidatedReport:
    docx, pdf, annex = made
    report = _draft(report, revision)
    guard_round(report)
    guard_unmoved(report, official)
    report.state, report.values = ConsolidatedReport.State.PUBLISHED, dataclasses.asdict(values)
    report.sha256, report.docx, report.pdf = values.report_hash, docx, pdf
    report.published_at, report.published_by_seat_id = timezone.now(), actor.seat_id
    report.save(
        update_fields=["state", "values", "sha256", "docx", "pdf", "published_at", "published_by_seat"]
    )
    pks = mark_consolidated(report)
    record(
        "publish_consolidated_report", actor=actor, kind="consolidated_report", object_id=report.pk,
        unit_id=report.unit_id, old={"state": ConsolidatedReport.State.DRAFT},
        new={"state": report.state, "sha256": report.sha256, "docx": docx, "pdf": pdf,
             "reports": len(pks), "reports_sha256": digest(pks)},
    )  # fmt: skip
    _file(report, values, annex, actor=actor)
    paper = Published(
        ("consolidated_report", report.pk), report.unit, values.subject, values.period, values.language,
        report.sha256, report.published_at,
    )  # fmt: skip
    await_number(paper, actor=actor)
    crash_point("publish-before-commit")
    return report


def mark_consolidated(report: ConsolidatedReport) -> list[int]:
    """Note of the accepted reports that their figures stand in a published one; return which."""
    carried = Report.objects.filter(
        obligation__period_id=report.period_id, obligation__parent_id=report.unit_id,
        state=Report.State.ACCEPTED,
    )  # fmt: skip
    pks = sorted(carried.values_list("pk", flat=True))
    carried.update(state=Report.State.CONSOLIDATED)
    return pks


def _file(report: ConsolidatedReport, values: PrintedReport, annex: str, *, actor: Actor) -> None:
    """File the printed report and its annex in the unit's archive, in the transaction that publishes it."""
    period = report.period
    name = f"{report.unit.code}-{period.title}"
    files = [
        Filed(f"{name}.{kind}", kind, sha256)
        for kind, sha256 in (("pdf", report.pdf), ("docx", report.docx), ("xlsx", annex))
    ]
    about = Description(
        f"{values.title}. {values.subject}. {values.period}", creator=str(report.unit), since=period.since,
        until=period.until, language=values.language, text=f"{values.coverage}. SHA-256 {report.sha256}",
    )  # fmt: skip
    source = ("consolidated_report", report.pk)
    file_record(report.unit, Series.Kind.REPORT, about, files, source=source, actor=actor)
