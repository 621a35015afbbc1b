"""Send a unit's standing report on with the figures that the units below have come to since."""

from django.db import transaction
from django.utils.translation import gettext as _

from liencap.audit.actor import Actor
from liencap.errors import DomainError, crash_point
from liencap.reports.access import require_head, speaks_for
from liencap.reports.actions.drafts import guard_open
from liencap.reports.actions.sending import freeze_version, locked_report, mark_sent, move_totals
from liencap.reports.actions.telling import tell_sent_in_stead
from liencap.reports.forming.sending import Weighed
from liencap.reports.models import Report, ReportVersion
from liencap.reports.owed.access import require_heir_of_a_moved_unit
from liencap.reports.queries import carries_old, content_of, evidence_sent, said_by


@transaction.atomic
def carry_up(report: Report, *, reason: str, actor: Actor) -> ReportVersion:
    """Sign and send the standing version anew with what the units below now bring; what is being written stays.

    The unit's own words and figures are those it sent last; only what it carries is new.
    """
    report = locked_report(report)
    require_head(actor, speaks_for(actor, report.obligation))
    if report.state == Report.State.RETURNED:
        raise DomainError("not-sent", _("Write and send the report itself first."), status=409)
    return _carry(report, reason, "carry_up", actor)


@transaction.atomic
def carry_in_stead(report: Report, *, reason: str, actor: Actor) -> ReportVersion:
    """Send a report on in the stead of a unit that does not, so that a unit that moved away counts once.

    The head of the unit to which it moved signs, named as such; the words and figures stay those of the unit, what
    it is writing too. One that was returned, and left lying, is sent as it was: the unit above may accept it after all.
    """
    report = locked_report(report)
    require_heir_of_a_moved_unit(actor, report)
    version = _carry(report, reason, "carry_in_stead", actor)
    tell_sent_in_stead(report, actor=actor)
    return version


def _carry(report: Report, reason: str, deed: str, actor: Actor) -> ReportVersion:
    guard_open(report)
    before, form = report.current, report.obligation.period.form
    assert form is not None, "open periods have a form"
    if before is None:
        raise DomainError("not-sent", _("Write and send the report itself first."), status=409)
    if report.state != Report.State.RETURNED and not carries_old(report, form.cells):
        raise DomainError("nothing-new", _("The report carries the figures as they stand."), status=409)
    if not reason.strip():
        raise DomainError("reason-missing", _("This report was sent before: say why you send it anew."))
    content = content_of(before, form.cells)
    said = Weighed(content, bytes(before.figures), before.warnings, before.joint)
    files = list(evidence_sent(before))
    version = freeze_version(report, content, said, files=files, reason=reason, actor=actor)
    mark_sent(report, version, content, deed, actor)
    crash_point("carry-before-totals")
    move_totals(report, version, old=said_by(before, form.cells))
    return version
