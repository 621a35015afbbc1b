"""A province's report with one accepted passage and figures, being composed or published."""

import datetime

from liencap.reports.actions import begin_consolidated_report, publish_consolidated_report
from liencap.reports.issuing.actions import Asked, close_round, register_report, send_draft
from liencap.reports.issuing.queries import row_of
from liencap.reports.models import ConsolidatedReport, DraftRound, Period, Registration
from liencap.reports.tests.scene import accept, make_period, send
from liencap.testing import Cast, Member

LATER = datetime.date(2100, 1, 1)


def composed(cast: Cast) -> tuple[Period, ConsolidatedReport]:
    """Return an open period in which A and B reported, and P's report begun."""
    period = make_period(cast)
    send(period, cast.a, cast.officer, "10.5", text="Xã A mở hai lớp.")
    accept(period, cast.a, cast.chief)
    return period, begin_consolidated_report(period, cast.province, actor=cast.chief.actor)


def sent(cast: Cast, report: ConsolidatedReport) -> DraftRound:
    """Send the report to A, and to one seat of P."""
    assert cast.chief.seat is not None
    asked = [Asked(cast.a), Asked(cast.province, seat=cast.chief.seat)]
    report.refresh_from_db()
    return send_draft(report, asked, due=LATER, revision=report.revision, actor=cast.chief.actor)


def published(cast: Cast, report: ConsolidatedReport) -> ConsolidatedReport:
    report.refresh_from_db()
    publish_consolidated_report(report, revision=report.revision, actor=cast.chief.actor)
    report.refresh_from_db()
    return report


def row(report: ConsolidatedReport) -> Registration:
    """Return the row of a published report in the register."""
    found = row_of("consolidated_report", report.pk)
    assert found is not None, "only a published report has one"
    return found


def numbered(cast: Cast, report: ConsolidatedReport, n: int = 7) -> Registration:
    day = datetime.date(2026, 4, 2)
    return register_report(row(published(cast, report)), n, f"{n}/BC-TBM", day, actor=cast.chief.actor)


__all__ = ["Member", "close_round", "composed", "numbered", "published", "row", "sent"]
