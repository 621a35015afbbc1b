"""Prove totals and tidy up in the background."""

from django.utils.translation import gettext_noop, ngettext

from liencap.audit.actor import SYSTEM
from liencap.reports.actions import prove_totals
from liencap.reports.device.actions import forget_deliveries as forget
from liencap.reports.queries import periods_with_totals
from liencap.work.actions import report_progress
from liencap.work.models import Job


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
