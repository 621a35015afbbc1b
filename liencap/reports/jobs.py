"""Open and close periods of many units, prove totals and tidy up in the background."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from liencap.audit.actor import SYSTEM
from liencap.errors import crash_point
from liencap.reports.actions import close_period, lay_down, open_period, prove_totals
from liencap.reports.actions.telling import tell_closed, tell_opened
from liencap.reports.device.actions import forget_deliveries as forget
from liencap.reports.models import Obligation, Period
from liencap.reports.queries import periods_with_totals
from liencap.reports.told.actions import erase_taken_out as erase
from liencap.work.actions import report_progress
from liencap.work.models import Job


def open_(job: Job) -> None:
    """Lay down who owes, open the period, then tell the units; begun again it goes on where it ended."""
    period = Period.objects.select_related("programme__unit").get(pk=job.args["period"])
    if period.state == Period.State.DRAFT:
        for done, units in lay_down(period, actor=SYSTEM):
            report_progress(job, done, 2 * units, _("Reports prepared: %(n)s") % {"n": done})
        period = open_period(period, actor=SYSTEM, tell=False)
    crash_point("period-opened")
    units = Obligation.objects.filter(period=period).count()
    for told in tell_opened(period, actor=SYSTEM, already=max(0, job.done - units)):
        report_progress(job, units + told, 2 * units, _("Units told: %(n)s") % {"n": told})
        crash_point("opening-after-telling")


def close(job: Job) -> None:
    """Close the period, then take what was asked for off the units' lists; done again it changes nothing."""
    period = Period.objects.select_related("programme__unit").get(pk=job.args["period"])
    if period.state == Period.State.OPEN:
        period = close_period(period, actor=SYSTEM, tell=False)
    crash_point("period-closed")
    missing = Obligation.objects.filter(period=period, cls=Obligation.Class.MISSING).count()
    for done in tell_closed(period, actor=SYSTEM):
        report_progress(job, done, max(done, missing), _("Reports closed: %(n)s") % {"n": done})


def check_totals(job: Job) -> None:
    """Prove one period, or every opened one in the nightly round; running again is harmless."""
    periods = list(periods_with_totals(job.args.get("period")))
    differing = 0
    for done, period in enumerate(periods):
        report_progress(job, done, len(periods), str(period))
        differing += len(prove_totals(period))
    words = (
        ngettext("%(number)s total differs.", "%(number)s totals differ.", differing) % {"number": differing}
        if differing
        else gettext_noop("All totals are equal.")  # said in the language of who looks
    )
    report_progress(job, len(periods), len(periods), words)


def forget_deliveries(job: Job) -> None:
    """Forget old keys of what devices brought, some at a time; running again is harmless."""
    done = 0
    while some := forget(actor=SYSTEM):
        done += some
        report_progress(job, done, 0)


def erase_taken_out(job: Job) -> None:
    """Erase the bytes of files that were taken out of reports; running again is harmless."""
    report_progress(job, erase(actor=SYSTEM), 0)
