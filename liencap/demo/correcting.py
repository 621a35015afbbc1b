"""Let a cooperative correct figures that are printed already: taken line by line, a second edition, an errata page."""

from dataclasses import replace
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet

from liencap.audit.actor import Actor
from liencap.demo.reporting import HeadOf
from liencap.reports.actions import accept_report, answer_lines, carry_up, save_draft, send_report
from liencap.reports.answering.lines import figure_key
from liencap.reports.editions.actions import begin_edition, publish_edition
from liencap.reports.models import ConsolidatedReport, Draft, Edition, Period, Report
from liencap.reports.queries import content_of

WHY = "Đối chiếu sổ sách sau khi báo cáo đã ban hành: ghi sót một hoạt động."
NOT_SHOWN = "Chưa có biên bản kèm theo; đề nghị bổ sung rồi gửi lại."
UP = (("SX.1.1", Edition.Kind.FULL), ("SX.1", Edition.Kind.ERRATA))


def correct_after_publication(period: Period, head: HeadOf) -> None:
    """Correct two figures of a cooperative; one counts, and every unit above that has printed it prints anew."""
    taken = (Report.State.ACCEPTED, Report.State.CONSOLIDATED)
    for corrected in _reports(period).filter(obligation__parent__code=UP[0][0], state__in=taken):
        actor, above = _heads(corrected, head)
        if actor is not None and above is not None:
            _take_in_part(corrected, actor, above)
            break
    for code, kind in UP:
        report = _reports(period).filter(obligation__unit__code=code).first()
        printed = ConsolidatedReport.objects.filter(period=period, unit__code=code).first()
        if report is None or printed is None:
            return
        actor, above = _heads(report, head)
        if actor is not None and above is not None:
            _print_anew(printed, kind, actor)
            sent = carry_up(report, reason=WHY, actor=actor)
            accept_report(report, n=sent.n, actor=above)


def _reports(period: Period) -> QuerySet[Report]:
    found = Report.objects.filter(obligation__period=period, current__isnull=False).order_by("pk")
    return found.select_related("obligation__unit", "obligation__parent", "current__form")


def _heads(report: Report, head: HeadOf) -> tuple[Actor | None, Actor | None]:
    owed = report.obligation
    return head(owed.unit), head(owed.parent) if owed.parent else None


@transaction.atomic
def _take_in_part(report: Report, actor: Actor, above: Actor) -> None:
    """Send two figures anew; the unit above takes one line and returns the other with its reason."""
    assert report.current is not None, "it was sent"
    content = content_of(report.current, report.current.form.cells)
    numbers = [
        (key, said)
        for key, said in content.figures.items()
        if key[1] == "value" and isinstance(said, Decimal)
    ][:2]
    more = replace(content, figures=content.figures | {key: said + 1 for key, said in numbers})
    saved = save_draft(report, more, revision=Draft.objects.get(report=report).revision, actor=actor)
    sent = send_report(report, revision=saved.revision, actor=actor, reason=WHY)
    returned = {figure_key(*key): NOT_SHOWN for key, _said in numbers[1:]}
    answer_lines(report, n=sent.n, returned=returned, actor=above)


def _print_anew(printed: ConsolidatedReport, kind: str, actor: Actor) -> None:
    """Publish what changed, as a whole edition or as a page of errata."""
    edition = begin_edition(printed, actor=actor)
    printed.refresh_from_db(fields=["revision"])
    publish_edition(edition, kind=kind, reason=WHY, revision=printed.revision, actor=actor)
