"""Answer a sent report: accept it into the official total, or return it with reasons."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actions import record
from liencap.audit.actor import Actor
from liencap.errors import DomainError, crash_point
from liencap.programmes.models import Task
from liencap.reports.access import require_parent
from liencap.reports.actions.drafts import guard_open
from liencap.reports.actions.telling import tell_accepted, tell_returned
from liencap.reports.actions.totals import move_official
from liencap.reports.models import Report, Return
from liencap.reports.queries import brought_by, tasks_of


def _locked(report: Report, n: int, actor: Actor) -> Report:
    """Lock a report whose version `n` the actor has read; a newer one must be read first."""
    report = (
        Report.objects.select_for_update(of=("self",))
        .select_related("obligation__parent", "obligation__period__form", "current", "accepted")
        .get(pk=report.pk)
    )
    require_parent(actor, report)
    guard_open(report)
    if report.state != Report.State.SENT or report.current is None:
        raise DomainError("not-waiting", _("This report does not wait for an answer."), status=409)
    if report.current.n != n:
        raise DomainError("newer-version", _("A newer version was sent; read it first."), status=409)
    return report


@transaction.atomic
def accept_report(report: Report, *, n: int, actor: Actor) -> Report:
    """Accept version `n`: its figures and what it carries become official in the unit above."""
    report = _locked(report, n, actor)
    owed, old = report.obligation, report.accepted
    assert owed.period.form is not None, "open periods have a form"
    assert owed.parent_id is not None, "somebody stands above"
    cells = owed.period.form.cells
    before, after = brought_by(old, cells), brought_by(report.current, cells)
    report.accepted, report.state = report.current, Report.State.ACCEPTED
    report.save(update_fields=["accepted", "state"])
    record(
        "accept_report", actor=actor, kind="report", object_id=report.pk, unit_id=owed.unit_id,
        old={"accepted": old.n if old else None}, new={"accepted": n},
    )  # fmt: skip
    tell_accepted(report, actor=actor)
    crash_point("accept-before-totals")
    move_official(owed, owed.parent_id, cells, old=before, new=after)
    crash_point("accept-before-commit")
    return report


@transaction.atomic
def return_report(report: Report, *, n: int, reason: str, actor: Actor, tasks: Sequence[Task] = ()) -> Report:
    """Return version `n` as a whole, or the named tasks of it, always with the reason."""
    report = _locked(report, n, actor)
    if not reason.strip():
        raise DomainError("reason-missing", _("Say why the report is returned."))
    if not {t.pk for t in tasks} <= {t.pk for t in tasks_of(report.obligation)}:
        raise DomainError("foreign-task", _("The report does not speak of this task."))
    assert report.current is not None, "it was sent"
    for task in tasks or (None,):
        Return.objects.create(
            version=report.current, task=task, reason=reason.strip()[:1000], by_seat_id=actor.seat_id
        )
    report.state = Report.State.RETURNED
    report.save(update_fields=["state"])
    record(
        "return_report", actor=actor, kind="report", object_id=report.pk, unit_id=report.obligation.unit_id,
        old={"state": Report.State.SENT},
        new={"state": report.state, "version": n, "tasks": [t.pk for t in tasks], "reason": reason[:1000]},
    )  # fmt: skip
    tell_returned(report, actor=actor)
    return report
