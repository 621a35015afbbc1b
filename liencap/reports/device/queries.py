"""Reads of what a device brought, and of what it should know."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from liencap.reports.models import Delivery, Draft, Period, Report, Return

MOST = 40  # reports that a device asks about at once


def delivery_by(key: UUID) -> Delivery | None:
    """Return what was brought under a key."""
    return Delivery.objects.filter(key=key).first()


def result_of(made: Delivery) -> dict[str, Any]:
    """Return what a device is told of a bringing that was taken in; told again it is the same."""
    address = reverse("reports:report", args=[made.report_id]) if made.version else ""
    result = "sent" if made.version else "saved"
    return {"result": result, "revision": made.revision, "version": made.version, "url": address}


def open_reports(unit_id: int, ids: Sequence[int]) -> QuerySet[Report]:
    """Return those of some reports that are the unit's own and still take words; with those that came back."""
    found = Report.objects.filter(obligation__unit_id=unit_id, obligation__period__state=Period.State.OPEN)
    mine = found.filter(pk__in=list(ids)[:MOST]) | found.filter(state=Report.State.RETURNED)
    return mine.select_related("obligation__period", "draft").order_by("pk")[:MOST]


def news_of(unit_id: int, ids: Sequence[int]) -> list[dict[str, Any]]:
    """Return how each report stands, and why it came back; two queries."""
    reports = list(open_reports(unit_id, ids))
    back: dict[int, list[str]] = {}
    versions = [r.current_id for r in reports if r.state == Report.State.RETURNED]
    for one in Return.objects.filter(version_id__in=versions).select_related("version"):
        back.setdefault(one.version.report_id, []).append(one.reason)
    return [
        {
            "report": report.pk, "title": str(report.obligation.period), "state": report.state,
            "revision": _revision(report), "reasons": back.get(report.pk, [])[:3],
            "url": reverse("reports:write", args=[report.pk]),
        }
        for report in reports
    ]  # fmt: skip


def _revision(report: Report) -> int:
    try:
        return report.draft.revision
    except Draft.DoesNotExist:
        return 0
