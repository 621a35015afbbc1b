"""A province's report with one accepted passage and figures, being composed or published."""

import datetime

from liencap.reports.actions import begin_consolidated_report, publish_consolidated_report
from liencap.reports.issuing.actions import Asked, close_round, register_report, send_draft
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


def numbered(cast: Cast, report: ConsolidatedReport, n: int = 7) -> Registration:
    day = datetime.date(2026, 4, 2)
    return register_report(published(cast, report), n, f"{n}/BC-TBM", day, actor=cast.chief.actor)


def pages(period: Period, report: int, round_: int, comment: int, copy: int, unit: int) -> dict[str, tuple]:
    """Every page of the way, by its name."""
    return {
        "reports:draft-send": (report,), "reports:adopt": (report,), "reports:minutes": (report,),
        "reports:register-enter": (report,), "reports:issue": (report,), "reports:issue-file": (report, "pdf"),
        "reports:annex": (report,), "reports:draft": (round_,), "reports:draft-changes": (round_,),
        "reports:draft-agree": (round_,), "reports:draft-close": (round_,),
        "reports:draft-file": (round_, "pdf"), "reports:comment-answer": (comment,),
        "reports:comment-withdraw": (comment,), "reports:copy": (copy,), "reports:copy-file": (copy,),
        "reports:register-of": (unit,), "reports:register-export": (unit, "csv"),
    }  # fmt: skip


__all__ = ["Member", "close_round", "composed", "numbered", "pages", "published", "sent"]
