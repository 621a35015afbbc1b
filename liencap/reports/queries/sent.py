"""The sent version of a report as its reader sees it."""

from dataclasses import replace

from liencap.programmes.models import Task, TaskVersion
from liencap.reports.content import Content
from liencap.reports.models import Report
from liencap.reports.queries.asked import indicators_for
from liencap.reports.queries.kept import Veil, kept_figures
from liencap.reports.queries.said import Sheet, accepted_content, content_of


def sent_sheet(report: Report, reader: int | None) -> Sheet:
    """Return the version that stands, and what was accepted when it corrects that, as its reader sees them."""
    assert report.current is not None, "it was sent"
    form, before = report.current.form, None
    if report.accepted_id != report.current_id:
        before = accepted_content(report, form.cells)
    content = content_of(report.current, form.cells)
    tasks = list(Task.objects.filter(pk__in=content.states).order_by("order", "pk"))
    _in_answered_words(tasks, content)
    veil = Veil(report.obligation.period, reader)
    kept = veil.report(report, report.current)
    closed = veil.keys if reader != report.obligation.unit_id else frozenset()
    content = replace(content, figures=kept_figures(content.figures, kept))
    return Sheet(tasks, indicators_for(report), form.cells, content, 0, before, form, kept, closed)


def _in_answered_words(tasks: list[Task], content: Content) -> None:
    """Put the words that a report answered in the place of those that came later, for the screen alone."""
    older = {t.pk: n for t in tasks if (n := content.answered.get(t.pk, 1)) < t.version}
    if not older:
        return
    versions = TaskVersion.objects.filter(task__in=older)
    words = {(v.task_id, v.n): v.text for v in versions}
    for task in tasks:
        task.text = words.get((task.pk, older.get(task.pk, 0)), task.text)
