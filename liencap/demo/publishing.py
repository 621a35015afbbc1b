"""Let the sample federation publish: a few passages quoted, some taken up, the rest set aside."""

from itertools import islice

from liencap.audit.actor import Actor
from liencap.documents import store
from liencap.reports.actions import begin_consolidated_report, compose_task, publish_consolidated_report
from liencap.reports.consolidation import tasks_of_programme, tray
from liencap.reports.models import ConsolidatedReport, Period
from liencap.units.models import Unit

CHOICES = ("quote", "merge", "aside")
TEXT = "Các đơn vị đã triển khai nhiệm vụ; số liệu tổng hợp nêu trong bảng, ý kiến của cơ sở nêu dưới đây."


def publish_from_above(period: Period, unit: Unit, actor: Actor) -> ConsolidatedReport:
    """Compose a text on each task, decide on the passages of the tray, and publish, marked as sample data."""
    report = begin_consolidated_report(period, unit, actor=actor)
    for task in tasks_of_programme(report):
        passages = islice(tray(report, task), 12)
        choices = {passage.pk: CHOICES[i % 3] for i, passage in enumerate(passages)}
        report = compose_task(report, task, TEXT, choices, revision=report.revision, actor=actor)
    return publish_consolidated_report(report, revision=report.revision, actor=actor, sample=True)


def printed_files(report: ConsolidatedReport) -> dict[str, bytes]:
    """Return the files as they were stored at publication."""
    return {"consolidated.docx": store.get(report.docx), "consolidated.pdf": store.get(report.pdf)}
