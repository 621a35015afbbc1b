"""Enter a report for a unit that cannot do so itself: what came back on paper or in a file becomes a version."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actor import Actor
from liencap.core.rollup import check, pack
from liencap.errors import DomainError, NotAllowed, crash_point
from liencap.reports.actions.drafts import guard_open, guard_unlocked, keep_draft
from liencap.reports.actions.sending import (
    changed_since,
    freeze_version,
    guard_complete,
    locked_report,
    mark_sent,
    move_totals,
)
from liencap.reports.content import Content
from liencap.reports.forming.sending import weigh
from liencap.reports.models import Draft, Evidence, Report, ReportVersion
from liencap.reports.queries import content_of, said_by, tasks_of
from liencap.units.access import require


@dataclass(frozen=True, slots=True)
class CameBack:
    """The file in which the unit's report came back, already kept in the store."""

    sha256: str
    filename: str
    size: int
    caption: str


@transaction.atomic
def enter_report(report: Report, content: Content, *, paper: CameBack, actor: Actor) -> ReportVersion:
    """Send on behalf of a unit what it wrote elsewhere; the file it came in goes with the version as evidence.

    What the unit itself has begun to write here is neither read out nor overwritten.
    """
    report = locked_report(report)
    owed = report.obligation
    require(actor, "report.enter-for", owed.unit)
    if actor.unit_id == owed.unit_id:
        raise NotAllowed("own-unit", _("Your own unit's report is written and sent in the usual way."))
    guard_open(report)
    guard_unlocked(report)
    if report.state not in (Report.State.DRAFT, Report.State.RETURNED):
        raise DomainError("sent-meanwhile", _("The unit has sent its report in the meantime."), status=409)
    form = owed.period.form
    assert form is not None, "open periods have a form"
    if problems := check(form.cells, content.figures):
        raise DomainError("bad-figures", _("The figures cannot be kept as they stand."), problems=problems)
    given = tasks_of(owed)
    if not {*content.states, *(task for task, _q in content.passages)} <= {task.pk for task in given}:
        raise DomainError("foreign-task", _("The report names a task that the unit was not given."))
    guard_complete(given, content)
    before = report.current
    file = Evidence.objects.create(
        report=report, task=given[0], caption=paper.caption[:200], filename=paper.filename[:240], kind="xlsx",
        size=paper.size, sha256=paper.sha256, added_by_seat_id=actor.seat_id, removed=True,
    )  # fmt: skip
    figures = pack(form.cells, content.figures)
    unsent = _has_unsent(report)
    said = weigh(owed, content, tasks_with_files=None)
    changed = [(line, "") for line in changed_since(before, said.content)]
    version = freeze_version(report, content, said, files=[file], reason="", actor=actor, changed=changed)
    mark_sent(report, version, content, "enter_report", actor)
    if not unsent:
        keep_draft(report, content, figures, {task.pk: task.version for task in given})
    crash_point("enter-before-totals")
    move_totals(report, version, old=said_by(before, form.cells))
    crash_point("enter-before-commit")
    return version


def _has_unsent(report: Report) -> bool:
    """Say whether the unit has written something here that it has not sent."""
    draft = Draft.objects.filter(report=report).first()
    if draft is None:
        return False
    form = report.obligation.period.form
    assert form is not None, "open periods have a form"
    return report.current is None or content_of(draft, form.cells) != content_of(report.current, form.cells)
